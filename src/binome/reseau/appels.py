"""The flows of a call and of its answers, as one table each."""

from __future__ import annotations

from typing import Final

from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.reseau import passages_d_appel as passages
from binome.reseau.conventions import ouvrir_les_conventions
from binome.reseau.etats import A_ECRIRE, DE_LA_BRANCHE, EtatDAppel, EtatDeCandidature
from binome.reseau.models import Appel, Candidature
from binome.reseau.permissions import (
    EXAMEN,
    ORGANISME,
    appels_visibles,
    candidatures_visibles,
    cotes_de_l_appel,
    cotes_de_la_candidature,
    pourquoi_pas_examiner,
)

APPELS: Final = Flux(
    nom="appels",
    modele=Appel,
    mot="l’appel",
    ce_mot="cet appel",
    cotes=cotes_de_l_appel,
    visibles=appels_visibles,
    dits={EXAMEN: "par la branche"},
    table=(
        Geste(
            nom="preparer", mot="Préparer un appel", de=(), vers=EtatDAppel.PREPARE, qui=(EXAMEN,),
            dit="L’appel est préparé : publiez-le quand il est prêt.", recit="Appel préparé", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Corriger l’appel", de=(EtatDAppel.PREPARE,), vers=None, qui=(EXAMEN,),
            dit="L’appel est corrigé.", recit="Appel corrigé", formulaire=False, marque=False,
            prepare=(chacun(passages.corriger),),
        ),
        Geste(
            nom="publier", mot="Publier l’appel", de=(EtatDAppel.PREPARE,), vers=EtatDAppel.PUBLIE, qui=(EXAMEN,),
            suite="Les organismes le liront, et pourront y répondre aux jours dits. Il ne se corrige plus.",
            dit="L’appel est publié.", recit="Appel publié", garde=passages.finit_apres_aujourd_hui,
            prepare=(chacun(passages.publier),),
        ),
        Geste(
            nom="prolonger", mot="Prolonger l’appel", de=(EtatDAppel.PUBLIE,), vers=None, qui=(EXAMEN,),
            dit="L’appel est prolongé.", recit="Appel prolongé",
            champs=(
                Champ("au", "Nouveau dernier jour, inclus", "Donnez le nouveau dernier jour.",
                      lire=passages.lire_le_jour, jour=True),
            ),
            prepare=(chacun(passages.prolonger),),
        ),
        Geste(
            nom="retirer", mot="Retirer l’appel", de=(EtatDAppel.PREPARE, EtatDAppel.PUBLIE), vers=EtatDAppel.RETIRE,
            qui=(EXAMEN,), suite="Plus personne n’y répondra. Ce qui est déjà envoyé s’examine encore.",
            dit="L’appel est retiré.", recit="Appel retiré",
        ),
    ),
)  # fmt: skip

CANDIDATURES: Final = Flux(
    nom="candidatures",
    modele=Candidature,
    mot="la candidature",
    ce_mot="cette candidature",
    cotes=cotes_de_la_candidature,
    visibles=candidatures_visibles,
    pourquoi_pas=pourquoi_pas_examiner,
    dits={ORGANISME: "par l’organisme", EXAMEN: "par la branche"},
    table=(
        Geste(
            nom="commencer", mot="Répondre à l’appel", de=(), vers=EtatDeCandidature.BROUILLON, qui=(ORGANISME,),
            dit="La candidature est commencée.", recit="Candidature commencée", formulaire=False,
        ),
        Geste(
            nom="ecrire", mot="Enregistrer", de=A_ECRIRE, vers=None, qui=(ORGANISME,),
            dit="C’est enregistré.", recit="Candidature écrite", formulaire=False, marque=False,
            prepare=(chacun(passages.ecrire),),
        ),
        Geste(
            nom="deposer", mot="Envoyer à la branche", de=A_ECRIRE,
            vers={
                EtatDeCandidature.BROUILLON: EtatDeCandidature.DEPOSEE,
                EtatDeCandidature.A_COMPLETER: EtatDeCandidature.COMPLETEE,
            },
            qui=(ORGANISME,), suite="Elle ne se corrige plus, sauf si la branche le demande.",
            dit="La candidature est envoyée à la branche.", recit="Candidature envoyée",
            garde=passages.peut_partir, prepare=(chacun(passages.deposer),),
        ),
        Geste(
            nom="demander", mot="Demander un complément", de=DE_LA_BRANCHE, vers=EtatDeCandidature.A_COMPLETER,
            qui=(EXAMEN,), dit="Le complément est demandé.", recit="Complément demandé",
            champs=(Champ("motif", "Ce qui manque", "Dites ce qui manque : l’organisme le lira."),),
        ),
        Geste(
            nom="accepter", mot="Accepter, et ouvrir la convention", de=DE_LA_BRANCHE, vers=EtatDeCandidature.ACCEPTEE,
            qui=(EXAMEN,), dit="La candidature est acceptée, la convention est ouverte.", recit="Candidature acceptée",
            champs=(
                Champ("du", "Premier jour de la convention", "Donnez le premier jour de la convention.",
                      lire=passages.lire_le_jour, jour=True),
                Champ("au", "Dernier jour, inclus", "Donnez le dernier jour de la convention.",
                      lire=passages.lire_le_jour, jour=True),
            ),
            prepare=(chacun(passages.accepter),), effets=(ouvrir_les_conventions,),
        ),
        Geste(
            nom="refuser", mot="Refuser", de=DE_LA_BRANCHE, vers=EtatDeCandidature.REFUSEE, qui=(EXAMEN,),
            dit="La candidature est refusée.", recit="Candidature refusée",
            champs=(Champ("motif", "Pourquoi", "Dites pourquoi : l’organisme le lira."),),
            prepare=(chacun(passages.decider),),
        ),
        Geste(
            nom="retirer", mot="Retirer la candidature", de=(*A_ECRIRE, *DE_LA_BRANCHE), vers=EtatDeCandidature.RETIREE,
            qui=(ORGANISME,), suite="La branche ne l’examinera pas.",
            dit="La candidature est retirée.", recit="Candidature retirée",
        ),
        Geste(
            nom="reprendre", mot="Reprendre la candidature", de=(EtatDeCandidature.RETIREE,),
            vers=EtatDeCandidature.BROUILLON, qui=(ORGANISME,), suite="Elle redevient un brouillon.",
            dit="La candidature est de nouveau un brouillon.", recit="Candidature reprise",
            prepare=(chacun(passages.ouvrir_a_nouveau),),
        ),
    ),
)  # fmt: skip
