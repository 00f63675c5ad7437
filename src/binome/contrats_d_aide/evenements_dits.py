"""What happens to a contract and is told by itself: what may be said, what stands in its way, what it writes on a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.contrats_d_aide.etats import (
    EtatDHorloge,
    GenreDePoste,
    NatureDEvenement,
    QualificationDite,
)
from binome.contrats_d_aide.models import (
    EvenementDeContrat,
    HorlogeDeContrat,
    PosteDuContrat,
    VersementAttendu,
)
from binome.contrats_d_aide.passages import evenement
from binome.contrats_d_aide.versements import SANS_CALENDRIER
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.contrats_d_aide.models import Contrat
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

SE_DISENT: Final = (
    NatureDEvenement.ABSENCE, NatureDEvenement.RETOUR, NatureDEvenement.VACANCE,
    NatureDEvenement.REMPLACEMENT, NatureDEvenement.DEMENAGEMENT, NatureDEvenement.SPECIALITE,
    NatureDEvenement.SECRETARIAT, NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU,
    NatureDEvenement.VERSEMENT, NatureDEvenement.FAIT, NatureDEvenement.RECTIFICATION,
)  # fmt: skip
"""What is told by itself; the others come with a gesture of their own."""
SE_RECTIFIENT: Final = tuple(un for un in SE_DISENT if un != NatureDEvenement.RECTIFICATION)
"""What another event may say was wrong; what a gesture did is undone by its own."""
D_UN_POSTE: Final = (
    NatureDEvenement.ABSENCE, NatureDEvenement.RETOUR, NatureDEvenement.REMPLACEMENT,
    NatureDEvenement.SECRETARIAT, NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU,
)  # fmt: skip
UNE_FOIS_FAITS: Final = (
    NatureDEvenement.SECRETARIAT, NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU,
    NatureDEvenement.VERSEMENT, NatureDEvenement.FAIT,
)  # fmt: skip
"""What is told once it is done; an absence or a move may be known ahead."""
AVANT_LA_SIGNATURE: Final = (NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU)
PAS_ENCORE: Final = "Ce jour n’est pas encore venu : dites-le une fois fait."


def poste_choisi(passage: Passage[Contrat]) -> PosteDuContrat:
    """The post that a gesture is about. Raises GesteImpossible when it is none of the contract's."""
    poste = passage.donnees.get("poste")
    if not isinstance(poste, PosteDuContrat) or poste.contrat_id != passage.objet.pk:
        raise GesteImpossible("Choisissez une personne de ce contrat.", champ="poste")
    return poste


def noter(passage: Passage[Contrat], par: Auteur) -> None:
    """Something happened: kept for good; a mistake is put right by another event, that says so."""
    contrat, donnees = passage.objet, passage.donnees
    nature = NatureDEvenement(donnees["nature"])
    if nature not in SE_DISENT:
        raise GesteImpossible("Cela se dit par un geste du contrat.", champ="nature")
    if nature in D_UN_POSTE:
        poste_choisi(passage)
    _verifier_les_jours(contrat, nature, donnees["du"], donnees.get("au"))
    match nature:
        case NatureDEvenement.VERSEMENT:
            _verifier_le_versement(contrat, donnees.get("code") or "")
        case NatureDEvenement.FAIT:
            _verifier_l_echeance(passage)
        case NatureDEvenement.SECRETARIAT:
            if poste_choisi(passage).genre != GenreDePoste.SECRETAIRE:
                raise GesteImpossible("Choisissez le secrétariat à remplacer.", champ="poste")
        case NatureDEvenement.RETOUR:
            if not _absente(poste_choisi(passage), donnees["du"]):
                raise GesteImpossible("Aucune absence n’est dite avant ce retour.", champ="poste")
        case NatureDEvenement.RECTIFICATION:
            _verifier_la_rectification(contrat, donnees.get("annule"))
        case _:
            pass
    passage.a_creer.append(
        evenement(
            contrat, nature, donnees["du"], par, au=donnees.get("au"), poste=donnees.get("poste"),
            code=donnees.get("code") or "", montant_cents=donnees.get("montant_cents"),
            annule=donnees.get("annule") if nature == NatureDEvenement.RECTIFICATION else None,
        )
    )  # fmt: skip


def _verifier_les_jours(
    contrat: Contrat, nature: NatureDEvenement, du: date, au: date | None
) -> None:
    if au is not None and au < du:
        raise GesteImpossible("Le dernier jour ne vient pas avant le premier.", champ="au")
    if nature == NatureDEvenement.RECTIFICATION:
        return
    if nature in UNE_FOIS_FAITS and du > timezone.localdate():
        raise GesteImpossible(PAS_ENCORE, champ="du")
    if contrat.signe_le is not None and du < contrat.signe_le and nature not in AVANT_LA_SIGNATURE:
        raise GesteImpossible(
            f"Le contrat est signé du {date_en_clair(contrat.signe_le)} : ce jour vient avant.",
            champ="du",
        )
    dernier = contrat.fini_le or contrat.fin
    if dernier is not None and du > dernier and nature != NatureDEvenement.VERSEMENT:
        raise GesteImpossible(f"Le contrat va jusqu’au {date_en_clair(dernier)}.", champ="du")


