"""`binome accrochage`: a lot of certifications written as XML, and its acknowledgement read back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from binome.cli.entrees import lire_chacun, lire_entree_standard
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import TravailImpossible
from binome.systeme import raison


@click.group(
    name="accrochage",
    help="Écrit un lot de certifications pour le passeport de compétences, et relit son accusé.",
)
def commande() -> None:
    """The commands about the declaration of certifications."""


@commande.command(
    name="ecrire",
    help="""Écrit sur la sortie le fichier XML à déposer. Ce que le schéma ne peut pas porter est refusé,
    phrase par phrase, et rien n’est écrit.

    Exemple : binome accrochage ecrire --json lot.json > lot.xml""",
)
@click.option(
    "--json", "entree_json", required=True, metavar="FICHIER",
    help="Le lot, en JSON ; « - » pour l’entrée standard.",
)  # fmt: skip
def ecrire(entree_json: str) -> None:
    """Writes the whole file, or nothing."""
    from binome.accrochage.ecrire import en_xml  # noqa: PLC0415 - XML is only paid for here
    from binome.accrochage.lot import lire_lot  # noqa: PLC0415 - the same

    octets = lire_entree_standard() if entree_json == "-" else lire_octets(Path(entree_json))
    lots = lire_chacun(octets, lire_lot)
    if len(lots) != 1:
        raise TravailImpossible(f"entrée : un seul lot est attendu, il y en a {len(lots)}")
    sys.stdout.flush()
    sys.stdout.buffer.write(en_xml(lots[0]))
    sys.stdout.buffer.flush()


@commande.command(
    name="lire",
    help="""Lit l’accusé d’un lot, et dit ce qui est accepté, ce qui est refusé et que faire.

    Un accusé abîmé, ou qui parle d’un passage étranger au lot, est refusé en entier.""",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--lot", type=click.Path(path_type=Path), metavar="FICHIER",
    help="Le fichier XML déposé : un identifiant qu’il n’a pas fait refuser l’accusé.",
)  # fmt: skip
def lire(fichier: Path, lot: Path | None) -> None:
    """Prints the acknowledgement as one object."""
    from binome.accrochage.accuse import (  # noqa: PLC0415 - XML is only paid for here
        AccuseInvalide,
        identifiants,
        lire_accuse,
    )

    chemin = fichier
    try:
        attendus = None
        if lot is not None:
            chemin = lot
            attendus = identifiants(_octets(lot))
            chemin = fichier
        accuse = lire_accuse(_octets(fichier), attendus)
    except AccuseInvalide as invalide:
        raise TravailImpossible(f"{chemin} : {invalide}") from invalide
    sys.stdout.write(f"{json.dumps(accuse.en_json(), ensure_ascii=False)}\n")


def _octets(chemin: Path) -> bytes:
    """The bytes of a file, read no further than what is taken: some have no end. Raises TravailImpossible."""
    from binome.accrochage.accuse import TAILLE  # noqa: PLC0415 - XML is only paid for here

    try:
        with chemin.open("rb") as lu:
            octets = lu.read(TAILLE + 1)
    except OSError as erreur:
        raise TravailImpossible(f"{chemin} : {raison(erreur)}") from erreur
    if len(octets) > TAILLE:
        raise TravailImpossible(f"{chemin} : le fichier dépasse {TAILLE // 1_000_000} Mo")
    return octets
