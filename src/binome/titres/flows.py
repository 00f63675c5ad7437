"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.table import Flux, Geste
from binome.titres.etats import EtatDeTitre
from binome.titres.models import Titre
from binome.titres.permissions import BRANCHE, cotes_de_titre

DITS: Final = {MAISON: "", BRANCHE: "par la branche"}

TITRES: Final = Flux(
    nom="titres",
    modele=Titre,
    mot="le titre",
    ce_mot="ce titre",
    cotes=cotes_de_titre,
    dits=DITS,
    table=(
        Geste(
            nom="delivrer", mot="Délivrer", de=(), vers=EtatDeTitre.DELIVRE, qui=(BRANCHE, MAISON),
            dit="Le titre est délivré.", recit="Titre délivré", formulaire=False,
        ),
    ),
)  # fmt: skip
