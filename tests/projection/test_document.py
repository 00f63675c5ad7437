"""`docs/projection.md` says what the model answers, to the unit that it prints."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from binome.projection.lecture import ecart, tirages_de
from binome.projection.mois import rang
from binome.projection.parametres import parametres
from binome.projection.retro import noter
from tests.projection.questions import LIBRE, SERRE, question, reponse

PAGE: Final = (Path(__file__).parents[2] / "docs" / "projection.md").read_text("utf-8")
TEXTE: Final = " ".join(PAGE.replace("**", "").split())


def dit(*morceaux: str) -> None:
    for morceau in morceaux:
        assert morceau in TEXTE, morceau


def trois(bas: float, milieu: float, haut: float) -> str:
    return f"{milieu:,.0f} [{bas:,.0f}–{haut:,.0f}]"


def signe(part: float) -> str:
    return f"{100 * part:.1f} %".replace("-", "−")


@pytest.mark.parametrize("famille", ["A", "B"])
def test_le_score(famille: str) -> None:
    for un in noter(famille).compares:
        dit(trois(un.p10, un.p50, un.p90), signe(un.erreur), signe(un.erreur_de_la_droite))
        dit(f"{un.observe.valeur:,.0f}")
    if famille == "A":
        dit(signe(noter().erreur_moyenne), signe(noter().erreur_moyenne_de_la_droite))


def test_la_formation() -> None:
    _, flux = tirages_de(question(au="2022-12-31"))

    def de(serie: str, jour: date) -> list[float]:
        rendus = getattr(flux, serie)[: rang(jour) + 1].sum(axis=0)
        return [float(un) for un in np.quantile(rendus, (0.1, 0.5, 0.9))]

    dit(trois(*de("entrees", date(2023, 6, 30))), trois(*de("certifies", date(2022, 12, 31))))
    dit(trois(*de("entrees", date(2024, 12, 31))))


def test_les_recommandations() -> None:
    for reformes, argent in (
        (["igas-9"], LIBRE), (["igas-9"], SERRE), (["igas-17"], SERRE),
        (["igas-9", "igas-12", "igas-17"], SERRE),
    ):  # fmt: skip
        de_plus = ecart(
            reponse(hypotheses=argent, reformes=reformes), reponse(hypotheses=argent), "entrees"
        )
        dit(trois(de_plus["p10"], de_plus["p50"], de_plus["p90"]))


def test_combien_n_ont_pas_ete_trouvees() -> None:
    nombre = sum(une.grade == "non_trouve" for une in parametres().values())
    dits = re.search(r"(\w+) of them are `non_trouve`", TEXTE)
    assert dits
    assert dits[1] == {13: "Thirteen", 14: "Fourteen", 15: "Fifteen"}[nombre]
