"""The tables of the report come out of the world calibrated on them; what is small is not shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from binome.rapport.carte_des_parts import bornes_de, carte_des_parts, classes_de
from binome.rapport.models import ReleveDeTableau
from binome.rapport.page import lignes_de
from binome.rapport.publier import publiable
from binome.rapport.relever import garder
from binome.rapport.tableau import CompteDuRapport, SorteDeTableau, UniteDuRapport
from binome.rapport.tableaux.c1 import PARTS
from binome.rapport.tableaux.des_regles import blocs_d_aujourd_hui
from binome.rapport.tableaux.tous import TABLEAUX
from binome.secret.seuils import Seuils
from tests.trames.monde_du_rapport import AU, monde_du_rapport

if TYPE_CHECKING:
    from django.test import Client

A_L_UNITE = ("tableau-6", "graphique-3", "graphique-4")
"""Every row that the report gives comes out to the unit, from that world."""


def _compte(code: str) -> CompteDuRapport:
    compter = TABLEAUX[code].compter
    assert compter is not None
    return compter(monde_du_rapport())


def test_le_monde_calibre_redonne_le_rapport() -> None:
    for code in A_L_UNITE:
        valeurs = _compte(code).valeurs
        for ligne in TABLEAUX[code].lignes:
            if ligne.alors is not None:
                assert valeurs[ligne.code] == ligne.alors, (code, ligne.code)
    diplomes = _compte("tableau-5")
    assert {un: nombre for un, nombre in diplomes.valeurs.items() if nombre} == {
        un.code: un.alors for un in TABLEAUX["tableau-5"].lignes if un.alors
    }
    specialites = _compte("graphique-2")
    assert abs(1_000 * specialites.valeurs["medecine_generale"] / specialites.lus - 770) <= 1
    assert (
        _compte("graphique-1").valeurs["secretaire"] == 1_155
    )  # ¶142, not the 54 % of ¶78: other people


def test_les_regles_redonnent_le_tableau_9_et_disent_le_cqp_d_aujourd_hui() -> None:
    tableau = TABLEAUX["tableau-9"]
    for ligne in lignes_de(tableau, None):
        assert ligne.alors == ligne.aujourdhui, ligne.dit
    assert len(tableau.lignes) == 10
    assert blocs_d_aujourd_hui()["total"] == 279 * 60


def test_un_petit_nombre_ou_une_petite_difference_ne_se_montrent_pas() -> None:
    tableau, tenus = TABLEAUX["graphique-1"], Seuils()
    bon = CompteDuRapport({"secretaire": 50, "ide": 20, "aide_soignant": 15, "autre": 30}, 115, 130)
    assert publiable(tableau, bon, None, tenus)
    for petit in (
        replace(bon, valeurs={**bon.valeurs, "ide": 10}),
        replace(bon, valeurs={**bon.valeurs, "ide": 0}),
        replace(bon, total=bon.lus + 3),
        CompteDuRapport({}, 0, 0),
    ):
        assert not publiable(tableau, petit, None, tenus)
    avant = {**bon.valeurs, "inconnus": 15}
    assert publiable(tableau, bon, avant, tenus)
    assert publiable(tableau, bon, {**avant, "secretaire": 39}, tenus)
    assert not publiable(tableau, bon, {**avant, "secretaire": 41}, tenus)


def test_une_annee_vide_d_une_suite_se_montre() -> None:
    assert publiable(
        TABLEAUX["graphique-3"], CompteDuRapport({"2019": 0, "2020": 9}, 9, 9), None, Seuils()
    )


@pytest.mark.django_db
def test_ce_qui_se_montre_est_garde_et_les_pages_le_disent(client: Client) -> None:
    assert garder(monde_du_rapport()) == 6
    gardes = set(ReleveDeTableau.objects.values_list("tableau", flat=True))
    assert gardes == {
        "tableau-5", "tableau-6", "graphique-1", "graphique-2", "graphique-3", "graphique-4",
    }  # fmt: skip
    assert ReleveDeTableau.objects.filter(au=AU).count() == 6
    assert "personnes d’essai" not in client.get(reverse("rapport")).content.decode()
    for code, tableau in TABLEAUX.items():
        page = client.get(reverse("rapport-tableau", args=[code]))
        texte = page.content.decode()
        assert page.status_code == 200
        assert len(page.content) <= 22_000 or tableau.carte, (code, len(page.content))
        assert tableau.titre in texte
        assert ("<svg" in texte and "<desc" in texte) or tableau.unite == UniteDuRapport.TEXTE, code
        assert ("compte du" in texte) == (code in gardes), code
        if tableau.sorte == SorteDeTableau.VIVANT and code not in gardes:
            assert "trop peu de monde" in texte
    assert client.get("/tableaux-du-rapport/tableau-99/").status_code == 404


def test_la_carte_se_lit_sans_couleur() -> None:
    classes = classes_de(PARTS)
    assert set(classes.values()) == {1, 2, 3, 4, 5}
    assert classes["15"] == 1
    assert classes["50"] == 5
    bornes = bornes_de(PARTS)
    assert all(haut < bas for (_, _, haut), (_, bas, _) in pairwise(bornes))
    dessin = carte_des_parts("Essai", PARTS)
    assert dessin.count(">5</text>") == sum(une == 5 for une in classes.values())
    assert dessin.count('fill="url(#parts-hachures)"') == 101 - len(PARTS)
    with pytest.raises(ValueError, match="inconnus : 99"):
        carte_des_parts("Essai", {"99": 1})
