"""`binome donnees`: what was erased made really gone from the files of the database."""

from __future__ import annotations

import sqlite3

import click
from django.db import DatabaseError

from binome.cli.erreurs import TravailImpossible
from binome.cli.sauvegarder import motif
from binome.cli.serveur import brancher_a_la_base, reglages_refuses
from binome.socle.roles_de_base import prendre_le_role_du_proprietaire


@click.group(name="donnees", help="Rend définitifs les effacements.")
def commande() -> None:
    """Nothing by itself."""


@commande.command(
    name="purger",
    help="""Réécrit la base sans ce qui a été effacé, et vide ses journaux d’écriture.

    Chaque table est fermée au site pendant qu’elle est réécrite : choisissez une heure creuse.""",
)
def purger() -> None:
    """Says what was done, and on standard error what was not. Raises TravailImpossible, also when something is left."""
    with reglages_refuses():
        prendre_le_role_du_proprietaire()
    brancher_a_la_base()
    from binome.journal import trousseau  # noqa: PLC0415 - once Django is set up
    from binome.socle import purge  # noqa: PLC0415 - the same

    try:
        faite = purge.purger()
        trousseau.reecrire()
    except purge.PurgeImpossible as impossible:
        raise TravailImpossible(f"donnees purger : {impossible}") from impossible
    except (OSError, DatabaseError, sqlite3.Error) as erreur:
        raise TravailImpossible(
            f"donnees purger : la purge a échoué. {motif(erreur)}", code=3
        ) from erreur
    click.echo("Le trousseau des clés est réécrit sans celles qui ont été détruites.")
    for fait in faite.faits:
        click.echo(fait)
    for reste in faite.restes:
        click.echo(f"Reste : {reste}", err=True)
    if faite.restes:
        raise TravailImpossible("donnees purger : il reste à faire.", code=1)
    click.echo("Rien de ce qui a été effacé ne reste dans les fichiers de la base.")
