"""Fields of forms that the framework has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.habillage.saisie import jour_ecrit
from binome.socle.adresse_electronique import adresse_lue
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

COLLE: Final = 200
"""Characters of a pasted number that are read."""
TROP_LONG: Final = "C’est trop long : %(limit_value)d caractères au plus."
"""What is said of a text that passes what a column holds."""


class UneLigne(forms.CharField):
    """A text that is shown on one line: whatever was sent, its blanks and its ends of line are single spaces.

    A name goes into the subject of a letter, into a cell, into a line of a sealed paper.
    """

    def __init__(self, *, error_messages: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(
            error_messages={"max_length": TROP_LONG, **(error_messages or {})}, **kwargs
        )

    def to_python(self, value: object) -> str:
        """The text, on one line."""
        return " ".join((super().to_python(value) or "").split())


class UnNumero(UneLigne):
    """A number on one line, read as people paste it, with blanks or its name before it: the browser cuts none.

    `lire` gives what is kept, or raises ValueError with a French sentence.
    """

    def __init__(self, *, lire: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lire = lire

    def to_python(self, value: object) -> str:
        """The number as it is kept."""
        try:
            return self._lire(super().to_python(value)[:COLLE])
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None


class UneAdresse(forms.EmailField):
    """An electronic address, read as people paste it: the browser judges none before, in words of its own."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        mots = {
            "invalid": "Une adresse s’écrit nom@domaine.fr.",
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(max_length=254, error_messages={"max_length": TROP_LONG, **mots}, **kwargs)

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

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs
        )

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError, which says what to write."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return jour_ecrit(value)
        except ValueError as refus:
            raise forms.ValidationError(f"{majuscule(str(refus))}.") from None
