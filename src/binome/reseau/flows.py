"""The flows of a place of training and of who trains, as one table each."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.reseau import passages
from binome.reseau.etats import EtatDeFormateur, EtatDeSite
from binome.reseau.models import Formateur, SiteDeFormation
from binome.reseau.permissions import (
    ORGANISME,
    cotes,
    cotes_du_formateur,
    formateurs_visibles,
    visibles,
)

SITES: Final = Flux(
    nom="sites",
    modele=SiteDeFormation,
    mot="le site",
    ce_mot="ce site",
    cotes=cotes,
    visibles=visibles,
    dits={ORGANISME: "par l’organisme"},
    table=(
        Geste(
            nom="ouvrir", mot="Ajouter le site", de=(), vers=EtatDeSite.OUVERT, qui=(ORGANISME,),
            dit="Le site est ajouté.", recit="Site ajouté", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Corriger le site", de=(EtatDeSite.OUVERT,), vers=None, qui=(ORGANISME,),
            dit="Le site est corrigé.", recit="Site corrigé", formulaire=False, marque=False,
            prepare=(chacun(passages.corriger_le_site),),
        ),
        Geste(
            nom="fermer", mot="Fermer le site", de=(EtatDeSite.OUVERT,), vers=EtatDeSite.FERME, qui=(ORGANISME,),
            suite="Aucune session ne pourra plus y être préparée.",
            dit="Le site est fermé.", recit="Site fermé",
        ),
        Geste(
            nom="rouvrir", mot="Rouvrir le site", de=(EtatDeSite.FERME,), vers=EtatDeSite.OUVERT, qui=(ORGANISME,),
            dit="Le site est rouvert.", recit="Site rouvert",
        ),
    ),
)  # fmt: skip

FORMATEURS: Final = Flux(
    nom="formateurs",
    modele=Formateur,
    mot="la personne qui forme",
    ce_mot="cette personne",
    cotes=cotes_du_formateur,
    visibles=formateurs_visibles,
    dits={ORGANISME: "par l’organisme", MAISON: ""},
    table=(
        Geste(
            nom="ajouter", mot="Ajouter cette personne", de=(), vers=EtatDeFormateur.FORME, qui=(ORGANISME,),
            dit="Cette personne est ajoutée.", recit="Ajout", formulaire=False,
        ),
        Geste(
            nom="corriger", mot="Corriger", de=(EtatDeFormateur.FORME,), vers=None, qui=(ORGANISME,),
            dit="C’est corrigé.", recit="Correction", formulaire=False, marque=False,
            prepare=(chacun(passages.corriger_le_formateur),),
        ),
        Geste(
            nom="rattacher", mot="Rattacher son compte", de=(EtatDeFormateur.FORME,), vers=None, qui=(MAISON,),
            dit="Son compte est rattaché.", recit="Compte ouvert, et rattaché", formulaire=False,
            prepare=(chacun(passages.rattacher),),
        ),
        Geste(
            nom="partir", mot="Ne forme plus ici", de=(EtatDeFormateur.FORME,), vers=EtatDeFormateur.PARTI,
            qui=(ORGANISME,), suite="Son nom reste tant que vous ne l’effacez pas.",
            dit="C’est noté : cette personne ne forme plus ici.", recit="Départ",
        ),
        Geste(
            nom="revenir", mot="Forme de nouveau ici", de=(EtatDeFormateur.PARTI,), vers=EtatDeFormateur.FORME,
            qui=(ORGANISME,), dit="C’est noté : cette personne forme de nouveau ici.", recit="Retour",
        ),
        Geste(
            nom="effacer", mot="Effacer son nom", de=(EtatDeFormateur.FORME, EtatDeFormateur.PARTI),
            vers=EtatDeFormateur.EFFACE, qui=(ORGANISME, MAISON),
            suite="Le nom et le lien avec son compte s’effacent pour toujours.",
            dit="Le nom est effacé.", recit="Nom effacé",
            prepare=(chacun(passages.effacer),), effets=(passages.oublier_les_cles,),
        ),
    ),
)  # fmt: skip
