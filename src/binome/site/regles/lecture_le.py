"""The day on which the sources were read: where a text stands when the day of the page changes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.sources import Citation


def lues_le(citations: Iterable[Citation]) -> date:
    """The last day on which one of these sources was read."""
    return max(date.fromisoformat(un.source.consulte_le) for un in citations)
