"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.table import Flux, Geste
from binome.jurys.etats import EtatDeDecisionDeBloc, EtatDeJury, EtatDePresentation
from binome.jurys.models import DecisionDeBloc, Jury, Presentation
from binome.jurys.permissions import JURY, cotes_de_decision, cotes_de_jury, cotes_de_presentation

DITS: Final = {MAISON: "", JURY: "par la branche"}

JURYS: Final = Flux(
    nom="jurys",
    modele=Jury,
    mot="le jury",
    ce_mot="ce jury",
    cotes=cotes_de_jury,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer un jury", de=(), vers=EtatDeJury.PREPARE, qui=(JURY,),
            dit="Le jury est préparé.", recit="Jury préparé", formulaire=False,
        ),
    ),
)  # fmt: skip

PRESENTATIONS: Final = Flux(
    nom="presentations",
    modele=Presentation,
    mot="la présentation",
    ce_mot="cette présentation",
    cotes=cotes_de_presentation,
    dits=DITS,
    table=(
        Geste(
            nom="presenter", mot="Présenter au jury", de=(), vers=EtatDePresentation.A_EXAMINER, qui=(JURY,),
            dit="La personne est présentée au jury.", recit="Présentation au jury", formulaire=False,
        ),
    ),
)  # fmt: skip

DECISIONS: Final = Flux(
    nom="decisions_de_blocs",
    modele=DecisionDeBloc,
    mot="la décision",
    ce_mot="cette décision",
    cotes=cotes_de_decision,
    dits=DITS,
    table=(
        Geste(
            nom="decider", mot="Décider", de=(), vers=EtatDeDecisionDeBloc.EN_VIGUEUR, qui=(JURY,),
            dit="La décision est écrite.", recit="Bloc décidé par le jury", formulaire=False,
        ),
    ),
)  # fmt: skip
