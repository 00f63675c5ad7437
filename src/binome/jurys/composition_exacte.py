"""Composing juries with a solver (OR-Tools, the extra `jury`), for who may wait: the question of `composition.py`, and its answer.

It begins with the greedy answer and never gives a worse one, by what both weigh. One worker, a fixed seed and a bound told in the
solver's own steps: the same facts make the same juries. A seat that stays empty is a thing that one pays for, so that the
answer is never « impossible ». Pure.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from binome.jurys.composition import (
    EN_KILOMETRES,
    Composition,
    JuryACompo,
    SiegesEnCours,
    composer,
    places_de_college,
    rendre,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.jurys.composition import Disponibilite, Poids
    from binome.jurys.quorum import ReglesDeJury

SECONDES: Final = 20.0
"""A search never lasts longer, whatever the machine."""
PAS: Final = 12.0
"""The bound of the search in the solver's own steps, met well before the seconds on the machine where it was set."""
GRAINE: Final = 17
SANS_QUORUM, SANS_PERSONNE = 1_000_000, 10_000
"""What a jury that may not sit weighs, and an empty seat: far above any way or load."""


class SolveurAbsent(Exception):
    """The extra `jury` is not installed; the message says so."""


def solveur_installe() -> bool:
    """Whether the solver is there."""
    return find_spec("ortools") is not None


def composer_au_mieux(
    jurys: Iterable[JuryACompo],
    gens: Iterable[Disponibilite],
    regles: ReglesDeJury,
    distances: Mapping[tuple[int, int], int],
    poids: Poids = EN_KILOMETRES,
) -> Composition:
    """Who sits in each jury, as well as the solver finds in its time. Raises SolveurAbsent."""
    if not solveur_installe():
        raise SolveurAbsent("L’extra « jury » n’est pas installé : pip install 'binome[jury]'.")
    tous, libres = sorted(jurys, key=lambda un: un.code), list(gens)
    vite = composer(tous, libres, regles, distances, poids)
    travail = SiegesEnCours(tous, libres, regles, distances, poids)
    assis = _chercher(travail, tous, vite)
    if assis is None:
        return vite
    for jury in tous:
        for code in assis[jury.code]:
            travail.asseoir(code, jury)
    return rendre(travail, tous)


def _chercher(
    travail: SiegesEnCours, jurys: list[JuryACompo], vite: Composition
) -> dict[int, list[int]] | None:
    """Who sits where, by jury; None where the solver found nothing in its time."""
    # Half a second and a hundred megabytes: for who asks alone.
    from ortools.sat.python import cp_model  # noqa: PLC0415

    modele: Any = cp_model.CpModel()
    places = {
        (code, jury.code): modele.new_bool_var(f"{code}-{jury.code}")
        for jury in jurys
        for code in travail.libres[jury.code]
    }
    couts = [
        travail.loin(code, jury) * places[code, jury.code]
        for jury in jurys
        for code in travail.libres[jury.code]
    ]
    deja = {(siege.jure.code, un.jury.code) for un in vite.jurys for siege in un.sieges}
    for cle, variable in places.items():
        modele.add_hint(variable, cle in deja)
    for jury in jurys:
        couts += _remplir(modele, travail, jury, places)
    couts += _repartir(modele, travail, jurys, places)
    modele.minimize(sum(couts))
    solveur: Any = cp_model.CpSolver()
    solveur.parameters.max_time_in_seconds = SECONDES
    solveur.parameters.max_deterministic_time = PAS
    solveur.parameters.num_workers = 1
    solveur.parameters.random_seed = GRAINE
    if solveur.solve(modele) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {
        jury.code: [
            code for code in travail.libres[jury.code] if solveur.value(places[code, jury.code])
        ]
        for jury in jurys
    }


def _remplir(
    modele: Any, travail: SiegesEnCours, jury: JuryACompo, places: Mapping[tuple[int, int], Any]
) -> list[Any]:
    """What a jury asks for, and what weighs where it does not have it."""
    regles, ici = travail.regles, travail.libres[jury.code]
    siege = {code: places[code, jury.code] for code in ici}
    tient = modele.new_bool_var(f"tient-{jury.code}")
    couts = [SANS_QUORUM * (1 - tient)]
    for college, nombre in places_de_college(regles).items():
        siens = sum(siege[code] for code in ici if travail.gens[code].jure.college == college)
        vides = modele.new_int_var(0, nombre, f"vides-{college}-{jury.code}")
        modele.add(siens + vides == nombre)
        modele.add(siens >= regles.par_college).only_enforce_if(tient)
        couts.append(SANS_PERSONNE * vides)
    tous = sum(siege.values())
    dehors = sum(siege[code] for code in ici if travail.gens[code].jure.exterieur)
    part = regles.exterieurs
    modele.add(tous >= regles.presents).only_enforce_if(tient)
    modele.add(part.denominator * dehors >= part.numerator * tous).only_enforce_if(tient)
    return couts


def _repartir(
    modele: Any,
    travail: SiegesEnCours,
    jurys: list[JuryACompo],
    places: Mapping[tuple[int, int], Any],
) -> list[Any]:
    """One place a day for each, no more juries than they accept; each one more weighs more than the one before."""
    couts = []
    for code, un in travail.gens.items():
        siens = [jury for jury in jurys if (code, jury.code) in places]
        for jour in sorted({jury.jour for jury in siens}):
            modele.add_at_most_one(places[code, jury.code] for jury in siens if jury.jour == jour)
        marches = [
            modele.new_bool_var(f"{code}-rang-{k}") for k in range(min(un.au_plus, len(siens)))
        ]
        modele.add(sum(places[code, jury.code] for jury in siens) == sum(marches))
        couts += [travail.poids.charge * rang * marche for rang, marche in enumerate(marches)]
    return couts
