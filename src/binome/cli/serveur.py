"""What `demo` and `serve` share: the database and static files made ready, then the server."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import django
from django.core.exceptions import ImproperlyConfigured

from binome.cli import MACHINE_INCOMPLETE
from binome.cli.accompagner import travaux_a_cote
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


def servir(adresse: str, port: int, *, ouvriers: int) -> None:
    """Serves until interrupted. No access log: addresses hold the visitors' answers."""
    # Polars then keeps its memory from one lot to the next: handed out again, it costs as much as the lot.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1")
    from granian import Granian  # noqa: PLC0415 - the other commands do without it
    from granian.constants import Interfaces  # noqa: PLC0415

    serveur = Granian(
        "binome.socle.wsgi:application",
        address=adresse,
        port=port,
        interface=Interfaces.WSGI,
        workers=ouvriers,
        blocking_threads=1,
        log_enabled=False,
        log_access=False,
        respawn_failed_workers=True,
    )
    with travaux_a_cote():
        serveur.serve()
