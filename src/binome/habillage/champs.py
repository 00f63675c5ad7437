"""Fields of forms that the framework has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from binome.regles.jours import lire_jour

if TYPE_CHECKING:
    from datetime import date


class UneLigne(forms.CharField):
    """A text that is shown on one line: whatever was sent, its blanks and its ends of line are single spaces.

    A name goes into the subject of a letter, into a cell, into a line of a sealed paper.
    """

    def to_python(self, value: object) -> str:
        """The text, on one line."""
        return " ".join((super().to_python(value) or "").split())


class UnJour(forms.DateField):
    """A day, read as people write or paste it; shown by the calendar of the browser."""

    def __init__(self, *, exemple: str = "03/05/1984", **kwargs: Any) -> None:
        super().__init__(
            error_messages={"invalid": f"Donnez un jour qui existe, par exemple {exemple}."},
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError."""
        lu = lire_jour(value) if isinstance(value, str) else None
        return lu or super().to_python(value)
