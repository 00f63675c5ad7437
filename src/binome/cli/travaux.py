"""`binome travaux`: seals, notifies, reminds and sends what is due, until interrupted."""

from __future__ import annotations

import os
import signal
from threading import Event

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher, ouvrir_la_base
from binome.service.lien import mourir_avec_le_parent, suivre_l_entree


@click.command(
    name="travaux",
    help="Scelle les lettres, notifie, rappelle et envoie le courrier (Ctrl-C arrête).",
)
@click.option("--une-fois", is_flag=True, help="Fait ce qui est dû, puis s’arrête.")
@click.option("--avec-le-serveur", is_flag=True, hidden=True)
def commande(une_fois: bool, avec_le_serveur: bool) -> None:
    """Runs the jobs; several runners may work at once."""
    if avec_le_serveur:
        mourir_avec_le_parent()
        brancher()  # the server has just brought the database up to date
    else:
        ouvrir_la_base()
    from binome.courrier.travaux import tourner, tout_faire  # noqa: PLC0415 - once Django is set up
    from binome.travaux import TRAVAUX  # noqa: PLC0415 - the same

    if une_fois:
        passe = tout_faire(TRAVAUX)
        for nom, nombre in passe.faits.items():
            click.echo(f"{nom} : {nombre}")
        if passe.fautes:
            fautes = ", ".join(f"{nom} ({faute})" for nom, faute in passe.fautes.items())
            suites = (f"{nom} : {suite}" for nom, suite in passe.suites.items())
            raise TravailImpossible(
                [f"Des travaux ont échoué : {fautes}. Ils seront repris.", *suites], code=1
            )
        return
    arret = Event()
    for signe in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signe, lambda *_: arret.set())
    if avec_le_serveur:
        os.nice(5)  # a page asked for comes before a letter
        suivre_l_entree(arret.set)
    tourner(TRAVAUX, arret)
