"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.parcours.passages import lire_le_jour
from binome.passeport import passages
from binome.passeport.etats import (
    A_DECLARER,
    EtatDeDeclaration,
    EtatDeFiche,
    EtatDeLotDePassages,
    EtatDesReglages,
    IssueDeLigne,
)
from binome.passeport.models import (
    FicheDEtatCivil,
    LotDePassages,
    PassageADeclarer,
    ReglagesDuPasseport,
)
from binome.passeport.permissions import (
    BRANCHE,
    ORGANISME,
    SOI,
    cotes_de_fiche,
    cotes_de_lot,
    cotes_de_passage,
    cotes_de_reglages,
)

DITS: Final = {
    MAISON: "",
    SOI: "par la personne",
    ORGANISME: "par l’organisme",
    BRANCHE: "par la branche",
}
DITE: Final = (EtatDeFiche.COMPLETE, EtatDeFiche.A_CORRIGER)
RETIRABLES: Final = (
    EtatDeDeclaration.A_COMPLETER, *A_DECLARER, EtatDeDeclaration.REFUSEE, EtatDeDeclaration.REJETEE,
)  # fmt: skip
"""Never accepted, and in no lot that waits: a withdrawn title is then nothing to declare."""

ETATS_CIVILS: Final = Flux(
    nom="etats-civils",
    modele=FicheDEtatCivil,
    mot="l’état civil",
    ce_mot="cet état civil",
    cotes=cotes_de_fiche,
    dits=DITS,
    table=(
        Geste(
            nom="saisir", mot="Enregistrer", de=(), vers=EtatDeFiche.COMPLETE, qui=(SOI, ORGANISME, BRANCHE),
            dit="L’état civil est enregistré.", recit="État civil enregistré", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Enregistrer", de=DITE, vers=EtatDeFiche.COMPLETE, qui=(SOI, ORGANISME, BRANCHE),
            dit="L’état civil est enregistré.", recit="État civil corrigé", formulaire=False,
            prepare=(chacun(passages.ecrire_la_fiche),),
        ),
        Geste(
            nom="rouvrir", mot="Demander une correction", de=DITE, vers=EtatDeFiche.A_CORRIGER, qui=(MAISON,),
            dit="L’état civil est à corriger.", recit="Personne n’a été trouvé sous cet état civil : à corriger", formulaire=False,
        ),
        Geste(
            nom="oublier_le_nir", mot="Oublier le numéro", de=DITE, vers=None, qui=(MAISON,), formulaire=False,
            dit="Le numéro de sécurité sociale est oublié.", recit="Numéro de sécurité sociale oublié",
            prepare=(chacun(passages.vider_le_nir),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=DITE, vers=EtatDeFiche.EFFACEE, qui=(MAISON,),
            dit="L’état civil est effacé.", recit="", formulaire=False, prepare=(chacun(passages.effacer_la_fiche),),
        ),
    ),
)  # fmt: skip

REGLAGES: Final = Flux(
    nom="reglages-du-passeport",
    modele=ReglagesDuPasseport,
    mot="les réglages",
    ce_mot="cette page de réglages",
    cotes=cotes_de_reglages,
    dits=DITS,
    table=(
        Geste(
            nom="ouvrir", mot="Ouvrir les réglages", de=(), vers=EtatDesReglages.EN_VIGUEUR, qui=(BRANCHE, MAISON),
            dit="Les réglages sont ouverts.", recit="Réglages du passeport ouverts", formulaire=False,
        ),
        Geste(
            nom="regler", mot="Enregistrer", de=(EtatDesReglages.EN_VIGUEUR,), vers=None, qui=(BRANCHE, MAISON),
            dit="Les réglages sont enregistrés.", recit="Réglages du passeport changés", formulaire=False,
            prepare=(chacun(passages.regler),),
        ),
    ),
)  # fmt: skip

PASSAGES: Final = Flux(
    nom="passages",
    modele=PassageADeclarer,
    mot="la certification",
    ce_mot="cette certification",
    cotes=cotes_de_passage,
    dits=DITS,
    table=(
        Geste(
            nom="ouvrir", mot="Ouvrir la déclaration", de=(), vers=EtatDeDeclaration.A_COMPLETER, qui=(MAISON,),
            dit="La certification est à déclarer.", recit="Certification à déclarer", formulaire=False,
        ),
        Geste(
            nom="completer", mot="Compléter", de=(EtatDeDeclaration.A_COMPLETER,), vers=EtatDeDeclaration.PRETE,
            qui=(MAISON,), dit="La certification peut être déclarée.", recit="État civil complet", formulaire=False,
        ),
        Geste(
            nom="mettre_en_lot", mot="Mettre dans un lot", de=(*A_DECLARER, EtatDeDeclaration.A_SUPPRIMER),
            vers=EtatDeDeclaration.DANS_UN_LOT, qui=(BRANCHE,), dit="La certification est dans un lot.",
            recit="Mise dans un lot", formulaire=False, prepare=(chacun(passages.mettre_en_lot),),
        ),
        Geste(
            nom="sortir_du_lot", mot="Sortir du lot", de=(EtatDeDeclaration.DANS_UN_LOT,), vers=EtatDeDeclaration.PRETE,
            qui=(BRANCHE, MAISON), dit="La certification attend un autre lot.", recit="Lot abandonné", formulaire=False,
            prepare=(chacun(passages.sortir_du_lot),), avec=(passages.denouer(IssueDeLigne.RETIREE),),
        ),
        Geste(
            nom="deposer", mot="Déposer", de=(EtatDeDeclaration.DANS_UN_LOT,), vers=EtatDeDeclaration.DEPOSEE,
            qui=(BRANCHE,), dit="La certification est déposée.", recit="Lot déposé", formulaire=False,
        ),
        Geste(
            nom="accepter", mot="Accepter", de=(EtatDeDeclaration.DEPOSEE,), vers=EtatDeDeclaration.ACCEPTEE,
            qui=(BRANCHE,), dit="La certification est au passeport.", recit="Acceptée", formulaire=False,
            prepare=(chacun(passages.accepter),), avec=(passages.denouer(IssueDeLigne.ACCEPTEE),),
        ),
        Geste(
            nom="refuser", mot="Refuser", de=(EtatDeDeclaration.DEPOSEE,), vers=EtatDeDeclaration.REFUSEE,
            qui=(BRANCHE,), dit="La certification est refusée.", recit="Refusée", formulaire=False,
            prepare=(chacun(passages.ne_pas_accepter),), avec=(passages.denouer(IssueDeLigne.REFUSEE),),
        ),
        Geste(
            nom="rejeter", mot="Rejeter", de=(EtatDeDeclaration.DEPOSEE,), vers=EtatDeDeclaration.REJETEE,
            qui=(BRANCHE,), dit="Le fichier est rejeté.", recit="Fichier rejeté", formulaire=False,
            prepare=(chacun(passages.ne_pas_accepter),), avec=(passages.denouer(IssueDeLigne.REJETEE),),
        ),
        Geste(
            nom="corriger", mot="Déclarer de nouveau", de=(EtatDeDeclaration.REFUSEE, EtatDeDeclaration.REJETEE),
            vers=EtatDeDeclaration.CORRIGEE, qui=(BRANCHE, MAISON),
            dit="La certification est prête pour un autre lot.", recit="Corrigée", formulaire=False,
        ),
        Geste(
            nom="retirer", mot="Retirer", de=(*RETIRABLES, EtatDeDeclaration.ACCEPTEE), vers=EtatDeDeclaration.ANNULEE,
            qui=(MAISON,), dit="Le titre est retiré.", recit="Titre retiré", formulaire=False,
            prepare=(chacun(passages.retirer),),
        ),
        Geste(
            nom="supprimer", mot="C’est supprimé du passeport", de=(EtatDeDeclaration.A_SUPPRIMER,),
            vers=EtatDeDeclaration.SUPPRIMEE, qui=(BRANCHE,), dit="C’est noté : la certification est supprimée du passeport.",
            recit="Supprimée du passeport, demande faite hors de Binôme", formulaire=False,
            champs=(Champ("le", "Quel jour", "Donnez le jour.", lire=lire_le_jour, jour=True),),
            prepare=(chacun(passages.supprimer_a_la_main),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeDeclaration),
            vers=dict.fromkeys(RETIRABLES, EtatDeDeclaration.ANNULEE), qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False, prepare=(chacun(passages.oublier_le_motif),),
            avec=(passages.oublier_les_reponses,),
        ),
    ),
)  # fmt: skip

LOTS: Final = Flux(
    nom="lots-du-passeport",
    modele=LotDePassages,
    mot="le lot",
    ce_mot="ce lot",
    cotes=cotes_de_lot,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer le lot", de=(), vers=EtatDeLotDePassages.A_DEPOSER, qui=(BRANCHE,),
            dit="Le lot est prêt : téléchargez-le, puis déposez-le.", recit="Lot préparé", formulaire=False,
        ),
        Geste(
            nom="deposer", mot="C’est déposé", de=(EtatDeLotDePassages.A_DEPOSER,), vers=EtatDeLotDePassages.DEPOSE,
            qui=(BRANCHE,), dit="C’est noté : la réponse est attendue.", recit="Lot déposé", formulaire=False,
            champs=(Champ("le", "Quel jour", "Donnez le jour du dépôt.", lire=lire_le_jour, jour=True),),
            prepare=(chacun(passages.deposer),),
        ),
        Geste(
            nom="abandonner", mot="Abandonner ce lot", de=(EtatDeLotDePassages.A_DEPOSER,), vers=EtatDeLotDePassages.ABANDONNE,
            qui=(BRANCHE, MAISON), dit="Le lot est abandonné : ses certifications attendent un autre lot.",
            recit="Lot abandonné", formulaire=False,
        ),
        Geste(
            nom="recevoir", mot="Lire l’accusé", de=(EtatDeLotDePassages.DEPOSE,), vers=EtatDeLotDePassages.TRAITE,
            qui=(BRANCHE,), dit="L’accusé est lu.", recit="Accusé lu", formulaire=False,
            prepare=(chacun(passages.recevoir),),
        ),
        Geste(
            nom="detruire", mot="Détruire le fichier", de=tuple(EtatDeLotDePassages), vers=None, qui=(MAISON,),
            dit="Le fichier est détruit.", recit="Fichier du lot détruit", formulaire=False,
            prepare=(chacun(passages.detruire),),
        ),
    ),
)  # fmt: skip
