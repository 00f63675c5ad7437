"""What is typed beyond these is a slip: bounds of ours, that no text gives, and that no source passes."""

from __future__ import annotations

from typing import Final

TAUX_AU_PLUS: Final = 20_000
"""Cents of an hour."""
HEURES_AU_PLUS: Final = 2_100
"""Hours of an agreement: the longest that a text allows, by an agreement on a période de reconversion."""
PLAFOND_AU_PLUS: Final = 100_000_000
"""Cents for one path."""
