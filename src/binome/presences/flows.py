"""The flows of a signature and of a presence, as tables: both are born once, and said again rather than changed."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.table import Flux, Geste
from binome.presences.etats import EtatDePresence, EtatDeSignature
from binome.presences.models import Presence, Signature
from binome.presences.permissions import STAGIAIRE, cotes_de_presence, cotes_de_signature
from binome.sessions.flows import DITS
from binome.sessions.permissions import FORMATEUR, ORGANISME

SIGNATURES: Final = Flux(
    nom="signatures",
    modele=Signature,
    mot="la signature",
    ce_mot="cette signature",
    cotes=cotes_de_signature,
    dits={**DITS, STAGIAIRE: "par la personne"},
    table=(
        Geste(
            nom="signer", mot="Signer", de=(), vers=EtatDeSignature.RECUE, qui=(STAGIAIRE, FORMATEUR, ORGANISME, MAISON),
            dit="La signature est reçue.", recit="Signature reçue", formulaire=False,
        ),
    ),
)  # fmt: skip

PRESENCES: Final = Flux(
    nom="presences",
    modele=Presence,
    mot="la présence",
    ce_mot="cette présence",
    cotes=cotes_de_presence,
    dits=DITS,
    table=(
        Geste(
            nom="constater", mot="Noter", de=(), vers=EtatDePresence.EN_VIGUEUR, qui=(FORMATEUR, ORGANISME),
            dit="C’est noté.", recit="Présence notée", formulaire=False,
        ),
    ),
)  # fmt: skip
