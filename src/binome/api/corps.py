"""The body of a request: JSON, strictly, and one object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.api.limites import DOSSIER_OCTETS
from binome.api.problemes import Probleme
from binome.lots.entrees import lire_json_strict
from binome.socle.nombres import lire_entier
from binome.typographie import majuscule

if TYPE_CHECKING:
    from django.http import HttpRequest

CHIFFRES: Final = 18
"""Digits of a length that is read."""


def longueur(request: HttpRequest) -> int:
    """The announced length of the body, in bytes; the server reads no further.

    One of more digits than any file has is as long as can be said; what is no number announces nothing.
    """
    annoncee = str(request.META.get("CONTENT_LENGTH") or "0")
    if len(annoncee) > CHIFFRES and annoncee.isascii() and annoncee.isdigit():
        return 10**CHIFFRES
    return lire_entier(annoncee, chiffres=CHIFFRES) or 0


def lire_objet(request: HttpRequest) -> dict[str, Any]:
    """The object of the body. Raises Probleme: wrong type, too long, not UTF-8, not strict JSON."""
    if request.content_type != "application/json":
        raise Probleme("genre_refuse", "Envoyez le dossier en « Content-Type: application/json ».")
    if longueur(request) > DOSSIER_OCTETS:
        raise Probleme("trop_gros", "Un dossier tient en 64 ko.")
    try:
        texte = request.body.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise Probleme(
            "demande_illisible", f"Ce n’est pas du texte UTF-8 (octet {erreur.start + 1})."
        ) from erreur
    except ValueError as erreur:  # a length that is no number, that the server let through
        raise _illisible(erreur) from erreur
    return lire_texte(texte)


def _illisible(erreur: ValueError) -> Probleme:
    return Probleme("demande_illisible", f"{majuscule(str(erreur)[:200])}.")


def lire_texte(texte: str) -> dict[str, Any]:
    """The object that a text is. Raises Probleme: not strict JSON, or no object."""
    try:
        objet = lire_json_strict(texte)
    except ValueError as erreur:
        raise _illisible(erreur) from erreur
    if not isinstance(objet, dict):
        raise Probleme("demande_illisible", "Un objet est attendu, entre accolades.")
    return objet
