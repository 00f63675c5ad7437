"""The app that the tests carry shows what the RFC prints."""

from __future__ import annotations

import base64

from tests.comptes.application import code_de_rang

SECRET = base64.b32encode(b"12345678901234567890").decode()


def test_les_codes_sont_ceux_de_la_norme() -> None:
    """RFC 4226, appendix D."""
    assert [code_de_rang(SECRET, rang) for rang in range(10)] == [
        "755224", "287082", "359152", "969429", "338314",
        "254676", "287922", "162583", "399871", "520489",
    ]  # fmt: skip
