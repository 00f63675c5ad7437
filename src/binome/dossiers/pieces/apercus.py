"""The page images of the documents of dossiers."""

from __future__ import annotations

from typing import Final

from binome.depot.apercus import Apercus
from binome.dossiers import rayons
from binome.dossiers.models import PageDApercu, Piece

APERCUS: Final = Apercus(Piece, PageDApercu, "piece", "deposee_par", rayons.PIECES, rayons.APERCUS)
