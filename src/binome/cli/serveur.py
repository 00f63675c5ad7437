"""The database and static files made ready, in the process that asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import django
from django.core.exceptions import ImproperlyConfigured

from binome.cli import MACHINE_INCOMPLETE
from binome.cli.erreurs import TravailImpossible
from binome.reglages.declarations import BASE_PROPRIETAIRE
from binome.reglages.reglage import ReglageRefuse, poser_pour_une_bibliotheque
from binome.socle.donnees import PRIVE, proteger
from binome.socle.roles_de_base import (
    accorder,
    prendre_le_role_du_proprietaire,
    sert_en_proprietaire,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def reglages_refuses() -> Iterator[None]:
    """Says settings that cannot be as a refusal of the machine. Raises TravailImpossible."""
    try:
        yield
    except (ImproperlyConfigured, ReglageRefuse) as erreur:
        raise TravailImpossible(str(erreur).splitlines(), code=MACHINE_INCOMPLETE) from erreur


@reglages_refuses()
def brancher() -> None:
    """Sets Django up, and touches nothing. Raises TravailImpossible for settings that cannot be."""
    poser_pour_une_bibliotheque("DJANGO_SETTINGS_MODULE", "binome.socle.reglages")
    os.umask(PRIVE)
    django.setup()


def brancher_a_la_base() -> None:
    """The same, for what reads a database that is there already. Raises TravailImpossible when none is, or none answers."""
    brancher()
    from django.db import DatabaseError, connection  # noqa: PLC0415 - once Django is set up

    from binome.socle.empechements import empechement  # noqa: PLC0415 - the same

    nom = Path(connection.settings_dict["NAME"])
    try:
        # SQLite makes the file that it is asked for: nothing is left where nothing was.
        faite = (connection.vendor != "sqlite" or nom.exists()) and (
            "django_migrations" in connection.introspection.table_names()
        )
    except DatabaseError as erreur:
        if empechement(erreur) is not None:
            raise  # told by its own name, like any refusal of the machine
        raise TravailImpossible(
            "La base ne répond pas : vérifiez qu’elle tourne, et ce que nomment DATABASE_URL et BINOME_DONNEES.",
            code=MACHINE_INCOMPLETE,
        ) from erreur
    if not faite:
        ici = f" dans {nom.parent}" if connection.vendor == "sqlite" else ""
        raise TravailImpossible(
            f"Il n’y a pas encore de base{ici} : faites-la avec « binome base migrer ». "
            "Si elle est ailleurs, vérifiez DATABASE_URL et BINOME_DONNEES.",
            code=MACHINE_INCOMPLETE,
        )


@reglages_refuses()
def migrer_en_proprietaire() -> None:
    """Brings the database up to date as its owner does, who then grants the site its rights. Raises TravailImpossible."""
    application = prendre_le_role_du_proprietaire()
    brancher()
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    _mettre_a_jour()
    if application:
        accorder(connection, application)


def _mettre_a_jour() -> None:
    """Brings the database to the version of the program, when it is this program's. Raises TravailImpossible."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    from binome.socle.mise_a_jour import a_son_tour, base_disparue, mettre_a_jour  # noqa: PLC0415 - the same

    proteger(settings.DONNEES)
    with a_son_tour():
        if base_disparue():
            raise TravailImpossible(
                f"La base est vide, mais {settings.ANCRES} garde les ancres d’une autre : rien n’est créé. "
                "Remettez la base (binome restaurer), ou vérifiez DATABASE_URL et BINOME_DONNEES. "
                "Pour une installation neuve, donnez un dossier vide à BINOME_DONNEES.",
                code=MACHINE_INCOMPLETE,
            )
        _refuser_une_base_en_avance()
        mettre_a_jour()


def _refuser_une_base_en_avance() -> None:
    """An older program would write in forms that it does not know. Raises TravailImpossible."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - once Django is set up

    from binome.socle.empechements import empechement  # noqa: PLC0415 - the same
    from binome.socle.etat_de_la_machine import PLUS_RECENTE, migrations  # noqa: PLC0415 - the same

    try:
        en_avance = migrations(connection) == PLUS_RECENTE
    except DatabaseError as erreur:
        if empechement(erreur) is not None:
            raise
        return  # no table yet
    if en_avance:
        raise TravailImpossible(
            "La base a servi à une version plus récente du programme : rien n’y est touché. Reprenez cette "
            "version, ou restaurez une sauvegarde faite avant elle (docs/exploitation.md).",
            code=MACHINE_INCOMPLETE,
        )


def _a_jour() -> bool:
    """Whether the role that serves finds its tables, of this version."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - once Django is set up

    from binome.socle.etat_de_la_machine import migrations  # noqa: PLC0415 - the same

    try:
        return not migrations(connection)
    except DatabaseError:
        return False


def _faire_mettre_a_jour() -> None:
    """Has the owner, in a process of its own, bring the database up to date. Raises TravailImpossible, SystemExit."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    proteger(settings.DONNEES)
    _refuser_une_base_en_avance()
    if _a_jour():
        return
    fini = subprocess.run(
        [sys.executable, "-P", "-m", "binome", "base", "migrer"],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if fini.returncode:
        raise SystemExit(fini.returncode if fini.returncode > 0 else 1)


@reglages_refuses()
def ouvrir_la_base() -> None:
    """Sets Django up, and brings the database up to date. Raises TravailImpossible, SystemExit.

    The owner's role is another process's: this one may go on for long, and never has that address.
    """
    brancher()
    if BASE_PROPRIETAIRE.donne():
        _faire_mettre_a_jour()
    else:
        _mettre_a_jour()
    BASE_PROPRIETAIRE.oter()


def _dire_le_role() -> None:
    """Says it once when the site is served by the role that owns its tables."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415 - the same

    if not settings.DEMONSTRATION and sert_en_proprietaire(connection):
        click.echo(
            "Attention : le site est servi par le rôle qui possède ses tables. "
            "Séparez-les (binome base roles, docs/exploitation.md).",
            err=True,
        )


@reglages_refuses()
def preparer() -> None:
    """Brings the database and the static files up to date. Raises TravailImpossible."""
    ouvrir_la_base()
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    _dire_le_role()
    call_command("collectstatic", interactive=False, verbosity=0)
