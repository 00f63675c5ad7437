"""The rule base: everything that decides, immutable, known by the hash of its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from binome.regles.faits import Coherence, Fait, lire_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.decider import Moteur
    from binome.regles.faits import Dossier
    from binome.regles.referentiels import Referentiel
    from binome.regles.regle import Regle, Statut, Table
    from binome.regles.sources import Citation, Source


@dataclass(frozen=True, slots=True)
class Parametre:
    """One dated value of a parameter, both ends of its window included."""

    id: str
    titre: str
    valeur: int | date | str
    unite: str
    du: date | None
    au: date | None
    sources: tuple[Citation, ...]
    statut: Statut


@dataclass(frozen=True, slots=True)
class PieceAFournir:
    """A document, and why it is asked for."""

    code: str
    libelle: str
    pourquoi: str


@dataclass(frozen=True, slots=True)
class Levier:
    """Something a person can do, or that time does, to change the answer.

    `mode` says which values are tried: `seuils` walks up the thresholds the rules use, `valeurs`
    tries the listed values, `ajout` adds one code to a list, `afgsu` obtains the attestation on
    the day of entry, `plus_tard` moves a date to the days when rules change. `effort` only sorts
    the proposals, the smallest first; it is not a figure of any source.
    """

    id: str
    fait: str
    mode: Literal["seuils", "valeurs", "ajout", "afgsu", "plus_tard"]
    valeurs: tuple[str | int, ...]
    effort: int
    texte: str


@dataclass(frozen=True, eq=False)
class Base:
    """Every fact, rule and référentiel in one immutable object, with the text it came from."""

    sources: Mapping[str, Source]
    faits: Mapping[str, Fait]
    coherences: tuple[Coherence, ...]
    parametres: tuple[Parametre, ...]
    referentiels: Mapping[str, Referentiel]
    tables: Mapping[str, Table]
    pieces: Mapping[str, PieceAFournir]
    leviers: tuple[Levier, ...]
    reformes: tuple[str, ...]
    brut: Mapping[str, Any] = field(repr=False)

    @cached_property
    def empreinte(self) -> str:
        """`sha256:…` of the canonical content: what a stored decision keeps."""
        return "sha256:" + hashlib.sha256(self.exporter().encode()).hexdigest()

    def exporter(self) -> str:
        """The canonical JSON, from which the very same base can be rebuilt years later."""
        return json.dumps(
            self.brut,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=date.isoformat,
        )

    @cached_property
    def regles(self) -> Mapping[str, Regle]:
        """Every rule by its identifier, in the order of evaluation."""
        return {regle.id: regle for table in self.tables.values() for regle in table.regles}

    @cached_property
    def moteur(self) -> Moteur:
        """The compiled scalar evaluator."""
        from binome.regles.decider import Moteur  # noqa: PLC0415 - decider stands on base

        return Moteur(self)

    def lire(self, objet: Mapping[str, object]) -> Dossier:
        """A checked dossier. Raises DossierInvalide with one error per mistake."""
        return lire_dossier(objet, self.faits, self.coherences)

    def en_vigueur(self, jour: date) -> Iterator[Regle]:
        """The rules whose window holds that day."""
        return (regle for regle in self.regles.values() if regle.couvre(jour))
