"""Saying that a duty is done: which event tells it of which clock, so that nobody is asked for it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.contrats_d_aide.cadran import OBJECTIF, QUALIFIENT, RENOUVELLEMENT, SECRETARIAT, SUIVI
from binome.contrats_d_aide.etats import GenreDePoste, NatureDEvenement
from binome.contrats_d_aide.models import PosteDuContrat
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from datetime import date

    from binome.contrats_d_aide.models import HorlogeDeContrat

ENTREE: Final = "entree_formation"
AFGSU: Final = "afgsu"
D_UNE_PERSONNE: Final = {
    **dict.fromkeys(QUALIFIENT, NatureDEvenement.QUALIFICATION),
    AFGSU: NatureDEvenement.AFGSU,
    SECRETARIAT: NatureDEvenement.SECRETARIAT,
}
"""The clocks that an event of a person tells done."""
SE_TIENNENT: Final = (ENTREE, OBJECTIF, RENOUVELLEMENT, SUIVI, *D_UNE_PERSONNE)
"""The duties that somebody does; an anniversary and a term come by themselves, a long absence has its own gestures."""


def ce_qui_se_note(horloge: HorlogeDeContrat, le: date, pourvu_par: str = "") -> dict[str, Any]:
    """What the gesture `noter` is given for a duty that was done. Raises GesteImpossible for one that nobody does."""
    if horloge.code not in SE_TIENNENT:
        raise GesteImpossible("Cette échéance vient d’elle-même : il n’y a rien à dire.")
    nature = D_UNE_PERSONNE.get(horloge.code, NatureDEvenement.FAIT)
    donnees: dict[str, Any] = {"nature": str(nature), "du": le}
    if nature == NatureDEvenement.SECRETARIAT:
        return {**donnees, "poste": _secretariat(horloge), "pourvu_par": pourvu_par}
    if nature != NatureDEvenement.FAIT or horloge.code == ENTREE:
        donnees["poste"] = PosteDuContrat.objects.filter(
            contrat=horloge.contrat_id, pk=horloge.rang
        ).first()
    if nature == NatureDEvenement.FAIT:
        donnees["code"] = f"{horloge.code}.{horloge.rang}" if horloge.rang else horloge.code
    return donnees


def _secretariat(horloge: HorlogeDeContrat) -> PosteDuContrat:
    """The secretary's time that is still to be filled. Raises GesteImpossible where there are several, or none."""
    a_remplir = list(
        PosteDuContrat.objects.filter(
            contrat=horloge.contrat_id, genre=GenreDePoste.SECRETAIRE, pourvu_le=None
        ).order_by("pk")[:2]
    )
    if len(a_remplir) != 1:
        raise GesteImpossible(
            "Plusieurs secrétariats sont à remplacer : dites lequel par « Dire un événement »."
            if a_remplir
            else "Aucun secrétariat n’est à remplacer."
        )
    return a_remplir[0]
