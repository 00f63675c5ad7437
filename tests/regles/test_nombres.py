"""Numbers as people write them; two numbers are never taken for one."""

from __future__ import annotations

import pytest

from binome.regles.courante import base_courante
from binome.regles.faits import lire_texte, lire_valeur
from binome.regles.nombres import sans_unite

LUS = (
    ("24 mois", "mois", "24"),
    ("24mois", "mois", "24"),
    ("2 ans", "mois", "24"),
    ("2 ans et 6 mois", "mois", "30"),
    ("3 ans et demi", "mois", "42"),
    ("2,5 ans", "mois", "30"),
    ("Deux ans", "mois", "24"),
    ("une année", "mois", "12"),
    ("1\N{NARROW NO-BREAK SPACE}607 h", "heures", "1607"),
    ("1\N{NO-BREAK SPACE}607,5 heures", "heures", "1607,5"),
    ("35h", "heures", "35"),
    ("50 %", "%", "50"),
    ("0,8 ETP", "équivalents temps plein", "0,8"),
)
TELS_QUELS = (
    ("12 34", "heures"),
    ("1 2", ""),
    ("24 heures", "mois"),
    ("environ 24 mois", "mois"),
    ("2 ans", "heures"),
    ("0,3 ans", "mois"),
    ("2,5 ans et demi", "mois"),
    ("onze ans", "mois"),
    ("néant", "mois"),
)


@pytest.mark.parametrize(("texte", "unite", "lu"), LUS)
def test_un_nombre_et_son_unite(texte: str, unite: str, lu: str) -> None:
    assert sans_unite(texte, unite) == lu


@pytest.mark.parametrize(("texte", "unite"), TELS_QUELS)
def test_ce_qui_dit_autre_chose_reste_et_se_refuse(texte: str, unite: str) -> None:
    assert sans_unite(texte, unite) == texte


def test_un_fait_lit_son_unite_et_refuse_une_autre() -> None:
    faits = base_courante().faits
    mois, heures = faits["experience_secretaire_mois"], faits["heures_experience_vae"]
    assert lire_valeur(mois, lire_texte(mois, "2 ans")) == 24
    assert lire_valeur(heures, lire_texte(heures, "1 607 h")) == 1607
    with pytest.raises(ValueError, match="24 heures"):
        lire_valeur(mois, lire_texte(mois, "24 heures"))
