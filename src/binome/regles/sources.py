"""Sources: what Binôme read, where, when, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.lecture import Brut

Fiabilite: TypeAlias = Literal["officiel", "secondaire", "faible"]
SANS_DATE: Final = ("non datée", "non daté")
"""How the date of a document that bears none begins."""


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

    @property
    def lien(self) -> str | None:
        """Where the document can be opened; None where it has no page that we know."""
        return self.adresse if self.adresse.startswith(("https://", "http://")) else None

    @property
    def du(self) -> str | None:
        """The date of the document, as it is known; None when it bears none."""
        return None if not self.date or self.date.startswith(SANS_DATE) else self.date

    def en_json(self) -> dict[str, Any]:
        """The document as the JSON contracts fix it: how far it can be trusted, its date, its link."""
        return {
            "titre": self.titre,
            "date": self.du,
            "force": self.fiabilite,
            "lien": self.lien,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source, written `source, passage` in the data and in the JSON contract."""

    source: Source
    passage: str
    texte: str = field(init=False, repr=False, compare=False)
    """`source, passage`, written once: every answer tells it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "texte", f"{self.source.id}, {self.passage}")

    def __str__(self) -> str:
        return self.texte

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


def documents(cites: Iterable[Mapping[str, Any]], sources: Mapping[str, Source]) -> dict[str, Any]:
    """The documents behind what was written with its `sources`, by the identifier that a citation begins with."""
    noms = {texte.partition(", ")[0] for un in cites for texte in un["sources"]}
    return {nom: sources[nom].en_json() for nom in sorted(noms)}
