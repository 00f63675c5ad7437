"""What is written in the logs: never an answer of a visitor."""

from __future__ import annotations

import logging
import re

_REQUETE = re.compile(r"\?[^\s\"']*")


class SansReponses(logging.Filter):
    """Takes the query strings out of messages, for the simulator's address holds the answers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the message in place; every message passes."""
        record.msg, record.args = _REQUETE.sub("?…", record.getMessage()), None
        return True
