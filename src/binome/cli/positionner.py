"""`binome positionner`: one person at the keyboard, one dossier through a pipe, or a whole lot."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from binome.cli.entrees import lire_entree_standard, lire_fiche, lire_json
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import Refus
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide
from binome.regles.positionnement import positionner

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.faits import Dossier


def base_avec(reformes: tuple[str, ...]) -> Base:
    """The current base with the overlays asked for. Raises Refus when one does not exist."""
    try:
        return base_courante(*reformes)
    except BaseInvalide as invalide:
        raise Refus(str(invalide)) from invalide


@click.command(
    name="positionner",
    options_metavar="[OPTIONS]",
    help="""Dit la voie, les heures par bloc, les dispenses avec leurs raisons, les pièces, et ce qui
    changerait la réponse.

    Sans option, pose les seules questions qui comptent encore. Avec « --json - », lit un objet JSON
    (ou un par ligne) et répond de même. Avec « --lot », traite un tableau CSV, XLSX ou Parquet.""",
)
@click.option(
    "--json",
    "entree_json",
    metavar="FICHIER",
    help="Un dossier en JSON, ou un par ligne ; « - » pour l’entrée standard.",
)
@click.option(
    "--fiche", type=click.Path(path_type=Path), metavar="FICHIER", help="Un dossier écrit en TOML."
)
@click.option(
    "--lot",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Un tableau de dossiers (CSV, XLSX ou Parquet).",
)
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Où écrire le résultat d’un lot.",
)
@click.option(
    "--reforme",
    "reformes",
    multiple=True,
    metavar="NOM",
    help="Ajoute une réforme proposée, par exemple igas-8 (répétable).",
)
@click.option(
    "--trace", is_flag=True, help="Avec --json ou --fiche, donne chaque étape de la décision."
)
def commande(
    entree_json: str | None,
    fiche: Path | None,
    lot: Path | None,
    sortie: Path | None,
    reformes: tuple[str, ...],
    trace: bool,
) -> None:
    """Chooses the door that the options name."""
    if sum(porte is not None for porte in (entree_json, fiche, lot)) > 1:
        raise Refus("positionner : choisissez une seule entrée parmi --json, --fiche et --lot")
    if sortie is not None and lot is None:
        raise Refus("positionner : --sortie ne va qu’avec --lot")
    base = base_avec(reformes)
    if lot is not None:
        if sortie is None:
            raise Refus("positionner : dites où écrire le résultat, avec --sortie FICHIER")
        from binome.cli.lots import positionner_lot  # noqa: PLC0415 - needs the batch engine

        sys.exit(positionner_lot(lot, sortie, base))
    if entree_json is not None:
        octets = lire_entree_standard() if entree_json == "-" else lire_octets(Path(entree_json))
        _repondre(lire_json(octets, base), base, trace)
    elif fiche is not None:
        dossier = lire_fiche(fiche, base)
        if trace:
            _repondre([dossier], base, trace)
        else:
            _montrer(dossier, base)
    else:
        _demander(base)


def _repondre(dossiers: list[Dossier], base: Base, trace: bool) -> None:
    """One object a line, written at once: nothing is half-written."""
    lignes = []
    for dossier in dossiers:
        reponse = positionner(base, dossier)
        objet = reponse.en_json()
        if trace:
            from binome.regles.trace import en_json  # noqa: PLC0415 - only when asked

            objet["trace"] = en_json(reponse.decision, base)
        lignes.append(json.dumps(objet, ensure_ascii=False))
    sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))


def _montrer(dossier: Dossier, base: Base) -> None:
    from binome.cli.affichage import afficher, console  # noqa: PLC0415 - pipes do without it

    afficher(positionner(base, dossier), console())


def _demander(base: Base) -> None:
    if not sys.stdin.isatty():
        raise Refus(
            "positionner : les questions se posent dans un terminal ; "
            "sinon donnez le dossier avec « --json - », --fiche ou --lot"
        )
    from binome.cli.affichage import afficher, console  # noqa: PLC0415
    from binome.cli.questionnaire import questionner  # noqa: PLC0415

    reponse = questionner(base)
    console().print()
    afficher(reponse, console())
