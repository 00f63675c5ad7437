"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts, its parts of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Formateur, SiteDeFormation
from binome.reseau.passages import GARDE
from binome.reseau.registre import CHAMPS
from binome.reseau.volets import formateur_dit, site_dit
from binome.socle.sort_des_champs import declarer_champs

if TYPE_CHECKING:
    from collections.abc import Callable

COMPTEUR: Final = {"version": "Un compteur : chaque entrée l’avance."}
SANS_COURRIEL: Final = Suite("personne : la page le montre")


def _nomme(nom: str, *, personnel: bool = False) -> Callable[[int], tuple[str, str]]:
    def nommer(numero: int) -> tuple[str, str]:
        return f"{nom}:{numero}", f"{nom}:{numero}" if personnel else ""

    return nommer


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        TableSuivie(SiteDeFormation, (), _nomme("sitedeformation"), COMPTEUR),
        TableSuivie(Formateur, (), _nomme("formateur", personnel=True), COMPTEUR),
    )
    declarer_champs(CHAMPS)
    declarer_evenements(
        Evenement(GARDE, "Ce qui reste d’une personne qui formait est redit, sans son nom.")
    )
    declarer_flux(SITES, FORMATEURS)
    for flux in (SITES, FORMATEURS):
        declarer_suites(flux.nom, {un.nom: SANS_COURRIEL for un in flux.table})
    declarer_volets(
        Volet(HAUT, "reseau/volet_site.html", site_dit, sur="reseau.sitedeformation"),
        Volet(HAUT, "reseau/volet_formateur.html", formateur_dit, sur="reseau.formateur"),
    )
