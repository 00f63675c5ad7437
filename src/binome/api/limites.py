"""How much a lot may weigh; what it may unpack to is bounded for every door, in `binome.lots.bornes`."""

from __future__ import annotations

from typing import Final

OCTETS: Final = 20_000_000
LIGNES: Final = 200_000
DOSSIER_OCTETS: Final = 65_536
