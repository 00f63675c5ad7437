"""A lot of dossiers in a table: good rows decided together, bad rows named one by one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from binome.cli import MACHINE_INCOMPLETE, SUITE_ECARTEE
from binome.cli.affichage import console
from binome.lots.avis import lignes_masquees
from binome.lots.erreurs import TravailImpossible
from binome.lots.lecture import lire_lot
from binome.lots.masques import RangMasque
from binome.lots.questions import QUESTIONS
from binome.lots.separateurs import DEBUT, d_un_tableur
from binome.lots.tableaux import ecrire_tableau, verifier_sortie

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from binome.cli.question import Service
    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base


def dire(phrase: str) -> None:
    """Says on standard error what the reader of a table chose."""
    sys.stderr.write(f"{phrase}\n")


def trier(lignes: Iterable[LigneLue]) -> tuple[list[LigneLue], int]:
    """The good rows, and how many were bad; each bad one is told on standard error, on one line, then the hidden ones."""
    bonnes: list[LigneLue] = []
    ecartees = 0
    masquees: list[RangMasque] = []
    for ligne in lignes:
        if isinstance(ligne.numero, RangMasque):
            masquees.append(ligne.numero)
        if ligne.erreurs:
            ecartees += 1
            sys.stderr.write(f"{ligne.en_clair()}\n")
        else:
            bonnes.append(ligne)
    if masquees:
        dire(lignes_masquees(masquees))
    return bonnes, ecartees


def _d_un_tableur(chemin: Path) -> bool:
    if chemin.suffix.lower() != ".csv":
        return False
    with chemin.open("rb") as fichier:
        return d_un_tableur(fichier.read(DEBUT))


def traiter_lot(service: Service, chemin: Path, sortie: Path, base: Base) -> int:
    """Decides a whole table and writes the result; gives back the exit code.

    Raises TravailImpossible when nothing can be read or written.
    """
    try:
        import polars  # noqa: F401, PLC0415 - told now rather than after the reading
    except ImportError as erreur:
        msg = "lot : le moteur par lots n’est pas installé ; installez « binome[lot] »"
        raise TravailImpossible(msg, MACHINE_INCOMPLETE) from erreur
    verifier_sortie(sortie, [chemin])
    bonnes, ecartees = trier(_avec_progression(lire_lot(chemin, base, dire=dire)))
    if not bonnes:
        raise TravailImpossible(f"{chemin} : aucune ligne lisible ; rien n’a été écrit")
    ecrire_tableau(
        QUESTIONS[service.nom].decider(bonnes, base), sortie, tableur=_d_un_tableur(chemin)
    )
    phrase = f"{service.lignes} dans {sortie} : {len(bonnes)}"
    sys.stderr.write(f"{phrase}, lignes écartées : {ecartees}.\n")
    return SUITE_ECARTEE if ecartees else 0


def _avec_progression(lignes: Iterable[LigneLue]) -> Iterable[LigneLue]:
    """The same rows, with a bar on the terminal when there is one."""
    ecran = console(erreur=True)
    if not ecran.is_terminal:
        return lignes
    from rich.progress import track  # noqa: PLC0415 - terminals only

    return track(lignes, description="Lecture des dossiers", console=ecran, transient=True)
