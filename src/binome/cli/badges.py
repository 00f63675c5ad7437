"""`binome badges`: the keys that sign them, and another one in the place of the one in force."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from django.db import DatabaseError

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher_a_la_base
from binome.systeme import raison

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _base_lue() -> Iterator[None]:
    """Says what to do of a database that cannot be read. Raises TravailImpossible."""
    try:
        yield
    except DatabaseError as erreur:
        raise TravailImpossible(
            "Les clés des badges ne se lisent pas : vérifiez DATABASE_URL et BINOME_DONNEES.",
            code=3,
        ) from erreur


@click.group(name="badges", help="Montre les clés qui signent les badges, et en change.")
def commande() -> None:
    """The commands about the keys of badges."""


@commande.command(
    help="Montre chaque clé : depuis quand, et si elle signe, vérifie encore, ou non."
)
def cles() -> None:
    """Prints each key, the oldest first."""
    brancher_a_la_base()
    from binome.titres.models import CleDeBadge  # noqa: PLC0415 - once Django is set up

    with _base_lue():
        toutes = list(CleDeBadge.objects.order_by("depuis", "pk"))
    for une in toutes:
        dit = "ne vérifie plus" if une.retiree_le else "signe" if une.sert else "vérifie encore"
        click.echo(f"{une.code} : {dit}, depuis le {une.depuis:%Y-%m-%d}")
    if not toutes:
        click.echo("Aucune clé ne signe encore : la première vient avec le premier badge.")


@commande.command(
    help="Change la clé qui signe les badges. Les anciennes vérifient encore ce qu’elles ont signé."
)
@click.option(
    "--compromise",
    "compromises",
    metavar="CODE",
    multiple=True,
    help="Une clé que d’autres connaissent peut-être : ce qu’elle a signé ne vaut plus, et se télécharge à nouveau.",
)
def tourner(compromises: tuple[str, ...]) -> None:
    """Another key signs from now on."""
    brancher_a_la_base()
    from binome.titres import cles as cles_des_badges  # noqa: PLC0415 - once Django is set up

    try:
        with _base_lue():
            neuve = cles_des_badges.tourner(compromises=compromises, auteur="exploitation")
    except ValueError as faute:
        raise TravailImpossible(
            f"badges tourner : {faute} binome badges cles les montre."
        ) from faute
    except OSError as erreur:
        raise TravailImpossible(
            f"{erreur.filename or 'cles-des-badges'} : {raison(erreur)}. Vérifiez BINOME_DONNEES.",
            code=3,
        ) from erreur
    click.echo(f"{neuve.code} signe désormais les badges.")
