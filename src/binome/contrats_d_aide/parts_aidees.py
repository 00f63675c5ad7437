"""What shares of time may be: those of a contract, of a job, of a person, on any one day. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from binome.contrats_d_aide.etats import PART_DE_L_OPTION
from binome.emplois.parts import PLEIN, dire
from binome.emplois.services import la_plus_lourde

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class PartTenue(NamedTuple):
    """A share of time, in basis points, on the days from `du` to `au`, both included; `au` is None while it goes on."""

    du: date
    au: date | None
    part: int


def part_payee(option: str, etp: int | None) -> int:
    """What a contract pays for, in basis points of a full-time post: its option's, or its posts'."""
    return PART_DE_L_OPTION[option] if option else (etp or 0) * 100


def pourcentage(part: int) -> str:
    """A share as people say it, whatever makes it; above a full time, in full-time posts' hundredths."""
    return dire(part) if part <= PLEIN else f"{part / 100:g} % d’un temps plein".replace(".", ",")


def la_plus_lourde_depuis(parts: Iterable[PartTenue], nouvelle: PartTenue) -> int:
    """The most that some shares and a new one make together on one day of the new one."""
    voisines = [
        un
        for un in parts
        if (un.au is None or un.au >= nouvelle.du) and (nouvelle.au is None or un.du <= nouvelle.au)
    ]
    return la_plus_lourde([*voisines, nouvelle], nouvelle.du)


def ce_jour(parts: Iterable[PartTenue], jour: date) -> int:
    """What shares make together on one day."""
    return sum(un.part for un in parts if un.du <= jour and (un.au is None or un.au >= jour))


def refus_du_contrat(payee: int, parts: Sequence[PartTenue], nouvelle: PartTenue) -> str:
    """Why a contract does not pay for one more share; empty when it does."""
    total = la_plus_lourde_depuis(parts, nouvelle)
    if total <= payee:
        return ""
    return (
        f"Le contrat paie {pourcentage(payee)}, et les parts feraient {pourcentage(total)} : elles ne "
        "tombent pas juste. Dites la part que ce contrat-ci paie."
    )


def refus_de_l_emploi(emploi: int | None, parts: Sequence[PartTenue], nouvelle: PartTenue) -> str:
    """Why a job does not hold one more share; empty when it does, or when nobody said its own."""
    total = la_plus_lourde_depuis(parts, nouvelle)
    if emploi is None or total <= emploi:
        return ""
    return (
        f"Cet emploi est de {pourcentage(emploi)}, et les contrats en paieraient {pourcentage(total)} : "
        "le même temps serait payé deux fois."
    )


def refus_de_la_personne(parts: Sequence[PartTenue], nouvelle: PartTenue) -> str:
    """Why a person does not hold one more share; empty when they do."""
    total = la_plus_lourde_depuis(parts, nouvelle)
    if total <= PLEIN:
        return ""
    return f"Cette personne travaillerait {pourcentage(total)} : personne ne travaille plus d’un temps plein."


def refus_du_total(payee: int, total: int) -> str:
    """Why a contract does not begin: the shares of those who work are not what it pays for; empty when they are."""
    if total == payee:
        return ""
    return (
        f"Le contrat paie {pourcentage(payee)}, et les personnes nommées font {pourcentage(total)} : "
        "les parts ne tombent pas juste."
    )
