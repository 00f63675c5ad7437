"""What the tests of accounts share."""

from __future__ import annotations

import time

import pytest


@pytest.fixture
def minute_arretee(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute that does not end: what is counted within it is never cut in two by the clock."""
    instant = time.time()
    monkeypatch.setattr(time, "time", lambda: instant)
