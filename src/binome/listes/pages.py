"""Pages of a list cut by key: the hundredth costs what the first does, and nobody is skipped or shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, Q
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_date, parse_datetime

from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)
NUMERO: Final = "pk"
TEXTE: Final = "t"
NOMBRE: Final = "n"
"""What begins, in an address, a key that is no date."""
CET_ETAT: Final = "\0etat"
"""Stands for a state where the same words are asked of each."""
COMPTES: Final = 1000
"""Beyond, a list says « plus de mille »: counting further costs more than it tells."""


class Ordre(NamedTuple):
    """By a value of this `genre` that every line of the list has, then by number; or by number alone (`PAR_NUMERO`).

    `etats` names the states that the list gathers, when they are several: an index holds the lines of
    each in order, not those of all. The list itself does not say them: said twice, the states lead SQLite
    to an index that they do not order.
    """

    champ: str
    descend: bool = False
    etats: tuple[str, ...] = ()
    genre: type = datetime

    def parmi(self, *etats: str) -> Ordre:
        """The same order, over several states."""
        return self._replace(etats=etats)

    @property
    def par_numero(self) -> bool:
        """Whether no date orders the list."""
        return self.champ == NUMERO

    def cle(self, ligne: Model) -> Cle:
        """Where a page is cut at this line."""
        return Cle(None if self.par_numero else getattr(ligne, self.champ), ligne.pk)

    def sienne(self, cle: Cle | None) -> Cle | None:
        """A key of this order; None for one that an address took from another list."""
        if cle is None or (cle.valeur is None) != self.par_numero:
            return None
        return cle if self.par_numero or type(cle.valeur) is self.genre else None


PAR_NUMERO: Final = Ordre(NUMERO)
"""For lists that no date orders."""


class Cle(NamedTuple):
    """Where a page was cut: the value of its last line, None where none orders the list, and its number."""

    valeur: datetime | date | int | str | None
    pk: int

    def __str__(self) -> str:
        """As the address keeps it; a letter tells a number or a text from a date."""
        match self.valeur:
            case None:
                dite = ""
            case str() | int():
                dite = f"{NOMBRE if isinstance(self.valeur, int) else TEXTE}{self.valeur}"
            case _:
                dite = self.valeur.isoformat()
        return f"{dite}_{self.pk}"


def lire_cle(texte: str) -> Cle | None:
    """The key that an address holds; None when it holds none that can be read."""
    date_dite, coupe, numero = texte.rpartition("_")
    pk = lire_entier(numero, chiffres=15)
    if pk is None or not coupe:
        return None
    if not date_dite:
        return Cle(None, pk)
    if date_dite[0] == TEXTE:
        return Cle(date_dite[1:], pk)
    if date_dite[0] == NOMBRE:
        nombre = lire_entier(date_dite[1:], chiffres=9)
        return None if nombre is None else Cle(nombre, pk)
    try:
        valeur = parse_date(date_dite) if len(date_dite) == 10 else parse_datetime(date_dite)
    except ValueError:
        return None
    return None if valeur is None else Cle(valeur, pk)


@dataclass(frozen=True)
class Page(Generic[M]):
    """The lines of a page, the keys of its neighbours, and how many there are in all, `COMPTES` at most."""

    lignes: list[M]
    avant: Cle | None
    apres: Cle | None
    nombre: int

    @property
    def davantage(self) -> bool:
        """Whether there are more than were counted."""
        return self.nombre > COMPTES


def compter(lignes: QuerySet[M]) -> int:
    """How many there are; one more than `COMPTES` stands for any number beyond."""
    # What a line carries besides its columns is not worked out to count it.
    return lignes.order_by().values("pk")[: COMPTES + 1].count()


def _lire(
    lignes: QuerySet[M], ordre: Ordre, cle: Cle | None, combien: int, *, recule: bool
) -> list[M]:
    """The next lines from a key on, going forwards or backwards: one walk of an index for each state."""
    champ, descend = ordre.champ, ordre.descend != recule
    sens, tiret = ("lt", "-") if descend else ("gt", "")
    suivantes = lignes
    if cle is not None and cle.valeur is None:
        suivantes = suivantes.filter(**{f"pk__{sens}": cle.pk})
    elif cle is not None:
        # Said apart, the first bound lets the index be entered where the page was cut.
        suite = Q(**{f"{champ}__{sens}": cle.valeur}) | Q(**{f"pk__{sens}": cle.pk})
        suivantes = suivantes.filter(suite, **{f"{champ}__{sens}e": cle.valeur})
    rangs = tuple(f"{tiret}{un}" for un in dict.fromkeys((champ, NUMERO)))
    if ordre.etats:
        premiers_ = _premiers(suivantes, ordre.etats, rangs, combien)
        # The conditions are theirs: said again around them, a database may enter by one that holds thousands.
        suivantes = suivantes.all()
        suivantes.query.clear_where()
        suivantes = suivantes.filter(pk__in=premiers_)
    return list(suivantes.order_by(*rangs)[:combien])


def _premiers(
    lignes: QuerySet[M], etats: tuple[str, ...], rangs: tuple[str, ...], combien: int
) -> RawSQL | list[int]:
    """The numbers of the first lines of each state, in one query inside the other.

    Django has no union of queries that are each cut; the parts are its own, parameters included.
    """
    part = lignes.filter(etat=CET_ETAT).order_by(*rangs).values("pk")[:combien]
    try:
        sql, leurs = (
            part.query.sql_with_params()
        )  # said once: from one part to the next only the state changes
    except EmptyResultSet:
        return []
    dits = [f"SELECT * FROM ({sql}) AS part_{rang}" for rang in range(len(etats))]  # noqa: S608 - Django's own words
    parametres = [etat if un == CET_ETAT else un for etat in etats for un in leurs]
    return RawSQL(" UNION ALL ".join(dits), parametres)  # noqa: S611 - the same


def premiers(lignes: QuerySet[M], ordre: Ordre, combien: int) -> list[M]:
    """The first lines of a list, in an order; one query."""
    return _lire(lignes, ordre, None, combien, recule=False)


def voisins(lignes: QuerySet[M], ordre: Ordre, ligne: M) -> tuple[M | None, M | None]:
    """The lines before and after one, which may have left the list since; two queries."""
    cle = ordre.cle(ligne)
    avant = _lire(lignes, ordre, cle, 1, recule=True)
    apres = _lire(lignes, ordre, cle, 1, recule=False)
    return next(iter(avant), None), next(iter(apres), None)


def couper(
    lignes: QuerySet[M],
    ordre: Ordre,
    taille: int,
    *,
    apres: Cle | None = None,
    avant: Cle | None = None,
) -> Page[M]:
    """The page that follows a key, or precedes another, or the first; two queries at most."""
    apres, avant = ordre.sienne(apres), ordre.sienne(avant)
    if avant is not None:
        lus = _lire(lignes, ordre, avant, taille + 1, recule=True)
        if not lus:
            return couper(lignes, ordre, taille)
        page = lus[:taille][::-1]
        plus_haut, plus_bas = len(lus) > taille, True
    else:
        lus = _lire(lignes, ordre, apres, taille + 1, recule=False)
        page = lus[:taille]
        plus_haut, plus_bas = apres is not None, len(lus) > taille
    entiere = apres is None and avant is None and len(lus) <= taille
    cles = [ordre.cle(un) for un in page]
    gardes = lignes.filter(etat__in=ordre.etats) if ordre.etats else lignes
    return Page(
        page,
        cles[0] if cles and plus_haut else None,
        cles[-1] if cles and plus_bas else None,
        len(page) if entiere else compter(gardes),
    )
