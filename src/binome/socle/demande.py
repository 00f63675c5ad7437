"""A request as the middlewares complete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import date


class Demande(HttpRequest):
    """For annotations: what the time machine adds to every request."""

    au: date | None
    """The day that the address names; None for today."""
    chemin_nu: str
    """The path without the day."""
