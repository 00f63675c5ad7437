"""The hours of a path, written once as expressions over what the rules decided.

Both evaluators read these expressions: the scalar one for a dossier, the columnar one for a
million. Exemptions and held modules count only once established; since their rules answer yes only
within their own référentiel and for its whole (the load checks see to it), each is counted once,
whatever the référentiel.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from binome.regles.conditions import jamais_vraie
from binome.regles.expressions import Constante, Quantite, Selon, SiEtabli, Somme
from binome.regles.metiers.effets import Acquis, Adaptation, Dispense, Forfait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from binome.regles.base import Base
    from binome.regles.certification import GenreDeVoie
    from binome.regles.expressions import Expression
    from binome.regles.referentiels import Module, Referentiel
    from binome.regles.regle import Effet, Regle

POSITIONNEMENT: Final = "positionnement"
"""The view that the hours serve."""
VOIE: Final = "voie"
REFERENTIEL: Final = "referentiel"
"""The tables that give the route, and the version of the certification."""
RIEN: Final = Constante(0)
INCONNU: Final = Constante(None)
HEURES: Final = (
    "formation",
    "evaluations",
    "total",
    "dispensees",
    "evaluations_dispensees",
)


def regles_dispensant(base: Base, referentiel: Referentiel, module: Module) -> tuple[str, ...]:
    """The rules that exempt from a module."""
    return _dispensant(base, referentiel.id, module.code)


@lru_cache(maxsize=1024)
def _dispensant(base: Base, referentiel: str, module: str) -> tuple[str, ...]:
    return tuple(
        regle.id
        for regle in base.regles.values()
        if isinstance(regle.effet, Dispense)
        and regle.effet.referentiel == referentiel
        and module in regle.effet.modules
    )


def regles_acquerant(base: Base, module: Module) -> tuple[str, ...]:
    """The rules by which a module is already held."""
    return _acquerant(base, module.marque) if module.marque else ()


@lru_cache(maxsize=64)
def _acquerant(base: Base, marque: str) -> tuple[str, ...]:
    return tuple(
        regle.id
        for regle in base.regles.values()
        if isinstance(regle.effet, Acquis) and regle.effet.marque == marque
    )


def durees_marquees(base: Base, marque: str) -> set[int | None]:
    """The lengths of the modules that bear a mark; the load checks want a single, known one."""
    return {
        module.minutes
        for referentiel in base.referentiels.values()
        for module in referentiel.modules
        if module.marque == marque
    }


def _selon_le_referentiel(base: Base, minutes: Callable[[Referentiel], int | None]) -> Expression:
    """An amount that depends on the référentiel of the day."""
    cas = tuple((nom, Constante(minutes(un))) for nom, un in base.referentiels.items())
    return Selon(REFERENTIEL, cas, INCONNU)


def _selon_la_voie(base: Base, entiere: Expression, adaptation: Expression) -> Expression:
    """An amount that depends on the route; nothing where nothing is to be followed."""
    par_genre: Mapping[GenreDeVoie, Expression] = {
        "certification": entiere,
        "adaptation": adaptation,
        "acquise": RIEN,
        "fermee": RIEN,
    }
    voies = base.certification.voies.values()
    return Selon(VOIE, tuple((voie.code, par_genre[voie.genre]) for voie in voies), INCONNU)


def table_d_adaptation(base: Base) -> str | None:
    """The table whose rules give the hours of the adaptation; None when there is none."""
    return next((regle.table for regle in _par_effet(base, Adaptation)), None)


def _adaptation(base: Base) -> Expression:
    table = table_d_adaptation(base)
    if table is None:
        return INCONNU
    durees = (
        (regle.id, Constante(regle.effet.duree(base)))
        for regle in base.tables[table].regles
        if isinstance(regle.effet, Adaptation)
    )
    return Selon(table, tuple(durees), INCONNU)


def _par_effet(base: Base, type_: type[Effet]) -> Iterator[Regle]:
    return (regle for regle in base.regles.values() if isinstance(regle.effet, type_))


def _forfaits(
    base: Base, signe: int, minutes: Callable[[Forfait], int | None]
) -> Iterator[Expression]:
    """The lump that each table retained; unknown where its source gives no figure.

    A lump that the base can never grant by itself counts for nothing (see `reserves`).
    """
    par_table: dict[str, list[tuple[str, Expression]]] = {}
    for regle in _par_effet(base, Forfait):
        if isinstance(regle.effet, Forfait) and not jamais_vraie(regle.si):
            cas = par_table.setdefault(regle.table, [])
            lues = minutes(regle.effet)
            cas.append((regle.id, Constante(None if lues is None else signe * lues)))
    return (Selon(table, tuple(cas), RIEN) for table, cas in par_table.items())


def _dispenses(base: Base, signe: int) -> Iterator[Expression]:
    """The modules that exemptions take off, each counted once even if two rules exempt from it."""
    for referentiel in base.referentiels.values():
        par_regles: dict[tuple[str, ...], int] = {}
        for module in referentiel.modules:
            regles = regles_dispensant(base, referentiel, module)
            if regles and module.minutes is not None:
                par_regles[regles] = par_regles.get(regles, 0) + module.minutes
        for regles, minutes in par_regles.items():
            yield SiEtabli(regles, signe * minutes)


def _acquis(base: Base, signe: int) -> Iterator[Expression]:
    """The modules already held, whatever the référentiel."""
    for regle in _par_effet(base, Acquis):
        if isinstance(regle.effet, Acquis):
            (minutes,) = durees_marquees(base, regle.effet.marque)
            yield SiEtabli((regle.id,), signe * (minutes or 0))


def _pratique(base: Base) -> Mapping[str, Expression]:
    """The practice of the route, less what exempts from it; nothing where no référentiel has any."""
    if all(un.pratique is None for un in base.referentiels.values()):
        return {}
    entiere = _selon_le_referentiel(base, lambda un: un.pratique)
    en_moins = _forfaits(base, -1, lambda forfait: forfait.pratique)
    return {"pratique": Somme((_selon_la_voie(base, entiere, INCONNU), *en_moins))}


def heures(base: Base) -> Mapping[str, Expression]:
    """The amounts of the JSON contract, in minutes, by name, in an order of evaluation.

    Practice is counted where a référentiel has some.
    """
    pratique = _pratique(base)
    rien = _selon_la_voie(base, RIEN, RIEN)
    return {
        "formation": Somme(
            (
                _selon_la_voie(
                    base, _selon_le_referentiel(base, lambda un: un.formation), _adaptation(base)
                ),
                *_dispenses(base, -1),
                *_acquis(base, -1),
                *_forfaits(base, -1, lambda forfait: forfait.formation),
            )
        ),
        **pratique,
        "evaluations": Somme(
            (
                _selon_la_voie(base, _selon_le_referentiel(base, lambda un: un.evaluations), RIEN),
                *_forfaits(base, -1, lambda forfait: forfait.evaluations),
            )
        ),
        "total": Somme((Quantite("formation"), *map(Quantite, pratique), Quantite("evaluations"))),
        "dispensees": Somme(
            (rien, *_dispenses(base, 1), *_forfaits(base, 1, lambda forfait: forfait.formation))
        ),
        "evaluations_dispensees": Somme(
            (rien, *_forfaits(base, 1, lambda forfait: forfait.evaluations))
        ),
    }
