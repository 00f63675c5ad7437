"""Fields of forms that the framework has not."""

from __future__ import annotations

from django import forms


class UneLigne(forms.CharField):
    """A text that is shown on one line: whatever was sent, its blanks and its ends of line are single spaces.

    A name goes into the subject of a letter, into a cell, into a line of a sealed paper.
    """

    def to_python(self, value: object) -> str:
        """The text, on one line."""
        return " ".join((super().to_python(value) or "").split())
