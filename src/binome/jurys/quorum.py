"""Whether a jury may decide of a candidate, and what its votes say: dated parameters, counted again for each candidate. Pure.

No rule of this branch was found: in production every parameter is empty until the branch fills it, and nobody decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from binome.jurys.conflits import COLLEGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.jurys.conflits import Jure


@dataclass(frozen=True)
class ReglesDeJury:
    """The parameters of a jury, from `du` on: `par_college` present at least, `presents` in all, `exterieurs` as a share.

    `pouvoirs` is how many proxies one person may hold. `essai`: values of a demonstration, that every paper says.
    """

    du: date
    presents: int
    par_college: int
    exterieurs: Fraction
    pouvoirs: int
    essai: bool = False
    source: str = ""


class IssueDuVote(StrEnum):
    """What the votes on a bloc say."""

    VALIDE = "valide"
    AJOURNE = "ajourne"
    SANS_MAJORITE = "sans_majorite"


def regles_le(toutes: Sequence[ReglesDeJury], jour: date) -> ReglesDeJury | None:
    """The parameters of a day: the last that began; None while the branch gave none."""
    passees = [une for une in toutes if une.du <= jour]
    return max(passees, key=lambda une: une.du, default=None)


def manque_au_quorum(
    regles: ReglesDeJury | None,
    presents: Sequence[Jure],
    ecartes: frozenset[int] = frozenset(),
) -> tuple[str, ...]:
    """What is missing for a jury to decide of a candidate once those in conflict (`ecartes`) have left; nothing when it may."""
    if regles is None:
        return ("La branche n’a pas encore donné les règles de ses jurys.",)
    restent = [un for un in presents if un.code not in ecartes]
    manque = []
    if len(restent) < regles.presents:
        manque.append(_phrase(regles.presents - len(restent), "personne", "pour siéger"))
    for college, mot in COLLEGES.items():
        nombre = sum(1 for un in restent if un.college == college)
        if nombre < regles.par_college:
            manque.append(
                _phrase(regles.par_college - nombre, "personne", f"du collège « {mot.lower()} »")
            )
    dehors = sum(1 for un in restent if un.exterieur)
    if restent and Fraction(dehors, len(restent)) < regles.exterieurs:
        manque.append(
            f"{dehors} personne{'s' if dehors > 1 else ''} sur {len(restent)} vient de l’extérieur : "
            f"il en faut au moins {regles.exterieurs.numerator} sur {regles.exterieurs.denominator}."
        )
    return tuple(manque)


def _phrase(nombre: int, mot: str, suite: str) -> str:
    return f"Il manque {nombre} {mot}{'s' if nombre > 1 else ''} {suite}."


def depouiller(
    voix: Mapping[int, bool],
    presents: Sequence[Jure],
    pouvoirs: Mapping[int, int],
    regles: ReglesDeJury,
    ecartes: frozenset[int] = frozenset(),
) -> IssueDuVote:
    """What the votes say, by absolute majority of those present or represented.

    `voix` is the vote of each, by code; `pouvoirs` who votes for an absent one. Who abstains counts in the majority. Raises
    ValueError for a vote of who is not there, who left, or for more proxies than one may hold.
    """
    codes = {un.code for un in presents} - ecartes
    portees: dict[int, int] = {}
    for absent, porteur in pouvoirs.items():
        if absent in codes or porteur not in codes:
            raise ValueError("Un pouvoir va d’une personne absente à une personne présente.")
        portees[porteur] = portees.get(porteur, 0) + 1
    if any(nombre > regles.pouvoirs for nombre in portees.values()):
        raise ValueError(f"Une personne porte {regles.pouvoirs} pouvoir au plus.")
    representes = {absent for absent in pouvoirs if absent not in ecartes}
    if not voix.keys() <= codes | representes:
        raise ValueError(
            "Un vote vient d’une personne qui ne siège pas pour cette personne candidate."
        )
    pour = sum(1 for un in voix.values() if un)
    return issue_des_voix(pour, len(voix) - pour, len(codes | representes))


def issue_des_voix(pour: int, contre: int, presents: int) -> IssueDuVote:
    """What counted votes say, of `presents` who could vote: more than half of them, for or against.

    Raises ValueError for more votes than people.
    """
    if pour + contre > presents:
        raise ValueError("Il y a plus de voix que de personnes qui votent.")
    if 2 * pour > presents:
        return IssueDuVote.VALIDE
    return IssueDuVote.AJOURNE if 2 * contre > presents else IssueDuVote.SANS_MAJORITE
