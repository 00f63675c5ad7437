"""Delivering: what a paper will say is gathered, the number drawn, the title born, all in one transaction.

A number is one more than the last of its year, read while the row of that year is held: a transaction that is cut leaves no
number behind it, and two never draw the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from binome.branches.services import branche_de_la_lettre
from binome.dossiers.bases import base_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.impression.dessin import indessinable
from binome.jurys.blocs import blocs_valides
from binome.jurys.etats import EtatDeJury, EtatDePresentation
from binome.parcours.etats import EN_COURS
from binome.presences.avancement import avancement
from binome.regles.courante import certification_de
from binome.titres.badges import creer_les_badges
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.flows import DUPLICATAS, TITRES
from binome.titres.mentions import DE_L_EMETTEUR, LIBELLES, ce_qui_manque, mentions_de
from binome.titres.models import AnneeDeTitres, Duplicata, Titre
from binome.titres.passages import finir_les_parcours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier
    from binome.jurys.models import DecisionDeBloc, Jury
    from binome.parcours.models import Parcours
    from binome.regles.referentiels import Referentiel

CHERCHES: Final = {"certification": NatureDeTitre.CQP, "adaptation": NatureDeTitre.FAE}
"""What ends a path, by the kind of its route."""


@dataclass(frozen=True)
class Delivrance:
    """What was delivered, and who was left with why."""

    titres: tuple[Titre, ...]
    laisses: tuple[tuple[Parcours, str], ...]


def nature_du_parcours(parcours: Parcours) -> NatureDeTitre | None:
    """What ends a path: the parchemin, or the attestation of FAE; None where its route leads to neither."""
    return CHERCHES.get(str(certification_de(parcours.dossier.certification).genre(parcours.voie)))


def emetteur_du_parcours(parcours: Parcours, nature: str) -> Organisation | None:
    """Who delivers it: the organisation for a FAE, else the branch; None where no branch is known."""
    dossier = parcours.dossier
    if nature == NatureDeTitre.FAE:
        return parcours.organisme
    return branche_de_la_lettre(
        dossier.branche, dossier.certification, exemple=parcours.organisme.exemple
    )


def referentiel_du_parcours(parcours: Parcours) -> Referentiel | None:
    """The référentiel that a path follows."""
    return base_de(parcours.dossier.certification).referentiels.get(parcours.referentiel)


def blocs_tenus(parcours: Parcours) -> dict[int, DecisionDeBloc]:
    """The blocs that a jury validated, its minutes closed, by number."""
    valides = blocs_valides(parcours)
    return {
        bloc: une for bloc, une in valides.items() if une.presentation.jury.etat == EtatDeJury.CLOS
    }


def pourquoi_pas(parcours: Parcours, nature: str) -> str:
    """Why a title may not be delivered to a path now, in words; empty when it may."""
    try:
        preparer(parcours, nature, timezone.localdate())
    except GesteImpossible as impossible:
        return str(impossible)
    return ""


def preparer(parcours: Parcours, nature: str, jour: date) -> Titre:
    """The title of a path, all but its number and who delivers it. Raises GesteImpossible."""
    dossier, emetteur = parcours.dossier, emetteur_du_parcours(parcours, nature)
    if emetteur is None:
        raise GesteImpossible("Aucune branche ne délivre cette certification dans Binôme.")
    titulaire = _titulaire(dossier)
    rncp, blocs = "", list[int]()
    if nature == NatureDeTitre.FAE:
        contenu = _de_l_adaptation(parcours)
    else:
        referentiel = referentiel_du_parcours(parcours)
        if referentiel is None:
            raise GesteImpossible("Le référentiel de ce parcours n’est plus connu.")
        contenu, blocs = _de_la_certification(parcours, nature, referentiel)
        rncp = referentiel.rncp
    mentions = mentions_de(emetteur.pk, rncp)
    manquent = ce_qui_manque(mentions, rncp)
    if mentions is None or manquent:
        raise GesteImpossible(
            f"Rien ne s’imprime avant les mentions obligatoires. Il manque : {_liste(manquent)}. "
            f"« {emetteur.nom} » les donne."
        )
    contenu |= {nom: getattr(mentions, nom) for nom in (LIBELLES if rncp else DE_L_EMETTEUR)}
    if mentions.decision_le is not None:
        contenu["decision_le"] = mentions.decision_le.isoformat()
    contenu |= {"rncp": rncp, "emetteur": emetteur.nom}
    return Titre(
        nature=nature, parcours=parcours, emetteur=emetteur, annee=jour.year, referentiel=parcours.referentiel,
        blocs=blocs, contenu=contenu, titulaire=titulaire, delivre_le=jour,
        essai=mentions.essai or dossier.exemple,
    )  # fmt: skip


def _liste(dits: Iterable[str]) -> str:
    return ", ".join(f"{un[:1].lower()}{un[1:]}" for un in dits)


def _titulaire(dossier: Dossier) -> dict[str, str]:
    if dossier.anonyme_le is not None:
        raise GesteImpossible("L’identité de cette personne est effacée.")
    if not (dossier.prenom and dossier.nom):
        raise GesteImpossible("Il manque le prénom ou le nom de la personne.")
    titulaire = {"nom": dossier.etat_civil, "naissance": dossier.naissance_dite}
    if faute := indessinable({"Le nom de la personne": titulaire["nom"]}):
        raise GesteImpossible(faute)
    return titulaire


def _de_la_certification(
    parcours: Parcours, nature: str, referentiel: Referentiel
) -> tuple[dict[str, Any], list[int]]:
    tenus = blocs_tenus(parcours)
    tous = {un.numero: un.intitule for un in referentiel.blocs}
    siens = sorted(tenus.keys() & tous.keys())
    if not siens:
        raise GesteImpossible("Aucun jury clos n’a validé de bloc de ce parcours.")
    manquent = [str(un) for un in tous if un not in tenus]
    deja = Titre.objects.filter(parcours=parcours, etat=EtatDeTitre.DELIVRE)
    if nature == NatureDeTitre.CQP:
        if manquent:
            raise GesteImpossible(
                f"Un jury clos doit d’abord valider chaque bloc : il reste {_blocs(manquent)}."
            )
        if deja.filter(nature=NatureDeTitre.CQP).exists():
            raise GesteImpossible("Son parchemin est déjà délivré : un duplicata le remplace.")
        if parcours.etat not in EN_COURS:
            raise GesteImpossible(
                f"Ce parcours n’est plus en cours : il est « {parcours.etat_dit} »."
            )
    elif not manquent:
        raise GesteImpossible("Tous les blocs sont validés : c’est le parchemin qui se délivre.")
    elif any(un.blocs == siens for un in deja.filter(nature=NatureDeTitre.BLOCS)):
        raise GesteImpossible("Une attestation de ces blocs est déjà délivrée.")
    decisions = [tenus[un] for un in siens]
    jours = sorted({une.presentation.jury.jour for une in decisions})
    contenu = {
        "blocs": [
            {"numero": un, "intitule": tous[un], "le": tenus[un].presentation.jury.jour.isoformat()}
            for un in siens
        ],
        "jurys": [un.isoformat() for un in jours],
        "minutes": avancement(parcours).total.prouvees,
        "preuves": [
            *sorted({une.presentation.jury.objet for une in decisions}),
            *(une.objet for une in decisions),
        ],
    }
    return contenu, siens


def _blocs(numeros: Sequence[str]) -> str:
    return f"le bloc {numeros[0]}" if len(numeros) == 1 else f"les blocs {', '.join(numeros)}"


def _de_l_adaptation(parcours: Parcours) -> dict[str, Any]:
    if nature_du_parcours(parcours) != NatureDeTitre.FAE:
        raise GesteImpossible("Ce parcours ne mène pas à une attestation d’adaptation à l’emploi.")
    if parcours.etat not in EN_COURS:
        raise GesteImpossible(f"Ce parcours n’est plus en cours : il est « {parcours.etat_dit} ».")
    fait = avancement(parcours)
    if fait.total.a_prouver:
        raise GesteImpossible(
            "Des créneaux passés attendent encore une signature ou un contreseing."
        )
    if not fait.total.prouvees:
        raise GesteImpossible("Aucune minute de cette formation n’est prouvée.")
    return {
        "minutes": fait.total.prouvees,
        "prevues": fait.dues,
        "modules": [
            {"intitule": un.intitule, "minutes": un.faites.prouvees}
            for un in fait.modules
            if un.faites.prouvees
        ],
        "preuves": [],
    }


def delivrer(
    parcours: Parcours, par: Acteur, *, nature: str = NatureDeTitre.CQP, jour: date | None = None
) -> Titre:
    """The title of a path, numbered; its paper is sealed by the jobs. Raises GesteImpossible."""
    faite = delivrer_tous([parcours], par, nature=nature, jour=jour)
    if faite.laisses:
        raise GesteImpossible(faite.laisses[0][1])
    return faite.titres[0]


def delivrer_au_jury(jury: Jury, par: Acteur) -> Delivrance:
    """The parchemin of each person whose blocs are all held once a jury is closed; who else, with why."""
    if jury.etat != EtatDeJury.CLOS:
        raise GesteImpossible(
            "Ce jury n’est pas clos : rien ne se délivre avant son procès-verbal."
        )
    presentes = jury.presentations.filter(etat=EtatDePresentation.DECIDEE).select_related(
        "parcours__dossier__branche", "parcours__organisme"
    )
    return delivrer_tous([une.parcours for une in presentes.order_by("pk")], par)


@transaction.atomic
def delivrer_tous(
    parcours: Sequence[Parcours],
    par: Acteur,
    *,
    nature: str = NatureDeTitre.CQP,
    jour: date | None = None,
) -> Delivrance:
    """The titles of many, numbered in their order, or none for who may not have it, with why."""
    le = jour or timezone.localdate()
    # Held before anything is read of what was delivered: who comes second sees what the first one did.
    dernier = _dernier_rang(le.year)
    prets: list[Titre] = []
    laisses: list[tuple[Parcours, str]] = []
    for un in parcours:
        try:
            prets.append(preparer(un, nature, le))
        except GesteImpossible as impossible:
            laisses.append((un, str(impossible)))
    for rang, titre in enumerate(prets, start=dernier + 1):
        titre.rang, titre.delivre_par = rang, par.personne
    if prets:
        naitre(TITRES, "delivrer", prets, par)
        creer_les_badges(prets)
        finir_les_parcours(prets)
    return Delivrance(tuple(prets), tuple(laisses))


def _dernier_rang(annee: int) -> int:
    """The last number drawn of a year, whose row stays held until the transaction ends."""
    AnneeDeTitres.objects.get_or_create(annee=annee)
    AnneeDeTitres.objects.select_for_update().get(annee=annee)
    return Titre.objects.filter(annee=annee).aggregate(dernier=Max("rang"))["dernier"] or 0


@transaction.atomic
def redelivrer(titre: Titre, par: Acteur) -> Duplicata:
    """A duplicate under the same number, the next one of its title. Raises GesteImpossible."""
    tenu = Titre.objects.select_for_update(of=("self",)).get(pk=titre.pk)
    if tenu.etat != EtatDeTitre.DELIVRE:
        raise GesteImpossible("Ce titre est retiré : il n’a pas de duplicata.")
    if not tenu.fichier:
        raise GesteImpossible("L’original n’est pas encore prêt : un instant.")
    if not tenu.titulaire:
        raise GesteImpossible("L’identité de cette personne est effacée.")
    dernier = Duplicata.objects.filter(titre=tenu).aggregate(un=Max("rang"))["un"] or 0
    duplicata = Duplicata(
        titre=tenu, rang=dernier + 1, delivre_le=timezone.localdate(), delivre_par=par.personne,
    )  # fmt: skip
    naitre(DUPLICATAS, "redelivrer", [duplicata], par)
    return duplicata
