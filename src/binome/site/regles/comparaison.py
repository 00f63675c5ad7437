"""What changed between two days, each change with the sources of its rules."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from binome.regles.bornes import dates_de_fenetre
from binome.regles.comparer import comparer
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from binome.regles.base import Base, Vue
    from binome.regles.comparer import Evolution
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation


class Change(NamedTuple):
    """A change, with the view and the rules of both days that speak of it."""

    vue: Vue
    changement: Evolution
    regles: tuple[Regle, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where these rules come from."""
        return tuple(citation for regle in self.regles for citation in regle.sources)


@cache
def jours_de_changement() -> tuple[date, ...]:
    """Every day when a rule starts, or the day after one ends."""
    base = base_courante().entiere
    decident = {table.decide_par for table in base.tables.values()}
    return tuple(sorted({jour for fait in decident for jour in dates_de_fenetre(base, fait)}))


def veille(jour: date) -> date:
    """The day before."""
    return jour - timedelta(days=1)


def dernier_changement(jour: date) -> date:
    """The last day of change that is not after a day; the first one when there is none."""
    passes = [un for un in jours_de_changement() if un <= jour]
    return passes[-1] if passes else jours_de_changement()[0]


def _titre(regle: Regle) -> str:
    return f"{base_courante().entiere.tables[regle.table].titre} : {regle.titre}"


def _meme_sujet(regles: Iterable[Regle], titre: str) -> tuple[Regle, ...]:
    """The rules a change speaks of: the one it is named after, and those of its subject."""
    toutes = list(regles)
    sujets = {un.sujet for un in toutes if un.sujet and _titre(un) == titre}
    return tuple(un for un in toutes if un.sujet in sujets or _titre(un) == titre)


def changements(avant: date, apres: date) -> list[Change]:
    """Every subject that the two days do not treat alike, view after view, in the order of the tables."""
    base = base_courante()
    return [un for nom in base.vues for un in _changements(base.vue(nom), avant, apres)]


def _changements(vue: Base, avant: date, apres: date) -> Iterator[Change]:
    valables = {regle.id: regle for jour in (avant, apres) for regle in vue.en_vigueur(jour)}
    for un in comparer(vue, avant, apres):
        yield Change(vue.question, un, _meme_sujet(valables.values(), un.titre))
