"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.journal.tables import declarer
from binome.jurys.flows import DECISIONS, JURYS, PRESENTATIONS
from binome.jurys.models import DecisionDeBloc, Jury, Presentation
from binome.socle.sort_des_champs import CODE, DOSSIER, EMPREINTE, FAITS, MORALE, declarer_champs

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
CHAMPS: Final[Champs] = {
    "jurys.Jury": {"etat": CODE, "certification": CODE, "jour": MORALE, "lieu": MORALE},
    "jurys.Presentation": {"etat": CODE, "referentiel": CODE, "blocs": CODE},
    "jurys.DecisionDeBloc": {
        "etat": CODE,
        "issue": CODE,
        "raison": DOSSIER,
        "recommandation": DOSSIER,
        "proposee": FAITS,
        "base": EMPREINTE,
    },
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(suivie(Jury), suivie(Presentation), suivie(DecisionDeBloc, personnel=True))
    declarer_champs(CHAMPS)
    tous = (JURYS, PRESENTATIONS, DECISIONS)
    declarer_flux(*tous)
    for flux in tous:
        declarer_suites(flux.nom, {un.nom: PERSONNE_ENCORE for un in flux.table})
