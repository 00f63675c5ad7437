"""The shelf of sealed minutes: swept and backed up with what names them."""

from __future__ import annotations

from typing import Final

from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.jurys.models import Jury, ProcesVerbal

PROCES_VERBAUX: Final = Rayon("proces-verbaux", ("pdf",))


def declarer_le_rayon() -> None:
    """Says which column names its files, and that they are of a jury: nobody's erasure takes them."""
    registre.declarer(Rangement(PROCES_VERBAUX, ProcesVerbal, "fichier", Jury, "jury"))
