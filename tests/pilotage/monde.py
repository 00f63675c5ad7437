"""Small worlds that a hand can count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.lignes import ContratCompte, FaitsComptes, ParcoursCompte, PosteCompte

if TYPE_CHECKING:
    from collections.abc import Sequence

AU: Final = date(2026, 10, 31)


def contrat(
    numero: int,
    *,
    departement: str = "35",
    debut: date | None = date(2025, 1, 1),
    fini_le: date | None = None,
    suspendu: bool = False,
) -> ContratCompte:
    """A half-time contract."""
    signe = date(2024, 12, 1)
    return ContratCompte(numero, departement, "1", signe, debut, fini_le, suspendu, 5_000)


def poste(
    personne: str,
    contrat: int,
    *,
    depuis: date = date(2025, 1, 1),
    qualifiee: bool | None = None,
    en_formation: bool | None = None,
    departement: str = "35",
) -> PosteCompte:
    """Somebody half-time under a contract."""
    return PosteCompte(personne, contrat, departement, "1", depuis, 5_000, qualifiee, en_formation)


def parcours(
    numero: int,
    *,
    embauche: date | None = None,
    entree: date | None = None,
    parti_le: date | None = None,
    abandon_le: date | None = None,
    tentatives: int = 0,
    titre_le: date | None = None,
    en_cours: bool = False,
    departement: str = "35",
    voie: str = "cqp",
    dispensees: int | None = None,
) -> ParcoursCompte:
    """A path of the CQP at the organisation 7."""
    return ParcoursCompte(
        numero, "7", "assistant-medical", departement, voie, embauche, parti_le, entree, abandon_le,
        tentatives, titre_le, dispensees, ("9",), en_cours,
    )  # fmt: skip


def faits(
    *,
    contrats: Sequence[ContratCompte] = (),
    postes: Sequence[PosteCompte] = (),
    parcours: Sequence[ParcoursCompte] = (),
) -> FaitsComptes:
    """What is counted on 31 October 2026."""
    return FaitsComptes(AU, contrats=list(contrats), postes=list(postes), parcours=list(parcours))
