"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux
from binome.gestes.suites import Suite, declarer_suites
from binome.journal.tables import TableSuivie, declarer
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS, SESSIONS
from binome.sessions.models import Creneau, Inscription, Session
from binome.socle.sort_des_champs import CODE, MORALE, declarer_champs

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.socle.sort_des_champs import Champs

COMPTEUR: Final = {"version": "Un compteur : chaque entrée l’avance."}
PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
CHAMPS: Final[Champs] = {
    "sessions_de_formation.Session": {
        "etat": CODE,
        "certification": CODE,
        "referentiel": CODE,
        "blocs": CODE,
        "debut": MORALE,
        "jours": CODE,
        "modalite": CODE,
    },
    "sessions_de_formation.Creneau": {
        "etat": CODE,
        "module": CODE,
        "modalite": CODE,
        "salle": MORALE,
        "lien": MORALE,
    },
    "sessions_de_formation.Inscription": {"etat": CODE, "blocs": CODE, "raison": CODE},
}


def _nomme(nom: str, *, personnel: bool = False) -> Callable[[int], tuple[str, str]]:
    def nommer(numero: int) -> tuple[str, str]:
        return f"{nom}:{numero}", f"{nom}:{numero}" if personnel else ""

    return nommer


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        TableSuivie(Session, (), _nomme("session"), COMPTEUR),
        TableSuivie(Creneau, (), _nomme("creneau"), COMPTEUR),
        TableSuivie(Inscription, (), _nomme("inscription"), COMPTEUR),
    )
    declarer_champs(CHAMPS)
    declarer_flux(SESSIONS, CRENEAUX, INSCRIPTIONS)
    for flux in (
        SESSIONS,
        CRENEAUX,
        INSCRIPTIONS,
    ):
        declarer_suites(flux.nom, {un.nom: PERSONNE_ENCORE for un in flux.table})
