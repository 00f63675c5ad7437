"""The scalar reading: windows, guards, hit policies and the trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.regles.conditions import Atome
from binome.regles.decider import AUCUNE
from binome.regles.regle import valeur_de
from tests.regles.essais import base_avec, regle, table

NIVEAU = {"fait": "niveau_diplome", "au_moins": 4}


MOIS = {"fait": "experience_secretaire_mois", "au_moins": 12}


CDI = {"fait": "contrat", "est": "cdi"}


def decider(base: Any, **faits: Any) -> Any:
    return base.moteur.decider(base.lire(faits))


def issues(base: Any, **faits: Any) -> dict[str, str]:
    etapes = decider(base, **faits).etapes
    return {e.regle.id.removeprefix("essai."): e.issue for e in etapes if e.regle.table == "essai"}


COMPARAISONS: list[tuple[dict[str, Any], dict[str, Any], bool | None]] = [
    ({"fait": "niveau_diplome", "est": 4}, {"niveau_diplome": 4}, True),
    ({"fait": "niveau_diplome", "est": 4}, {"niveau_diplome": 5}, False),
    ({"fait": "niveau_diplome", "est": 4}, {}, None),
    ({"fait": "niveau_diplome", "parmi": [3, 5]}, {"niveau_diplome": 5}, True),
    ({"fait": "niveau_diplome", "parmi": [3, 5]}, {"niveau_diplome": 4}, False),
    ({"fait": "niveau_diplome", "parmi": [3, 5]}, {}, None),
    ({"fait": "niveau_diplome", "au_moins": 4}, {"niveau_diplome": 4}, True),
    ({"fait": "niveau_diplome", "au_moins": 4}, {"niveau_diplome": 3}, False),
    ({"fait": "niveau_diplome", "au_moins": 4}, {}, None),
    ({"fait": "niveau_diplome", "au_plus": 4}, {"niveau_diplome": 4}, True),
    ({"fait": "niveau_diplome", "au_plus": 4}, {"niveau_diplome": 5}, False),
    ({"fait": "niveau_diplome", "au_plus": 4}, {}, None),
    ({"fait": "niveau_diplome", "entre": [3, 5]}, {"niveau_diplome": 3}, True),
    ({"fait": "niveau_diplome", "entre": [3, 5]}, {"niveau_diplome": 5}, True),
    ({"fait": "niveau_diplome", "entre": [3, 5]}, {"niveau_diplome": 2}, False),
    ({"fait": "niveau_diplome", "entre": [3, 5]}, {"niveau_diplome": 6}, False),
    ({"fait": "niveau_diplome", "entre": [3, 5]}, {}, None),
    ({"fait": "niveau_diplome", "connu": True}, {"niveau_diplome": 0}, True),
    ({"fait": "niveau_diplome", "connu": True}, {}, False),
    ({"fait": "diplomes", "contient": ["ide", "sage_femme"]}, {"diplomes": ["sage_femme"]}, True),
    ({"fait": "diplomes", "contient": ["ide"]}, {"diplomes": ["sage_femme"]}, False),
    ({"fait": "diplomes", "contient": ["ide"]}, {"diplomes": []}, False),
    ({"fait": "diplomes", "contient": ["ide"]}, {}, None),
    ({"fait": "date_jury", "avant": date(2026, 1, 2)}, {"date_jury": "2026-01-01"}, True),
    ({"fait": "date_jury", "avant": date(2026, 1, 2)}, {"date_jury": "2026-01-02"}, False),
    ({"fait": "date_jury", "avant": date(2026, 1, 2)}, {}, None),
    ({"fait": "date_jury", "apres": date(2026, 1, 2)}, {"date_jury": "2026-01-03"}, True),
    ({"fait": "date_jury", "apres": date(2026, 1, 2)}, {"date_jury": "2026-01-02"}, False),
    ({"fait": "date_jury", "apres": date(2026, 1, 2)}, {}, None),
    ({"fait": "contrat", "est": "cdi"}, {"contrat": "cdi"}, True),
    ({"fait": "contrat", "parmi": ["cdi", "cdd"]}, {"contrat": "aucun"}, False),
]


@pytest.mark.parametrize(("condition", "faits", "attendu"), COMPARAISONS)
def test_chaque_comparaison(condition: Any, faits: Any, attendu: bool | None) -> None:
    base = base_avec(table(regle("essai.une", condition)))
    assert decider(base, **faits).etabli.verites["essai.une"] is attendu


@pytest.mark.parametrize(
    ("operateur", "jury", "attendu"),
    [
        ("au_moins", "2025-02-27", False),
        ("au_moins", "2025-02-28", True),
        ("au_plus", "2025-02-28", True),
        ("au_plus", "2025-03-01", False),
        ("avant", "2025-02-27", True),
        ("avant", "2025-02-28", False),
        ("apres", "2025-02-28", False),
        ("apres", "2025-03-01", True),
        ("au_moins", None, None),
        ("au_plus", None, None),
        ("avant", None, None),
        ("apres", None, None),
    ],
)
def test_une_date_se_compare_a_une_autre_decalee(
    operateur: str, jury: str | None, attendu: bool | None
) -> None:
    """29 February 2024 and twelve months is 28 February 2025."""
    condition = {"fait": "date_jury", operateur: {"fait": "afgsu_date", "plus_mois": 12}}
    base = base_avec(table(regle("essai.une", condition)))
    faits = {"date_jury": jury, "afgsu_date": "2024-02-29"}
    assert decider(base, **faits).etabli.verites["essai.une"] is attendu
    assert decider(base, date_jury="2025-02-28").etabli.verites["essai.une"] is None


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        ("2021-12-31", {"deux": "oui"}),
        ("2022-01-01", {"un": "oui", "deux": "oui"}),
        ("2022-06-30", {"un": "oui", "deux": "oui"}),
        ("2022-07-01", {"deux": "oui"}),
        ("2023-03-01", {"trois": "oui"}),
        ("2023-02-28", {"deux": "oui"}),
    ],
)
def test_une_regle_ne_vaut_que_dans_sa_fenetre(jour: str, attendu: dict[str, str]) -> None:
    base = base_avec(
        table(
            regle("essai.un", du=date(2022, 1, 1), au=date(2022, 6, 30)),
            regle("essai.deux", au=date(2023, 2, 28)),
            regle("essai.trois", du=date(2023, 3, 1)),
        )
    )
    assert issues(base, date_entree=jour) == attendu


def test_sans_la_date_qui_decide_une_regle_datee_se_nie_mais_ne_s_affirme_pas() -> None:
    base = base_avec(
        table(
            regle("essai.datee", NIVEAU, du=date(2022, 1, 1)),
            regle("essai.jusque", NIVEAU, au=date(2022, 1, 1)),
            regle("essai.toujours", NIVEAU),
        )
    )
    assert issues(base, niveau_diplome=4) == {
        "datee": "indetermine",
        "jusque": "indetermine",
        "toujours": "oui",
    }
    niee = {"niveau_diplome": 3}  # denied, but perhaps without object: not a "no" yet
    assert issues(base, **niee) == {
        "datee": "indetermine",
        "jusque": "indetermine",
        "toujours": "non",
    }
    assert decider(base, **niee).etabli.verites["essai.datee"] is False
    assert issues(base) == {
        "datee": "indetermine",
        "jusque": "indetermine",
        "toujours": "indetermine",
    }


def test_la_date_qui_decide_est_celle_de_la_table() -> None:
    base = base_avec(table(regle("essai.une", du=date(2026, 1, 1)), decide_par="date_jury"))
    assert issues(base, date_entree="2026-01-01", date_jury="2026-01-01") == {"une": "oui"}
    assert issues(base, date_entree="2025-01-01", date_jury="2025-12-31") == {}
    assert issues(base, date_entree="2026-01-01") == {"une": "indetermine"}


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({"contrat": "cdi", "niveau_diplome": 4}, "oui"),
        ({"contrat": "cdi", "niveau_diplome": 3}, "non"),
        ({"contrat": "cdd", "niveau_diplome": 4}, "sans_objet"),
        ({"contrat": "cdd"}, "sans_objet"),
        ({"niveau_diplome": 4}, "indetermine"),
        ({"niveau_diplome": 3}, "indetermine, et jamais oui"),
        ({}, "indetermine"),
    ],
)
@pytest.mark.parametrize("politique", ["cumul", "premiere"])
def test_la_garde_d_une_table(faits: dict[str, Any], attendu: str, politique: str) -> None:
    base = base_avec(table(regle("essai.une", NIVEAU), quand=CDI, politique=politique))
    assert issues(base, **faits) == {"une": attendu.partition(",")[0]}
    verite = {"oui": True, "indetermine": None}.get(attendu, False)
    assert decider(base, **faits).etabli.verites["essai.une"] is verite


# The facts, then the issues when unknowns block and when they pass, then what is retained in each.
PREMIERE: list[tuple[dict[str, Any], str, str, str | None, str | None]] = [
    (
        {"niveau_diplome": 4, "experience_secretaire_mois": 12},
        "oui sans_objet sans_objet",
        "oui sans_objet sans_objet",
        "un",
        "un",
    ),
    (
        {"niveau_diplome": 3, "experience_secretaire_mois": 12},
        "non oui sans_objet",
        "non oui sans_objet",
        "deux",
        "deux",
    ),
    (
        {"niveau_diplome": 3, "experience_secretaire_mois": 11, "contrat": "cdi"},
        "non non oui",
        "non non oui",
        "trois",
        "trois",
    ),
    (
        {"niveau_diplome": 3, "experience_secretaire_mois": 11, "contrat": "cdd"},
        "non non non",
        "non non non",
        AUCUNE,
        AUCUNE,
    ),
    ({"niveau_diplome": 4}, "oui sans_objet sans_objet", "oui sans_objet sans_objet", "un", "un"),
    (
        {"experience_secretaire_mois": 12, "contrat": "cdi"},
        "indetermine indetermine sans_objet",
        "indetermine oui sans_objet",
        None,
        "deux",
    ),
    (
        {"experience_secretaire_mois": 11, "contrat": "cdi"},
        "indetermine non indetermine",
        "indetermine non oui",
        None,
        "trois",
    ),
    (
        {"experience_secretaire_mois": 11, "contrat": "cdd"},
        "indetermine non non",
        "indetermine non non",
        None,
        AUCUNE,
    ),
    (
        {"niveau_diplome": 3, "contrat": "cdi"},
        "non indetermine indetermine",
        "non indetermine oui",
        None,
        "trois",
    ),
    (
        {},
        "indetermine indetermine indetermine",
        "indetermine indetermine indetermine",
        None,
        AUCUNE,
    ),
]


@pytest.mark.parametrize("cas", PREMIERE)
@pytest.mark.parametrize("inconnu", ["bloque", "passe"])
@pytest.mark.parametrize("politique", ["premiere"])
def test_la_premiere_regle_qui_repond_oui(cas: Any, inconnu: str, politique: str) -> None:
    faits, bloquees, passees, retenue_bloque, retenue_passe = cas
    base = base_avec(
        table(
            regle("essai.un", NIVEAU, alors={"donne": "un"}),
            regle("essai.deux", MOIS, alors={"donne": "deux"}),
            regle("essai.trois", CDI, alors={"donne": "trois"}),
            politique=politique,
            inconnu=inconnu,
        )
    )
    attendues, retenue = (
        (bloquees, retenue_bloque) if inconnu == "bloque" else (passees, retenue_passe)
    )
    assert " ".join(issues(base, **faits).values()) == attendues
    assert decider(base, **faits).etabli.retenues["essai"] == retenue


def test_une_table_qui_cumule_ne_retient_rien() -> None:
    base = base_avec(table(regle("essai.un"), regle("essai.deux")))
    assert issues(base) == {"un": "oui", "deux": "oui"}
    assert decider(base).etabli.retenues["essai"] == AUCUNE


def test_une_table_retient_la_valeur_donnee_ou_la_regle(base: Any) -> None:
    assert valeur_de(base.regles["voie.cqp"]) == "cqp"
    assert valeur_de(base.regles["dispense.384.secretaire"]) == "dispense.384.secretaire"


def test_les_renvois_lisent_ce_qui_est_decide_avant() -> None:
    base = base_avec(
        table(
            regle("essai.un", NIVEAU, alors={"donne": "x"}),
            regle("essai.deux", MOIS, alors={"donne": "y"}),
            politique="premiere",
        ),
        table(
            regle("suite.regle", {"regle": "essai.un"}),
            regle("suite.une", {"une_regle_de": "essai"}),
            regle("suite.sortie", {"sortie": "essai", "parmi": ["y"]}),
            regle("suite.aucune", {"sortie": "essai", "parmi": ["aucune"]}),
            regle("suite.muette", {"a_confirmer": "quelqu’un"}),
            table="suite",
        ),
    )

    def verites(**faits: Any) -> list[Any]:
        etabli = decider(base, **faits).etabli
        return [
            etabli.verites[f"suite.{nom}"] for nom in ("regle", "une", "sortie", "aucune", "muette")
        ]

    assert verites(niveau_diplome=4, experience_secretaire_mois=0) == [
        True,
        True,
        False,
        False,
        None,
    ]
    assert verites(niveau_diplome=3, experience_secretaire_mois=12) == [
        False,
        True,
        True,
        False,
        None,
    ]
    assert verites(niveau_diplome=3, experience_secretaire_mois=0) == [
        False,
        False,
        False,
        True,
        None,
    ]
    # No experience: the rule that would give "experience" can no longer, whatever the level is.
    assert verites(experience_secretaire_mois=0) == [None, None, False, None, None]


def test_une_regle_hors_fenetre_vaut_non_pour_qui_s_y_appuie() -> None:
    base = base_avec(
        table(regle("essai.un", du=date(2026, 1, 1))),
        table(regle("suite.un", {"regle": "essai.un"}), table="suite"),
    )
    assert decider(base, date_entree="2025-12-31").etabli.verites["suite.un"] is False
    assert decider(base, date_entree="2026-01-01").etabli.verites["suite.un"] is True


def test_la_trace_garde_ce_qui_etait_demande_et_ce_qui_a_ete_trouve() -> None:
    base = base_avec(table(regle("essai.une", {"ou": [NIVEAU, MOIS]})))
    conclusion = decider(base, niveau_diplome=4, date_entree="2026-01-15")
    etape = next(etape for etape in conclusion.etapes if etape.regle.id == "essai.une")
    assert etape.issue == "oui"
    assert [(c.atome, c.valeur, c.verite) for c in etape.constatations(conclusion.dossier)] == [
        (Atome("niveau_diplome", "au_moins", 4), 4, True),
        (Atome("experience_secretaire_mois", "au_moins", 12), None, None),
    ]
    assert conclusion.dossier["niveau_diplome"] == 4


def test_une_regle_sans_objet_n_est_pas_examinee() -> None:
    base = base_avec(table(regle("essai.une"), regle("essai.deux", NIVEAU), politique="premiere"))
    conclusion = decider(base, niveau_diplome=4, date_entree="2026-01-15")
    etape = next(etape for etape in conclusion.etapes if etape.regle.id == "essai.deux")
    assert etape.issue == "sans_objet"
    assert list(etape.constatations(conclusion.dossier)) == []


def test_resoudre_dit_la_meme_chose_que_decider_pour_ce_qui_decide(base: Any) -> None:
    dossier = base.lire(
        {"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"], "afgsu_niveau": 0}
    )
    complet, court = base.moteur.decider(dossier).etabli, base.moteur.resoudre(dossier)
    decisives = [t for t in base.tables.values() if t.role in ("prepare", "decide")]
    assert list(court.retenues) == [table.id for table in decisives]
    assert all(complet.retenues[nom] == valeur for nom, valeur in court.retenues.items())
    assert all(complet.verites[nom] is valeur for nom, valeur in court.verites.items())
    assert len(court.verites) < len(complet.verites)


def test_une_table_qui_informe_ne_change_pas_ce_que_resoudre_lit() -> None:
    base = base_avec(table(regle("essai.une"), role="informe"))
    dossier = base.lire({})
    assert "essai.une" in base.moteur.decider(dossier).etabli.verites
    assert "essai.une" not in base.moteur.resoudre(dossier).verites
