"""The doors of every question of the command line: a pipe, a sheet, a table, a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from binome.cli.entrees import lire_entree_standard, lire_fiche, lire_json
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import TravailImpossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.cli.question import Reponse, Service
    from binome.regles.base import Base
    from binome.regles.faits import Dossier


def portes(commande: Callable[..., None]) -> Callable[..., None]:
    """The options that every service takes."""
    chemin = click.Path(path_type=Path)
    options = (
        click.option(
            "--json",
            "entree_json",
            metavar="FICHIER",
            help="Un dossier en JSON, ou un par ligne ; « - » pour l’entrée standard.",
        ),
        click.option("--fiche", type=chemin, metavar="FICHIER", help="Un dossier écrit en TOML."),
        click.option(
            "--lot",
            type=chemin,
            metavar="FICHIER",
            help="Un tableau de dossiers (CSV, XLSX ou Parquet).",
        ),
        click.option(
            "--sortie", type=chemin, metavar="FICHIER", help="Où écrire le résultat d’un lot."
        ),
        click.option(
            "--reforme",
            "reformes",
            multiple=True,
            metavar="NOM",
            help="Ajoute une réforme proposée, par exemple igas-8 (répétable).",
        ),
        click.option(
            "--certification",
            default="",
            metavar="CODE",
            help="Les règles d’une autre certification ; « binome certifications » les liste.",
        ),
    )
    for option in reversed(options):
        commande = option(commande)
    return commande


def servir(
    service: Service,
    entree_json: str | None,
    fiche: Path | None,
    lot: Path | None,
    sortie: Path | None,
    reformes: tuple[str, ...],
    certification: str = "",
    *,
    fiche_en_json: bool = False,
) -> None:
    """Answers through the door that the options name; `fiche_en_json` answers a sheet in JSON.

    Raises TravailImpossible when the options do not go together.
    """
    if sum(porte is not None for porte in (entree_json, fiche, lot)) > 1:
        raise TravailImpossible(
            f"{service.nom} : choisissez une seule entrée parmi --json, --fiche et --lot"
        )
    if sortie is not None and lot is None:
        raise TravailImpossible(f"{service.nom} : --sortie ne va qu’avec --lot")
    base = service.base(reformes, certification)
    if lot is not None:
        if sortie is None:
            raise TravailImpossible(
                f"{service.nom} : dites où écrire le résultat, avec --sortie FICHIER"
            )
        from binome.cli.lots import traiter_lot  # noqa: PLC0415 - needs the batch engine

        sys.exit(traiter_lot(service, lot, sortie, base))
    if entree_json is not None:
        octets = lire_entree_standard() if entree_json == "-" else lire_octets(Path(entree_json))
        ecrire_en_json(service, lire_json(octets, base), base)
    elif fiche is not None:
        dossier = lire_fiche(fiche, base)
        if fiche_en_json:
            ecrire_en_json(service, [dossier], base)
        else:
            _montrer(service, service.repondre(base, dossier))
    else:
        _demander(service, base)


def ecrire_en_json(service: Service, dossiers: list[Dossier], base: Base) -> None:
    """One object a line, written at once: nothing is half-written."""
    lignes = [
        json.dumps(service.en_json(service.repondre(base, dossier)), ensure_ascii=False)
        for dossier in dossiers
    ]
    sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))


def _montrer(service: Service, reponse: Reponse) -> None:
    from binome.cli.affichage import console  # noqa: PLC0415 - pipes do without it

    service.afficher(reponse, console())


def _demander(service: Service, base: Base) -> None:
    if not sys.stdin.isatty():
        raise TravailImpossible(
            f"{service.nom} : les questions se posent dans un terminal ; "
            "sinon donnez le dossier avec « --json - », --fiche ou --lot"
        )
    from binome.cli.affichage import console  # noqa: PLC0415
    from binome.cli.questionnaire import questionner  # noqa: PLC0415

    reponse = questionner(base, service)
    console().print()
    service.afficher(reponse, console())
