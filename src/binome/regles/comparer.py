"""What changed between two days: rules that came in, went out, or said something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.regles.conditions import Toujours
from binome.regles.dire import condition, effet, en_une_phrase
from binome.regles.regle import Alerte, Constat

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.regle import Regle


@dataclass(frozen=True, slots=True)
class Evolution:
    """One subject, with what is said of each of its rules before and after; one side may be empty."""

    titre: str
    avant: tuple[str, ...]
    apres: tuple[str, ...]


def _dire(regle: Regle, base: Base) -> str:
    """A rule without its window, so that two windows saying the same thing do not differ."""
    if isinstance(regle.effet, Alerte):
        return regle.effet.texte
    si = "" if isinstance(regle.si, Toujours) else condition(regle.si, base)
    alors = "" if isinstance(regle.effet, Constat) else effet(regle, base)
    return " → ".join(morceau for morceau in (si, alors) if morceau)


def _par_sujet(base: Base, jour: date) -> dict[str, list[Regle]]:
    sujets: dict[str, list[Regle]] = {}
    for regle in base.en_vigueur(jour):
        sujets.setdefault(regle.sujet or f"{regle.table} : {regle.titre}", []).append(regle)
    return sujets


def comparer(base: Base, avant: date, apres: date) -> list[Evolution]:
    """Every subject that the two days do not treat alike, in the order of the tables.

    Rules answer each other through their `sujet` (the exemption of secretaries, say), or by title.
    """
    sujets_avant, sujets_apres = _par_sujet(base, avant), _par_sujet(base, apres)
    changements = []
    for sujet in dict.fromkeys([*sujets_avant, *sujets_apres]):
        anciennes, nouvelles = sujets_avant.get(sujet, []), sujets_apres.get(sujet, [])
        textes = [[_dire(regle, base) for regle in cote] for cote in (anciennes, nouvelles)]
        if textes[0] != textes[1]:
            regle = (nouvelles or anciennes)[0]
            titre = f"{base.tables[regle.table].titre} : {regle.titre}"
            dites = [
                tuple(en_une_phrase(une, base) for une in cote) for cote in (anciennes, nouvelles)
            ]
            changements.append(Evolution(titre, dites[0], dites[1]))
    return changements
