"""The database and static files made ready, in the process that asks for it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import django
from django.core.exceptions import ImproperlyConfigured

from binome.cli import MACHINE_INCOMPLETE
from binome.cli.erreurs import Refus
from binome.socle.donnees import PRIVE, proteger

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _reglages_refuses() -> Iterator[None]:
    """Says settings that cannot be as a refusal of the machine. Raises Refus."""
    try:
        yield
    except ImproperlyConfigured as erreur:
        raise Refus(str(erreur), code=MACHINE_INCOMPLETE) from erreur


@_reglages_refuses()
def brancher() -> None:
    """Sets Django up, and touches nothing. Raises Refus for settings that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binome.socle.reglages")
    os.umask(PRIVE)
    django.setup()


@_reglages_refuses()
def ouvrir_la_base() -> None:
    """Sets Django up, and brings the database up to date. Raises Refus."""
    brancher()
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.core.management import call_command  # noqa: PLC0415 - the same

    proteger(settings.DONNEES)
    call_command("migrate", interactive=False, verbosity=0)


@_reglages_refuses()
def preparer() -> None:
    """Brings the database and the static files up to date. Raises Refus."""
    ouvrir_la_base()
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    call_command("collectstatic", interactive=False, verbosity=0)
