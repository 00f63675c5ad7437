"""`binome journal`: whether the chain holds, and the whole story of one dossier."""

from __future__ import annotations

import json
from typing import Any

import click
from django.db import DatabaseError

from binome.cli.erreurs import Refus
from binome.cli.serveur import brancher


@click.group(name="journal", help="Vérifie le journal, raconte un dossier. N’écrit rien.")
def commande() -> None:
    """The commands about the journal."""


def _lire_ancre(texte: str) -> tuple[int, str]:
    rang, _, empreinte = texte.strip().partition(":")
    if not rang.isdecimal() or len(empreinte) != 64:
        raise Refus(
            "journal verifier : l’ancre s’écrit RANG:EMPREINTE, comme la commande l’imprime."
        )
    return int(rang), empreinte


@commande.command(
    help="Relit toute la chaîne ; dit où elle se rompt, et sort alors avec le code 1."
)
@click.option(
    "--ancre",
    metavar="RANG:EMPREINTE",
    help="Une fin de chaîne notée ailleurs : une chaîne tronquée ou refaite se voit alors.",
)
def verifier(ancre: str | None) -> None:
    """Reads every link; prints the head, to be kept elsewhere as an anchor."""
    brancher()
    from binome.journal.chaine import tete  # noqa: PLC0415 - once Django is set up
    from binome.journal.chaine import verifier as verifier_la_chaine  # noqa: PLC0415 - the same

    attendue = None if ancre is None else _lire_ancre(ancre)
    try:
        fin = tete()
        rupture = verifier_la_chaine(ancre=attendue)
    except DatabaseError as erreur:
        raise Refus(
            "Le journal ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    if rupture is not None:
        raise Refus(
            f"La chaîne se rompt au rang {rupture.rang} : {rupture.raison}. "
            "Gardez cette base telle quelle, et comparez-la à une sauvegarde.",
            code=1,
        )
    click.echo(f"La chaîne tient : {fin[0]} entrées.")
    click.echo(f"Ancre à garder ailleurs : {fin[0]}:{fin[1]}")


@commande.command(help="Raconte un dossier, entrée par entrée.")
@click.argument("reference")
@click.option("--json", "en_json", is_flag=True, help="En JSON, avec les empreintes.")
def histoire(reference: str, en_json: bool) -> None:
    """Prints every entry about a dossier, personal values included where their key still exists."""
    brancher()
    from binome.journal.histoire import histoire as histoire_de  # noqa: PLC0415 - once Django is set up

    try:
        entrees = histoire_de(f"dossier:{reference}")
    except DatabaseError as erreur:
        raise Refus(
            "Le journal ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    if not entrees:
        raise Refus(f"Le journal ne connaît pas de dossier « {reference} ».")
    if en_json:
        click.echo(json.dumps(entrees, ensure_ascii=False, indent=2))
        return
    click.echo(f"Dossier {reference} : {len(entrees)} entrées (heures UTC)")
    for une in entrees:
        for ligne in _raconter(une):
            click.echo(ligne)


def _raconter(une: dict[str, Any]) -> list[str]:
    """One entry in lines."""
    pour = f", à la place de {une['pour']}" if une["pour"] else ""
    instant = une["instant"][:19].replace("T", " ")
    lignes = [f"{une['rang']}. {instant} {une['geste']}, par {une['auteur']}{pour}"]
    if une["motif"]:
        lignes.append(f"   Motif : {une['motif']}")
    lignes += [
        f"   {mot} : {json.dumps(une[cle], ensure_ascii=False, sort_keys=True)}"
        for cle, mot in (("avant", "Avant"), ("apres", "Après"), ("prive", "Valeurs personnelles"))
        if une[cle]
    ]
    if une["prive"] is None:
        lignes.append("   Valeurs personnelles : effacées")
    return lignes
