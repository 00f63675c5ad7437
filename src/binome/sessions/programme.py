"""What a session teaches: the modules of its blocs in order, with their minutes, and the hours of its épreuves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from binome.dossiers.bases import base_de
from binome.regles.courante import certifications, code_par_defaut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.regles.referentiels import Epreuve, Module, Referentiel
    from binome.sessions.models import Creneau


@dataclass(frozen=True, slots=True)
class Unite:
    """A module, or an épreuve of a bloc; `minutes` is None where no source gives them."""

    bloc: int
    code: str
    intitule: str
    minutes: int | None
    epreuve: bool = False


def offerts(certification: str = "") -> dict[str, Referentiel]:
    """The référentiels of a certification that a session may teach: those whose blocs a source lists."""
    tous = base_de(certification or code_par_defaut()).referentiels
    return {nom: un for nom, un in tous.items() if un.blocs}


def en_vigueur(jour: date, certification: str = "") -> Referentiel | None:
    """The référentiel offered in force on a day, or the last one."""
    tous = sorted(offerts(certification).values(), key=lambda un: un.du)
    return next((un for un in reversed(tous) if un.du <= jour), tous[-1] if tous else None)


def referentiel_de(certification: str, nom: str) -> Referentiel | None:
    """The référentiel of a name; None for one that the rule base no longer holds."""
    if certification not in certifications():
        return None
    return base_de(certification).referentiels.get(nom)


def programme(
    referentiel: Referentiel,
    blocs: Sequence[int],
    *,
    epreuves: bool = False,
    dites: Mapping[str, int] | None = None,
) -> tuple[Unite, ...]:
    """The modules of some blocs, in their order, each bloc with its épreuves after it when asked.

    `dites` are the minutes that somebody gave for modules whose duration no source gives. An épreuve that others
    hold (the AFGSU) has no minutes of its own, and is left out.
    """
    unites: list[Unite] = []
    for bloc in (referentiel.bloc(numero) for numero in blocs):
        unites += [
            Unite(
                bloc.numero,
                un.code,
                un.intitule,
                un.minutes if un.minutes is not None else (dites or {}).get(un.code),
            )
            for un in bloc.modules
        ]
        if epreuves:
            unites += [
                Unite(bloc.numero, une.code, une.intitule, une.minutes, epreuve=True)
                for une in bloc.epreuves
                if une.minutes
            ]
    return tuple(unites)


@dataclass(frozen=True, slots=True)
class Intitules:
    """The names of the blocs, of the modules and of the épreuves of a référentiel, with the bloc and the minutes of each.

    A code that it does not hold stands for itself.
    """

    titre: str
    blocs: Mapping[int, str]
    unites: Mapping[str, str]
    epreuves: frozenset[str]
    bloc_de: Mapping[str, int]
    minutes: Mapping[str, int | None]

    def de(self, code: str) -> str:
        """The name of a module or of an épreuve."""
        return self.unites.get(code, code)


@cache
def intitules(certification: str, nom: str) -> Intitules:
    """The names that a référentiel gives."""
    referentiel = referentiel_de(certification, nom)
    if referentiel is None:
        return Intitules(nom, {}, {}, frozenset(), {}, {})
    toutes: list[Module | Epreuve] = [
        *referentiel.modules,
        *(une for une in referentiel.epreuves if une.minutes),
    ]
    return Intitules(
        referentiel.titre,
        {un.numero: un.intitule for un in referentiel.blocs},
        {un.code: un.intitule for un in toutes},
        frozenset(une.code for une in referentiel.epreuves),
        {un.code: un.bloc for un in toutes},
        {un.code: un.minutes for un in toutes},
    )


def intitule_du_creneau(creneau: Creneau) -> str:
    """What a slot teaches, as the référentiel of its session names it."""
    return intitules(creneau.session.certification, creneau.session.referentiel).de(creneau.module)
