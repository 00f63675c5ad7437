"""`binome restaurer`: an archive put back into an empty machine."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from django.db import DatabaseError

from binome.cli.erreurs import TravailImpossible
from binome.cli.sauvegarder import FICHIER, motif
from binome.cli.serveur import brancher, reglages_refuses
from binome.socle.roles_de_base import accorder, prendre_le_role_du_proprietaire

if TYPE_CHECKING:
    from datetime import datetime

    from binome.socle.lecture_de_sauvegarde import OuvertureDArchive


@click.command(
    name="restaurer",
    help="""Remet une sauvegarde dans une base vide, après l’avoir vérifiée en entier.

    La clé de lecture et la clé publique de signature sont celles que « binome sauvegarde-cles » a faites.""",
)
@click.argument("fichier", type=FICHIER)
@click.option("--cle", type=click.File("r"), help="La clé de lecture ; - pour l’entrée standard.")
@click.option(
    "--signataire",
    type=FICHIER,
    help="La clé publique de signature ; sinon BINOME_SAUVEGARDE_SIGNATAIRE.",
)
@click.option(
    "--sans-signature", is_flag=True, help="Accepte une archive dont rien ne dit de qui elle vient."
)
@click.option(
    "--effacements",
    type=FICHIER,
    help="Le registre des effacements gardé ailleurs ; sinon celui de cette machine.",
)
@click.option(
    "--du",
    "jour",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Le jour attendu, 2026-11-26 par exemple.",
)
def commande(
    fichier: Path,
    *,
    cle: IO[str] | None,
    signataire: Path | None,
    sans_signature: bool,
    effacements: Path | None,
    jour: datetime | None,
) -> None:
    """Puts the archive back, or changes nothing."""
    for donne in (fichier, *([effacements] if effacements is not None else [])):
        if not donne.is_file():
            raise TravailImpossible(f"restaurer : {donne} n’existe pas ; rien n’est restauré.")
    with reglages_refuses():
        application = prendre_le_role_du_proprietaire()
    brancher()
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415 - the same

    from binome.socle import restauration, sauvegarde  # noqa: PLC0415 - the same
    from binome.socle.mise_a_jour import a_son_tour  # noqa: PLC0415 - the same

    try:
        ouverture = _ouverture(cle, signataire, jour, sans_signature=sans_signature)
        settings.DONNEES.mkdir(parents=True, exist_ok=True)
        # A service that starts meanwhile would make its tables in a base that is being put back.
        with a_son_tour():
            bilan = restauration.restaurer(fichier, ouverture)
        if application:
            accorder(connection, application)
    except sauvegarde.ArchiveImpossible as impossible:
        raise TravailImpossible(f"restaurer : {impossible}") from impossible
    except (OSError, DatabaseError, sqlite3.Error) as erreur:
        raise TravailImpossible(
            f"restaurer : la restauration a échoué. {motif(erreur)}"
        ) from erreur
    click.echo(f"Restauré : {bilan.lignes} lignes et {bilan.fichiers} fichiers.")
    _effacer_de_nouveau(effacements)
    click.echo("Vérifiez le journal : binome journal verifier.")


def refaire_les_effacements(registre: Path | None) -> str:
    """Erases again what a register names, this machine's unless another is given; says how many. Raises TravailImpossible."""
    from binome.conservation import rejouer  # noqa: PLC0415 - once Django is set up
    from binome.journal import effacements  # noqa: PLC0415 - the same

    try:
        bilan = rejouer.rejouer_les_effacements(registre)
    except (effacements.RegistreAbime, OSError, DatabaseError) as erreur:
        dit = str(erreur) if isinstance(erreur, effacements.RegistreAbime) else motif(erreur)
        raise TravailImpossible(
            f"Les effacements ne sont PAS refaits. {dit} N’ouvrez pas le site avant : "
            "binome dossiers effacer-de-nouveau FICHIER."
        ) from erreur
    return (
        f"Effacements refaits : {bilan.refaits} ; déjà faits : {bilan.deja} ; "
        f"absents d’ici : {bilan.absents}."
    )


def _effacer_de_nouveau(registre: Path | None) -> None:
    """Erases again what was erased since the backup, or says that nothing tells it. Raises TravailImpossible."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from binome.journal import effacements  # noqa: PLC0415 - once Django is set up

    lieu = registre or effacements.chemin()
    if lieu.is_file():
        click.echo(refaire_les_effacements(registre))
        if connection.vendor != "sqlite":
            click.echo("Rendez-les définitifs : binome donnees purger.")
        return
    click.echo(
        f"ATTENTION : aucun registre des effacements ({lieu}). Qui a été effacé depuis cette sauvegarde y "
        "est de nouveau. Si personne ne l’avait été, il n’y a rien à faire. Sinon retrouvez le registre, puis : binome dossiers effacer-de-nouveau FICHIER.",
        err=True,
    )


def _ouverture(
    cle: IO[str] | None, signataire: Path | None, jour: datetime | None, *, sans_signature: bool
) -> OuvertureDArchive:
    """The keys that were given. Raises ArchiveImpossible when nothing says who must have signed."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    from binome.socle import cles_de_sauvegarde as cles  # noqa: PLC0415 - the same
    from binome.socle.conteneur import ArchiveImpossible  # noqa: PLC0415 - the same
    from binome.socle.lecture_de_sauvegarde import OuvertureDArchive  # noqa: PLC0415 - the same

    designe = signataire or (
        Path(settings.SAUVEGARDE_SIGNATAIRE) if settings.SAUVEGARDE_SIGNATAIRE else None
    )
    if sans_signature:
        designe = None
    elif designe is None and not settings.DEMONSTRATION:
        raise ArchiveImpossible(
            "dites qui doit avoir signé, avec --signataire FICHIER (la clé publique, gardée avec la clé de "
            "lecture). Sans elle, une archive falsifiée ne se distingue pas d’une vraie ; "
            "--sans-signature passe outre."
        )
    return OuvertureDArchive(
        cles.identites(cle.read()) if cle is not None else (),
        cles.signataire(designe) if designe is not None else None,
        jour.date() if jour is not None else None,
    )
