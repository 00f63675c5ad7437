"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.journal.tables import declarer
from binome.socle.sort_des_champs import CODE, DOSSIER, EMPREINTE, FAITS, declarer_champs
from binome.titres.flows import TITRES
from binome.titres.models import Titre

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
CHAMPS: Final[Champs] = {
    "titres.Titre": {
        "etat": CODE,
        "nature": CODE,
        "jeton": CODE,
        "referentiel": CODE,
        "blocs": CODE,
        "delivre_le": FAITS,
        "fichier": EMPREINTE,
        "empreinte": EMPREINTE,
        "raison": DOSSIER,
    },
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(suivie(Titre, personnel=True))
    declarer_champs(CHAMPS)
    declarer_flux(TITRES)
    declarer_suites(TITRES.nom, {un.nom: PERSONNE_ENCORE for un in TITRES.table})
