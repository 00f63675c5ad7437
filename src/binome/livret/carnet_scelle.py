"""The sealed booklet: made when it is asked for, kept nowhere; under its seal it is the same bytes for the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.impression.pdf import pdf_du_livret
from binome.livret.carnet import carnet, lignes_du_livret
from binome.sceau.cle import sceau, signer

if TYPE_CHECKING:
    from datetime import date

    from binome.parcours.models import Parcours

RAISON: Final = "Livret de formation"


def livret_en_pdf(parcours: Parcours, jour: date) -> bytes:
    """The booklet before its seal: the same rows on the same day make the same bytes."""
    return pdf_du_livret(carnet(parcours, lignes_du_livret(parcours), jour))


def livret_scelle(parcours: Parcours, jour: date) -> bytes:
    """The booklet under the seal of the branch; the seal is added after it, and changes none of it. Raises SceauAbsent."""
    return signer(livret_en_pdf(parcours, jour), sceau(), RAISON)
