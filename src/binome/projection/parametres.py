"""What the three files of data hold: the parameters and their laws, what was counted, the recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from binome.projection.registre import DONNEES, citer
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.sources import Citation

FAMILLES: Final = ("A", "B")
CALE_JUSQU_AU: Final = "2022-12-31"
GRADES: Final[Mapping[str, str]] = {
    "certain": "certain",
    "deduit": "déduit",
    "conteste": "contesté",
    "non_trouve": "non trouvé",
}
Loi: TypeAlias = "tuple[Literal['fixe', 'uniforme', 'lognormale'], float, float]"
"""The name of a law and its two numbers: the value twice, the bounds, or the tenth and ninetieth centiles."""


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """A value from a day on, and where it was read."""

    du: date
    valeur: float
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Inconnue:
    """One parameter of the projection. `bornes`: what a question may set; `du`: the day since which it is known."""

    nom: str
    titre: str
    unite: str
    lois: Mapping[str, Loi]
    valeurs: tuple[ValeurDatee, ...]
    bornes: tuple[float, float] | None
    cale: bool
    grade: str
    sources: tuple[Citation, ...]
    note: str
    du: date | None

    def loi(self, famille: str) -> Loi:
        """Its law in that family of counts."""
        return self.lois[famille]

    def le(self, jour: date) -> float:
        """Its dated value that day: the first one before any."""
        connues = [une.valeur for une in self.valeurs if une.du <= jour]
        return connues[-1] if connues else self.valeurs[0].valeur


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted on a day; `du`, where it is a flow since then; `erreur`, relative, where it is fitted on."""

    serie: str
    jour: date
    valeur: float
    source: Citation
    note: str = ""
    du: date | None = None
    erreur: float = 0.0

    @property
    def d_ou(self) -> str:
        """Where it was read, in words."""
        dit = f"{self.source.source.court}, {self.source.passage}"
        return f"{dit} ; {self.note}" if self.note else dit


@dataclass(frozen=True, slots=True)
class Observations:
    """Everything that was counted."""

    debut: date
    premieres_entrees: date
    cible_2022: Point
    cible_de_l_etat: Point
    contrats: Mapping[str, tuple[Point, ...]]
    calage: tuple[Point, ...]
    suite: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Recommandation:
    """One of the seventeen: its class, what moves (a number, or the bounds of a uniform law), what is said of it."""

    id: str
    classe: str
    titre: str
    dit: str
    levier: Mapping[str, tuple[float, float]]
    sources: tuple[Citation, ...]


def _lire(nom: str) -> dict[str, Any]:
    return cast("dict[str, Any]", lire_yaml(DONNEES / nom))


def _point(serie: str, brut: Mapping[str, Any]) -> Point:
    return Point(**{"serie": serie, **brut, "source": citer(brut["source"])})


def _citees(brut: Mapping[str, Any]) -> tuple[Citation, ...]:
    return tuple(citer(une) for une in brut.get("sources", ()))


def _une_loi(brut: Mapping[str, Any]) -> Loi:
    ((nom, nombres),) = brut.items()
    bas, haut = nombres if isinstance(nombres, list) else (nombres, nombres)
    return (cast("Literal['fixe', 'uniforme', 'lognormale']", nom), float(bas), float(haut))


def _lois(brut: Mapping[str, Any] | None) -> dict[str, Loi]:
    if brut is None:
        return {}
    if set(brut) == set(FAMILLES):
        return {famille: _une_loi(brut[famille]) for famille in FAMILLES}
    return dict.fromkeys(FAMILLES, _une_loi(brut))


@cache
def parametres() -> Mapping[str, Inconnue]:
    """Every parameter, by its name, in the order of the file."""
    return {
        nom: Inconnue(
            nom,
            un["titre"],
            un["unite"],
            _lois(un.get("loi")),
            tuple(
                ValeurDatee(v["du"], float(v["valeur"]), _citees(v)) for v in un.get("valeurs", ())
            ),
            tuple(un["bornes"]) if "bornes" in un else None,
            un.get("cale", False),
            un["grade"],
            _citees(un),
            un["note"],
            un.get("du"),
        )
        for nom, un in _lire("parametres.yaml")["parametres"].items()
    }


@cache
def observations() -> Observations:
    """What was counted, as published."""
    brut = _lire("observations.yaml")
    return Observations(
        brut["debut"]["jour"],
        brut["premieres_entrees"]["jour"],
        _point("cible", brut["cible_2022"]),
        _point("cible", brut["cible_de_l_etat"]),
        {
            nom: tuple(_point("contrats", p) for p in suite)
            for nom, suite in brut["contrats"].items()
        },
        tuple(_point("", un) for un in brut["calage"]),
        tuple(_point("", un) for un in brut["suite"]),
    )


@cache
def recommandations() -> Mapping[str, Recommandation]:
    """The seventeen, by the name that a question gives them."""
    return {
        nom: Recommandation(
            nom,
            une["classe"],
            une["titre"],
            une["dit"],
            {quoi: _une_loi({"uniforme": n})[1:] for quoi, n in une.get("levier", {}).items()},
            _citees(une),
        )
        for nom, une in _lire("recommandations.yaml")["recommandations"].items()
    }


@cache
def effet_des_recommandations() -> date:
    """The first day on which a recommendation may be tried: the month after the report."""
    return cast("date", _lire("recommandations.yaml")["du"])
