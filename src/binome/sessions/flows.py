"""The flows of a session, of its slots and of its enrolments, as tables."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.sessions import passages
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, EtatDInscription
from binome.sessions.models import Creneau, Inscription, Session
from binome.sessions.permissions import (
    FORMATEUR,
    ORGANISME,
    cotes_d_inscription,
    cotes_de_creneau,
    cotes_de_session,
)

DITS: Final = {
    MAISON: "",
    ORGANISME: "par l’organisme",
    FORMATEUR: "par le formateur ou la formatrice",
}

SESSIONS: Final = Flux(
    nom="sessions",
    modele=Session,
    mot="la session",
    ce_mot="cette session",
    cotes=cotes_de_session,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer la session", de=(), vers=EtatDeSession.PREPAREE, qui=(ORGANISME,),
            dit="La session est en préparation.", recit="Session préparée", formulaire=False,
        ),
    ),
)  # fmt: skip

CRENEAUX: Final = Flux(
    nom="creneaux",
    modele=Creneau,
    mot="le créneau",
    ce_mot="ce créneau",
    cotes=cotes_de_creneau,
    dits=DITS,
    table=(
        Geste(
            nom="poser", mot="Poser le créneau", de=(), vers=EtatDeCreneau.PREVU, qui=(ORGANISME,),
            dit="Le créneau est posé.", recit="Créneau posé", formulaire=False,
        ),
        Geste(
            nom="ouvrir", mot="Ouvrir la signature", de=(EtatDeCreneau.PREVU,), vers=EtatDeCreneau.OUVERT,
            qui=(FORMATEUR, ORGANISME), dit="La signature est ouverte.", recit="Signature ouverte", formulaire=False,
        ),
        Geste(
            nom="fermer", mot="Fermer la signature", de=(EtatDeCreneau.OUVERT,), vers=EtatDeCreneau.PREVU,
            qui=(FORMATEUR, ORGANISME), dit="La signature est fermée.", recit="Signature fermée", formulaire=False,
        ),
        Geste(
            nom="geler", mot="Contresigner le créneau", de=(EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT),
            vers=EtatDeCreneau.GELE, qui=(FORMATEUR,), dit="Le créneau est contresigné.",
            recit="Créneau contresigné", formulaire=False, prepare=(chacun(passages.geler),),
        ),
    ),
)  # fmt: skip

INSCRIPTIONS: Final = Flux(
    nom="inscriptions",
    modele=Inscription,
    mot="l’inscription",
    ce_mot="cette inscription",
    cotes=cotes_d_inscription,
    dits=DITS,
    table=(
        Geste(
            nom="inscrire", mot="Inscrire", de=(), vers=EtatDInscription.INSCRITE, qui=(ORGANISME,),
            dit="L’inscription est faite.", recit="Inscription à une session", formulaire=False,
        ),
    ),
)  # fmt: skip
