"""The lines of what is known elsewhere: the organisations that sources name, the figures that were published."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from binome.donnees_ouvertes.des_regles import citees
from binome.formations.lecture import organismes
from binome.secret.seuils import montrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.donnees_ouvertes.colonnes import Case

SERIES: Final = Path(__file__).parent / "donnees" / "series.csv"
CONTRATS: Final = "contrats_stock_famille_a"
BAROMETRE: Final = "DITP baromètre des résultats, IND-679"
NORMAL, SECRET = "A", "S"
PERSONNES: Final = frozenset({"personnes", "stagiaires", "dossiers"})
"""Units of which each is somebody: a funding file is one person’s."""


def les_organismes() -> Iterator[tuple[Case, ...]]:
    """Every organisation that a source names."""
    for un in organismes():
        yield (
            un.slug, un.nom, un.nom_complet, un.habilitation.statut, un.habilitation.phrase,
            " ; ".join(un.habilitation.referentiels), un.modalite, citees(un.sources),
        )  # fmt: skip


def les_sites() -> Iterator[tuple[Case, ...]]:
    """Every place that a source names."""
    for un in organismes():
        for rang, site in enumerate(un.sites, start=1):
            yield (
                un.slug, rang, site.ville, site.departement.code if site.departement else None,
                site.region.code, site.reserve or None, citees(site.sources),
            )  # fmt: skip


@cache
def _lignes() -> tuple[dict[str, str], ...]:
    with SERIES.open(encoding="utf-8", newline="") as fichier:
        return tuple(csv.DictReader(fichier))


def _valeur(ligne: dict[str, str]) -> tuple[float | None, str]:
    """The figure and its status: a count of persons under the threshold is not said again, though its source says it."""
    valeur = float(ligne["valeur"])
    if ligne["unite"] in PERSONNES and montrable(int(valeur)) is None:
        return None, SECRET
    return valeur, NORMAL


def les_series() -> Iterator[tuple[Case, ...]]:
    """Every figure that was published, with where; what is worked out from others is left out."""
    for ligne in _lignes():
        yield (
            ligne["serie"], date.fromisoformat(ligne["date"]), ligne["niveau"], ligne["territoire"],
            *_valeur(ligne), ligne["unite"], ligne["source"], ligne["fiabilite"],
            ligne["conteste"] == "true", ligne["note"] or None,
        )  # fmt: skip


def les_contrats() -> Iterator[tuple[Case, ...]]:
    """The contracts that the State counts, by territory and date: a whole table."""
    for ligne in _lignes():
        if ligne["serie"] == CONTRATS and ligne["source"].startswith(BAROMETRE):
            valeur, statut = _valeur(ligne)
            yield (
                date.fromisoformat(ligne["date"]), ligne["niveau"], ligne["territoire"],
                None if valeur is None else int(valeur), statut,
            )  # fmt: skip
