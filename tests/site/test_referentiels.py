"""The référentiels side by side: what each source gives, and what none gives."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from binome.regles.courante import base_courante
from binome.site.regles.appariement import blocs_compares, ecart_en_clair
from binome.site.regles.image import ETIQUETTE, LARGEUR, dessiner
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

    from binome.regles.base import Base

PAIRES = list(product(sorted(base_courante().referentiels), repeat=2))


def test_les_deux_derniers_sont_compares_par_defaut(client: Client) -> None:
    page = lire(client, "/referentiels/")
    assert "RNCP 36358, 279 h → RNCP 40913, 279 h" in page.texte
    assert "23 h de moins" in page.texte


def test_de_384_a_279_heures_bloc_par_bloc(client: Client) -> None:
    page = lire(client, "/referentiels/?avant=rncp36358-384&apres=rncp36358-279")
    assert "384 h 279 h 105 h de moins" in page.texte
    for ecart in ("28 h de moins", "14 h de moins", "42 h de moins", "21 h de moins"):
        assert ecart in page.texte


def test_une_duree_que_nulle_source_ne_donne_se_dit_inconnue(client: Client) -> None:
    page = lire(client, "/referentiels/rncp36358-279/")
    assert page.texte.count("Durée inconnue, aucune source ne la donne") == 14
    assert "Nous ne savons pas comment elles se répartissent" in page.texte
    assert "Durée inconnue" not in lire(client, "/referentiels/rncp40913/").texte


@pytest.mark.parametrize(("avant", "apres"), PAIRES)
def test_chaque_paire_se_compare(client: Client, avant: str, apres: str) -> None:
    page = lire(client, f"/referentiels/?avant={avant}&apres={apres}")
    assert ("deux fois le même" in page.texte) is (avant == apres)


@pytest.mark.parametrize(("avant", "apres"), PAIRES)
def test_aucun_module_ne_se_perd(base: Base, avant: str, apres: str) -> None:
    un, autre = base.referentiels[avant], base.referentiels[apres]
    paires = [paire for bloc in blocs_compares(un, autre) for paire in bloc.paires]
    assert sorted(p.avant.code for p in paires if p.avant) == sorted(m.code for m in un.modules)
    assert sorted(p.apres.code for p in paires if p.apres) == sorted(m.code for m in autre.modules)


def test_seuls_les_modules_de_meme_nom_ou_de_meme_marque_se_repondent(base: Base) -> None:
    blocs = blocs_compares(base.referentiels["rncp36358-384"], base.referentiels["rncp40913"])
    paires = [p for bloc in blocs for p in bloc.paires if p.avant and p.apres]
    assert [(p.avant.code, p.apres.code, p.ecart) for p in paires if p.avant and p.apres] == [
        ("B3M2", "B3M2", "14 h de moins"),
        ("B4M1", "B4M4", "autant"),
    ]


def test_l_ecart_ne_compte_pas_l_inconnu_pour_zero() -> None:
    assert ecart_en_clair(None, 60) == ecart_en_clair(60, None) == "nous ne savons pas"
    assert ecart_en_clair(60, 60) == "autant"
    assert ecart_en_clair(60, 90) == "30 min de plus"


def test_l_image_est_a_l_echelle(base: Base) -> None:
    un, autre = base.referentiels["rncp36358-384"], base.referentiels["rncp40913"]
    image = dessiner([un, autre])
    largeurs = [barre.largeur for rang in image.rangs for barre in rang.barres]
    assert max(largeurs) == LARGEUR - ETIQUETTE
    premiers, seconds = image.rangs[0].barres
    assert premiers.largeur / seconds.largeur == pytest.approx(105 / 84, abs=0.01)
    assert "Bloc 1 : 105 h, 84 h" in image.description


def test_l_etat_suit_le_jour_de_la_page(client: Client) -> None:
    page = lire(client, "/au/2023-03-01/referentiels/rncp36358-384/")
    assert "En vigueur le 1er mars 2023" in page.texte
    assert "Pas encore en vigueur" in lire(client, "/au/2023-03-01/referentiels/rncp40913/").texte
    assert "N’est plus en vigueur le 10 mai 2025" in (
        lire(client, "/au/2025-05-10/referentiels/rncp36358-279/").texte
    )


def test_un_referentiel_inconnu_est_dit_en_clair(client: Client) -> None:
    page = lire(client, "/referentiels/?avant=rncp1&apres=<b>")
    assert "Nous ne connaissons pas le référentiel « rncp1 »" in page.texte
    assert "« <b> »" in page.texte
    assert "Aucun référentiel ne s’appelle" in lire(client, "/referentiels/rncp1/", 404).texte
