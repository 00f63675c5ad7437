"""`binome base`: the roles of the database, and its migrations under the one that owns it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import migrer_en_proprietaire
from binome.reglages.declarations import DATABASE_URL
from binome.socle.roles_de_base import creation


@click.group(name="base", help="Prépare la base de données et ses rôles.")
def commande() -> None:
    """Nothing by itself."""


@commande.command(name="migrer", help="Met la base à la version du programme.")
def migrer() -> None:
    """Brings the database up to date, under the owner's role when one is set."""
    migrer_en_proprietaire()
    click.echo("La base est à la version du programme.")


@commande.command(name="roles", help="Écrit le SQL qui sépare les deux rôles de PostgreSQL.")
@click.option("--proprietaire", default="binome_proprietaire", help="Le rôle qui possède.")
@click.option("--application", default="binome_application", help="Le rôle qui sert le site.")
def roles(proprietaire: str, application: str) -> None:
    """Prints the SQL, and touches nothing. Raises TravailImpossible without PostgreSQL."""
    nom = unquote(urlsplit(DATABASE_URL.lire()).path.lstrip("/"))
    if not nom:
        raise TravailImpossible(
            "base roles : DATABASE_URL ne nomme pas de base PostgreSQL. Donnez-la, comme postgresql://binome_application@serveur/base ; "
            "SQLite n’a pas de rôles, et n’en demande pas."
        )
    if proprietaire == application:
        raise TravailImpossible("base roles : donnez deux rôles différents.")
    click.echo(creation(nom, proprietaire, application), nl=False)
