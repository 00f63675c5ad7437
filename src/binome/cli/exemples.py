"""`binome exemples`: fills an empty database with made-up dossiers."""

from __future__ import annotations

import secrets
from datetime import date
from time import monotonic

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import preparer

GRAINE = 36358
TAILLES = ("300", "15000", "150000")


def charger(taille: int, graine: int, jour: date) -> str:
    """Fills the database, saying how far it is, and gives the accounts' password. Raises DejaServie."""
    from django.conf import settings  # noqa: PLC0415 - once the settings are ready

    from binome.exemples import acces, monde  # noqa: PLC0415

    mot = acces.MOT_DE_PASSE if settings.DEMONSTRATION else secrets.token_urlsafe(15)
    debut = monotonic()

    def avancer(faits: int) -> None:
        click.echo(f"\r{faits} dossiers d’exemple sur {taille}", nl=False, err=True)

    monde.charger(taille, graine=graine, jour=jour, mot_de_passe=mot, avance=avancer)
    click.echo(err=True)  # the counter keeps its own line, also where the terminal does not go back
    click.echo(f"Jeu d’exemple : {taille} dossiers en {monotonic() - debut:.0f} s.", err=True)
    return mot


def dire_les_comptes(mot: str) -> None:
    """One account per role, on the terminal."""
    from binome.exemples.acces import comptes  # noqa: PLC0415

    click.echo(f"Les comptes d’exemple, mot de passe « {mot} » :")
    for un in comptes():
        click.echo(f"  {un.courriel:36} {un.mot}")


@click.command(
    name="exemples",
    help="""Remplit une base vide de dossiers fictifs, d’après les chiffres publiés.

    Tout y est marqué « exemple » : personnes, organisations, dossiers.""",
)
@click.option("--taille", type=click.Choice(TAILLES), default="300", help="Combien de dossiers.")
@click.option("--graine", type=int, default=GRAINE, help="La même graine donne le même jeu.")
@click.option("--jour", default="", help="Le jour du jeu (AAAA-MM-JJ) ; aujourd’hui par défaut.")
def commande(taille: str, graine: int, jour: str) -> None:
    """Refuses a database that holds dossiers already."""
    try:
        le = date.fromisoformat(jour) if jour else date.today()  # noqa: DTZ011 - a local day
    except ValueError:
        raise TravailImpossible(
            f"exemples : « {jour} » n’est pas une date ; écrivez 2026-01-15"
        ) from None
    preparer()
    from binome.exemples.chapitre import DejaServie  # noqa: PLC0415

    try:
        mot = charger(int(taille), graine, le)
    except DejaServie as deja:
        raise TravailImpossible(str(deja)) from deja
    dire_les_comptes(mot)
