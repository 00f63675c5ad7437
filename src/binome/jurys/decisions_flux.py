"""The flow of what is decided of a bloc, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import Passage, chacun
from binome.gestes.services import faire_tous, naitre
from binome.gestes.table import Flux, Geste
from binome.jurys.etats import EtatDeDecisionDeBloc
from binome.jurys.models import DecisionDeBloc
from binome.jurys.permissions import JURY, cotes_de_decision, pas_de_decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur

EN_VIGUEUR: Final = EtatDeDecisionDeBloc.EN_VIGUEUR
REMPLACEE: Final = EtatDeDecisionDeBloc.REMPLACEE
OTE: Final = "Motif effacé avec le dossier."


def _effacer(passage: Passage[DecisionDeBloc], _: Auteur) -> None:
    """The words go; the outcome, the votes and what was judged stay, which name nobody."""
    passage.change |= {
        "raison": OTE if passage.objet.raison else "",
        "recommandation": "",
    }


DECISIONS: Final = Flux(
    nom="decisions_de_blocs",
    modele=DecisionDeBloc,
    mot="la décision",
    ce_mot="cette décision",
    cotes=cotes_de_decision,
    pourquoi_pas=pas_de_decision,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="decider", mot="Décider", de=(), vers=EN_VIGUEUR, qui=(JURY,),
            dit="La décision est écrite.", recit="Bloc décidé par le jury", formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=(EN_VIGUEUR,), vers=REMPLACEE, qui=(JURY,),
            dit="La décision est remplacée.", recit="Décision remplacée", formulaire=False,
        ),
        Geste(
            nom="effacer", mot="Effacer", de=(EN_VIGUEUR, REMPLACEE), vers=None, qui=(MAISON,),
            dit="Les mots de la décision sont effacés.", recit="", formulaire=False,
            prepare=(chacun(_effacer),),
        ),
    ),
)  # fmt: skip


def ecrire_les_decisions(rendues: Sequence[DecisionDeBloc], par: Auteur) -> None:
    """Writes what was decided, in the place of what was before."""
    avant = []
    for une in rendues:
        if une.remplace is not None:
            une.remplace.presentation = une.presentation
            avant.append(une.remplace)
    if avant:
        faire_tous(DECISIONS, "remplacer", [Passage(une, une.version) for une in avant], par)
    naitre(DECISIONS, "decider", rendues, par)
