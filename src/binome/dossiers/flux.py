"""The flow of a dossier, tied to who stands on which side of it."""

from __future__ import annotations

from typing import Final

from binome.dossiers.flows import ADMINISTRATION, CANDIDAT, EXAMEN, ORGANISME, TABLE
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import cotes, pourquoi_pas
from binome.gestes.table import Flux


def _cote_de(dossier: Dossier, auteur: str) -> str:
    """Never a name: the candidate when it is them, else the side that the table allows."""
    suivi = dossier.candidat_id is not None and auteur == f"personne:{dossier.candidat_id}"
    return CANDIDAT if suivi else ""


FLUX: Final = Flux(
    nom="dossier",
    modele=Dossier,
    mot="le dossier",
    ce_mot="ce dossier",
    table=TABLE,
    cotes=cotes,
    pourquoi_pas=pourquoi_pas,
    cote_de=_cote_de,
    dits={
        CANDIDAT: "par la personne candidate",
        ORGANISME: "par l’organisme",
        EXAMEN: "par la branche",
        ADMINISTRATION: "par l’administration de la branche",
    },
)
