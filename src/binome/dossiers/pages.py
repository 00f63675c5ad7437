"""Pages of a list cut by key: the hundredth costs what the first does, and nobody is skipped or shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from binome.dossiers.models import Dossier

COMPTES: Final = 1000
"""Beyond, a list says « plus de mille »: counting further costs more than it tells."""


class Ordre(NamedTuple):
    """By a date that every line of the list has, then by number."""

    champ: str
    descend: bool = False


class Cle(NamedTuple):
    """Where a page was cut: the date of its last line, and its number."""

    valeur: datetime | date
    pk: int

    def __str__(self) -> str:
        """As the address keeps it."""
        return f"{self.valeur.isoformat()}_{self.pk}"


def lire_cle(texte: str) -> Cle | None:
    """The key that an address holds; None when it holds none that can be read."""
    date_dite, _, numero = texte.rpartition("_")
    if not numero.isdecimal() or len(numero) > 15:
        return None
    try:
        valeur = parse_date(date_dite) if len(date_dite) == 10 else parse_datetime(date_dite)
    except ValueError:
        return None
    return None if valeur is None else Cle(valeur, int(numero))


@dataclass(frozen=True)
class Page:
    """The dossiers of a page, the keys of its neighbours, and how many there are in all, `COMPTES` at most."""

    dossiers: list[Dossier]
    avant: Cle | None
    apres: Cle | None
    nombre: int

    @property
    def davantage(self) -> bool:
        """Whether there are more than were counted."""
        return self.nombre > COMPTES


def compter(dossiers: QuerySet[Dossier]) -> int:
    """How many there are; one more than `COMPTES` stands for any number beyond."""
    return dossiers.order_by()[: COMPTES + 1].count()


def _lire(
    dossiers: QuerySet[Dossier], ordre: Ordre, cle: Cle | None, combien: int, *, recule: bool
) -> list[Dossier]:
    """The next lines from a key on, going forwards or backwards: one walk of an index."""
    champ, descend = ordre.champ, ordre.descend != recule
    sens, tiret = ("lt", "-") if descend else ("gt", "")
    lignes = dossiers
    if cle is not None:
        # Said apart, the first bound lets the index be entered where the page was cut.
        suite = Q(**{f"{champ}__{sens}": cle.valeur}) | Q(**{f"pk__{sens}": cle.pk})
        lignes = lignes.filter(suite, **{f"{champ}__{sens}e": cle.valeur})
    return list(lignes.order_by(f"{tiret}{champ}", f"{tiret}pk")[:combien])


def couper(
    dossiers: QuerySet[Dossier],
    ordre: Ordre,
    taille: int,
    *,
    apres: Cle | None = None,
    avant: Cle | None = None,
) -> Page:
    """The page that follows a key, or precedes another, or the first; two queries at most."""
    if avant is not None:
        lus = _lire(dossiers, ordre, avant, taille + 1, recule=True)
        if not lus:
            return couper(dossiers, ordre, taille)
        page = lus[:taille][::-1]
        plus_haut, plus_bas = len(lus) > taille, True
    else:
        lus = _lire(dossiers, ordre, apres, taille + 1, recule=False)
        page = lus[:taille]
        plus_haut, plus_bas = apres is not None, len(lus) > taille
    entiere = apres is None and avant is None and len(lus) <= taille
    cles = [Cle(getattr(un, ordre.champ), un.pk) for un in page]
    return Page(
        page,
        cles[0] if cles and plus_haut else None,
        cles[-1] if cles and plus_bas else None,
        len(page) if entiere else compter(dossiers),
    )
