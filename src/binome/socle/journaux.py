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
_SERVIE = re.compile(r"(while serving) .*", re.DOTALL)
"""The server of the house ends its lines with the path, which may be anything."""
AUTRE_NOM = "Demande faite sous un nom qui n’est pas celui du site. S’il doit l’être, ajoutez-le à BINOME_HOTES"
"""In the place of the framework's words, which hold the name as it was asked for."""
_MOT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _masquer(trouve: re.Match[str]) -> str:
    # A word of letters alone, even long, is one of ours: the name of a page, of a logger.
    return trouve[0] if _MOT.fullmatch(trouve[0]) and trouve[0].islower() else "…"


def _sans_adresse(record: logging.LogRecord) -> str:
    """The message; of a line about a request, its words alone: « Not Found », « Method Not Allowed ».

    The formats write the route in the place of the address: a path may be a name, or open an account.
    """
    texte = record.getMessage()
    request = getattr(record, "request", None)
    if record.name == "django.security.DisallowedHost":
        return AUTRE_NOM
    if record.name.startswith("waitress"):
        return _SERVIE.sub(r"\1 …", texte)
    if request is None:
        return texte
    return texte.partition(": ")[0].replace(f" ({getattr(request, 'method', None)})", "")


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
    """Takes out of messages the address that was asked for, and whatever looks like the answers of the simulator
    or like a token, for a link of a letter still opens an account when its page fails.

    Of an exception it keeps the places alone. A message is one line, whatever an address holds.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the message in place; every message passes."""
        texte = _JETON.sub(_masquer, _REQUETE.sub("?…", _sans_adresse(record)))
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
