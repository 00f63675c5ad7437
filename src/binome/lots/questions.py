"""The questions that a whole table may be asked: which view of the base answers, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.regles.metiers.heures import POSITIONNEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base


@dataclass(frozen=True)
class QuestionDeLot:
    """One question; `fichier` names the table of answers, without suffix."""

    vue: str
    fichier: str
    decider: Callable[[list[LigneLue], Base], pl.DataFrame]
    """Needs the batch engine, which it imports: who only lists the questions does without."""


def _positionner(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    from binome.lots.decision import decider, en_frame  # noqa: PLC0415 - needs the batch engine

    return decider(en_frame(lignes, base), base)


def _financer(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    from binome.lots.vues import financer_lot  # noqa: PLC0415 - needs the batch engine

    return financer_lot(lignes, base)


def _aider(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    from binome.lots.vues import aider_lot  # noqa: PLC0415 - needs the batch engine

    return aider_lot(lignes, base)


def _echeances(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    from binome.lots.vues import echeances_du_lot  # noqa: PLC0415 - needs the batch engine

    return echeances_du_lot(lignes, base)


QUESTIONS: Final[Mapping[str, QuestionDeLot]] = {
    "positionner": QuestionDeLot(POSITIONNEMENT, "positionnement", _positionner),
    "financer": QuestionDeLot("financement", "financement", _financer),
    "aide": QuestionDeLot("aide", "aide", _aider),
    "echeances": QuestionDeLot("echeances", "echeances", _echeances),
}
"""By name, as the command line and the API write it."""
