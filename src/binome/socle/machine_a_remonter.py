"""The time machine: `/au/2023-03-01/…` is the whole site, with the rules of that day.

The date is part of the address, so every link of the page holds it without a word in the views:
the middleware takes the prefix off, and gives it to Django as the place where the site is served.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import get_script_prefix, set_script_prefix

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PREFIXE = re.compile(r"^/au/(20(?:1[89]|[2-9]\d)-\d{2}-\d{2})(/.*)$")
PARIS = ZoneInfo("Europe/Paris")


def aujourd_hui() -> date:
    """The day in metropolitan France."""
    return datetime.now(PARIS).date()


def jour_de(request: HttpRequest) -> date:
    """The day whose rules the page shows: today, unless the address names another."""
    demande: date | None = getattr(request, "au", None)
    return demande or aujourd_hui()


class MachineARemonterMiddleware:
    """Reads the day of the address. Sets `request.au` (None today) and `request.chemin_nu`."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Takes the prefix off; a day that does not exist is a page that does not exist."""
        request.au = None  # type: ignore[attr-defined] # what our middleware adds to a request
        avant = get_script_prefix()
        trouve = PREFIXE.match(request.path_info)
        if trouve:
            try:
                request.au = date.fromisoformat(trouve[1])  # type: ignore[attr-defined] # what our middleware adds to a request
            except ValueError:
                pass  # the address is left as it is, and leads nowhere
            else:
                request.path_info = trouve[2]
                request.META["SCRIPT_NAME"] = f"/au/{trouve[1]}"
                set_script_prefix(f"/au/{trouve[1]}/")
        request.chemin_nu = request.path_info  # type: ignore[attr-defined] # what our middleware adds to a request
        try:
            return self._suite(request)
        finally:
            set_script_prefix(avant)
