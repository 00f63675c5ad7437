"""Sources: what Binôme read, where, when, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.lecture import Brut

Fiabilite: TypeAlias = Literal["officiel", "secondaire", "faible"]


@dataclass(frozen=True, slots=True)
class Source:
    """One document, with the passages that rules cite, each summed up in our own words."""

    id: str
    court: str
    titre: str
    editeur: str
    date: str
    adresse: str
    consulte_le: str
    fiabilite: Fiabilite
    passages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source, written `source, passage` in the data and in the JSON contract."""

    source: Source
    passage: str

    def __str__(self) -> str:
        return f"{self.source.id}, {self.passage}"

    @property
    def resume(self) -> str:
        """What the passage says, in our own words."""
        return self.source.passages[self.passage]

    def en_clair(self) -> str:
        """The citation for a reader: title, place, date."""
        date = f", {self.source.date}" if self.source.date else ""
        return f"{self.source.titre} ({self.source.editeur}{date}), {self.passage}"


@dataclass(frozen=True, slots=True)
class LectureRivale:
    """One of the rival values of a contested point."""

    valeur: str
    sources: tuple[Citation, ...]


def lire_citation(texte: str, sources: Mapping[str, Source]) -> Citation:
    """The citation behind `source, passage`.

    Raises ValueError when the source or the passage is not declared: a rule may only cite what
    the register of sources holds.
    """
    identifiant, virgule, passage = texte.partition(", ")
    if not virgule:
        msg = f"citation « {texte} » : écrivez « source, passage »"
        raise ValueError(msg)
    if identifiant not in sources:
        msg = f"citation « {texte} » : la source « {identifiant} » n’est pas dans sources.yaml"
        raise ValueError(msg)
    source = sources[identifiant]
    if passage not in source.passages:
        msg = f"citation « {texte} » : le passage « {passage} » n’est pas déclaré sous « {identifiant} »"
        raise ValueError(msg)
    return Citation(source, passage)


def lire_lecture(brut: Brut, sources: Mapping[str, Source]) -> LectureRivale:
    """One of the rival readings of a contested point.

    Raises ValueError on a key that is not ours: a comma that nobody quoted makes one.
    """
    if set(brut) != {"valeur", "sources"} or not isinstance(brut["valeur"], str):
        msg = f"lecture mal écrite : {brut} (mettez entre guillemets un texte à virgule)"
        raise ValueError(msg)
    if not brut["sources"]:
        msg = f"lecture « {brut['valeur']} » : aucune source"
        raise ValueError(msg)
    return LectureRivale(
        brut["valeur"], tuple(lire_citation(texte, sources) for texte in brut["sources"])
    )
