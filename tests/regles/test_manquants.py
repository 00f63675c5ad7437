"""Only the questions that still matter, the one that settles the answer fastest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.manquants import essais, inconnus, manquants
from binome.regles.metiers.positionnement import positionner
from binome.regles.quantites import compteur
from tests.regles.essais import base_avec, regle, table

if TYPE_CHECKING:
    from binome.regles.base import Base

SALARIE = {"situation": "salarie_cabinet"}


def manque(base: Any, **faits: Any) -> list[str]:
    dossier = base.lire(faits)
    return manquants(base, dossier, base.moteur.resoudre(dossier))


@pytest.mark.parametrize(
    ("faits", "attendus"),
    [
        # Where the answer stands whatever the rest, nothing is asked.
        ({"date_entree": "2026-01-15", "diplomes": ["ide"]}, []),
        ({"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]}, []),
        ({"date_entree": "2025-05-15", "diplomes": []}, []),
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 0,
                **SALARIE,
            },
            [],
        ),
        # The title is enough: neither level nor experience matters.
        (
            {"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"], **SALARIE},
            ["afgsu_niveau", "afgsu_date", "date_jury"],
        ),
        # Level 4 admits, experience still exempts.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": [],
                "niveau_diplome": 4,
                "afgsu_niveau": 0,
                **SALARIE,
            },
            ["experience_secretaire_mois"],
        ),
        # Experience that admits and exempts makes the level useless.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": [],
                "experience_secretaire_mois": 24,
                "afgsu_niveau": 0,
                **SALARIE,
            },
            [],
        ),
        # An AFGSU is held: its date, then the jury's only if the attestation is not recent.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 1,
                "afgsu_date": "2025-01-15",
                **SALARIE,
            },
            [],
        ),
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 1,
                "afgsu_date": "2025-01-14",
                **SALARIE,
            },
            ["date_jury"],
        ),
        # Expired at entry: no jury date could save it.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 1,
                "afgsu_date": "2022-01-14",
                **SALARIE,
            },
            [],
        ),
        # Level 2: the sources are silent, no date would settle it.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 2,
                **SALARIE,
            },
            [],
        ),
        # The employer: the contract matters only without a surgery.
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 0,
                "situation": "demandeur_emploi",
            },
            ["contrat"],
        ),
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 0,
                "contrat": "contrat_professionnalisation",
            },
            [],
        ),
        (
            {
                "date_entree": "2026-01-15",
                "diplomes": ["secretaire_medical"],
                "afgsu_niveau": 0,
                "situation": "salarie_centre_sante",
            },
            ["contrat"],
        ),
    ],
)
def test_ce_qui_manque_vraiment(base: Base, faits: dict[str, Any], attendus: list[str]) -> None:
    assert sorted(manque(base, **faits)) == sorted(attendus)


def test_la_date_d_entree_puis_les_diplomes_viennent_d_abord(base: Base) -> None:
    assert set(manque(base)[:2]) == {"date_entree", "diplomes"}
    assert manque(base, date_entree="2026-01-15")[0] == "diplomes"
    assert manque(base, diplomes=["secretaire_medical"])[0] == "date_entree"


def test_ce_qui_ouvre_la_voie_passe_avant_ce_qui_compte_les_heures(base: Base) -> None:
    premiers = manque(base, date_entree="2026-01-15", diplomes=[])[:2]
    assert set(premiers) == {"experience_secretaire_mois", "niveau_diplome"}
    assert premiers[0] == "experience_secretaire_mois"  # it may also exempt: two questions in one


def test_une_secretaire_diplomee_repond_a_six_questions_au_plus(base: Base) -> None:
    reponses = {
        "date_entree": "2026-01-15",
        "diplomes": ["secretaire_medical"],
        "situation": "salarie_cabinet",
        "afgsu_niveau": 1,
        "afgsu_date": "2023-06-15",
        "date_jury": "2026-09-15",
    }
    dossier: dict[str, Any] = {}
    while suivantes := manque(base, **dossier):
        dossier[suivantes[0]] = reponses[suivantes[0]]
    assert len(dossier) <= 6
    assert positionner(base, base.lire(dossier)).minutes["total"] == 202 * 60


@given(st.data())
def test_repondre_a_ce_qui_manque_suffit_a_conclure(base: Base, data: st.DataObject) -> None:
    """Soundness: once nothing is missing, no unknown fact that decides can change the answer."""
    dossier = dict(base.lire({}))
    posees = 0
    while suivantes := manquants(base, dossier, base.moteur.resoudre(dossier)):
        nom = suivantes[0]
        choix = essais(base, nom, dossier) or [date(2026, 6, 1), date(2024, 6, 1)]
        dossier[nom] = data.draw(st.sampled_from(choix))
        posees += 1
        assert posees <= len(base.faits)
    etabli = base.moteur.resoudre(dossier)
    depart = (etabli.retenues["voie"], compteur(base).compter(etabli))
    for nom, valeur in dossier.items():
        if valeur is None and nom != "date_jury":
            for essai in essais(base, nom, dossier):
                suite = base.moteur.resoudre({**dossier, nom: essai})
                assert (suite.retenues["voie"], compteur(base).compter(suite)) == depart, nom


def test_une_regle_muette_bloque_la_suite_sans_rien_demander() -> None:
    base = base_avec(
        table(
            regle(
                "essai.muette",
                {"et": [{"a_confirmer": "x"}, {"fait": "date_depot", "connu": True}]},
            ),
            regle("essai.autre", {"fait": "heures_experience_vae", "au_moins": 10}),
        )
    )
    dossier = base.lire({"date_entree": "2025-05-15", "diplomes": [], "date_depot": "2025-05-01"})
    assert manquants(base, dossier, base.moteur.resoudre(dossier)) == ["heures_experience_vae"]


@pytest.mark.parametrize(
    ("si", "faits", "attendus"),
    [
        # A rule that the silent part makes unknown may still be denied by a fact: under `bloque`
        # that would open the way to the next rule, so the fact is asked.
        (
            {"et": [{"a_confirmer": "x"}, {"fait": "heures_experience_vae", "au_moins": 10}]},
            {},
            ["heures_experience_vae"],
        ),
        (
            {"ou": [{"a_confirmer": "x"}, {"fait": "heures_experience_vae", "au_moins": 10}]},
            {},
            ["heures_experience_vae"],
        ),
        (
            {
                "non": {
                    "et": [{"a_confirmer": "x"}, {"fait": "heures_experience_vae", "au_moins": 10}]
                }
            },
            {},
            ["heures_experience_vae"],
        ),
        ({"ou": [{"a_confirmer": "x"}, {"a_confirmer": "y"}]}, {}, []),
    ],
)
def test_sous_premiere_ce_qui_peut_nier_compte_aussi(
    si: Any, faits: Any, attendus: list[str]
) -> None:
    base = base_avec(
        table(
            regle("essai.une", si, alors={"donne": "x"}),
            regle("essai.deux", alors={"donne": "y"}),
            politique="premiere",
        )
    )
    dossier = base.lire({"date_entree": "2025-05-15", "diplomes": [], **faits})
    assert manquants(base, dossier, base.moteur.resoudre(dossier)) == attendus


@pytest.mark.parametrize("politique", ["cumul", "premiere"])
def test_ce_qui_ne_peut_que_nier_ne_compte_pas_quand_l_inconnu_passe(politique: str) -> None:
    si = {"et": [{"a_confirmer": "x"}, {"fait": "heures_experience_vae", "au_moins": 10}]}
    base = base_avec(
        table(regle("essai.une", si, alors={"donne": "x"}), politique=politique, inconnu="passe")
    )
    dossier = base.lire({"date_entree": "2025-05-15", "diplomes": []})
    assert manquants(base, dossier, base.moteur.resoudre(dossier)) == []


def test_les_renvois_menent_aux_faits_qui_les_tiennent() -> None:
    base = base_avec(
        table(
            regle(
                "essai.un", {"fait": "heures_experience_vae", "au_moins": 10}, alors={"donne": "x"}
            ),
            politique="premiere",
            role="prepare",
        ),
        table(
            regle("suite.regle", {"regle": "essai.un"}),
            regle("suite.table", {"une_regle_de": "essai"}),
            regle("suite.sortie", {"sortie": "essai", "parmi": ["x"]}),
            regle("suite.date", "toujours", du=date(2020, 1, 1)),
            regle("suite.non", {"non": {"fait": "date_depot", "connu": True}}),
            table="suite",
            decide_par="date_naissance",
            quand={"fait": "date_prise_fonction", "avant": date(2020, 1, 1)},
        ),
    )
    dossier = base.lire({})
    conclusion = base.moteur.decider(dossier)
    etapes = {etape.regle.id: etape for etape in conclusion.etapes}

    def faits(nom: str) -> set[str]:
        return set(inconnus(base).de_l_etape(etapes[nom], conclusion))

    garde = {"date_prise_fonction"}
    assert faits("suite.regle") == {"heures_experience_vae"} | garde
    assert faits("suite.table") == {"heures_experience_vae"} | garde
    assert faits("suite.sortie") == {"heures_experience_vae"} | garde
    assert faits("suite.date") == {"date_naissance"} | garde
    assert faits("suite.non") == garde
    decidee = base.moteur.decider(base.lire({"date_prise_fonction": "2021-01-01"}))
    assert all(
        inconnus(base).de_l_etape(etape, decidee) == frozenset()
        for etape in decidee.etapes
        if etape.regle.table == "suite"
    )


def test_les_valeurs_essayees_sont_celles_des_bornes(base: Base) -> None:
    dossier = base.lire({"date_entree": "2026-01-15"})
    assert essais(base, "experience_secretaire_mois", dossier) == [
        11,
        12,
        13,
        23,
        24,
        25,
        35,
        36,
        37,
    ]
    assert essais(base, "niveau_diplome", dossier) == [3, 4, 5]
    assert date(2025, 6, 25) in essais(base, "date_entree", base.lire({}))
    afgsu = essais(base, "afgsu_date", dossier)
    assert {date(2022, 1, 14), date(2022, 1, 15), date(2022, 1, 16), date(2025, 1, 15)} <= set(
        afgsu
    )
    assert essais(base, "date_jury", dossier) == []
