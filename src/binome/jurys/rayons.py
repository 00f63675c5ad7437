"""The shelves of sealed minutes and of calls to a jury: swept and backed up with what names them."""

from __future__ import annotations

from typing import Final

from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.jurys.models import Jury, PlaceAuJury, ProcesVerbal

PROCES_VERBAUX: Final = Rayon("proces-verbaux", ("pdf",))
RENDEZ_VOUS: Final = Rayon("rendez-vous", ("ics",))


def declarer_les_rayons() -> None:
    """Says which columns name their files, and that they are of a jury: nobody's erasure takes them."""
    registre.declarer(
        Rangement(PROCES_VERBAUX, ProcesVerbal, "fichier", Jury, "jury"),
        Rangement(RENDEZ_VOUS, PlaceAuJury, "rendez_vous", Jury, "jury"),
    )
