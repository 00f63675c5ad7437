"""Fields of forms that the framework has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from binome.regles.jours import lire_jour
from binome.socle.adresse_electronique import adresse_lue

if TYPE_CHECKING:
    from datetime import date


class UneLigne(forms.CharField):
    """A text that is shown on one line: whatever was sent, its blanks and its ends of line are single spaces.

    A name goes into the subject of a letter, into a cell, into a line of a sealed paper.
    """

    def to_python(self, value: object) -> str:
        """The text, on one line."""
        return " ".join((super().to_python(value) or "").split())


class UneAdresse(forms.EmailField):
    """An electronic address, read as people paste it: the browser judges none before, in words of its own."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        mots = {
            "invalid": "Une adresse s’écrit nom@domaine.fr.",
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(max_length=254, error_messages=mots, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The keyboard of addresses; nothing pasted is cut."""
        sans_borne = {
            nom: un for nom, un in super().widget_attrs(widget).items() if nom != "maxlength"
        }
        return {**sans_borne, "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}

    def to_python(self, value: object) -> str:
        """The address alone."""
        return adresse_lue(super().to_python(value) or "")


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
