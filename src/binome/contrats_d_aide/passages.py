"""What the gestures of a contract read, refuse, write and lead to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.contrats_d_aide.engagements import lire_les_engagements
from binome.contrats_d_aide.etats import (
    OUVERTS,
    FiniPar,
    GenreDeContrat,
    NatureDEvenement,
    VersionDeContrat,
)
from binome.contrats_d_aide.models import (
    Contrat,
    EvenementDeContrat,
    Medecin,
    MembreDuContrat,
    PosteDuContrat,
)
from binome.contrats_d_aide.parts_aidees import ce_jour, part_payee, refus_du_total
from binome.contrats_d_aide.parts_lues import parts_des_contrats
from binome.contrats_d_aide.permissions import COTE_CAISSE, cotes
from binome.contrats_d_aide.reponses import repondre
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison
from binome.journal.lignes import lignes
from binome.regles.calendrier import ajouter_mois, date_en_clair
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.gestes.table import Flux
    from binome.journal.models import Entree

MOIS_D_UN_CONTRAT: Final = 60
"""Five years."""
UN_JOUR: Final = timedelta(days=1)
PREAVIS_EN_MOIS: Final = 2
"""The notice of a doctor who ends a contract signed since May 2023 (rule `vie.preavis`)."""
ABSENCE_EN_MOIS: Final = 3
"""An absence without replacement that suspends a contract (rule `vie.absence-longue`)."""


def evenement(
    contrat: Contrat, nature: NatureDEvenement, du: date, par: Auteur, **autres: Any
) -> EvenementDeContrat:
    """An event of a contract, to be written with its gesture."""
    return EvenementDeContrat(
        contrat=contrat, nature=nature, du=du, dit_le=timezone.now(),
        dit_par=par.personne if isinstance(par, Acteur) else None, **autres,
    )  # fmt: skip


def de_la_caisse(par: Auteur, contrat: Contrat) -> bool:
    """Whether the caisse itself acts: it knows the exceptions that no source lists."""
    return isinstance(par, Acteur) and COTE_CAISSE in cotes(par, contrat)


def _refuser(passages: Iterable[Passage[Contrat]], un: Callable[[Passage[Contrat]], None]) -> None:
    """Runs what may refuse one alone, those already refused apart."""
    for passage in passages:
        if passage.refus is None:
            try:
                un(passage)
            except GesteImpossible as impossible:
                passage.refus = impossible


def modifier(passage: Passage[Contrat], _: Auteur) -> None:
    """Writes the columns that the form gave, already checked."""
    passage.change |= passage.donnees["colonnes"]


def signer(passages: Sequence[Passage[Contrat]], par: Auteur) -> None:
    """Holds the doctors, refuses what may not be signed, and freezes what the rules of the day answer."""
    contrats = [un.objet for un in passages]
    membres: dict[int, list[int]] = {un.pk: [] for un in contrats}
    for contrat, medecin in MembreDuContrat.objects.filter(contrat__in=contrats, sortie=None).values_list("contrat", "medecin"):  # fmt: skip
        membres[contrat].append(medecin)
    medecins = {un.medecin_id for un in contrats if un.medecin_id is not None} | {
        un for siens in membres.values() for un in siens
    }
    noms = {un.pk: str(un) for un in Medecin.objects.select_for_update().filter(pk__in=medecins).order_by("pk")}  # fmt: skip
    lies = lire_les_engagements(medecins)

    def un(passage: Passage[Contrat]) -> None:
        contrat, jour = passage.objet, passage.donnees["signe_le"]
        siens = membres[contrat.pk] if contrat.medecin_id is None else [contrat.medecin_id]
        if not siens:
            raise GesteImpossible("Dites d’abord les médecins qui adhèrent à ce contrat.")
        for medecin in siens:
            lies.verifier(contrat, medecin, noms[medecin], jour, caisse=de_la_caisse(par, contrat))
        _repondre(passage, par, jour, len(siens))
        for medecin in siens:
            lies.ajouter(contrat, medecin)

    _refuser(passages, un)


def _repondre(passage: Passage[Contrat], par: Auteur, jour: date, medecins: int) -> None:
    contrat = passage.objet
    if contrat.precedent is not None and contrat.precedent.signe_le is not None and jour <= contrat.precedent.signe_le:  # fmt: skip
        raise GesteImpossible("Ce contrat suit un autre : il se signe après lui.", champ="signe_le")
    reponse = repondre(contrat, jour, medecins)
    if reponse.hors_du_temps or reponse.version not in VersionDeContrat.values:
        raise GesteImpossible(
            "L’aide n’existait pas ce jour-là : elle date du 20 août 2019.", champ="signe_le"
        )
    collectif = contrat.genre == GenreDeContrat.COLLECTIF
    if collectif != (reponse.version == VersionDeContrat.COLLECTIF_2026):
        raise GesteImpossible(
            "Un contrat collectif se signe depuis le 25 février 2026.", champ="signe_le"
        )
    if reponse.refus and not de_la_caisse(par, contrat):
        raise GesteImpossible(
            f"{reponse.refus[0]}. La caisse peut signer un contrat adapté : elle l’écrit elle-même."
        )
    passage.change |= {
        "signe_le": jour, "debut": jour, "fin": ajouter_mois(jour, MOIS_D_UN_CONTRAT) - UN_JOUR,
        "version_signee": reponse.version, "faits": reponse.faits, "reponse": reponse.reponse,
        "base": reponse.base,
    }  # fmt: skip


def commencer(passages: Sequence[Passage[Contrat]], par: Auteur) -> None:
    """Someone works: the shares of those who do are what the contract pays for. Raises nothing; refuses one alone."""

    parts = parts_des_contrats([un.objet.pk for un in passages])

    def un(passage: Passage[Contrat]) -> None:
        contrat, jour = passage.objet, passage.donnees["le"]
        siennes = parts.get(contrat.pk, [])
        if contrat.debut is not None and jour < contrat.debut and not siennes:
            raise GesteImpossible("Ce jour vient avant la signature.", champ="le")
        if contrat.fin is not None and jour > contrat.fin:
            raise GesteImpossible(
                f"Le contrat était à son terme le {date_en_clair(contrat.fin)}.", champ="le"
            )
        if not siennes and not de_la_caisse(par, contrat):
            raise GesteImpossible("Dites d’abord qui travaille, et la part que ce contrat paie.")
        if siennes:
            manque = refus_du_total(part_payee(contrat.option, contrat.etp), ce_jour(siennes, jour))
            if manque:
                raise GesteImpossible(manque)
        passage.a_creer.append(evenement(contrat, NatureDEvenement.RECRUTEMENT, jour, par))

    _refuser(passages, un)


def remplacer_le_precedent(flux: Callable[[], Flux[Contrat]]) -> Callable[..., None]:
    """The contract that one follows is replaced just before it begins, by the house: the two never run at once."""

    def suite(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
        suivis = [
            un.objet.precedent_id for un in passages if un.refus is None and un.objet.precedent_id
        ]
        faire_par_la_maison(
            flux(), "remplacer",
            list(Contrat.objects.filter(pk__in=suivis, etat__in=OUVERTS).order_by("pk")),
        )  # fmt: skip

    return suite


def laisser_la_place(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
    """A contract that another replaces stops the day before that one, and not after its own term."""
    suivants = dict(
        Contrat.objects.filter(precedent__in=[un.objet.pk for un in passages], signe_le__isnull=False)
        .order_by("signe_le").values_list("precedent", "signe_le")
    )  # fmt: skip
    for passage in passages:
        contrat, suivant = passage.objet, suivants.get(passage.objet.pk)
        veille = (timezone.localdate() if suivant is None else suivant) - UN_JOUR
        fin = veille if contrat.fin is None else min(veille, contrat.fin)
        passage.change |= {
            "fini_le": max(fin, contrat.signe_le or fin), "fini_par": FiniPar.AUTRE_CONTRAT
        }  # fmt: skip


def suspendre(passage: Passage[Contrat], par: Auteur) -> None:
    """Money and objectives stop, by a written agreement, from a day on."""
    contrat, du = passage.objet, passage.donnees["du"]
    _dans_le_contrat(contrat, du)
    _pas_avant(
        contrat,
        NatureDEvenement.REPRISE,
        du,
        "Le contrat a repris le {} : il se suspend à partir de ce jour.",
    )
    passage.a_creer.append(evenement(contrat, NatureDEvenement.SUSPENSION, du, par))


def _pas_avant(contrat: Contrat, nature: NatureDEvenement, du: date, dit: str) -> None:
    """Refuses what would come before the last event of a kind: the two would cross."""
    dernier = EvenementDeContrat.objects.filter(
        contrat=contrat, nature=nature, annule_par=None, du__gt=du
    ).order_by("-du", "-pk").first()  # fmt: skip
    if dernier is not None:
        raise GesteImpossible(dit.format(date_en_clair(dernier.du)), champ="du")


def reprendre(passages: Sequence[Passage[Contrat]], par: Auteur) -> None:
    """They start again; not before they stopped."""
    arretees = dict(
        EvenementDeContrat.objects.filter(
            contrat__in=[un.objet.pk for un in passages], nature=NatureDEvenement.SUSPENSION, annule_par=None,
        ).order_by("du", "pk").values_list("contrat", "du")
    )  # fmt: skip

    def un(passage: Passage[Contrat]) -> None:
        contrat, du = passage.objet, passage.donnees["du"]
        arret = arretees.get(contrat.pk)
        if arret is not None and du <= arret:
            raise GesteImpossible(
                f"Le contrat est suspendu depuis le {date_en_clair(arret)} : il reprend après.",
                champ="du",
            )
        _dans_le_contrat(contrat, du)
        passage.a_creer.append(evenement(contrat, NatureDEvenement.REPRISE, du, par))

    _refuser(passages, un)


def _dans_le_contrat(contrat: Contrat, jour: date, champ: str = "du") -> None:
    if (
        contrat.signe_le is None
        or contrat.fin is None
        or not contrat.signe_le <= jour <= contrat.fin
    ):
        raise GesteImpossible(
            "Ce jour n’est pas dans le contrat"
            + ("" if contrat.signe_le is None or contrat.fin is None else
               f" : il va du {date_en_clair(contrat.signe_le)} au {date_en_clair(contrat.fin)}") + ".",
            champ=champ,
        )  # fmt: skip


def amender(passage: Passage[Contrat], par: Auteur) -> None:
    """Another option, or other posts, from a day on: asked of the rules as a signature of that day would be."""
    contrat, donnees = passage.objet, passage.donnees
    option, etp = donnees["option"], donnees["etp"]
    collectif = contrat.genre == GenreDeContrat.COLLECTIF
    if (etp is None) if collectif else (option is None):
        raise GesteImpossible(
            "Dites combien de temps pleins le contrat paie maintenant." if collectif
            else "Choisissez la nouvelle option.", champ="etp" if collectif else "option",
        )  # fmt: skip
    _dans_le_contrat(contrat, donnees["du"])
    _pas_avant(
        contrat,
        NatureDEvenement.AVENANT,
        donnees["du"],
        "Un avenant vaut déjà depuis le {} : celui-ci ne vient pas avant.",
    )
    change: dict[str, Any] = {"etp": etp} if collectif else {"option": option}
    if all(getattr(contrat, nom) == valeur for nom, valeur in change.items()):
        raise GesteImpossible("Rien ne change : le contrat le dit déjà.")
    essai = Contrat(
        genre=contrat.genre, medecin=contrat.medecin, bande=contrat.bande, zone=contrat.zone,
        faits={**contrat.faits, "contrat_en_cours": True}, **{"option": contrat.option, "etp": contrat.etp, **change},
    )  # fmt: skip
    medecins = passage.donnees.get("medecins", contrat.faits.get("medecins", 1))
    reponse = repondre(essai, max(donnees["du"], contrat.signe_le or donnees["du"]), medecins)
    if reponse.refus and not de_la_caisse(par, contrat):
        raise GesteImpossible(f"{reponse.refus[0]}. La caisse seule peut l’écrire.")
    passage.change |= change
    code = str(change.get("option") or f"{etp}")
    passage.a_creer.append(
        evenement(contrat, NatureDEvenement.AVENANT, donnees["du"], par, code=code)
    )


def resilier(passage: Passage[Contrat], par: Auteur) -> None:
    """Ends a contract; a doctor who ends one signed since May 2023 gives two months' notice, by letter."""
    contrat, donnees = passage.objet, passage.donnees
    fini, lettre = donnees["fini_le"], donnees["lettre_le"]
    _dans_le_contrat(contrat, fini, "fini_le")
    qui = donnees["par"]
    if qui == FiniPar.CAISSE and contrat.caisse_id is not None and not de_la_caisse(par, contrat):
        raise GesteImpossible("La caisse seule dit qu’elle met fin au contrat.", champ="par")
    if qui == FiniPar.MEDECIN and contrat.version_signee != VersionDeContrat.AVENANT_7:
        if lettre is None:
            raise GesteImpossible("Dites le jour de la lettre recommandée.", champ="lettre_le")
        tot = ajouter_mois(lettre, PREAVIS_EN_MOIS)
        if fini < tot:
            raise GesteImpossible(
                f"Le préavis est de deux mois : le contrat finit le {date_en_clair(tot)} au plus tôt.",
                champ="fini_le",
            )
    passage.change |= {"fini_le": fini, "fini_par": qui, "motif": donnees["explication"] or ""}
    passage.apres["fini_par"] = str(qui)


