"""What an indicator is: its words, its exact definition, who sees it, what was published of it, how it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from binome.pilotage.perimetres import GenreDePerimetre

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from binome.pilotage.lignes import FaitsComptes


class UniteDeMesure(StrEnum):
    """How a measure is written; the integer kept is in the unit named."""

    NOMBRE = "nombre"
    POUR_DIX_MILLE = "pour_dix_mille"
    """A share: 4 700 is 47 %."""
    CENTIEMES = "centiemes"
    """A ratio: 76 is 0,76."""
    JOURS = "jours"
    CENTS = "cents"


class ActeurDuPilotage(StrEnum):
    """Who has a dashboard."""

    BRANCHE = "branche"
    ORGANISME = "organisme"
    OPCO = "opco"
    CPAM = "cpam"
    PILOTE = "pilote"


class Pourquoi(StrEnum):
    """Why a measure has no value."""

    RIEN = "rien_compte"
    CHAMP = "champ_absent"
    HORS = "hors_binome"
    PAS_ENCORE = "pas_encore"
    PETIT = "trop_petit"


POURQUOI_DIT: Final = {
    Pourquoi.RIEN: "Rien n’est à compter ici.",
    Pourquoi.CHAMP: "Les dossiers ne disent pas ce qu’il faut pour compter.",
    Pourquoi.HORS: "Binôme ne tient pas cette donnée.",
    Pourquoi.PAS_ENCORE: "La moitié des personnes n’y est pas encore.",
    Pourquoi.PETIT: "Le nombre est trop petit pour être montré.",
}


@dataclass(frozen=True, slots=True)
class Mesuree:
    """A value in the unit of its indicator, or None and why; `lus` of `total` rows had the field needed."""

    valeur: int | None
    numerateur: int | None = None
    denominateur: int | None = None
    lus: int | None = None
    total: int | None = None
    pourquoi: str = ""


@dataclass(frozen=True, slots=True)
class ValeurPubliee:
    """What a source published: `valeur` in the unit of the indicator, `grade` A (official), B (report, press), C, or DER (ours)."""

    valeur: int
    le: date
    source: str
    grade: str
    note: str = ""


Mesureur: TypeAlias = "Callable[[FaitsComptes], Mesuree]"


@dataclass(frozen=True, slots=True)
class IndicateurSuivi:
    """One indicator of the sheet. `phrase` is the headline of its tile, with « {} » for the value.

    `seuil` says what hides a small count, as `masques.py` reads it: nothing when empty. `ecart` is the
    entry of the ledger where sources disagree. `date_dite` says the day that counts.
    """

    code: str
    nom: str
    question: str
    definition: str
    numerateur: str
    denominateur: str
    date_dite: str
    unite: UniteDeMesure
    voient: frozenset[ActeurDuPilotage]
    genres: frozenset[str]
    mesurer: Mesureur
    regle: str
    seuil: str = ""
    publiees: Sequence[ValeurPubliee] = ()
    ecart: str = ""


def part(
    numerateur: int, denominateur: int, *, lus: int | None = None, total: int | None = None
) -> Mesuree:
    """A share in ten-thousandths, rounded half up; unknown of nothing."""
    if denominateur == 0:
        pourquoi = Pourquoi.CHAMP if total else Pourquoi.RIEN
        return Mesuree(None, numerateur, 0, lus, total, pourquoi)
    valeur = (numerateur * 20_000 + denominateur) // (2 * denominateur)
    return Mesuree(valeur, numerateur, denominateur, lus, total)


def rapport(numerateur: int, denominateur: int) -> Mesuree:
    """A ratio in hundredths, rounded half up; unknown of nothing."""
    if denominateur == 0:
        return Mesuree(None, numerateur, 0, pourquoi=Pourquoi.RIEN)
    valeur = (numerateur * 200 + denominateur) // (2 * denominateur)
    return Mesuree(valeur, numerateur, denominateur)


def somme(parts: Sequence[int | None]) -> Mesuree:
    """A sum of what is known, and how many are; unknown where none is."""
    connues = [une for une in parts if une is not None]
    if not connues:
        pourquoi = Pourquoi.CHAMP if parts else Pourquoi.RIEN
        return Mesuree(None, lus=0, total=len(parts), pourquoi=pourquoi)
    return Mesuree(sum(connues), lus=len(connues), total=len(parts))


def compte(nombre: int) -> Mesuree:
    """A count of rows that the house keeps itself: nothing counted is zero."""
    return Mesuree(nombre)


A: Final = ActeurDuPilotage
TOUS_LES_TERRITOIRES: Final = frozenset(
    {GenreDePerimetre.FRANCE, GenreDePerimetre.REGION, GenreDePerimetre.DEPARTEMENT}
)
DES_CONTRATS: Final = TOUS_LES_TERRITOIRES | {GenreDePerimetre.CAISSE}
DES_PARCOURS: Final = TOUS_LES_TERRITOIRES | {
    GenreDePerimetre.BRANCHE,
    GenreDePerimetre.ORGANISME,
    GenreDePerimetre.PAYEUR,
}
DES_SESSIONS: Final = TOUS_LES_TERRITOIRES | {GenreDePerimetre.BRANCHE, GenreDePerimetre.ORGANISME}
DES_DOSSIERS: Final = frozenset(
    {GenreDePerimetre.FRANCE, GenreDePerimetre.BRANCHE, GenreDePerimetre.ORGANISME}
)
DE_L_ARGENT: Final = frozenset(
    {
        GenreDePerimetre.FRANCE,
        GenreDePerimetre.BRANCHE,
        GenreDePerimetre.ORGANISME,
        GenreDePerimetre.PAYEUR,
    }
)
