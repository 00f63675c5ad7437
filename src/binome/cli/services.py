"""The questions that the command line answers, each with its doors: a pipe, a sheet, a table, a person.

A service says which view of the base it reads, how it answers one dossier, how the answer looks in
a terminal; how a whole table is decided is told by `binome.lots.questions`. Everything else is the same
for all.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from binome.cli.entrees import lire_entree_standard, lire_fiche, lire_json
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import Refus
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from binome.regles.base import Base
    from binome.regles.faits import Dossier


class Reponse(Protocol):
    """What every answer has: its JSON, and the facts that still matter."""

    @property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter, the one that settles the answer fastest first."""
        ...  # pragma: no cover

    def en_json(self) -> dict[str, Any]:
        """The answer as its JSON contract fixes it."""
        ...  # pragma: no cover


@dataclass(frozen=True)
class Service:
    """One question; `afficher` and `resumer` import what they draw with."""

    nom: str
    vue: str
    repondre: Callable[[Base, Dossier], Any]
    afficher: Callable[[Any, Console], None]
    resumer: Callable[[Any], str]
    lignes: str
    en_json: Callable[[Any], dict[str, Any]] = lambda reponse: reponse.en_json()

    def base(self, reformes: tuple[str, ...], certification: str = "") -> Base:
        """The view of a certification's base, with the overlays asked for.

        Raises Refus on an unknown one, and when the certification does not answer the question.
        """
        try:
            base = base_courante(*reformes, certification=certification)
        except BaseInvalide as invalide:
            raise Refus(f"{self.nom} : {invalide}") from invalide
        if self.vue not in base.vues:
            sues = ", ".join(f"« {une.titre} »" for une in base.vues.values())
            raise Refus(
                f"{self.nom} : les règles de « {base.certification.nom} » ne répondent pas à cette "
                f"question ; seulement à : {sues}"
            )
        return base.vue(self.vue)


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

    Raises Refus when the options do not go together.
    """
    if sum(porte is not None for porte in (entree_json, fiche, lot)) > 1:
        raise Refus(f"{service.nom} : choisissez une seule entrée parmi --json, --fiche et --lot")
    if sortie is not None and lot is None:
        raise Refus(f"{service.nom} : --sortie ne va qu’avec --lot")
    base = service.base(reformes, certification)
    if lot is not None:
        if sortie is None:
            raise Refus(f"{service.nom} : dites où écrire le résultat, avec --sortie FICHIER")
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
        raise Refus(
            f"{service.nom} : les questions se posent dans un terminal ; "
            "sinon donnez le dossier avec « --json - », --fiche ou --lot"
        )
    from binome.cli.affichage import console  # noqa: PLC0415
    from binome.cli.questionnaire import questionner  # noqa: PLC0415

    reponse = questionner(base, service)
    console().print()
    service.afficher(reponse, console())
