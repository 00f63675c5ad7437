"""The targets the project gave itself, and whether the figures meet them. Nothing is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MIO_PAR_GIO = 1024


class Cible(NamedTuple):
    """A bound on one figure. `sens` tells on which side the figure must be."""

    cle: str
    english: str
    francais: str
    valeur: float
    unite: str
    sens: Literal["au_moins", "au_plus", "moins_de"]
    seuil: float

    @property
    def tenue(self) -> bool:
        """Whether the figure is on the right side of the bound."""
        match self.sens:
            case "au_moins":
                return self.valeur >= self.seuil
            case "au_plus":
                return self.valeur <= self.seuil
            case "moins_de":
                return self.valeur < self.seuil

    @property
    def borne(self) -> str:
        """The bound as it is written."""
        signe = {"au_moins": "≥", "au_plus": "≤", "moins_de": "<"}[self.sens]
        return f"{signe} {self.seuil:g} {self.unite}".strip()


def cibles(r: Mapping[str, Any]) -> Iterator[Cible]:
    """Every target, beside what was measured."""
    trace, lot = r["decision_tracee_us"], r["lot_1m_s"]
    yield Cible(
        "decision_tracee_openfisca",
        "Traced decision, the same rules, times faster than OpenFisca",
        "Décision tracée, mêmes règles, fois plus rapide qu’OpenFisca",
        trace["openfisca"] / trace["binome_memes_tables"],
        "×",
        "au_moins",
        20,
    )
    yield Cible(
        "decision_tracee_zen",
        "Traced decision, the same rules, times faster than ZEN",
        "Décision tracée, mêmes règles, fois plus rapide que ZEN",
        trace["zen"] / trace["binome_memes_tables"],
        "×",
        "au_moins",
        2,
    )
    yield Cible(
        "lot_numpy",
        "The lot, in times of NumPy by hand",
        "Lot, en temps de NumPy à la main",
        lot["binome"] / lot["numpy"],
        "×",
        "au_plus",
        3,
    )
    yield Cible(
        "lot_openfisca",
        "The lot, times faster than OpenFisca given whole numbers for dates",
        "Lot, fois plus rapide qu’OpenFisca nourri de dates en nombres",
        lot["openfisca"] / lot["binome"],
        "×",
        "au_moins",
        5,
    )
    yield Cible(
        "memoire_lot",
        "Peak memory of the lot",
        "Sommet de mémoire du lot",
        r["memoire_mio"]["binome_brut"] / MIO_PAR_GIO,
        "GiB",
        "moins_de",
        1.5,
    )
    yield Cible(
        "a_froid",
        "`positionner --json -`, whole process",
        "positionner --json -, processus entier",
        r["a_froid_ms"],
        "ms",
        "moins_de",
        400,
    )


def en_json(r: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    """The verdicts as `results.json` keeps them."""
    return {un.cle: {"mesure": un.valeur, "cible": un.borne, "tenue": un.tenue} for un in cibles(r)}


def en_texte(r: Mapping[str, Any]) -> str:
    """The verdicts for the terminal."""
    return "\n".join(
        f"{'tenue    ' if un.tenue else 'NON TENUE'}  {un.francais} : "
        f"{un.valeur:.2f} {un.unite} (cible {un.borne})"
        for un in cibles(r)
    )
