"""One file of parameters: each has its law, its grade, its source or the word that there is none."""

from __future__ import annotations

from typing import Final

import pytest

from binome.projection.parametres import GRADES, observations, parametres, recommandations
from binome.projection.retro import allures
from binome.projection.tirages import TIRAGES, posterieur

CLASSES: Final = {
    "exacte": {9, 11, 17},
    "bornee": {2, 8, 10, 12},
    "elasticite": {4, 5, 6, 7},
    "non_chiffrable": {1, 3, 13, 14, 15, 16},
}


@pytest.mark.parametrize("nom", parametres())
def test_une_inconnue_dit_d_ou_elle_vient(nom: str) -> None:
    une = parametres()[nom]
    assert une.grade in GRADES
    assert une.note.endswith(".")
    assert bool(une.lois) != bool(une.valeurs)
    if une.grade != "non_trouve":
        assert une.sources or any(valeur.sources for valeur in une.valeurs)
    if une.bornes is not None and une.lois:
        for _, bas, haut in une.lois.values():
            assert une.bornes[0] <= bas <= haut <= une.bornes[1]


def test_ce_qu_aucune_source_ne_donne_a_une_loi_large() -> None:
    """Twice at least from one end to the other, where a share is fitted or set and nobody knows it."""
    for nom in ("part_qui_entre", "rotation_annuelle", "part_du_delai", "places_par_organisme"):
        une = parametres()[nom]
        _, bas, haut = une.loi("A")
        assert une.grade == "non_trouve"
        assert haut >= 2 * bas


def test_chaque_recommandation_a_sa_classe() -> None:
    classees = {
        classe: {int(nom[5:]) for nom, une in recommandations().items() if une.classe == classe}
        for classe in CLASSES
    }
    assert classees == CLASSES


def test_les_ecarts_d_allure_sont_ceux_des_points_de_2019_2022() -> None:
    for famille in ("A", "B"):
        ecart, chocs = allures(famille)
        assert parametres()["ecart_allure"].loi(famille)[1] == pytest.approx(ecart, abs=0.01)
        assert parametres()["volatilite"].loi(famille)[2] == pytest.approx(chocs, abs=0.01)


def test_le_calage_ne_lit_rien_apres_2022() -> None:
    assert max(un.jour for un in observations().calage).isoformat() == "2022-12-31"


def test_le_posterieur_tient_dans_un_petit_fichier() -> None:
    for famille in ("A", "B"):
        colonnes = posterieur(famille)
        assert list(colonnes) == [nom for nom, une in parametres().items() if une.cale]
        assert {len(une) for une in colonnes.values()} == {TIRAGES}
