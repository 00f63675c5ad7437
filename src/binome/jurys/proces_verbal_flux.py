"""The flow of minutes, as one table: established when a jury closes or an appeal is heard, and never changed: its seal is a paper."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.table import Flux, Geste
from binome.jurys.etats import EtatDeProcesVerbal
from binome.jurys.models import ProcesVerbal
from binome.jurys.permissions import JURY, cotes_de_proces_verbal

PROCES_VERBAUX: Final = Flux(
    nom="proces_verbaux",
    modele=ProcesVerbal,
    mot="le procès-verbal",
    ce_mot="ce procès-verbal",
    cotes=cotes_de_proces_verbal,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="etablir", mot="Établir le procès-verbal", de=(), vers=EtatDeProcesVerbal.ETABLI, qui=(JURY,),
            dit="Le procès-verbal est établi.", recit="Procès-verbal établi", formulaire=False,
        ),
    ),
)  # fmt: skip
