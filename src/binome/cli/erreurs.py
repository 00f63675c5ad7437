"""What the terminal says when it cannot go on: French sentences, one per mistake, and a code."""

from __future__ import annotations

from binome.lots.erreurs import TravailImpossible

__all__ = ["TravailImpossible"]
