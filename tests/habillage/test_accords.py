"""Numbers and their words agree as in French: none and one are singular, and a month starts on its 1er."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import engines


@pytest.mark.parametrize(
    ("combien", "dit"),
    [
        (0, "0 dossier déposé, il attend"),
        (1, "1 dossier déposé, il attend"),
        (1.5, "1,5 dossier déposé, il attend"),
        (2, "2 dossiers déposés, ils attendent"),
        ("12", "12 dossiers déposés, ils attendent"),
    ],
)
def test_un_nombre_et_son_mot_s_accordent(combien: object, dit: str) -> None:
    phrase = '{{ n }} dossier{{ n|pluralize }} déposé{{ n|pluralize }}, {{ n|pluralize:"il attend,ils attendent" }}'
    assert engines["django"].from_string(phrase).render({"n": combien}) == dit


def test_une_liste_s_accorde_avec_ce_qu_elle_contient() -> None:
    phrase = engines["django"].from_string("pièce{{ un|pluralize }}, pièce{{ deux|pluralize }}")
    assert phrase.render({"un": ["a"], "deux": ["a", "b"]}) == "pièce, pièces"


@pytest.mark.parametrize(
    ("jour", "forme", "dit"),
    [
        (date(2026, 12, 1), "j F Y", "1er décembre 2026"),
        (date(2026, 12, 11), "j F Y", "11 décembre 2026"),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "j F Y, H:i", "1er décembre 2026, 0 h 30"),
        (date(2026, 12, 1), "l j F Y", "mardi 1er décembre 2026"),
        (date(2026, 12, 11), "l j F Y", "vendredi 11 décembre 2026"),
        (datetime(2026, 11, 30, 0, 5, tzinfo=UTC), r"G \h i", "1 h 05"),
        (datetime(2026, 11, 30, 8, 0, tzinfo=UTC), r"j F, G \h i", "30 novembre, 9 h"),
        (datetime(2026, 11, 30, 9, 30, tzinfo=UTC), r"\d\e G \h i", "de 10 h 30"),
        (date(2026, 12, 1), "Y-m-d", "2026-12-01"),
        (None, "j F Y", ""),
    ],
)
def test_le_premier_du_mois(jour: date | None, forme: str, dit: str) -> None:
    page = engines["django"].from_string(f'{{{{ jour|date:"{forme}" }}}}')
    assert page.render({"jour": jour}) == dit


def test_l_heure_qu_il_est_se_dit_de_meme() -> None:
    dite = engines["django"].from_string('{% now "H:i" %}').render({})
    assert re.fullmatch(r"\d{1,2} h(?: \d\d)?", dite)
    un = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert engines["django"].from_string('{{ un|time:"H:i" }}').render({"un": un}) == "9 h"
