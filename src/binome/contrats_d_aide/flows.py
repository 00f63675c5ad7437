"""The flow of a contract, as one table."""

from __future__ import annotations

from typing import Final

from binome.contrats_d_aide.etats import EtatDeContrat
from binome.contrats_d_aide.models import Contrat
from binome.contrats_d_aide.permissions import COTE_CABINET, COTE_CAISSE, cotes, visibles
from binome.gestes.auteur import MAISON
from binome.gestes.table import Flux, Geste

DITS: Final = {MAISON: "", COTE_CABINET: "par le cabinet", COTE_CAISSE: "par la caisse"}
LES_DEUX: Final = (COTE_CABINET, COTE_CAISSE)

CONTRATS: Final = Flux(
    nom="contrats-d-aide",
    modele=Contrat,
    mot="le contrat d’aide",
    ce_mot="ce contrat d’aide",
    cotes=cotes,
    visibles=visibles,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer un contrat", de=(), vers=EtatDeContrat.PREPARE, qui=LES_DEUX,
            dit="Le contrat est en préparation.", recit="Contrat préparé", formulaire=False,
        ),
    ),
)  # fmt: skip
