"""The flows of a signature and of a presence, as tables: what is counter-signed is said again rather than changed."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.presences import passages
from binome.presences.etats import EtatDePresence, EtatDeSignature, RaisonDeCorrection
from binome.presences.models import Presence, Signature
from binome.presences.permissions import STAGIAIRE, cotes_de_presence, cotes_de_signature
from binome.sessions.flows import DITS
from binome.sessions.permissions import FORMATEUR, ORGANISME

POURQUOI: Final = Champ(
    "raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_une_raison,
    choix=tuple((str(un.value), str(un.label)) for un in RaisonDeCorrection),
)  # fmt: skip

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
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeSignature.values), vers=None, qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False, prepare=(chacun(passages.effacer),),
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
            nom="noter", mot="Noter", de=(), vers=EtatDePresence.NOTEE, qui=(FORMATEUR, ORGANISME),
            dit="C’est noté.", recit="Présence notée", formulaire=False,
        ),
        Geste(
            nom="preciser", mot="Noter", de=(EtatDePresence.NOTEE,), vers=None, qui=(FORMATEUR, ORGANISME),
            dit="C’est noté.", recit="Présence notée de nouveau", formulaire=False,
            prepare=(chacun(passages.preciser),),
        ),
        Geste(
            nom="contresigner", mot="Contresigner", de=(EtatDePresence.NOTEE,), vers=EtatDePresence.EN_VIGUEUR,
            qui=(FORMATEUR,), dit="La présence est contresignée.", recit="Présence contresignée", formulaire=False,
            prepare=(chacun(passages.contresigner),),
        ),
        Geste(
            nom="constater", mot="Contresigner", de=(), vers=EtatDePresence.EN_VIGUEUR, qui=(FORMATEUR, ORGANISME),
            dit="La présence est contresignée.", recit="Présence contresignée", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Corriger", de=(EtatDePresence.EN_VIGUEUR,), vers=EtatDePresence.REMPLACEE,
            qui=(FORMATEUR, ORGANISME), dit="La présence est corrigée.", recit=passages.dit_la_correction,
            formulaire=False, champs=(POURQUOI,), prepare=(chacun(passages.corriger),),
        ),
    ),
)  # fmt: skip
