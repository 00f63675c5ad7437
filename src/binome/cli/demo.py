"""`binome demo`: prepares everything and serves the site on this machine."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import date

import click

from binome.cli.erreurs import Refus
from binome.cli.exemples import GRAINE, charger, dire_les_comptes
from binome.cli.serveur import preparer, servir

ESSAIS = 20
TAILLE = 300


def _libre(port: int) -> bool:
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def port_libre(voulu: int) -> int:
    """The port asked for, or the next one that is free. Raises Refus when none is."""
    for port in range(voulu, min(voulu + ESSAIS, 65536)):
        if _libre(port):
            return port
    raise Refus(
        f"aucun port libre entre {voulu} et {voulu + ESSAIS - 1} ; donnez-en un avec --port"
    )


def _garnir() -> None:
    """Made-up dossiers at the first start, and the accounts to look at them with."""
    from binome.comptes.models import Personne  # noqa: PLC0415 - once the database is ready
    from binome.dossiers.exemples.acces import MOT_DE_PASSE  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415

    if not Dossier.objects.exists() and not Personne.objects.exists():
        click.echo("Premier démarrage : 300 dossiers fictifs sont préparés.", err=True)
        charger(TAILLE, GRAINE, date.today())  # noqa: DTZ011 - a local day
    if Dossier.objects.filter(exemple=True).exists():
        dire_les_comptes(MOT_DE_PASSE)


@click.command(name="demo", help="Prépare tout et ouvre le site sur cette machine (Ctrl-C arrête).")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Le port voulu.")
def commande(port: int) -> None:
    """Serves on this machine only, in plain HTTP, with a key of the moment."""
    os.environ["BINOME_DEMONSTRATION"] = "1"
    os.environ.setdefault("BINOME_SECRET", secrets.token_urlsafe(50))
    choisi = port_libre(port)
    if choisi != port:
        click.echo(f"Le port {port} est pris : nous en prenons un autre.", err=True)
    os.environ.setdefault("BINOME_ADRESSE", f"http://127.0.0.1:{choisi}")
    preparer()
    _garnir()
    click.echo(f"Binôme est ouvert à http://127.0.0.1:{choisi}/ (Ctrl-C pour arrêter)")
    servir("127.0.0.1", choisi, ouvriers=1)
