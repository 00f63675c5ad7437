"""`binome cloison`: what holds, on this machine, the processes that read files of unknown hands."""

from __future__ import annotations

import json
from typing import Final

import click

from binome.cloison import reglages
from binome.cloison.lancement import lire

PROTECTIONS: Final = {
    "reseau": "un réseau à part, vide",
    "utilisateur": "un autre utilisateur que celui du serveur",
    "privileges": "aucun droit de plus ne peut être pris",
    "appels": "ni prise réseau, ni autre programme",
    "parent": "la lecture s’arrête avec le serveur",
}

REMEDES: Final = {
    "reseau": "ce système ne permet pas à ce compte d’en faire un ; le filtre des appels refuse encore "
    "les prises réseau, s’il est tenu.",
    "utilisateur": "seul un serveur lancé par root en change, et l’utilisateur de "
    "BINOME_CLOISON_UTILISATEUR (« nobody » sans lui) doit pouvoir lire le programme.",
}
"""What a person may do about it, or need not."""


@click.command(name="cloison", help="Dit ce qui enferme la lecture des fichiers sur cette machine.")
def commande() -> None:
    """Prints one line per protection; never fails, for each is as the system allows."""
    tenues: dict[str, bool] = json.loads(lire("binome.cloison.constat"))
    for nom, phrase in PROTECTIONS.items():
        click.echo(f"{'oui' if tenues.get(nom) else 'non'} : {phrase}")
        if not tenues.get(nom) and nom in REMEDES:
            click.echo(f"      {REMEDES[nom]}")
    click.echo(f"Lectures à la fois : {reglages.places()}")
