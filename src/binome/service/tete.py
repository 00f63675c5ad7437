"""The head of a request, refused before waitress looks into it when looking could take long, or mislead.

It is read by the loop that holds every connection: what takes a second there stops everyone for a second.
waitress's own patterns go back and forth on some bytes (seconds for a few kilobytes), and what it keeps of a
body sent by chunks is copied again at each piece: no browser sends one, and relays give the length.
"""

from __future__ import annotations

import re
from typing import Final

from waitress.parser import HTTPRequestParser, ParsingError

from binome.service.refus import SansLongueur

INTERDITS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Bytes that no head holds: RFC 9110, section 5.5."""
PREMIERE_LIGNE: Final = re.compile(rb"[!-~]+ [!-~\x80-\xff]+(?: HTTP/[0-9.]{1,8})?")
"""A method, an address, a version: RFC 9112, section 3. Read in one pass."""


class TeteDeRequete(HTTPRequestParser):
    """A request as it comes in."""

    def parse_header(self, header_plus: bytes) -> None:
        """Reads the head. Raises ParsingError for one that is not a head."""
        premiere = header_plus.partition(b"\r\n")[0].rstrip()
        if INTERDITS.search(header_plus) or not PREMIERE_LIGNE.fullmatch(premiere):
            raise ParsingError("head")
        try:
            super().parse_header(header_plus)
        except ValueError as erreur:  # a length of thousands of figures
            raise ParsingError("Content-Length") from erreur
        # In HTTP/1.0 waitress leaves the header aside, and would read the pieces as another request.
        if self.chunked or "TRANSFER_ENCODING" in self.headers:
            self.chunked, self.body_rcv = False, None
            self.error = SansLongueur("")
