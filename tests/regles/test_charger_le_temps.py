"""Windows of rules and values: under « unique », no hole and no overlap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.regles.conditions import Atome
from binome.regles.courante import construire
from tests.regles.essais import SOURCE, base_avec, brut, regle, table
from tests.regles.refus import refus, refus_avec


def test_sous_unique_le_temps_n_a_pas_de_trou() -> None:
    contenu = table(
        regle("essai.un", au=date(2022, 6, 30), alors={"donne": "x"}),
        regle("essai.deux", du=date(2022, 7, 2), alors={"donne": "y"}),
        politique="unique",
    )
    assert refus_avec(contenu) == "table essai : rien entre le 2022-07-01 et le 2022-07-01"
    contenu["regles"][1]["du"] = date(2022, 7, 1)
    base_avec(contenu)


def test_sous_unique_une_regle_longue_couvre_celles_qui_suivent() -> None:
    niveau = {"fait": "niveau_diplome", "au_moins": 4}
    base_avec(
        table(
            regle(
                "essai.long",
                niveau,
                du=date(2020, 1, 1),
                au=date(2029, 12, 31),
                alors={"donne": "x"},
            ),
            regle(
                "essai.court",
                {"non": niveau},
                du=date(2021, 1, 1),
                au=date(2021, 12, 31),
                alors={"donne": "y"},
            ),
            regle("essai.apres", du=date(2030, 1, 1), alors={"donne": "z"}),
            politique="unique",
        )
    )


@pytest.mark.parametrize(
    ("un", "deux", "refuse"),
    [
        (
            {"fait": "niveau_diplome", "au_moins": 4},
            {"fait": "niveau_diplome", "au_plus": 3},
            False,
        ),
        ({"fait": "niveau_diplome", "au_moins": 4}, {"fait": "niveau_diplome", "au_plus": 4}, True),
        ({"fait": "contrat", "est": "cdi"}, {"fait": "contrat", "est": "cdd"}, False),
        ({"fait": "contrat", "est": "cdi"}, {"fait": "contrat", "parmi": ["cdi", "cdd"]}, True),
        (
            {"fait": "diplomes", "contient": ["ide"]},
            {"non": {"fait": "diplomes", "contient": ["ide"]}},
            False,
        ),
        (
            {"fait": "diplomes", "contient": ["ide"]},
            {"fait": "diplomes", "contient": ["ide", "sage_femme"]},
            True,
        ),
        ({"fait": "niveau_diplome", "est": 4}, {"fait": "contrat", "est": "cdi"}, True),
        (
            {"fait": "date_jury", "avant": date(2026, 1, 1)},
            {"fait": "date_jury", "au_moins": date(2026, 1, 1)},
            False,
        ),
        (
            {"fait": "date_jury", "avant": date(2026, 1, 2)},
            {"fait": "date_jury", "au_moins": date(2026, 1, 1)},
            True,
        ),
        ("toujours", {"regle": "voie.cqp"}, True),
        ({"a_confirmer": "x"}, "toujours", True),
    ],
)
def test_sous_unique_deux_regles_ne_repondent_pas_oui_ensemble(
    un: Any, deux: Any, refuse: bool
) -> None:
    contenu = table(
        regle("essai.un", un, alors={"donne": "x"}),
        regle("essai.deux", deux, alors={"donne": "y"}),
        politique="unique",
    )
    if refuse:
        assert (
            refus_avec(contenu) == "table essai : essai.un et essai.deux répondent toutes deux oui"
        )
    else:
        base_avec(contenu)


@pytest.mark.parametrize(
    ("premiere", "seconde", "refuse"),
    [
        ((None, date(2022, 1, 1)), (date(2022, 1, 1), None), True),
        ((None, date(2022, 1, 1)), (date(2022, 1, 2), None), False),
        ((date(2022, 1, 1), None), (None, date(2022, 1, 1)), True),
        ((date(2022, 1, 2), None), (None, date(2022, 1, 1)), False),
    ],
)
def test_deux_fenetres_qui_se_touchent_se_recouvrent(
    premiere: Any, seconde: Any, refuse: bool
) -> None:
    regles = [
        regle(
            f"essai.{rang}",
            alors={"donne": str(rang)},
            **{cle: v for cle, v in zip(("du", "au"), fenetre, strict=True) if v},
        )
        for rang, fenetre in enumerate((premiere, seconde))
    ]
    contenu = table(*regles, politique="unique")
    if refuse:
        assert "répondent toutes deux oui" in refus_avec(contenu)
    else:
        base_avec(contenu)


def test_les_valeurs_d_un_parametre_se_suivent_sans_trou_ni_recouvrement() -> None:
    contenu = brut()
    valeurs = [
        {"valeur": 1, "au": date(2022, 12, 31), "sources": [SOURCE]},
        {"valeur": 2, "du": date(2023, 1, 1), "sources": [SOURCE]},
    ]
    contenu["parametres"]["essai"] = {"titre": "Essai", "unite": "mois", "valeurs": valeurs}
    construire(contenu)
    valeurs[1]["du"] = date(2023, 1, 3)
    assert refus(contenu) == "paramètre essai : rien entre le 2023-01-01 et le 2023-01-02"
    valeurs[1]["du"] = date(2022, 12, 31)
    assert refus(contenu) == "paramètre essai : deux valeurs se recouvrent le 2022-12-31"
    valeurs[0]["sources"] = []
    assert (
        refus(contenu)
        == "base : paramètre essai : aucune source : une règle sans source ne se charge pas"
    )


def test_une_regle_prend_la_valeur_du_parametre_de_sa_fenetre() -> None:
    contenu = brut()
    contenu["parametres"]["essai"] = {
        "titre": "Essai",
        "unite": "mois",
        "valeurs": [
            {"valeur": 3, "au": date(2022, 12, 31), "sources": [SOURCE]},
            {"valeur": 5, "du": date(2023, 1, 1), "statut": "hypothese", "sources": [SOURCE]},
        ],
    }
    si = {"fait": "niveau_diplome", "au_moins": {"parametre": "essai"}}
    contenu["tables"].append(
        table(
            regle("essai.avant", si, au=date(2022, 12, 31)),
            regle("essai.apres", si, du=date(2023, 1, 1)),
        )
    )
    base = construire(contenu)
    conditions = [base.regles[f"essai.{nom}"].si for nom in ("avant", "apres")]
    assert [si.attendu for si in conditions if isinstance(si, Atome)] == [3, 5]
    assert [p.statut for p in base.parametres if p.id == "essai"] == ["en_vigueur", "hypothese"]
    for fenetre in (
        {},
        {"du": date(2022, 1, 1)},
        {"au": date(2024, 1, 1)},
        {"du": date(2022, 1, 1), "au": date(2024, 1, 1)},
    ):
        contenu["tables"][-1] = table(regle("essai.une", si, **fenetre))
        assert "le paramètre « essai » n’a pas une valeur unique sur la fenêtre" in refus(contenu)
