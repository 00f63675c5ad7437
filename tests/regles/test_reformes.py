"""A reform laid over the base: what it closes, what it brings, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import appliquer_reforme, base_courante, donnees_de, ouvrir, reformes
from binome.regles.lecture import BaseInvalide, lire_brut
from tests.regles.essais import regle, table

if TYPE_CHECKING:
    from binome.regles.base import Base


def test_une_reforme_ne_touche_pas_la_base() -> None:
    avant = lire_brut(donnees_de())
    appliquer_reforme(avant, reformes()["igas-11"])
    assert avant == lire_brut(donnees_de())


def test_une_reforme_ferme_ce_qu_elle_remplace_et_ajoute_ce_qu_elle_apporte(base: Base) -> None:
    avec = base_courante("igas-11")
    assert avec.reformes == ("igas-11",)
    assert base.reformes == ()
    assert avec.empreinte != base.empreinte
    fenetres = {r.id: (r.du, r.au) for r in avec.tables["heures-fae"].regles}
    assert fenetres == {
        "fae.384": (date(2021, 1, 1), date(2023, 6, 30)),
        "fae.igas-11": (date(2023, 7, 1), None),
        "fae.deja-suivie": (None, None),
    }
    assert avec.regles["fae.igas-11"].statut == "proposee"


@pytest.mark.parametrize(
    ("fenetre", "attendue"),
    [
        (
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
        ),
        (
            {"du": date(2020, 1, 1), "au": date(2022, 1, 1)},
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
        ),
        ({"du": date(2020, 1, 1)}, {"du": date(2020, 1, 1), "au": date(2021, 12, 31)}),
        ({}, {"au": date(2021, 12, 31)}),
        ({"du": date(2022, 1, 1)}, None),
        ({"du": date(2023, 1, 1), "au": date(2023, 12, 31)}, None),
    ],
)
def test_une_regle_remplacee_finit_la_veille_de_la_reforme(fenetre: Any, attendue: Any) -> None:
    contenu = {"tables": [table(regle("essai.une", **fenetre))], "reformes": ["autre"]}
    reforme = {
        "id": "r",
        "du": date(2022, 1, 1),
        "remplace": ["essai.une"],
        "ajoute": {"essai": [regle("essai.neuve")]},
    }
    change = appliquer_reforme(contenu, reforme)
    restantes = {
        r["id"]: {cle: r[cle] for cle in ("du", "au") if cle in r}
        for r in change["tables"][0]["regles"]
    }
    assert restantes == ({} if attendue is None else {"essai.une": attendue}) | {"essai.neuve": {}}
    assert change["reformes"] == ["autre", "r"]


def test_une_reforme_qui_vise_a_cote_est_refusee() -> None:
    contenu = {"tables": [table(regle("essai.une"))], "reformes": []}
    with pytest.raises(BaseInvalide, match="^réforme r : règles ou tables inconnues : a, b$"):
        appliquer_reforme(
            contenu, {"id": "r", "du": date(2022, 1, 1), "remplace": ["b"], "ajoute": {"a": []}}
        )


def test_une_reforme_inconnue_est_dite() -> None:
    with pytest.raises(
        BaseInvalide,
        match="^la réforme « igas-99 » n’existe pas ; connues : igas-11, igas-8, igas-9$",
    ):
        ouvrir("courante+igas-99")


def test_deux_reformes_s_empilent() -> None:
    avec = ouvrir("courante+igas-8+igas-9")
    assert avec.reformes == ("igas-8", "igas-9")
    assert {"prerequis.igas-8", "delai.igas-9.entree"} <= set(avec.regles)
    assert all(base_courante(nom).empreinte for nom in reformes())


def test_les_regles_en_vigueur_un_jour(base: Base) -> None:
    en_vigueur = {regle.id for regle in base.en_vigueur(date(2026, 1, 15))}
    assert "dispense.40913.secretaire" in en_vigueur
    assert "voie.deja-certifie" in en_vigueur
    assert "dispense.384.secretaire" not in en_vigueur
    assert {regle.id for regle in base.en_vigueur(date(2025, 6, 24))} >= {"fenetre.entre-deux"}
