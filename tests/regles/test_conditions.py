"""The vocabulary of conditions: what it accepts, and the sentence that refuses the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.regles.conditions import (
    AConfirmer,
    Atome,
    Decale,
    Et,
    LecteurDeConditions,
    Non,
    Ou,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
    atomes,
    parcourir,
)
from binome.regles.faits import DefinitionDeFait

FAITS = {
    "jour": DefinitionDeFait("jour", "date", "?", "jour"),
    "fin": DefinitionDeFait("fin", "date", "?", "fin"),
    "mois": DefinitionDeFait("mois", "entier", "?", "mois", minimum=0, maximum=99),
    "choix": DefinitionDeFait("choix", "choix", "?", "choix", valeurs={"un": "1", "deux": "2"}),
    "liste": DefinitionDeFait("liste", "liste", "?", "liste", valeurs={"a": "A", "b": "B"}),
}
PARAMETRES: dict[str, Any] = {"seuil": 24, "limite": date(2026, 1, 1), "mot": "texte"}


def lire(brut: object) -> Any:
    return LecteurDeConditions(FAITS, PARAMETRES.__getitem__).lire(brut)


@pytest.mark.parametrize(
    ("brut", "condition"),
    [
        ({"fait": "mois", "est": 3}, Atome("mois", "est", 3)),
        ({"fait": "mois", "parmi": [1, 2]}, Atome("mois", "parmi", (1, 2))),
        ({"fait": "mois", "au_moins": 12}, Atome("mois", "au_moins", 12)),
        ({"fait": "mois", "au_plus": 12}, Atome("mois", "au_plus", 12)),
        ({"fait": "mois", "entre": [3, 5]}, Atome("mois", "entre", (3, 5))),
        ({"fait": "mois", "connu": True}, Atome("mois", "connu", ())),
        ({"fait": "mois", "au_moins": {"parametre": "seuil"}}, Atome("mois", "au_moins", 24)),
        ({"fait": "jour", "avant": date(2026, 1, 1)}, Atome("jour", "avant", date(2026, 1, 1))),
        (
            {"fait": "jour", "apres": {"parametre": "limite"}},
            Atome("jour", "apres", date(2026, 1, 1)),
        ),
        ({"fait": "jour", "au_plus": "2026-01-01"}, Atome("jour", "au_plus", date(2026, 1, 1))),
        (
            {"fait": "jour", "au_plus": {"fait": "fin", "plus_mois": 48}},
            Atome("jour", "au_plus", Decale("fin", 48)),
        ),
        (
            {"fait": "jour", "au_moins": {"fait": "fin", "plus_mois": {"parametre": "seuil"}}},
            Atome("jour", "au_moins", Decale("fin", 24)),
        ),
        ({"fait": "choix", "est": "un"}, Atome("choix", "est", "un")),
        ({"fait": "choix", "parmi": ["un", "deux"]}, Atome("choix", "parmi", ("un", "deux"))),
        ({"fait": "liste", "contient": ["a", "b"]}, Atome("liste", "contient", ("a", "b"))),
        ({"regle": "r"}, RenvoiRegle("r")),
        ({"une_regle_de": "t"}, UneRegleDe("t")),
        ({"sortie": "t", "parmi": ["x", "y"]}, Sortie("t", ("x", "y"))),
        ("toujours", Toujours()),
        ({"a_confirmer": "la branche"}, AConfirmer("la branche")),
        ({"non": "toujours"}, Non(Toujours())),
        ({"et": ["toujours", {"regle": "r"}]}, Et((Toujours(), RenvoiRegle("r")))),
        (
            {"ou": ["toujours", {"regle": "r"}, "toujours"]},
            Ou((Toujours(), RenvoiRegle("r"), Toujours())),
        ),
    ],
)
def test_le_vocabulaire(brut: object, condition: Any) -> None:
    assert lire(brut) == condition


@pytest.mark.parametrize(
    ("brut", "raison"),
    [
        (None, "condition illisible : None"),
        ("jamais", "condition illisible : 'jamais'"),
        ([], "condition illisible : \\[\\]"),
        ({"et": ["toujours"]}, "condition illisible : {'et': \\['toujours'\\]}"),
        ({"ou": []}, "condition illisible : {'ou': \\[\\]}"),
        ({"et": ["toujours", "toujours"], "ou": []}, "condition illisible : .*"),
        ({"ou": ["toujours", "toujours"], "x": 1}, "condition illisible : .*"),
        ({"non": "toujours", "x": 1}, "condition illisible : .*"),
        ({"regle": "r", "x": 1}, "condition illisible : .*"),
        ({"une_regle_de": "t", "x": 1}, "condition illisible : .*"),
        ({"a_confirmer": "x", "y": 1}, "condition illisible : .*"),
        ({"sortie": "t", "parmi": []}, "condition illisible : .*"),
        ({"sortie": "t", "parmi": ["x"], "y": 1}, "condition illisible : .*"),
        ({"fait": "mois"}, "condition illisible : {'fait': 'mois'}"),
        ({"fait": "mois", "est": 1, "au_plus": 2}, "condition illisible : .*"),
        ({"fait": "rien", "est": 1}, "le fait « rien » n’existe pas"),
        (
            {"fait": "mois", "contient": [1]},
            "« contient » ne s’applique pas au fait « mois », de type entier",
        ),
        (
            {"fait": "mois", "avant": 1},
            "« avant » ne s’applique pas au fait « mois », de type entier",
        ),
        (
            {"fait": "jour", "est": "2026-01-01"},
            "« est » ne s’applique pas au fait « jour », de type date",
        ),
        (
            {"fait": "choix", "au_moins": "un"},
            "« au_moins » ne s’applique pas au fait « choix », de type choix",
        ),
        (
            {"fait": "liste", "est": "a"},
            "« est » ne s’applique pas au fait « liste », de type liste",
        ),
        (
            {"fait": "mois", "egal": 1},
            "« egal » ne s’applique pas au fait « mois », de type entier",
        ),
        ({"fait": "mois", "au_moins": -1}, "-1 est négatif ; indiquez 0 ou plus"),
        ({"fait": "mois", "au_moins": None}, "une borne manque sur « mois »"),
        ({"fait": "mois", "entre": [1]}, "« entre » sur « mois » attend une liste, pas \\[1\\]"),
        (
            {"fait": "mois", "entre": [1, 2, 3]},
            "« entre » sur « mois » attend une liste, pas \\[1, 2, 3\\]",
        ),
        ({"fait": "mois", "parmi": []}, "« parmi » sur « mois » attend une liste, pas \\[\\]"),
        (
            {"fait": "liste", "contient": "a"},
            "« contient » sur « liste » attend une liste, pas 'a'",
        ),
        ({"fait": "liste", "contient": ["z"]}, "« z » n’est pas connu ; attendu : a, b"),
        (
            {"fait": "mois", "au_moins": {"parametre": "mot"}},
            "« texte » n’est pas un nombre entier",
        ),
        (
            {"fait": "mois", "au_moins": {"fait": "fin", "plus_mois": 1}},
            "« mois » et « fin » ne sont pas deux dates",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "mois", "plus_mois": 1}},
            "« jour » et « mois » ne sont pas deux dates",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "rien", "plus_mois": 1}},
            "« jour » et « rien » ne sont pas deux dates",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "fin", "plus_mois": "1"}},
            "un décalage en mois est un nombre entier, pas '1'",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "fin", "plus_mois": {"parametre": "mot"}}},
            "un décalage en mois est un nombre entier, pas 'texte'",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "fin", "plus_mois": {"x": 1}}},
            "un décalage en mois est un nombre entier, pas {'x': 1}",
        ),
        (
            {"fait": "jour", "au_plus": {"fait": "fin"}},
            "« {'fait': 'fin'} » n’est pas une date ; .*",
        ),
        ({"et": ["toujours"] * 20}, "condition de 21 nœuds : au-delà de 20, découpez la règle"),
    ],
)
def test_le_reste_est_refuse_avec_sa_raison(brut: object, raison: str) -> None:
    with pytest.raises(ValueError, match=f"^{raison}$"):
        lire(brut)


def test_vingt_noeuds_sont_permis() -> None:
    assert sum(1 for _ in parcourir(lire({"et": ["toujours"] * 19}))) == 20


def test_parcourir_donne_chaque_noeud_les_parents_d_abord() -> None:
    un, deux = Atome("mois", "est", 1), Atome("jour", "au_plus", Decale("fin", 3))
    condition = Et((Ou((un, Toujours())), Non(deux)))
    assert list(parcourir(condition)) == [
        condition,
        Ou((un, Toujours())),
        un,
        Toujours(),
        Non(deux),
        deux,
    ]
    assert atomes(condition) == (un, deux)


def test_un_atome_dit_tous_les_faits_qu_il_lit() -> None:
    assert Atome("mois", "est", 1).faits == ("mois",)
    assert Atome("jour", "au_plus", Decale("fin", 3)).faits == ("jour", "fin")
