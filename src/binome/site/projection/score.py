"""What the page of the score shows: what came beside what had been said, and the report's own arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.projection.departements import erreurs_de_repartition, source_des_departements
from binome.projection.igas import (
    MOIS_AU_PLUS,
    MOIS_AVEC_LA_RECOMMANDATION_9,
    besoin,
    personnes_visees,
)
from binome.projection.parametres import observations
from binome.projection.registre import citer
from binome.projection.retro import AU, noter, noter_la_suite
from binome.regles.calendrier import date_en_clair, nombre_en_clair

if TYPE_CHECKING:
    from binome.projection.retro import PointCompare, Score
    from binome.regles.sources import Citation

LARGEUR: Final = 360
_RANG: Final = 46
_GAUCHE: Final = 6
_DEPARTS: Final = (0.05, 0.10, 0.15)
"""Shares of assistants replaced in a year that the report's arithmetic is tried with: none is published."""
MILLION: Final = 1_000_000
SERIES: Final = {"personnes": "Personnes", "entrees": "Entrées", "certifies": "CQP ou FAE"}


@dataclass(frozen=True, slots=True)
class RangDuScore:
    """A count that came: its interval, its middle, what was counted and the straight line, in units of the drawing."""

    y: int
    dit: str
    bas: float
    haut: float
    milieu: float
    observe: float
    droite: float

    @property
    def large(self) -> float:
        """The width of the interval."""
        return round(self.haut - self.bas, 1)


@dataclass(frozen=True, slots=True)
class ImageDuScore:
    """Every count that came, one beneath another."""

    rangs: tuple[RangDuScore, ...]
    hauteur: int
    largeur: int = LARGEUR


def dessiner_le_score(score: Score) -> ImageDuScore:
    """The picture of a score, all on one scale from nought."""
    plus_haut = max(max(un.p90, un.observe.valeur) for un in score.compares)

    def x(valeur: float) -> float:
        return round(_GAUCHE + valeur / plus_haut * (LARGEUR - 2 * _GAUCHE), 1)

    rangs = tuple(
        RangDuScore(
            22 + numero * _RANG,
            f"{date_en_clair(un.observe.jour)} : {_entier(un.observe.valeur)}",
            x(un.p10), x(un.p90), x(un.p50), x(un.observe.valeur), x(un.droite or un.p50),
        )
        for numero, un in enumerate(score.compares)
    )  # fmt: skip
    return ImageDuScore(rangs, 16 + len(rangs) * _RANG)


def _entier(valeur: float) -> str:
    return nombre_en_clair(round(valeur))


def dire_le_pourcent(part: float) -> str:
    """A relative error with its sign: `−15,2 %`."""
    return f"{100 * part:+.1f}".replace("-", "−").replace(".", ",") + "\u202f%"


def _ligne(un: PointCompare) -> dict[str, str]:
    return {
        "jour": date_en_clair(un.observe.jour),
        "compte": _entier(un.observe.valeur),
        "projete": f"{_entier(un.p50)} ({_entier(un.p10)} à {_entier(un.p90)})",
        "ecart": dire_le_pourcent(un.erreur),
        "dans": "oui" if un.couvert else "non",
        "droite": "" if un.droite is None else dire_le_pourcent(un.erreur_de_la_droite),
    }


def _dit(score: Score) -> dict[str, Any]:
    return {
        "erreur": f"{100 * score.erreur_moyenne:.1f}".replace(".", ",") + "\u202f%",
        "droite": f"{100 * score.erreur_moyenne_de_la_droite:.1f}".replace(".", ",") + "\u202f%",
        "couverts": score.couverts,
        "nombre": len(score.compares),
        "lignes": [_ligne(un) for un in score.compares],
    }


def _millions(euros: float) -> str:
    return f"{euros / MILLION:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "\u202fM€"


def _du_rapport() -> dict[str, Any]:
    long, court = besoin(), besoin(MOIS_AVEC_LA_RECOMMANDATION_9)
    return {
        "personnes": _entier(personnes_visees()),
        "entrees": _entier(long.entrees),
        "euros": _millions(long.euros),
        "rythmes": [
            {
                "ans": f"{un.mois / 12:g}".replace(".", ",") + " ans",
                "euros": _millions(un.euros_par_an),
                "par_an": _entier(un.par_an),
                "fois": f"{un.fois_le_passe:.1f}".replace(".", ","),
            }
            for un in (long, court)
        ],
        "oublis": [
            {
                "part": f"{100 * part:.0f}\u202f%",
                "entrees": _entier((avec := besoin(MOIS_AU_PLUS, part)).entrees),
                "euros": _millions(round(avec.euros, -5)),
            }
            for part in _DEPARTS
        ],
    }


def citations_du_rapport() -> list[Citation]:
    """The paragraphs that the report's arithmetic is made of."""
    return [citer(f"igas-2023, {passage}") for passage in ("note 51", "¶187", "¶216", "tableau 6")]


def contexte_du_score() -> dict[str, Any]:
    """The context of the page: the same for everyone."""
    a, b = noter("A"), noter("B")
    tous = observations()
    pourcent = "\u202f%"
    return {
        "rayon": "score",
        "au": AU,
        "a": _dit(a),
        "b": _dit(b),
        "image": dessiner_le_score(a),
        "suite": [
            {
                **_ligne(un),
                "serie": SERIES[nom],
                "aveugle": "non, la courbe connaissait ce compte" if un.vu_au_calage else "oui",
            }
            for nom, un in noter_la_suite("A").items()
        ],
        "departements": [
            {
                "jour": date_en_clair(une.jour),
                "parts": f"{100 * une.par_parts:.1f}".replace(".", ",") + pourcent,
                "cible": f"{100 * une.par_cible:.1f}".replace(".", ",") + pourcent,
                "mediane": f"{100 * une.mediane:.0f}{pourcent}",
                "p90": f"{100 * une.p90:.0f}{pourcent}",
            }
            for une in erreurs_de_repartition()
        ],
        "rapport": _du_rapport(),
        "sources_a": [un.source for un in tous.contrats["A"]],
        "sources_b": [un.source for un in tous.contrats["B"]],
        "sources_suite": [un.source for un in (*tous.calage, *tous.suite)],
        "sources_departements": [source_des_departements()],
        "sources_rapport": citations_du_rapport(),
        "sources_du_jour": [citer("igas-2023, ¶46")],
    }
