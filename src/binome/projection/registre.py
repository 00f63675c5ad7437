"""Where the counts and the laws of the projection come from: the register of the rules, and what only this room cites."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from binome.regles.courante import base_courante
from binome.regles.lecture import dans, lire_yaml
from binome.regles.sources import Source, lire_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.lecture import Brut
    from binome.regles.sources import Citation

DONNEES: Final = Path(__file__).parent / "donnees"


@cache
def sources_citees() -> Mapping[str, Source]:
    """Every source that the projection may cite, by identifier. Raises BaseInvalide."""
    registre = dict(base_courante().sources)
    for identifiant, brut in lire_yaml(DONNEES / "sources.yaml").items():
        with dans(f"source {identifiant}"):
            registre[identifiant] = _lue(identifiant, brut, registre.get(identifiant))
    return registre


def _lue(identifiant: str, brut: Brut, connue: Source | None) -> Source:
    if connue is None:
        return Source(id=identifiant, **{**brut, "consulte_le": str(brut["consulte_le"])})
    if redits := connue.passages.keys() & brut["passages"].keys():
        msg = f"passages déjà déclarés : {', '.join(sorted(redits))}"
        raise ValueError(msg)
    return replace(connue, passages={**connue.passages, **brut["passages"]})


def citer(texte: str) -> Citation:
    """The citation behind `source, passage`. Raises ValueError for one that no register declares."""
    return lire_citation(texte, sources_citees())


def dites(citations: Iterable[Citation]) -> str:
    """The citations in a sentence: short name and place, one after another."""
    return ", ".join(f"{une.source.court}, {une.passage}" for une in citations)
