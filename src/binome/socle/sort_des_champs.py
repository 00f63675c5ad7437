"""What becomes of each field that may hold a text about a person: each room says it of its own tables.

A test demands that none is missing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Sort(StrEnum):
    """When a field is erased."""

    DOSSIER = "avec le dossier"
    COMPTE = "avec le compte"
    SEUL = "de lui-même"
    GARDE = "gardé"


class Declaration(NamedTuple):
    """What becomes of a field; `raison` says why one is kept, or what erases it."""

    sort: Sort
    raison: str = ""


DOSSIER: Final = Declaration(Sort.DOSSIER)
COMPTE: Final = Declaration(Sort.COMPTE)
CODE: Final = Declaration(
    Sort.GARDE, "Un mot de nos listes, un nombre ou un numéro tiré : ne nomme personne."
)
EMPREINTE: Final = Declaration(Sort.GARDE, "Une empreinte : elle prouve, et ne se lit pas.")
FAITS: Final = Declaration(
    Sort.GARDE, "Ce qui a été jugé, sans identité : une décision doit pouvoir être recalculée."
)
DE_LA_BRANCHE: Final = Declaration(
    Sort.GARDE, "Écrit pour tous les dossiers, au sujet de personne."
)
MORALE: Final = Declaration(Sort.GARDE, "Une organisation, non une personne.")
TEXTE_DU_JOURNAL: Final = Declaration(
    Sort.GARDE,
    "Le journal reste : ce qui est personnel est dans « prive », chiffré sous une clé détruite.",
)

Champs: TypeAlias = "Mapping[str, Mapping[str, Declaration]]"
"""By model, then by field."""
_CHAMPS: Final[dict[str, Mapping[str, Declaration]]] = {}


def declarer_champs(champs: Champs) -> None:
    """Makes the fields of a room's tables known; for the rooms, once Django has read their models."""
    _CHAMPS.update(champs)


def champs() -> Champs:
    """Every field declared, by model."""
    return dict(_CHAMPS)


PARLANTS: Final = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.DateField,
    models.FileField,
    models.GenericIPAddressField,
)


def champs_parlants() -> Iterator[tuple[str, str]]:
    """The model and the name of each field of the house that may hold a text about a person."""
    for modele in apps.get_models():
        if not modele.__module__.startswith("binome."):
            continue
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, PARLANTS) and not isinstance(champ, models.DateTimeField):
                yield modele._meta.label, champ.name
