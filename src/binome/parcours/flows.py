"""The flow of a path, as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.parcours import passages
from binome.parcours.etats import AVEC_TITRE, EN_COURS, EtatDeParcours, RaisonDArret
from binome.parcours.models import Parcours
from binome.parcours.permissions import ORGANISME, cotes, visibles

POURQUOI: Final = Champ(
    "raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_une_raison,
    choix=tuple((str(un.value), str(un.label)) for un in RaisonDArret),
)  # fmt: skip

FLUX: Final = Flux(
    nom="parcours",
    modele=Parcours,
    mot="le parcours",
    ce_mot="ce parcours",
    cotes=cotes,
    visibles=visibles,
    dits={MAISON: "", ORGANISME: "par l’organisme"},
    table=(
        Geste(
            nom="ouvrir", mot="Ouvrir le parcours", de=(), vers=EtatDeParcours.OUVERT, qui=(MAISON,),
            dit="Le parcours est ouvert.", recit=passages.dit_d_ou, formulaire=False,
        ),
        Geste(
            nom="interrompre", mot="Interrompre le parcours", de=(EtatDeParcours.OUVERT,),
            vers=EtatDeParcours.INTERROMPU, qui=(ORGANISME,),
            suite="Le parcours peut reprendre.",
            dit="Le parcours est interrompu.", recit=passages.dit_pourquoi("Parcours interrompu"),
            champs=(
                POURQUOI,
                Champ("du", "Depuis quel jour", "Donnez le premier jour de l’interruption.",
                      lire=passages.lire_le_jour, jour=True),
            ),
            prepare=(chacun(passages.interrompre),),
        ),
        Geste(
            nom="reprendre", mot="Reprendre le parcours", de=(EtatDeParcours.INTERROMPU,),
            vers=EtatDeParcours.OUVERT, qui=(ORGANISME,), dit="Le parcours reprend.",
            recit=passages.dit_la_reprise, prepare=(chacun(passages.reprendre),),
        ),
        Geste(
            nom="transferer", mot="Transférer à un autre organisme", de=EN_COURS,
            vers=EtatDeParcours.TRANSFERE, qui=(ORGANISME,),
            suite="L’autre organisme ouvre la suite avec les mêmes modules.",
            dit="Le parcours est transféré.", recit="Parcours transféré à un autre organisme",
            champs=(
                Champ("vers", "L’organisme qui continue", "Écrivez le nom ou le SIRET de l’organisme."),
            ),
            prepare=(chacun(passages.transferer),),
        ),
        Geste(
            nom="abandonner", mot="Mettre fin au parcours", de=EN_COURS,
            vers=EtatDeParcours.ABANDONNE, qui=(ORGANISME,),
            suite="Un nouveau parcours demandera une nouvelle décision.",
            dit="Le parcours est terminé.", recit=passages.dit_pourquoi("Parcours abandonné"),
            champs=(POURQUOI,), prepare=(chacun(passages.abandonner),),
        ),
        Geste(
            nom="remplacer", mot="Remplacer le parcours", de=EN_COURS, vers=EtatDeParcours.REMPLACE,
            qui=(MAISON,), dit="Le parcours est remplacé.", formulaire=False,
            recit="Parcours remplacé : la décision, ou sa copie, a changé", prepare=(chacun(passages.finir),),
        ),
        Geste(
            nom="arreter", mot="Arrêter le parcours", de=EN_COURS, vers=EtatDeParcours.ABANDONNE,
            qui=(MAISON,), dit="Le parcours est arrêté.", formulaire=False,
            recit="Parcours arrêté : le dossier est retiré", prepare=(chacun(passages.finir),),
        ),
        Geste(
            nom="certifier", mot="Terminer par la certification", de=EN_COURS, vers=EtatDeParcours.CERTIFIE,
            qui=(MAISON,), dit="Le parcours est terminé.", formulaire=False, recit="Parcours terminé",
            prepare=(chacun(passages.achever),),
        ),
        Geste(
            nom="attester", mot="Terminer par l’attestation", de=EN_COURS, vers=EtatDeParcours.ATTESTE,
            qui=(MAISON,), dit="Le parcours est terminé.", formulaire=False, recit="Parcours terminé",
            prepare=(chacun(passages.achever),),
        ),
        Geste(
            nom="rouvrir", mot="Rouvrir le parcours", de=AVEC_TITRE, vers=EtatDeParcours.OUVERT,
            qui=(MAISON,), dit="Le parcours est rouvert.", formulaire=False, recit="Parcours rouvert",
            prepare=(chacun(passages.rouvrir),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeParcours.values),
            vers=dict.fromkeys(EN_COURS, EtatDeParcours.ABANDONNE), qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer),),
        ),
    ),
)  # fmt: skip
