"""`binome demo`: prepares everything and serves the site on this machine."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.metavariables import Entre
from binome.reglages.declarations import ADRESSE, DEMONSTRATION, SECRET
from binome.service.prise import ecouter

if TYPE_CHECKING:
    from socket import socket

ESSAIS = 20
TAILLE = 300


def prise_libre(voulu: int) -> tuple[socket, int]:
    """A socket that listens on the port asked for, or on the next one that is free. Raises TravailImpossible."""
    for port in range(voulu, min(voulu + ESSAIS, 65536)):
        try:
            return ecouter("127.0.0.1", port), port
        except TravailImpossible:
            continue
    raise TravailImpossible(
        f"aucun port libre entre {voulu} et {voulu + ESSAIS - 1} ; donnez-en un avec --port"
    )


def _garnir() -> None:
    """Made-up dossiers at the first start, and the accounts to look at them with."""
    from datetime import date  # noqa: PLC0415 - the watcher does without all this

    from binome.cli.exemples import GRAINE, charger, dire_les_comptes  # noqa: PLC0415
    from binome.comptes.models import Personne  # noqa: PLC0415 - once the database is ready
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.exemples.acces import MOT_DE_PASSE  # noqa: PLC0415

    if not Dossier.objects.exists() and not Personne.objects.exists():
        click.echo("Premier démarrage : 300 dossiers fictifs sont préparés.", err=True)
        charger(TAILLE, GRAINE, date.today())  # noqa: DTZ011 - a local day
    if Dossier.objects.filter(exemple=True).exists():
        dire_les_comptes(MOT_DE_PASSE)


def _faire_l_autorite_d_essai() -> None:
    """What dates the proofs of a demonstration, without network; it goes on without."""
    from binome.journal.autorite_d_essai import faire  # noqa: PLC0415 - the watcher does without Django

    try:
        faire()
    except OSError:
        click.echo(
            "La commande openssl manque ou refuse : les preuves de cette démonstration ne sont pas horodatées.",
            err=True,
        )


@click.command(name="demo", help="Prépare tout et ouvre le site sur cette machine (Ctrl-C arrête).")
@click.option("--port", default=8000, type=Entre(1, 65535), help="Le port voulu.")
@click.option("--preparer", "seulement_preparer", is_flag=True, hidden=True)
def commande(port: int, seulement_preparer: bool) -> None:
    """Serves on this machine only, in plain HTTP, with a key of the moment."""
    if seulement_preparer:
        from binome.cli.serveur import preparer  # noqa: PLC0415 - the watcher does without Django

        preparer()
        _faire_l_autorite_d_essai()
        _garnir()
        return
    from binome.service.lancement import preparer as faire_preparer  # noqa: PLC0415
    from binome.service.lancement import tenir  # noqa: PLC0415

    DEMONSTRATION.poser("oui")
    if not SECRET.donne():
        SECRET.poser(secrets.token_urlsafe(50))
    prise, choisi = prise_libre(port)
    if choisi != port:
        click.echo(f"Le port {port} est pris : nous en prenons un autre.", err=True)
    if not ADRESSE.donne():
        ADRESSE.poser(f"http://127.0.0.1:{choisi}")
    with prise:
        faire_preparer("demo")
        click.echo(f"Binôme est ouvert à http://127.0.0.1:{choisi}/ (Ctrl-C pour arrêter)")
        tenir(prise, ouvriers=1)
