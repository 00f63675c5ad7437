"""How a line of the logs is written: for a person, or as JSON for a program that gathers them.

Nothing of anyone: the filter leaves out the address that was asked for, and its route as the program declares
it takes its place.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from binome.socle.numeros import numero_en_cours

if TYPE_CHECKING:
    from django.http import HttpRequest


def ligne_json(niveau: str, source: str, message: str, **autres: Any) -> str:
    """One object on one line; what is empty is left out. `instant` is now unless given."""
    contenu = {
        "instant": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "niveau": niveau,
        "source": source,
        "message": message,
        **autres,
    }
    dits = {nom: valeur for nom, valeur in contenu.items() if valeur not in ("", None)}
    return json.dumps(dits, ensure_ascii=False)


def _numero(record: logging.LogRecord) -> str:
    """The number of the request that a line is about; Django writes some once the answer has left our hands."""
    return str(getattr(getattr(record, "request", None), "numero", "") or numero_en_cours())


def _dits_de(request: HttpRequest) -> dict[str, str]:
    from binome.socle.routes import methode, route  # noqa: PLC0415 - the watcher has no framework

    return {"methode": methode(request), "route": route(request)}


class EnJson(logging.Formatter):
    """Writes what the filter of the logs let through, as an object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        autres: dict[str, Any] = {}
        request = getattr(record, "request", None)
        if request is not None:
            autres = {**_dits_de(request), "statut": getattr(record, "status_code", None)}
        instant = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return ligne_json(
            record.levelname,
            record.name,
            record.getMessage(),
            instant=instant,
            demande=_numero(record),
            faute=record.exc_text or "",
            **autres,
        )


class EnClair(logging.Formatter):
    """The message, then the method, the route and the number of the request that it is about, which its page shows too."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as the library calls it
        """One line."""
        request, numero = getattr(record, "request", None), _numero(record)
        ou = "" if request is None else " : " + " ".join(_dits_de(request).values())
        return f"{super().formatMessage(record)}{ou}{f' (demande {numero})' if numero else ''}"
