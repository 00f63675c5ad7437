"""The head of a request: what would hold the loop of every connection is refused at sight."""

from __future__ import annotations

import time
from typing import Final

import pytest
from waitress.adjustments import Adjustments
from waitress.utilities import BadRequest, Error

from binome.service.ouvrier import TETE_MAX
from binome.service.refus import SansLongueur
from binome.service.tete import TeteDeRequete

ADMIS: Final = 1.0
"""Seconds of processor; what is refused here took from two to forty."""
HOTE: Final = b"\r\nHost: a\r\n"


def lue(octets: bytes) -> TeteDeRequete:
    """A head as it was read."""
    tete = TeteDeRequete(Adjustments(max_request_header_size=TETE_MAX))
    tete.received(octets)
    return tete


@pytest.mark.parametrize(
    ("octets", "erreur"),
    [
        pytest.param(
            b"GET / HTTP/1.1" + HOTE + b"X:" + b" " * 20_000 + b"\x01\r\n\r\n",
            BadRequest,
            id="spaces before a control byte",
        ),
        pytest.param(
            b"GET a://" + b"1" * 20_000 + b" x y" + HOTE + b"\r\n",
            BadRequest,
            id="an address of figures, a line of five words",
        ),
        pytest.param(
            b"GET / HTTP/1.1\r\nContent-Length: " + b"9" * 20_000 + b"\r\n\r\n",
            BadRequest,
            id="a length of twenty thousand figures",
        ),
        pytest.param(
            b"POST / HTTP/1.1" + HOTE + b"Transfer-Encoding: chunked\r\n\r\n" + b"a" * 9000,
            SansLongueur,
            id="a body by chunks",
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            SansLongueur,
            id="two lengths",
        ),
        pytest.param(
            b"POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n",
            SansLongueur,
            id="pieces that HTTP/1.0 does not have, and that would be the next request",
        ),
        pytest.param(b"GET / HTTP/1.1\r\nX: a\x00b\r\n\r\n", BadRequest, id="NUL"),
        pytest.param(b"GET /a b HTTP/1.1\r\n\r\n", BadRequest, id="a space in the address"),
    ],
)
def test_refusee_a_vue(octets: bytes, erreur: type[Error]) -> None:
    """Refused, whole, without a moment's thought."""
    debut = time.process_time()
    tete = lue(octets)
    assert time.process_time() - debut < ADMIS
    assert isinstance(tete.error, erreur)
    assert tete.completed


@pytest.mark.parametrize(
    "octets",
    [
        b"GET /espace/?q=%C3%A9 HTTP/1.1" + HOTE + b'Cookie: a="b c"; d=\xc3\xa9\r\n\r\n',
        b"GET http://a/b HTTP/1.1" + HOTE + b"\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1" + HOTE + b"X:\t" + b" " * 5000 + b"\r\n\r\n",
    ],
)
def test_prise(octets: bytes) -> None:
    """What browsers and relays write is taken."""
    tete = lue(octets)
    assert tete.error is None
    assert tete.completed
