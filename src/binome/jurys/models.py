"""The tables of the room, each in the file that it belongs to."""

from __future__ import annotations

from binome.jurys.membres_modeles import MembreDeJury, ReglementDeJury
from binome.jurys.seances_modeles import DecisionDeBloc, Jury, PlaceAuJury, Presentation
from binome.jurys.suites_modeles import DemarcheVae, ProcesVerbal, RecoursDeJury

__all__ = (
    "DecisionDeBloc",
    "DemarcheVae",
    "Jury",
    "MembreDeJury",
    "PlaceAuJury",
    "Presentation",
    "ProcesVerbal",
    "RecoursDeJury",
    "ReglementDeJury",
)
