"""The tables that the journal tells of: each room declares its own, column by column."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import Model


@dataclass(frozen=True)
class TableSuivie:
    """A table whose rows the journal tells of, every column but those of `sauf`.

    `chemins` is what to read of a row to name the object that its entries are about, always the same for
    one row, and the subject that its values are personal to (empty: nobody's): `nommer` is given its
    number, then what they read. `sauf` says why each column left out is not told.
    """

    modele: type[Model]
    chemins: tuple[str, ...]
    nommer: Callable[..., tuple[str, str]]
    sauf: Mapping[str, str] = field(default_factory=dict)

    @property
    def nom(self) -> str:
        """How the journal names it."""
        return self.modele._meta.label_lower

    @cached_property
    def colonnes(self) -> tuple[str, ...]:
        """The columns told, in the order of the model."""
        return tuple(
            un.attname
            for un in self.modele._meta.concrete_fields
            if not un.primary_key and un.name not in self.sauf
        )

    def choisir(self, noms: Iterable[str]) -> tuple[str, ...]:
        """Those of some columns, named as the model does, that are told."""
        voulues = {self.modele._meta.get_field(nom).attname for nom in noms}  # type: ignore[union-attr] # only concrete fields are asked for
        return tuple(une for une in self.colonnes if une in voulues)


_TABLES: Final[dict[str, TableSuivie]] = {}


def declarer(*tables: TableSuivie) -> None:
    """Makes tables known; for the rooms, once Django has read their models."""
    _TABLES.update((une.nom, une) for une in tables)


def tables() -> list[TableSuivie]:
    """Every table told, by name."""
    return [_TABLES[nom] for nom in sorted(_TABLES)]


def table_de(modele: type[Model]) -> TableSuivie:
    """The declaration of a model. Raises KeyError when the journal does not tell of it."""
    return _TABLES[modele._meta.label_lower]


def table_nommee(nom: str) -> TableSuivie | None:
    """The table of a name that the journal wrote; None when it is told no longer."""
    return _TABLES.get(nom)
