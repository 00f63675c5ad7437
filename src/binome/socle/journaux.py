"""What is written in the logs: never an answer of a visitor, a value of anyone's, nor a key to anything."""

from __future__ import annotations

import logging
import re
import traceback

from binome.cloison.places import CloisonPleine

_REQUETE = re.compile(r"(?:\?|%3[fF])[^\s\"']*")
_JETON = re.compile(r"(?<![\w%-])[\w%~=-]{20,}(?![\w.])|[0-9A-Za-z]+-[0-9a-z]{6}-[0-9a-f]{16,}")
"""A long word without a dot: what opens an invitation, a password or a lot is one, a file's name is not."""
_CONTROLE = re.compile(
    r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
)
LONGUEUR = 300
"""Characters of a message of the framework: an address, a host or a header may be thousands."""
_MOT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _masquer(trouve: re.Match[str]) -> str:
    # A word of letters alone, even long, is one of ours: the name of a page, of a logger.
    return trouve[0] if _MOT.fullmatch(trouve[0]) and trouve[0].islower() else "…"


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
    """Takes the query strings out of messages, for the simulator's address holds the answers; and the tokens
    out of paths, for a link of a letter still opens an account when its page fails.

    Of an exception it keeps the places alone. A message is one line, whatever an address holds.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the message in place; every message passes."""
        texte = _JETON.sub(_masquer, _REQUETE.sub("?…", record.getMessage()))
        texte = _CONTROLE.sub("�", texte).replace("\n", " ⏎ ")
        if record.name.startswith("django"):
            texte = texte if len(texte) <= LONGUEUR else f"{texte[:LONGUEUR]}…"
            if record.levelno < logging.ERROR or record.name.startswith("django.security"):
                # What a request did wrong: its line is enough, and one request must not write forty.
                record.exc_info = record.exc_text = None
        record.msg, record.args = texte, None
        if record.exc_info and isinstance(record.exc_info[1], CloisonPleine):
            record.exc_info = record.exc_text = None  # too many at once: no place is at fault
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = lieux(record.exc_info[1])
        return True
