"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux
from binome.gestes.suites import Suite, declarer_suites
from binome.journal.tables import TableSuivie, declarer
from binome.reseau.flows import SITES
from binome.reseau.models import SiteDeFormation
from binome.socle.sort_des_champs import CODE, MORALE, declarer_champs

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.socle.sort_des_champs import Champs

COMPTEUR: Final = {"version": "Un compteur : chaque entrée l’avance."}
PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
CHAMPS: Final[Champs] = {
    "reseau.SiteDeFormation": {
        "etat": CODE,
        "nom": MORALE,
        "adresse": MORALE,
        "code_postal": MORALE,
        "commune": MORALE,
        "departement": CODE,
    },
}


def _nomme(nom: str, *, personnel: bool = False) -> Callable[[int], tuple[str, str]]:
    def nommer(numero: int) -> tuple[str, str]:
        return f"{nom}:{numero}", f"{nom}:{numero}" if personnel else ""

    return nommer


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        TableSuivie(SiteDeFormation, (), _nomme("sitedeformation"), COMPTEUR),
    )
    declarer_champs(CHAMPS)
    declarer_flux(SITES)
    for flux in (SITES,):
        declarer_suites(flux.nom, {un.nom: PERSONNE_ENCORE for un in flux.table})