def _verifier_le_versement(contrat: Contrat, code: str) -> None:
    """One of the payments that the contract promises, not said yet; where no source says in how many times, any number is taken."""
    if not code:
        raise GesteImpossible("Dites de quelle année du contrat est ce versement.", champ="rang")
    deja = (
        EvenementDeContrat.objects.filter(
            contrat=contrat, nature=NatureDEvenement.VERSEMENT, code=code, annule_par=None
        )
        .order_by("pk")
        .first()
    )
    if deja is not None:
        raise GesteImpossible(
            f"Ce versement est déjà dit, le {date_en_clair(deja.du)}. S’il est faux, rectifiez-le d’abord.",
            champ="rang",
        )
    rang, _, numero = code.partition(".")
    attendus = list(VersementAttendu.objects.filter(contrat=contrat, rang=rang).order_by("numero"))
    sans_calendrier = any(
        lecture.get("dit") == SANS_CALENDRIER for un in attendus for lecture in un.lectures
    )
    if not sans_calendrier and numero not in {str(un.numero) for un in attendus}:
        dit = (
            "un seul versement est attendu"
            if len(attendus) == 1
            else f"{len(attendus)} versements sont attendus"
        )
        raise GesteImpossible(f"Cette année-là, {dit}.", champ="numero")


def _verifier_l_echeance(passage: Passage[Contrat]) -> None:
    """A clock of the contract that is still to come."""
    code, _, rang = (passage.donnees.get("code") or "").partition(".")
    poste = passage.donnees.get("poste")
    numero = poste.pk if isinstance(poste, PosteDuContrat) else int(rang or 0)
    horloges = HorlogeDeContrat.objects.filter(contrat=passage.objet, code=code, rang=numero)
    if not horloges.filter(etat=EtatDHorloge.A_VENIR).exists():
        raise GesteImpossible("Cette échéance n’est plus à tenir.", champ="code")


def _verifier_la_rectification(contrat: Contrat, annule: object) -> None:
    if not isinstance(annule, EvenementDeContrat) or annule.contrat_id != contrat.pk:
        raise GesteImpossible("Dites quel événement était faux.", champ="annule")
    if annule.nature not in SE_RECTIFIENT:
        raise GesteImpossible(
            "Cet événement vient d’un geste du contrat : un autre geste le suit, il ne se rectifie pas.",
            champ="annule",
        )
    if EvenementDeContrat.objects.filter(annule=annule).exists():
        raise GesteImpossible("Cet événement est déjà rectifié.", champ="annule")


def _absente(poste: PosteDuContrat, jour: date) -> bool:
    return EvenementDeContrat.objects.filter(
        poste=poste, nature=NatureDEvenement.ABSENCE, du__lt=jour, annule_par=None
    ).exists()


def ecrire_sur_le_poste(passage: Passage[Contrat], _: Auteur) -> None:
    """What an event tells of a person stands on their post too: what clocks and pages read. Taken back, it leaves the post."""
    nature, faux = passage.donnees["nature"], passage.donnees.get("annule")
    if nature == NatureDEvenement.RECTIFICATION and isinstance(faux, EvenementDeContrat):
        poste, change = faux.poste, _ce_qui_reste(faux)
    else:
        poste, change = passage.donnees.get("poste"), _ce_qui_est_dit(passage, nature)
    if not isinstance(poste, PosteDuContrat) or not change:
        return
    for champ, valeur in change.items():
        setattr(poste, champ, valeur)
    poste.save(update_fields=list(change))
    passage.lignes += lignes([poste], *change)


def _ce_qui_est_dit(passage: Passage[Contrat], nature: str) -> dict[str, Any]:
    poste, du = passage.donnees.get("poste"), passage.donnees["du"]
    if not isinstance(poste, PosteDuContrat):
        return {}
    par = passage.donnees.get("pourvu_par") or "personne"
    return _colonnes(
        nature, max(du, poste.du) if nature == NatureDEvenement.SECRETARIAT else du, par
    )


def _colonnes(nature: str, jour: date | None, par: str = "") -> dict[str, Any]:
    """What stands on a post of one kind of event; nothing where none of them is left."""
    match nature:
        case NatureDEvenement.SECRETARIAT:
            return {"pourvu_le": jour, "pourvu_par": "" if jour is None else par}
        case NatureDEvenement.QUALIFICATION:
            dite = "" if jour is None else QualificationDite.QUALIFIEE
            return {"qualifiee_le": jour, "qualification": dite}
        case NatureDEvenement.AFGSU:
            return {"afgsu_le": jour}
        case _:
            return {}


def _ce_qui_reste(faux: EvenementDeContrat) -> dict[str, Any]:
    """What the latest event of the same kind, that nobody took back, still says of the post."""
    if faux.poste is None:
        return {}
    reste = (
        EvenementDeContrat.objects.filter(poste=faux.poste, nature=faux.nature, annule_par=None)
        .exclude(pk=faux.pk)
        .order_by("-du", "-pk")
        .first()
    )
    if reste is None:
        return _colonnes(faux.nature, None)
    if faux.nature == NatureDEvenement.SECRETARIAT:
        return _colonnes(faux.nature, max(reste.du, faux.poste.du), faux.poste.pourvu_par)
    return _colonnes(faux.nature, reste.du)
