"""The frames themselves, made chunk by chunk; Polars is loaded by who makes one, never by a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from binome.trames.colonnes import TRAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import narwhals as nw

    Cadre: TypeAlias = "nw.LazyFrame[Any]"

UN_MORCEAU: Final = 50_000
"""Rows held as objects at once."""
MANQUE: Final = (
    "Les trames ont besoin du moteur par lots : installez « binome[lot] », puis recommencez."
)


class MoteurAbsent(RuntimeError):
    """Raised, with what to install, where neither Polars nor Narwhals is."""


@dataclass(frozen=True)
class Trames:
    """The frames of one day, included, as lazy frames that any engine of Narwhals carries out."""

    au: date
    dossiers: Cadre
    parcours: Cadre
    emplois: Cadre
    contrats: Cadre
    postes: Cadre
    sessions: Cadre
    presences: Cadre
    titres: Cadre
    argent: Cadre


def trames(au: date, lignes: Mapping[str, Iterable[tuple[Any, ...]]]) -> Trames:
    """The frames of a day from their rows, in the order of their columns. Raises MoteurAbsent."""
    return Trames(au, **{nom: cadre(nom, lignes.get(nom, ())) for nom in TRAMES})


def cadre(nom: str, lignes: Iterable[tuple[Any, ...]]) -> Cadre:
    """One frame from its rows. Raises MoteurAbsent."""
    try:
        import narwhals as nw  # noqa: PLC0415 - only frames pay for it
        import polars as pl  # noqa: PLC0415 - the same
    except ImportError as erreur:
        raise MoteurAbsent(MANQUE) from erreur
    types = {"entier": pl.Int64, "jour": pl.Date, "code": pl.String, "oui_non": pl.Boolean}
    schema = {une.nom: types[une.genre] for une in TRAMES[nom]}
    suite = iter(lignes)
    morceaux = [pl.DataFrame(schema=schema)]
    while morceau := list(islice(suite, UN_MORCEAU)):
        morceaux.append(pl.DataFrame(morceau, schema=schema, orient="row"))
    return nw.from_native(pl.concat(morceaux)).lazy()
