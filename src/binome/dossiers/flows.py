"""The flow of a dossier, as one table: who may do what, from where, to where, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.dossiers import gardes
from binome.dossiers.etats import A_EXAMINER, OUVERTS, Etat

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.dossiers.models import Dossier

ORGANISME: Final = "organisme"
CANDIDAT: Final = "candidat"
EXAMEN: Final = "examen"
"""The sides of a dossier that may act: who filed it, whom it is about, who examines it."""


class Passage(NamedTuple):
    """One transition. `vers` is None where the gesture leaves the state as it is.

    `garde` gives the French reason why not, or None.
    """

    geste: str
    mot: str
    de: tuple[Etat, ...]
    vers: Etat | None
    qui: tuple[str, ...]
    dit: str
    garde: Callable[[Dossier], str | None] = gardes.aucune

    def permis(self, dossier: Dossier, cotes: frozenset[str]) -> bool:
        """Whether someone on these sides of the dossier may do it now."""
        return (
            dossier.etat in self.de
            and not cotes.isdisjoint(self.qui)
            and self.garde(dossier) is None
        )


PASSAGES: Final = {
    un.geste: un
    for un in (
        Passage("ecrire", "Modifier", (Etat.BROUILLON, Etat.A_COMPLETER), None, (ORGANISME,),
                "Le dossier est enregistré."),
        Passage("joindre", "Ajouter une pièce", (Etat.BROUILLON, Etat.DEPOSE, Etat.A_COMPLETER), None,
                (ORGANISME, CANDIDAT), "La pièce est ajoutée."),
        Passage("associer", "Associer l’employeur", (*OUVERTS, Etat.DECIDE, Etat.RECOURS), None,
                (ORGANISME,), "L’employeur suit maintenant ce dossier. S’il n’a pas d’espace, il reçoit une invitation.",
                gardes.sans_cabinet),
        Passage("deposer", "Déposer le dossier", (Etat.BROUILLON,), Etat.DEPOSE, (ORGANISME,),
                "Le dossier est déposé. La branche l’examine.", gardes.complet),
        Passage("examiner", "Examiner une pièce", A_EXAMINER, None, (EXAMEN,),
                "L’examen de la pièce est enregistré."),
        Passage("demander", "Demander de compléter", A_EXAMINER, Etat.A_COMPLETER, (EXAMEN,),
                "La demande est envoyée à l’organisme."),
        Passage("completer", "Renvoyer le dossier complété", (Etat.A_COMPLETER,), Etat.COMPLETE,
                (ORGANISME,), "Le dossier repart à l’examen.", gardes.complet),
        Passage("proposer", "Préparer la proposition", A_EXAMINER, Etat.PROPOSITION, (EXAMEN,),
                "La proposition est prête.", gardes.pieces_examinees),
        Passage("decider", "Décider", (Etat.PROPOSITION,), Etat.DECIDE, (EXAMEN,),
                "La décision est enregistrée."),
        Passage("annuler", "Revenir sur la décision", (Etat.DECIDE,), Etat.PROPOSITION, (EXAMEN,),
                "La décision est annulée. Le dossier attend une nouvelle décision.",
                gardes.annulable),
        Passage("contester", "Déposer un recours", (Etat.DECIDE,), Etat.RECOURS, (ORGANISME, CANDIDAT),
                "Le recours est déposé. La branche y répond.", gardes.notifiee),
        Passage("maintenir", "Maintenir la décision", (Etat.RECOURS,), Etat.CLOS, (EXAMEN,),
                "La décision est maintenue."),
        Passage("revoir", "Revoir la décision", (Etat.RECOURS,), Etat.PROPOSITION, (EXAMEN,),
                "La décision est à revoir. Le dossier attend une nouvelle décision."),
        Passage("clore", "Clore le dossier", (Etat.DECIDE,), Etat.CLOS, (EXAMEN,),
                "Le dossier est clos."),
        Passage("retirer", "Retirer le dossier", OUVERTS, Etat.RETIRE, (ORGANISME, CANDIDAT),
                "Le dossier est retiré."),
    )
}  # fmt: skip
"""Every gesture, in the order of a dossier's life."""


def gestes(dossier: Dossier, cotes: frozenset[str]) -> list[Passage]:
    """What someone on these sides of the dossier may do now."""
    return [un for un in PASSAGES.values() if un.permis(dossier, cotes)]
