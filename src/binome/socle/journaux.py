"""What is written in the logs: never an answer of a visitor, nor a value of anyone's."""

from __future__ import annotations

import logging
import re
import traceback

_REQUETE = re.compile(r"\?[^\s\"']*")


def lieux(erreur: BaseException) -> str:
    """The kind of a fault, of those behind it, and where each was, without their messages.

    A message may hold what was typed: PostgreSQL quotes the whole row that it refuses.
    """
    dits: list[str] = []
    vues: set[int] = set()
    une: BaseException | None = erreur
    while une is not None and id(une) not in vues:
        vues.add(id(une))
        lieu = "".join(traceback.format_tb(une.__traceback__))
        dits.append(f"{type(une).__module__}.{type(une).__name__}\n{lieu}".rstrip())
        une = une.__cause__ or (None if une.__suppress_context__ else une.__context__)
    return "\nvenue de ".join(dits)


class SansReponses(logging.Filter):
    """Takes the query strings out of messages, for the simulator's address holds the answers.

    Of an exception it keeps the places alone.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the message in place; every message passes."""
        record.msg, record.args = _REQUETE.sub("?…", record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = lieux(record.exc_info[1])
        return True
