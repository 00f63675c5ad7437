"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.titres import passages
from binome.titres.etats import EtatDeDuplicata, EtatDeTitre, MotifDeRetrait
from binome.titres.models import Duplicata, Titre
from binome.titres.permissions import (
    BRANCHE,
    ORGANISME,
    cotes_de_duplicata,
    cotes_de_titre,
    noter_le_titre,
    pas_de_duplicata,
    pas_de_titre,
    qui_delivre,
    titres_visibles,
)

DITS: Final = {MAISON: "", BRANCHE: "par la branche", ORGANISME: "par l’organisme"}
DELIVRENT: Final = (BRANCHE, ORGANISME)

TITRES: Final = Flux(
    nom="titres",
    modele=Titre,
    mot="le titre",
    ce_mot="ce titre",
    cotes=cotes_de_titre,
    pourquoi_pas=pas_de_titre,
    visibles=titres_visibles,
    noter=noter_le_titre,
    cote_de=qui_delivre,
    dits=DITS,
    table=(
        Geste(
            nom="delivrer", mot="Délivrer", de=(), vers=EtatDeTitre.DELIVRE, qui=(*DELIVRENT, MAISON),
            dit="Le titre est délivré.", recit="Titre délivré", formulaire=False,
        ),
        Geste(
            nom="dupliquer", mot="Délivrer un duplicata", de=(EtatDeTitre.DELIVRE,), vers=None, qui=DELIVRENT,
            dit="Le duplicata est délivré.", recit=passages.dit_quel_duplicata, formulaire=False, marque=False,
            prepare=(chacun(passages.dupliquer),),
        ),
        Geste(
            nom="revoquer", mot="Retirer ce titre", de=(EtatDeTitre.DELIVRE,), vers=EtatDeTitre.REVOQUE,
            qui=DELIVRENT, a_part=True,
            suite="Son numéro ne sert plus. La page de vérification le dit aussitôt ; qui lit un badge l’apprend en cinq minutes au plus.",
            dit="Le titre est retiré.", recit=passages.dit_pourquoi,
            champs=(
                Champ("motif_du_retrait", "Le motif, que chacun pourra lire", "Choisissez un motif.",
                      lire=passages.lire_un_motif,
                      choix=tuple((str(un.value), str(un.label)) for un in MotifDeRetrait)),
                Champ("raison", "L’explication, pour la personne et pour vous", "Écrivez pourquoi ce titre est retiré."),
            ),
            prepare=(chacun(passages.revoquer),), effets=(passages.rouvrir_les_parcours,),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeTitre.values), vers=None, qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False, prepare=(chacun(passages.effacer),),
        ),
    ),
)  # fmt: skip

DUPLICATAS: Final = Flux(
    nom="duplicatas",
    modele=Duplicata,
    mot="le duplicata",
    ce_mot="ce duplicata",
    cotes=cotes_de_duplicata,
    pourquoi_pas=pas_de_duplicata,
    dits=DITS,
    table=(
        Geste(
            nom="redelivrer", mot="Délivrer un duplicata", de=(), vers=EtatDeDuplicata.DELIVRE,
            qui=DELIVRENT, dit="Le duplicata est délivré.", recit="Duplicata délivré", formulaire=False,
        ),
    ),
)  # fmt: skip
