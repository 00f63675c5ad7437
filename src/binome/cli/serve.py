"""`binome serve`: the production entry; everything comes from the environment."""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_address
from typing import Final

import click

from binome.cli.metavariables import Entre
from binome.reglages.declarations import HOTES, SECRET

SANS_HOTES: Final = (
    "Attention : BINOME_HOTES manque. Le site refusera toute demande faite sous un autre nom que "
    "127.0.0.1 ou localhost. Donnez les noms par lesquels on l’appelle (docs/exploitation.md)."
)


def _de_la_machine(adresse: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ip_address(adresse).is_loopback
    except ValueError:
        return adresse == "localhost"


@click.command(
    name="serve",
    help="Sert le site. BINOME_SECRET et BINOME_HOTES sont attendus (voir docs/exploitation.md).",
)
@click.option("--adresse", default="127.0.0.1", help="L’adresse où écouter.")
@click.option("--port", default=8000, type=Entre(1, 65535), help="Le port où écouter.")
@click.option("--ouvriers", default=os.cpu_count() or 2, type=Entre(1, 64), help="Processus.")
@click.option("--preparer", "seulement_preparer", is_flag=True, hidden=True)
def commande(adresse: str, port: int, ouvriers: int, seulement_preparer: bool) -> None:
    """Listens, has the database and the static files prepared, then keeps the server up."""
    if seulement_preparer:
        from binome.cli.serveur import preparer  # noqa: PLC0415 - the watcher does without Django

        preparer()
        return
    from binome.service.lancement import preparer as faire_preparer  # noqa: PLC0415
    from binome.service.lancement import tenir  # noqa: PLC0415
    from binome.service.prise import ecouter, nommer  # noqa: PLC0415

    with ecouter(adresse, port) as prise:
        if not HOTES.donne() and not _de_la_machine(adresse):
            click.echo(SANS_HOTES, err=True)
        faire_preparer("serve")
        if not SECRET.donne():  # accepted: a demonstration. One for all processes.
            SECRET.poser(secrets.token_urlsafe(50))
        click.echo(f"Binôme écoute sur {nommer(adresse, port)}")
        tenir(prise, ouvriers=ouvriers)
