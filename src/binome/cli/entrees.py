"""What comes in through a pipe or a sheet: JSON, JSON Lines, TOML. Refused whole or taken whole."""

from __future__ import annotations

import sys
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from binome.lots.entrees import decoder, lire_json_strict, lire_octets
from binome.lots.erreurs import TravailImpossible
from binome.objets import ObjetInvalide
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from binome.regles.base import Base
    from binome.regles.faits import Dossier

T = TypeVar("T")


def _objets(texte: str) -> Iterator[tuple[str, Any]]:
    """Each object with the words that place it: nothing for a lone one, its line otherwise."""
    lignes = [(n, ligne) for n, ligne in enumerate(texte.splitlines(), start=1) if ligne.strip()]
    try:
        yield "", lire_json_strict(texte)
    except ValueError:
        if (
            len(lignes) < 2
            or not lignes[0][1].lstrip().startswith("{")
            or not lignes[0][1].rstrip().endswith("}")
        ):
            raise
        for numero, ligne in lignes:
            try:
                yield f"ligne {numero}, ", lire_json_strict(ligne)
            except ValueError as erreur:
                raison = str(erreur).replace("à la ligne 1, ", "")
                yield f"ligne {numero}, ", ValueError(raison)


def lire_chacun(octets: bytes, lire: Callable[[dict[str, Any]], T]) -> list[T]:
    """Every object of the input, as `lire` makes it; `lire` raises ObjetInvalide with a sentence for each mistake.

    Raises TravailImpossible with one line per mistake, in the order of the input, none being taken.
    """
    texte = decoder(octets, "entrée")
    if not texte.strip():
        msg = "entrée : elle est vide ; donnez un objet JSON, ou un objet par ligne"
        raise TravailImpossible(msg)
    lus: list[T] = []
    lignes: list[str] = []
    try:
        for lieu, objet in _objets(texte):
            if isinstance(objet, ValueError):
                lignes.append(f"{lieu}entrée : {objet}")
            elif not isinstance(objet, dict):
                lignes.append(f"{lieu}entrée : un objet est attendu, entre accolades")
            else:
                try:
                    lus.append(lire(objet))
                except ObjetInvalide as refus:
                    lignes += [f"{lieu}{une}" for une in refus.fautes]
    except ValueError as erreur:
        lignes.append(f"entrée : {erreur}")
    if lignes:
        raise TravailImpossible(lignes)
    return lus


def lire_json(octets: bytes, base: Base) -> list[Dossier]:
    """Every dossier of the input. Raises TravailImpossible with one line per mistake, none being taken."""

    def lire(objet: dict[str, Any]) -> Dossier:
        try:
            return base.lire(objet)
        except DossierInvalide as invalide:
            raise ObjetInvalide(erreur.en_clair() for erreur in invalide.erreurs) from invalide

    return lire_chacun(octets, lire)


def lire_entree_standard() -> bytes:
    """Everything on standard input."""
    return sys.stdin.buffer.read()


def _en_json(valeur: object) -> object:
    if isinstance(valeur, date) and not isinstance(valeur, datetime):
        return valeur.isoformat()
    return valeur


def lire_fiche(chemin: Path, base: Base) -> Dossier:
    """The dossier of a TOML sheet. Raises TravailImpossible with one line per mistake."""
    texte = decoder(lire_octets(chemin), str(chemin))
    if not texte.strip():
        raise TravailImpossible(f"{chemin} : la fiche est vide")
    try:
        objet = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise TravailImpossible(f"{chemin} : fiche illisible ({_lieu_toml(erreur)})") from erreur
    try:
        return base.lire({cle: _en_json(valeur) for cle, valeur in objet.items()})
    except DossierInvalide as invalide:
        raise TravailImpossible([erreur.en_clair() for erreur in invalide.erreurs]) from invalide


def _lieu_toml(erreur: tomllib.TOMLDecodeError) -> str:
    """Where the sheet breaks, out of the English message of the library."""
    import re  # noqa: PLC0415 - only paid for when there is a mistake

    lieu = re.search(r"line (\d+), column (\d+)", str(erreur))
    return f"ligne {lieu[1]}, colonne {lieu[2]}" if lieu else "à la fin"