def pas_avant_le_terme(contrat: Contrat) -> str | None:
    """A contract reaches its term once its last day is over."""
    if contrat.fin is not None and contrat.fin < timezone.localdate():
        return None
    return "Le contrat n’est pas encore à son terme."


def terminer(passage: Passage[Contrat], _: Auteur) -> None:
    """Ends a contract on its last day."""
    passage.change |= {"fini_le": passage.objet.fin, "fini_par": FiniPar.TERME}


def fermer_les_lignes(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
    """Who works and who takes part stops with the contract: nobody stays counted in one that is over."""

    par_numero = {un.objet.pk: un for un in passages}
    for modele, debut, fin in ((PosteDuContrat, "du", "au"), (MembreDuContrat, "entree", "sortie")):
        for ligne in modele.objects.filter(contrat__in=par_numero, **{fin: None}).order_by("pk"):
            passage = par_numero[ligne.contrat_id]
            dernier = passage.change["fini_le"]
            setattr(ligne, fin, max(dernier, getattr(ligne, debut)))
            ligne.save(update_fields=[fin])
            passage.lignes += lignes([ligne], fin)


def effacer(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
    """Takes what was typed off; the names go with `effacement`."""
    for passage in passages:
        passage.change |= {"motif": "", "recherche": ""}


def dit_la_fin(une: Entree) -> str:
    """The line of a story that says who ended a contract."""
    par = une.apres.get("fini_par", "")
    return (
        f"Fin du contrat : {minuscule(FiniPar(par).label)}"
        if par in FiniPar.values
        else "Fin du contrat"
    )
