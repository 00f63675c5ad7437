"""The hours of a base add up: sums, windows, and what takes hours away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.regles.courante import construire
from tests.regles.essais import brut, trouver, trouver_table
from tests.regles.refus import refus


def test_les_sommes_d_un_referentiel_sont_refaites() -> None:
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["blocs"][2]["modules"][0]["duree"] = "15 h"
    assert "rncp40913 : les modules du bloc 3 font 2160 minutes, le bloc en annonce 2100" in refus(
        contenu
    )
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["blocs"][0]["epreuves"][0]["parties"] = [21, 10]
    assert refus(contenu) == "rncp40913 : les épreuves font 901 minutes, les évaluations 900"
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["blocs"][0]["epreuves"][0]["forme"] = "chantée"
    assert refus(contenu) == "rncp40913 : B1E1 ne se passe pas « chantée »"
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp36358-279")
    referentiel["blocs"][3]["duree"] = "13 h"
    assert (
        "rncp36358-279 : les modules du bloc 4 font 840 minutes, le bloc en annonce 780"
        in refus(contenu)
    )


def test_la_fenetre_d_un_referentiel_est_celle_de_sa_regle() -> None:
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["au"] = date(2030, 6, 24)
    assert "rncp40913 : sa fenêtre n’est pas celle de la table « referentiel »" in refus(contenu)


@pytest.mark.parametrize(
    "champs", [{"du": date(2025, 6, 24)}, {"au": date(2030, 6, 26)}, {"du": None}, {"au": None}]
)
def test_une_dispense_reste_dans_son_referentiel(champs: dict[str, Any]) -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire").update(champs)
    assert (
        refus(contenu)
        == "dispense.40913.dentaire : sa fenêtre sort de celle du référentiel rncp40913"
    )
    contenu = brut()
    trouver(contenu, "dispense.384.secretaire")["du"] = date(2020, 12, 31)
    assert (
        refus(contenu)
        == "dispense.384.secretaire : sa fenêtre sort de celle du référentiel rncp36358-384"
    )


@pytest.mark.parametrize("nom", ["dispenses-384", "dispenses-40913", "acquis"])
def test_ce_qui_retire_des_heures_est_reserve_au_cqp(nom: str) -> None:
    contenu = brut()
    trouver_table(contenu, nom)["quand"] = {"sortie": "voie", "parmi": ["cqp", "fae"]}
    regle_ = trouver_table(contenu, nom)["regles"][0]["id"]
    assert f"{regle_} : sa table doit être réservée à la voie « cqp »" in refus(contenu)
    del trouver_table(contenu, nom)["quand"]
    assert f"{regle_} : sa table doit être réservée à la voie « cqp »" in refus(contenu)


def test_une_dispense_porte_sur_des_durees_connues() -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire").update(
        du=date(2024, 1, 1),
        au=date(2025, 4, 24),
        alors={"dispense": {"referentiel": "rncp36358-279", "modules": ["B1M1"]}},
    )
    assert refus(contenu) == "dispense.40913.dentaire : la durée du module B1M1 est inconnue"


def test_un_module_n_est_pas_retire_deux_fois() -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire")["alors"]["dispense"]["modules"] = ["B3M1", "B4M4"]
    assert refus(contenu) == "rncp40913, B4M4 : dispensé et acquis, compté deux fois"


def test_un_acquis_vise_des_modules_de_meme_duree() -> None:
    contenu = brut()
    trouver(contenu, "acquis.afgsu")["alors"]["acquis"]["marque"] = "zzz"
    assert refus(contenu) == "acquis.afgsu : les modules « zzz » n’ont pas une même durée"
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp36358-279")
    del referentiel["blocs"][3]["modules"][0]["duree"]
    assert refus(contenu) == "acquis.afgsu : les modules « afgsu » n’ont pas une même durée"


def test_un_forfait_tient_dans_son_bloc() -> None:
    contenu = brut()
    forfait = trouver(contenu, "dispense.384.secretaire-un-an")["alors"]["forfait"]
    forfait["formation"] = "112 h"
    assert construire(contenu).empreinte
    forfait["formation"] = "112 h 01"
    assert refus(contenu) == (
        "dispense.384.secretaire-un-an : le forfait dépasse les heures du bloc 2"
    )
    forfait["bloc"] = 9
    assert "règle dispense.384.secretaire-un-an : champ manquant ou mal formé (9)" in refus(contenu)
