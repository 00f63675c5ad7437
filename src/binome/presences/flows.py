"""The flows of a signature and of a presence, as tables: what is counter-signed is said again rather than changed."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.presences import passages
from binome.presences.etats import (
    EtatDActivite,
    EtatDePresence,
    EtatDeSignature,
    RaisonDeCorrection,
    RaisonDeMiseDeCote,
)
from binome.presences.models import Activite, Presence, Signature
from binome.presences.permissions import (
    STAGIAIRE,
    cotes_d_activite,
    cotes_de_presence,
    cotes_de_signature,
)
from binome.sessions.flows import DITS
from binome.sessions.permissions import FORMATEUR, ORGANISME

POURQUOI: Final = Champ(
    "raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_une_raison,
    choix=tuple((str(un.value), str(un.label)) for un in RaisonDeCorrection),
)  # fmt: skip

POURQUOI_PAS: Final = Champ(
    "raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_un_ecart,
    choix=tuple((str(un.value), str(un.label)) for un in RaisonDeMiseDeCote),
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
            nom="proposer", mot="Signer après coup", de=(), vers=EtatDeSignature.PROPOSEE, qui=(STAGIAIRE,),
            dit="Vous avez signé après coup. La personne qui vous forme dira si elle l’accepte.",
            recit="Signature faite après coup", formulaire=False,
        ),
        Geste(
            nom="accepter", mot="Accepter la signature", de=(EtatDeSignature.PROPOSEE, EtatDeSignature.ECARTEE),
            vers=EtatDeSignature.RECUE, qui=(FORMATEUR, ORGANISME), dit="La signature est acceptée.",
            recit="Signature après coup acceptée", formulaire=False, prepare=(chacun(passages.accepter),),
        ),
        Geste(
            nom="refuser", mot="Ne pas accepter", de=(EtatDeSignature.PROPOSEE,), vers=EtatDeSignature.ECARTEE,
            qui=(FORMATEUR, ORGANISME), dit="La signature n’est pas acceptée.",
            recit="Signature après coup refusée", formulaire=False, champs=(POURQUOI_PAS,),
            prepare=(chacun(passages.refuser),),
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

ACTIVITES: Final = Flux(
    nom="activites",
    modele=Activite,
    mot="l’activité",
    ce_mot="cette activité",
    cotes=cotes_d_activite,
    dits={**DITS, STAGIAIRE: "par la personne"},
    table=(
        Geste(
            nom="rendre", mot="Rendre l’activité", de=(), vers=EtatDActivite.RENDUE, qui=(STAGIAIRE,),
            dit="Votre activité est rendue.", recit="Activité rendue", formulaire=False,
        ),
        Geste(
            nom="reprendre", mot="Rendre de nouveau", de=(EtatDActivite.RENDUE, EtatDActivite.A_REPRENDRE),
            vers=EtatDActivite.RENDUE, qui=(STAGIAIRE,), dit="Votre activité est rendue.",
            recit="Activité rendue de nouveau", formulaire=False, prepare=(chacun(passages.reprendre),),
        ),
        Geste(
            nom="renvoyer", mot="Demander de reprendre", de=(EtatDActivite.RENDUE,), vers=EtatDActivite.A_REPRENDRE,
            qui=(FORMATEUR, ORGANISME), dit="L’activité est à reprendre.", recit="Activité à reprendre",
            formulaire=False,
        ),
        Geste(
            nom="evaluer", mot="Évaluer", de=(EtatDActivite.RENDUE,), vers=EtatDActivite.EVALUEE,
            qui=(FORMATEUR, ORGANISME), dit="L’activité est évaluée.", recit="Activité évaluée", formulaire=False,
            champs=(Champ("minutes", "Minutes à compter", "Écrivez les minutes à compter.", lire=passages.lire_des_minutes),),
            prepare=(chacun(passages.evaluer),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDActivite.values), vers=None, qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer_l_activite),),
        ),
    ),
)  # fmt: skip
