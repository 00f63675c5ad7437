"""The versions of the certification: blocs, modules, épreuves, hours and windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.sources import Citation

FORMES: Final = ("oral", "ecrit")
"""Spoken, at least in part: one person after another; or written, all together."""


@dataclass(frozen=True, slots=True)
class Module:
    """A teaching unit. `minutes` is None when no source gives its length."""

    code: str
    bloc: int
    intitule: str
    minutes: int | None
    marque: str = ""


@dataclass(frozen=True, slots=True)
class Epreuve:
    """An examination; `parties` are the minutes of each of its parts (none when external).

    `forme` is how it is passed, one of `FORMES`; empty where no source says it.
    """

    code: str
    bloc: int
    intitule: str
    parties: tuple[int, ...]
    forme: str = ""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return sum(self.parties)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc of competences; `minutes` is the total its source prints."""

    numero: int
    intitule: str
    minutes: int
    modules: tuple[Module, ...]
    epreuves: tuple[Epreuve, ...]


@dataclass(frozen=True, slots=True)
class Referentiel:
    """One version of the certification, in force from `du` to `au`, both included.

    `cours` is the teaching of a version whose blocs no source lists. `pratique` and `evaluations` are
    None when no source gives them.
    """

    id: str
    titre: str
    rncp: str
    du: date
    au: date
    blocs: tuple[Bloc, ...]
    evaluations: int | None
    sources: tuple[Citation, ...]
    duree_mois: str = ""
    cours: int | None = None
    pratique: int | None = None

    @property
    def modules(self) -> tuple[Module, ...]:
        """Every module, in the order of the blocs."""
        return tuple(module for bloc in self.blocs for module in bloc.modules)

    @property
    def epreuves(self) -> tuple[Epreuve, ...]:
        """Every épreuve, in the order of the blocs; empty when no source lists them."""
        return tuple(epreuve for bloc in self.blocs for epreuve in bloc.epreuves)

    @property
    def formation(self) -> int:
        """Minutes of teaching, evaluations and practice apart."""
        return sum(bloc.minutes for bloc in self.blocs) + (self.cours or 0)

    @property
    def total(self) -> int | None:
        """Minutes of teaching, of practice where there is some, and of evaluation; None when these are unknown."""
        if self.evaluations is None:
            return None
        return self.formation + (self.pratique or 0) + self.evaluations

    def bloc(self, numero: int) -> Bloc:
        """The bloc of that number. Raises KeyError."""
        for bloc in self.blocs:
            if bloc.numero == numero:
                return bloc
        raise KeyError(numero)

    def module(self, code: str) -> Module:
        """The module of that code. Raises KeyError."""
        for module in self.modules:
            if module.code == code:
                return module
        raise KeyError(code)

    def verifier(self) -> list[str]:
        """Sums that do not fall right, each as a French sentence."""
        erreurs = []
        if (self.cours is None) is not bool(self.blocs):
            erreurs.append(f"{self.id} : donnez ses blocs, ou les heures de cours sans blocs")
        for bloc in self.blocs:
            minutes = [module.minutes for module in bloc.modules]
            connues = [duree for duree in minutes if duree is not None]
            complet = len(connues) == len(minutes)
            if (complet and sum(connues) != bloc.minutes) or sum(connues) > bloc.minutes:
                erreurs.append(
                    f"{self.id} : les modules du bloc {bloc.numero} font {sum(connues)} minutes, "
                    f"le bloc en annonce {bloc.minutes}"
                )
        for epreuve in self.epreuves:
            if epreuve.forme not in ("", *FORMES):
                erreurs.append(f"{self.id} : {epreuve.code} ne se passe pas « {epreuve.forme} »")
        somme = sum(epreuve.minutes for epreuve in self.epreuves)
        if self.epreuves and somme != self.evaluations:
            erreurs.append(
                f"{self.id} : les épreuves font {somme} minutes, les évaluations {self.evaluations}"
            )
        return erreurs
