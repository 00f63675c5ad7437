"""The letters of accounts: one way out for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Mapping


def envoyer(courriel: str, objet: str, lettre: str, contexte: Mapping[str, Any]) -> None:
    """Sends a letter as text and HTML, from `compte/lettres/<lettre>.txt` and `.html`.

    The only place where a letter of an account leaves. Raises OSError when it could not.
    """
    donnees = {**contexte, "objet": objet}
    message = EmailMultiAlternatives(
        objet, render_to_string(f"compte/lettres/{lettre}.txt", donnees), to=[courriel]
    )
    message.attach_alternative(
        render_to_string(f"compte/lettres/{lettre}.html", donnees), "text/html"
    )
    message.send()
