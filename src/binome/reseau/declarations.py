"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts, its parts of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import declarer
from binome.reseau import nouvelles
from binome.reseau.appels import APPELS, CANDIDATURES
from binome.reseau.comptes_ouverts import ecouter
from binome.reseau.conventions import CONVENTIONS
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Appel, Candidature, Convention, Formateur, SiteDeFormation
from binome.reseau.passages import GARDE
from binome.reseau.registre import CHAMPS
from binome.reseau.volets import (
    appel_dit,
    candidature_dite,
    convention_dite,
    formateur_dit,
    site_dit,
)
from binome.socle.sort_des_champs import declarer_champs

if TYPE_CHECKING:
    from collections.abc import Mapping

SUITES: Final[Mapping[str, Mapping[str, Suite]]] = {
    APPELS.nom: nouvelles.DE_L_APPEL,
    CANDIDATURES.nom: nouvelles.DE_LA_CANDIDATURE,
    CONVENTIONS.nom: nouvelles.DE_LA_CONVENTION,
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(SiteDeFormation),
        suivie(Formateur, personnel=True),
        suivie(Appel),
        suivie(Candidature, personnel=True),
        suivie(Convention, personnel=True),
    )
    declarer_champs(CHAMPS)
    ecouter()
    declarer_evenements(
        Evenement(GARDE, "Ce qui reste d’une personne qui formait est redit, sans son nom.")
    )
    tous = (SITES, FORMATEURS, APPELS, CANDIDATURES, CONVENTIONS)
    declarer_flux(*tous)
    for flux in tous:
        siennes = SUITES.get(flux.nom, {})
        declarer_suites(
            flux.nom, {un.nom: siennes.get(un.nom, nouvelles.PERSONNE) for un in flux.table}
        )
    declarer_volets(
        Volet(HAUT, "reseau/volet_site.html", site_dit, sur="reseau.sitedeformation"),
        Volet(HAUT, "reseau/volet_formateur.html", formateur_dit, sur="reseau.formateur"),
        Volet(HAUT, "reseau/volet_appel.html", appel_dit, sur="reseau.appel"),
        Volet(HAUT, "reseau/volet_candidature.html", candidature_dite, sur="reseau.candidature"),
        Volet(HAUT, "reseau/volet_convention.html", convention_dite, sur="reseau.convention"),
    )
