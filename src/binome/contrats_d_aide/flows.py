"""The flow of a contract, as one table."""

from __future__ import annotations

from typing import Final

from binome.contrats_d_aide import effacement, evenements_dits, passages, personnes
from binome.contrats_d_aide import lectures_de_champs as champs
from binome.contrats_d_aide.etats import OUVERTS, EtatDeContrat
from binome.contrats_d_aide.models import Contrat
from binome.contrats_d_aide.permissions import (
    COTE_CABINET,
    COTE_CAISSE,
    COTE_GROUPEMENT,
    cotes,
    visibles,
)
from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste

DITS: Final = {
    MAISON: "",
    COTE_CABINET: "par le cabinet",
    COTE_CAISSE: "par la caisse",
    COTE_GROUPEMENT: "par le groupement",
}
LES_DEUX: Final = (COTE_CABINET, COTE_CAISSE)
VIVANTS: Final = (EtatDeContrat.PREPARE, *OUVERTS)
"""A contract whose people may still change."""


def _flux() -> Flux[Contrat]:
    return CONTRATS


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
        Geste(
            nom="renouveler", mot="Préparer la suite", de=(), vers=EtatDeContrat.PREPARE, qui=LES_DEUX,
            dit="La suite du contrat est en préparation.", recit="Suite d’un autre contrat, préparée", formulaire=False,
        ),
        Geste(
            nom="modifier", mot="Modifier", de=(EtatDeContrat.PREPARE,), vers=None, qui=LES_DEUX,
            dit="Le contrat est modifié.", recit="Contrat modifié", formulaire=False, marque=False,
            prepare=(chacun(passages.modifier),),
        ),
        Geste(
            nom="abandonner", mot="Abandonner ce contrat", de=(EtatDeContrat.PREPARE,), vers=EtatDeContrat.ABANDONNE,
            qui=LES_DEUX, a_part=True, suite="Il ne sera pas signé. Ce qui est écrit reste lisible, et rien n’en est dû.",
            dit="Le contrat est abandonné.", recit="Abandonné avant la signature",
        ),
        Geste(
            nom="signer", mot="Dire la signature", de=(EtatDeContrat.PREPARE,), vers=EtatDeContrat.SIGNE,
            qui=LES_DEUX, champs=(champs.SIGNE_LE,),
            suite="Les règles de ce jour-là s’appliquent, et leur réponse est gardée.",
            dit="La signature est dite.", recit="Signé avec la caisse", prepare=(passages.signer,),
        ),
        Geste(
            nom="commencer", mot="Dire que le poste commence", de=(EtatDeContrat.SIGNE,),
            vers=EtatDeContrat.EN_COURS, qui=LES_DEUX, champs=(champs.COMMENCE_LE,),
            dit="Le contrat est en cours.", recit="Le poste commence", prepare=(passages.commencer, passages.remplacer_le_precedent(_flux)),
        ),
        Geste(
            nom="suspendre", mot="Suspendre", de=(EtatDeContrat.EN_COURS,), vers=EtatDeContrat.SUSPENDU,
            qui=LES_DEUX, champs=(champs.SUSPENDU_LE,), a_part=True,
            suite="Par accord écrit avec la caisse, après trois mois d’absence sans remplacement ou faute de recrutement.",
            dit="Le contrat est suspendu, aide et objectifs.", recit="Contrat suspendu",
            prepare=(chacun(passages.suspendre),),
        ),
        Geste(
            nom="reprendre", mot="Reprendre", de=(EtatDeContrat.SUSPENDU,), vers=EtatDeContrat.EN_COURS,
            qui=LES_DEUX, champs=(champs.REPRIS_LE,), dit="Le contrat reprend.", recit="Contrat repris",
            prepare=(passages.reprendre,),
        ),
        Geste(
            nom="amender", mot="Amender", de=OUVERTS, vers=None, qui=LES_DEUX, a_part=True,
            champs=(champs.AMENDE_LE, champs.OPTION, champs.ETP),
            dit="L’avenant est écrit.", recit="Avenant au contrat", prepare=(chacun(passages.amender),),
        ),
        Geste(
            nom="resilier", mot="Mettre fin au contrat", de=OUVERTS, vers=EtatDeContrat.FINI, qui=LES_DEUX,
            champs=(champs.PAR_QUI, champs.LETTRE_LE, champs.DERNIER, champs.EXPLICATION), a_part=True,
            suite="Le médecin donne deux mois de préavis, par lettre recommandée.",
            dit="Le contrat a sa fin.", recit=passages.dit_la_fin, prepare=(chacun(passages.resilier),),
            avec=(passages.fermer_les_lignes,),
        ),
        Geste(
            nom="terminer", mot="Dire le contrat à son terme", de=OUVERTS, vers=EtatDeContrat.FINI,
            qui=(MAISON, *LES_DEUX), garde=passages.pas_avant_le_terme,
            dit="Le contrat est à son terme.", recit="Contrat à son terme",
            prepare=(chacun(passages.terminer),), avec=(passages.fermer_les_lignes,),
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=OUVERTS, vers=EtatDeContrat.REMPLACE, qui=(MAISON,),
            formulaire=False, dit="Un autre contrat remplace celui-ci.", recit="Remplacé par un autre contrat",
            prepare=(passages.laisser_la_place,), avec=(passages.fermer_les_lignes,),
        ),
        Geste(
            nom="poser", mot="Ajouter une personne", de=VIVANTS, vers=None, qui=(*LES_DEUX, COTE_GROUPEMENT), formulaire=False,
            dit="La personne est ajoutée.", recit="Une personne de plus", prepare=(chacun(personnes.poser),),
        ),
        Geste(
            nom="liberer", mot="Dire un départ", de=VIVANTS, vers=None, qui=(*LES_DEUX, COTE_GROUPEMENT), formulaire=False,
            dit="Le départ est dit.", recit="Une personne part", prepare=(chacun(personnes.liberer),),
            avec=(chacun(personnes.ecrire_le_depart),),
        ),
        Geste(
            nom="noter", mot="Dire un événement", de=(*OUVERTS, EtatDeContrat.FINI), vers=None, qui=LES_DEUX,
            formulaire=False, dit="L’événement est noté.", recit="Événement noté",
            prepare=(chacun(evenements_dits.noter),), avec=(chacun(evenements_dits.ecrire_sur_le_poste),),
        ),
        Geste(
            nom="adherer", mot="Faire entrer un médecin", de=VIVANTS, vers=None, qui=LES_DEUX, formulaire=False,
            dit="Le médecin entre dans le contrat.", recit="Un médecin entre", prepare=(chacun(personnes.adherer),), avec=(chacun(personnes.retrouver_ses_medecins),),
        ),
        Geste(
            nom="quitter", mot="Faire sortir un médecin", de=VIVANTS, vers=None, qui=LES_DEUX, formulaire=False,
            dit="Le médecin sort du contrat.", recit="Un médecin sort", prepare=(chacun(personnes.quitter),),
            avec=(chacun(personnes.ecrire_la_sortie), chacun(personnes.retrouver_ses_medecins)),
        ),
        Geste(
            nom="fixer", mot="Dire un objectif", de=VIVANTS, vers=None, qui=LES_DEUX, formulaire=False,
            dit="L’objectif est écrit.", recit="Objectif écrit", prepare=(chacun(personnes.fixer),),
            avec=(chacun(personnes.ecrire_l_objectif),),
        ),
        Geste(
            nom="relever", mot="Dire la patientèle", de=(*OUVERTS, EtatDeContrat.FINI), vers=None, qui=LES_DEUX,
            formulaire=False, dit="Le relevé est écrit.", recit="Relevé de patientèle",
            prepare=(chacun(personnes.relever),), avec=(chacun(personnes.ecrire_le_releve),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeContrat.values), vers=None, qui=(MAISON,),
            formulaire=False, dit="Ce qui a été écrit est effacé.", recit="", prepare=(passages.effacer,), avec=(effacement.effacer_les_mots,),
        ),
    ),
)  # fmt: skip
