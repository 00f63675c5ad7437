"""`binome sauvegarde-cles`: the two pairs of keys of the backups, each made where it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.sauvegarder import FICHIER
from binome.socle import cles_de_sauvegarde
from binome.socle.conteneur import ArchiveImpossible
from binome.systeme import raison

if TYPE_CHECKING:
    from pathlib import Path


def _refuser(faute: Exception) -> NoReturn:
    dit = raison(faute, ecriture=True) if isinstance(faute, OSError) else str(faute)
    raise TravailImpossible(f"sauvegarde-cles : {dit}") from faute


@click.group(name="sauvegarde-cles", help="Fait les clés des sauvegardes : lecture, signature.")
def commande() -> None:
    """Two pairs, never made on the same machine."""


@commande.command(
    name="lecture",
    help="""Fait la clé qui ouvre les sauvegardes.

    Lancez cette commande AILLEURS que sur le serveur : qui prend le serveur n’ouvre alors aucune
    sauvegarde.""",
)
@click.argument("fichier", type=FICHIER)
def lecture(fichier: Path) -> None:
    """Prints the public half, for the server's setting."""
    try:
        publique = cles_de_sauvegarde.fabriquer_lecture(fichier)
    except (ArchiveImpossible, OSError) as faute:
        _refuser(faute)
    click.echo(f"BINOME_SAUVEGARDE_DESTINATAIRE={publique}")
    click.echo(
        f"{fichier} ouvre toutes les sauvegardes : gardez-le hors du serveur, en deux lieux. "
        "Perdu, aucune ne s’ouvre plus.",
        err=True,
    )


@commande.command(
    name="signature",
    help="""Fait la clé par laquelle ce serveur signe ses sauvegardes, et sa moitié publique (.pub).""",
)
@click.argument("fichier", type=FICHIER)
def signature(fichier: Path) -> None:
    """Prints the setting of the server."""
    try:
        publique = cles_de_sauvegarde.fabriquer_signature(fichier)
    except (ArchiveImpossible, OSError) as faute:
        _refuser(faute)
    click.echo(f"BINOME_SAUVEGARDE_SIGNATURE={fichier.absolute()}")
    click.echo(
        f"Copiez {publique} hors du serveur, avec la clé de lecture : « binome restaurer » le demande.",
        err=True,
    )
