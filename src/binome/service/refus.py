"""What the server itself answers, before any page can: in French, and without a word of ours inside."""

from __future__ import annotations

from typing import Final

from waitress.utilities import BadRequest, Error

PHRASES: Final = {
    400: "Cette demande n’est pas lisible : votre navigateur, ou un relais, l’a mal écrite. Rechargez la page.",
    408: "Votre demande est arrivée trop lentement, et n’a pas été prise. Rien n’est enregistré. Réessayez, avec une meilleure connexion si possible.",
    411: "Cet envoi ne dit pas sa longueur, et n’a pas été pris. Rien n’est enregistré. Envoyez-le avec un en-tête « Content-Length ».",
    413: "Cet envoi est trop gros, et n’a pas été pris. Rien n’est enregistré. Envoyez des fichiers plus petits, ou un par un.",
    431: "Cette demande est trop longue. Revenez à la page d’accueil, ou effacez les cookies de ce site.",
    500: "Une faute de programme nous empêche de répondre. Réessayez ; si elle revient, prévenez qui vous aide.",
    501: "Cette demande est écrite d’une façon que nous ne lisons pas.",
    503: "Trop de demandes arrivent en même temps. Rien n’est enregistré. Réessayez dans une minute.",
}


PAGE: Final = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demande refusée · Binôme</title>
<style>:root {{ color-scheme: light dark; font: 18px/1.5 "Source Sans 3", system-ui, sans-serif }} body {{ max-width: 36em; margin: 15vh auto; padding: 0 1.2em }}</style>
<p>{phrase}</p>
<p>Pour revenir où vous étiez, servez-vous de la flèche « Retour » du navigateur.</p>
</html>
"""
"""No file of ours can be asked for here: the page carries what it needs."""


class TropLent(BadRequest):
    """The body dawdled."""

    code = 408
    reason = "Request Timeout"


class SansLongueur(BadRequest):
    """The body came by chunks."""

    code = 411
    reason = "Length Required"


class Occupe(Error):
    """Too many requests wait already."""

    code = 503
    reason = "Service Unavailable"


def _repondre(erreur: Error, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG001
    entetes = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if erreur.code == Occupe.code:
        entetes.append(("Retry-After", "60"))
    corps = PAGE.format(phrase=PHRASES[erreur.code]).encode()
    return f"{erreur.code} {erreur.reason}", entetes, corps


def parler_francais() -> None:
    """Gives waitress our sentences in this process; it offers no way to, and its own quote the request."""
    Error.to_response = _repondre  # type: ignore[method-assign,assignment] # replaced once, for every answer of the server
