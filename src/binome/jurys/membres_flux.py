"""The flows of what a branch says of its juries, and of who may sit in them, as one table each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.auteur import MAISON
from binome.gestes.oubli import oublier_et_redire
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.jurys import passages
from binome.jurys.etats import EtatDeMembre, EtatDeReglement
from binome.jurys.models import MembreDeJury, ReglementDeJury
from binome.jurys.permissions import JURY, MEMBRE, cotes_de_membre, cotes_de_reglement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

GARDE: Final = "membres_de_jury.garde"
"""The entry that tells again what stays of somebody who sat, once their key is gone."""


def _oublier_les_cles(faits: Sequence[Passage[MembreDeJury]], _: Auteur) -> None:
    """Destroys their keys, and tells again what stays."""
    oublier_et_redire([un.objet for un in faits], GARDE, motif="membre de jury effacé")


REGLEMENTS: Final = Flux(
    nom="regles_des_jurys",
    modele=ReglementDeJury,
    mot="les règles",
    ce_mot="ces règles",
    cotes=cotes_de_reglement,
    dits={JURY: "par la branche"},
    table=(
        Geste(
            nom="ecrire", mot="Écrire les règles", de=(), vers=EtatDeReglement.EN_VIGUEUR, qui=(JURY,),
            dit="Les règles sont écrites.", recit="Règles écrites", formulaire=False,
        ),
        Geste(
            nom="retirer", mot="Retirer ces règles", de=(EtatDeReglement.EN_VIGUEUR,), vers=EtatDeReglement.RETIRE,
            qui=(JURY,), dit="Les règles sont retirées.", recit="Règles retirées",
            prepare=(chacun(passages.retirer_le_reglement),),
        ),
    ),
)  # fmt: skip

MEMBRES: Final = Flux(
    nom="membres_de_jury",
    modele=MembreDeJury,
    mot="le membre de jury",
    ce_mot="cette personne",
    cotes=cotes_de_membre,
    dits={JURY: "par la branche", MEMBRE: "par la personne", MAISON: ""},
    table=(
        Geste(
            nom="inscrire", mot="Inscrire", de=(), vers=EtatDeMembre.INSCRIT, qui=(JURY,),
            dit="Cette personne peut siéger.", recit="Inscription", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Corriger", de=(EtatDeMembre.INSCRIT,), vers=None, qui=(JURY,),
            dit="C’est corrigé.", recit="Correction", formulaire=False, marque=False,
            prepare=(chacun(passages.corriger_le_membre),),
        ),
        Geste(
            nom="declarer", mot="Déclarer ses liens", de=(EtatDeMembre.INSCRIT,), vers=None, qui=(MEMBRE, JURY),
            dit="Les liens et les jours sont notés.", recit="Liens et jours déclarés", formulaire=False,
            prepare=(chacun(passages.declarer),),
        ),
        Geste(
            nom="partir", mot="Ne siège plus", de=(EtatDeMembre.INSCRIT,), vers=EtatDeMembre.RETIRE, qui=(JURY,),
            dit="C’est noté : cette personne ne siège plus.", recit="Ne siège plus",
        ),
        Geste(
            nom="revenir", mot="Siège de nouveau", de=(EtatDeMembre.RETIRE,), vers=EtatDeMembre.INSCRIT, qui=(JURY,),
            dit="C’est noté : cette personne peut siéger.", recit="Siège de nouveau",
        ),
        Geste(
            nom="effacer", mot="Effacer son nom", de=(EtatDeMembre.INSCRIT, EtatDeMembre.RETIRE),
            vers=EtatDeMembre.EFFACE, qui=(JURY, MAISON),
            suite="Le nom, l’adresse et les liens s’effacent ; les procès-verbaux déjà scellés gardent le nom.",
            dit="Le nom est effacé.", recit="Nom effacé",
            prepare=(chacun(passages.effacer_le_membre),), effets=(_oublier_les_cles,),
        ),
    ),
)  # fmt: skip
