"""The flows of the booklet, as tables: what is said is added, what is signed is what was seen."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.livret import passages
from binome.livret.etats import (
    DITES,
    CoteDuBinome,
    EtatDAbonnement,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeGlissement,
    EtatDeRappel,
    EtatDeSignatureDeCarte,
    EtatDeTutorat,
)
from binome.livret.models import (
    AbonnementDAppareil,
    Appreciation,
    CarteDeSemaine,
    Glissement,
    RappelDeCarte,
    SignatureDeCarte,
    Tutorat,
)
from binome.livret.permissions import (
    EMPLOIE,
    SOI,
    cotes_d_abonnement,
    cotes_d_appreciation,
    cotes_de_carte,
    cotes_de_glissement,
    cotes_de_rappel,
    cotes_de_signature,
    cotes_de_tutorat,
)

STAGIAIRE: Final = CoteDuBinome.STAGIAIRE.value
TUTEUR: Final = CoteDuBinome.TUTEUR.value
BINOME: Final = (STAGIAIRE, TUTEUR)
DITS: Final = {
    MAISON: "",
    STAGIAIRE: "par la personne en formation",
    TUTEUR: "par le tuteur ou la tutrice",
    EMPLOIE: "par l’employeur",
}

TUTORATS: Final = Flux(
    nom="tutorats",
    modele=Tutorat,
    mot="le tutorat",
    ce_mot="ce tutorat",
    cotes=cotes_de_tutorat,
    dits=DITS,
    table=(
        Geste(
            nom="nommer", mot="Nommer", de=(), vers=EtatDeTutorat.NOMME, qui=(EMPLOIE,),
            dit="Le tuteur ou la tutrice est dit.", recit="Tuteur ou tutrice nommé", formulaire=False,
        ),
        Geste(
            nom="finir", mot="Terminer", de=(EtatDeTutorat.NOMME,), vers=EtatDeTutorat.FINI, qui=(EMPLOIE, MAISON),
            dit="Le tutorat est terminé.", recit="Tutorat terminé", formulaire=False,
            prepare=(chacun(passages.finir),),
        ),
    ),
)  # fmt: skip

CARTES: Final = Flux(
    nom="cartes",
    modele=CarteDeSemaine,
    mot="la carte",
    ce_mot="cette carte",
    cotes=cotes_de_carte,
    dits=DITS,
    table=(
        Geste(
            nom="ouvrir", mot="Ouvrir la carte", de=(), vers=EtatDeCarte.OUVERTE, qui=BINOME,
            dit="La carte est ouverte.", recit="Carte ouverte", formulaire=False,
        ),
        Geste(
            nom="clore", mot="Clore", de=(EtatDeCarte.OUVERTE,), vers=EtatDeCarte.SIGNEE, qui=(MAISON,),
            dit="La carte est signée par les deux.", recit="Carte signée par les deux", formulaire=False,
        ),
        Geste(
            nom="rouvrir", mot="Rouvrir", de=(EtatDeCarte.SIGNEE,), vers=EtatDeCarte.OUVERTE, qui=(MAISON,),
            dit="La carte est à signer de nouveau.", recit="Carte à signer de nouveau", formulaire=False,
        ),
    ),
)  # fmt: skip

APPRECIATIONS: Final = Flux(
    nom="appreciations",
    modele=Appreciation,
    mot="l’appréciation",
    ce_mot="cette appréciation",
    cotes=cotes_d_appreciation,
    dits=DITS,
    table=(
        Geste(
            nom="dire", mot="Dire", de=(), vers=EtatDAppreciation.EN_VIGUEUR, qui=BINOME,
            dit="C’est noté.", recit="Appréciation notée", formulaire=False,
        ),
        Geste(
            nom="dire_aussi", mot="Dire", de=(), vers=EtatDAppreciation.A_CHOISIR, qui=BINOME,
            dit="C’est noté : deux réponses sont à départager.", recit="Deuxième réponse notée", formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=DITES, vers=EtatDAppreciation.REMPLACEE, qui=(*BINOME, MAISON),
            dit="C’est remplacé.", recit="Appréciation dite autrement", formulaire=False,
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDAppreciation.values), vers=None, qui=(MAISON,),
            dit="La phrase est effacée.", recit="", formulaire=False, prepare=(chacun(passages.effacer_la_phrase),),
        ),
    ),
)  # fmt: skip

SIGNATURES: Final = Flux(
    nom="signatures_de_cartes",
    modele=SignatureDeCarte,
    mot="la signature",
    ce_mot="cette signature",
    cotes=cotes_de_signature,
    dits=DITS,
    table=(
        Geste(
            nom="signer", mot="Signer", de=(), vers=EtatDeSignatureDeCarte.RECUE, qui=BINOME,
            dit="La signature est reçue.", recit="Carte signée", formulaire=False,
        ),
        Geste(
            nom="arriver_tard", mot="Signer", de=(), vers=EtatDeSignatureDeCarte.PERIMEE, qui=BINOME,
            dit="La carte a changé depuis : elle est à signer de nouveau.", recit="Signature d’une carte qui a changé",
            formulaire=False,
        ),
        Geste(
            nom="perimer", mot="Périmer", de=(EtatDeSignatureDeCarte.RECUE,), vers=EtatDeSignatureDeCarte.PERIMEE,
            qui=(MAISON,), dit="La signature ne vaut plus.", recit="Signature à refaire", formulaire=False,
        ),
        Geste(
            nom="contester", mot="Ce n’est pas ma signature", de=(EtatDeSignatureDeCarte.RECUE,),
            vers=EtatDeSignatureDeCarte.CONTESTEE, qui=BINOME, dit="La signature ne compte plus.",
            recit="Signature contestée", formulaire=False, prepare=(passages.contester,),
        ),
    ),
)  # fmt: skip

GLISSEMENTS: Final = Flux(
    nom="glissements",
    modele=Glissement,
    mot="le glissement",
    ce_mot="ce glissement",
    cotes=cotes_de_glissement,
    dits=DITS,
    table=(
        Geste(
            nom="lire", mot="Dire au binôme", de=(), vers=EtatDeGlissement.DIT, qui=(MAISON,),
            dit="Le binôme le lit.", recit="Tâche au-delà du métier, dite au binôme", formulaire=False,
        ),
        Geste(
            nom="retirer", mot="Retirer", de=(EtatDeGlissement.DIT,), vers=EtatDeGlissement.RETIRE, qui=(MAISON,),
            dit="La phrase a changé.", recit="Phrase changée", formulaire=False,
        ),
        Geste(
            nom="transmettre", mot="Transmettre", de=(EtatDeGlissement.DIT,), vers=EtatDeGlissement.TRANSMIS,
            qui=(MAISON,), dit="La branche le lit.", recit="Transmis à la branche", formulaire=False,
            prepare=(chacun(passages.transmettre),),
        ),
    ),
)  # fmt: skip

RAPPELS: Final = Flux(
    nom="rappels_de_cartes",
    modele=RappelDeCarte,
    mot="le rappel",
    ce_mot="ce rappel",
    cotes=cotes_de_rappel,
    dits=DITS,
    table=(
        Geste(
            nom="demander", mot="Me le rappeler", de=(), vers=EtatDeRappel.ACTIF, qui=BINOME,
            dit="Le rappel est noté.", recit="Rappel demandé", formulaire=False,
        ),
        Geste(
            nom="regler", mot="Me le rappeler", de=tuple(EtatDeRappel.values), vers=EtatDeRappel.ACTIF, qui=BINOME,
            dit="Le rappel est noté.", recit="Rappel changé", formulaire=False, prepare=(chacun(passages.regler),),
        ),
        Geste(
            nom="arreter", mot="Ne plus me le rappeler", de=(EtatDeRappel.ACTIF,), vers=EtatDeRappel.ARRETE,
            qui=(*BINOME, MAISON),
            dit="Vous ne recevrez plus ce rappel.", recit="Rappel arrêté", formulaire=False,
        ),
        Geste(
            nom="rappeler", mot="Rappeler", de=(EtatDeRappel.ACTIF,), vers=None, qui=(MAISON,),
            dit="Un courriel part.", recit="Rappel envoyé", formulaire=False, prepare=(chacun(passages.rappeler),),
        ),
    ),
)  # fmt: skip

ABONNEMENTS: Final = Flux(
    nom="abonnements_d_appareils",
    modele=AbonnementDAppareil,
    mot="l’abonnement",
    ce_mot="cet abonnement",
    cotes=cotes_d_abonnement,
    dits={MAISON: "", SOI: ""},
    table=(
        Geste(
            nom="ouvrir", mot="Me prévenir ici", de=(), vers=EtatDAbonnement.OUVERT, qui=(SOI,),
            dit="Vous serez prévenu sur cet appareil.", recit="Appareil à prévenir", formulaire=False,
        ),
        Geste(
            nom="clore", mot="Ne plus me prévenir ici", de=(EtatDAbonnement.OUVERT,), vers=EtatDAbonnement.CLOS,
            qui=(SOI, MAISON), dit="Cet appareil ne sera plus prévenu.", recit="Appareil à ne plus prévenir",
            formulaire=False, prepare=(chacun(passages.oublier_l_adresse),),
        ),
    ),
)  # fmt: skip
