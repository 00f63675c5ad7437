"""`binome sauvegarder`: everything in one file, encrypted and signed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
from django.db import DatabaseError

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher_a_la_base
from binome.socle.empechements import empechement
from binome.systeme import raison
from binome.typographie import majuscule

FICHIER = click.Path(path_type=Path, dir_okay=False)


@click.command(
    name="sauvegarder",
    help="""Écrit dans un seul fichier la base et les pièces, sans arrêter le site.

    Le fichier est chiffré pour BINOME_SAUVEGARDE_DESTINATAIRE et signé par BINOME_SAUVEGARDE_SIGNATURE :
    voir « binome sauvegarde-cles ».""",
)
@click.argument("fichier", type=FICHIER)
@click.option(
    "--en-clair", is_flag=True, help="Sans chiffrer : seulement vers un disque qui l’est déjà."
)
def commande(fichier: Path, *, en_clair: bool) -> None:
    """Writes the archive, whole or not at all."""
    brancher_a_la_base()
    from binome.socle import sauvegarde  # noqa: PLC0415 - once Django is set up

    try:
        bilan = sauvegarde.sauvegarder(fichier, en_clair=en_clair)
    except sauvegarde.ArchiveImpossible as impossible:
        raise TravailImpossible(f"sauvegarder : {impossible}") from impossible
    except (OSError, DatabaseError, sqlite3.Error) as erreur:
        raise TravailImpossible(
            f"sauvegarder : rien n’est écrit. {motif(erreur, ecriture=True)}"
        ) from erreur
    click.echo(
        f"{fichier} : {bilan.lignes} lignes, {bilan.fichiers} fichiers, {bilan.octets} octets, "
        f"{'chiffrés' if bilan.chiffree else 'EN CLAIR'}, {'signés' if bilan.signee else 'NON SIGNÉS'}."
    )
    for inconnu in bilan.inconnus:
        click.echo(
            f"Le dossier « {inconnu} » n’est à personne : il n’est pas sauvegardé.", err=True
        )


def motif(erreur: Exception, *, ecriture: bool = False) -> str:
    """What the machine says, without any value of a row; `ecriture`: it was asked to write."""
    refus = empechement(erreur)
    if refus is not None:
        return f"{refus.titre}. {refus.remede}"
    if isinstance(erreur, OSError):
        dit = raison(erreur, ecriture=ecriture)
        return f"{majuscule(dit)}."
    return f"{type(erreur).__name__}."
