"""The flow of a place of training, as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.table import Flux, Geste
from binome.reseau.etats import EtatDeSite
from binome.reseau.models import SiteDeFormation
from binome.reseau.permissions import ORGANISME, cotes, visibles

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
            nom="fermer", mot="Fermer le site", de=(EtatDeSite.OUVERT,), vers=EtatDeSite.FERME, qui=(ORGANISME,),
            suite="Aucune session ne pourra plus y être préparée.",
            dit="Le site est fermé.", recit="Site fermé", defait="rouvrir",
        ),
        Geste(
            nom="rouvrir", mot="Rouvrir le site", de=(EtatDeSite.FERME,), vers=EtatDeSite.OUVERT, qui=(ORGANISME,),
            dit="Le site est rouvert.", recit="Site rouvert",
        ),
    ),
)  # fmt: skip
