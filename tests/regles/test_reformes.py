"""A reform laid over the base: what it closes, what it brings, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import appliquer_reforme, base_courante, donnees_de, ouvrir, reformes
from binome.regles.lecture import BaseInvalide, lire_brut
from binome.regles.metiers.positionnement import positionner
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
        match="^la réforme « igas-99 » n’existe pas ; connues : igas-11, igas-11-deux-modules, igas-11-sans-fae, igas-8, igas-8-salaries, igas-9$",
    ):
        ouvrir("courante+igas-99")


@pytest.mark.parametrize(
    ("designation", "faute"),
    [
        (
            "courante+igas-8+igas-8-salaries",
            "« igas-8 » et « igas-8-salaries » sont deux variantes",
        ),
        (
            "courante+igas-11-sans-fae+igas-11-deux-modules",
            "« igas-11-sans-fae » et « igas-11-deux",
        ),
    ],
)
def test_deux_variantes_ne_s_empilent_pas(designation: str, faute: str) -> None:
    with pytest.raises(BaseInvalide, match=faute):
        ouvrir(designation)


def test_deux_reformes_s_empilent() -> None:
    avec = ouvrir("courante+igas-8+igas-9")
    assert avec.reformes == ("igas-8", "igas-9")
    assert {"prerequis.igas-8", "delai.igas-9.entree"} <= set(avec.regles)
    assert all(base_courante(nom).empreinte for nom in reformes())


@pytest.mark.parametrize(
    ("reforme", "heures"),
    [("igas-11", 35), ("igas-11-deux-modules", 63), ("igas-11-sans-fae", 0)],
)
def test_la_recommandation_11_a_trois_lectures(reforme: str, heures: int) -> None:
    avec = base_courante(reforme)
    infirmiere = avec.lire({"date_entree": "2026-01-15", "diplomes": ["ide"]})
    assert positionner(avec, infirmiere).minutes["total"] == heures * 60


@pytest.mark.parametrize(
    ("reforme", "niveau", "situation", "voie"),
    [
        ("igas-8", 3, "demandeur_emploi", "cqp"),
        ("igas-8-salaries", 3, "demandeur_emploi", "refus"),
        ("igas-8-salaries", 3, "autre", "refus"),
        ("igas-8-salaries", 3, "salarie_cabinet", "cqp"),
        ("igas-8-salaries", 3, "salarie_centre_sante", "cqp"),
        ("igas-8-salaries", 3, "salarie_autre", "cqp"),
        ("igas-8-salaries", 2, "salarie_cabinet", "refus"),
        ("igas-8-salaries", 3, None, "indetermine"),
    ],
)
def test_la_recommandation_8_vise_les_candidats_ou_les_salaries(
    reforme: str, niveau: int, situation: str | None, voie: str
) -> None:
    avec = base_courante(reforme)
    faits = {
        "date_entree": "2026-01-15",
        "diplomes": [],
        "niveau_diplome": niveau,
        "experience_secretaire_mois": 0,
        "situation": situation,
    }
    assert positionner(avec, avec.lire(faits)).voie == voie


@pytest.mark.parametrize(
    ("prise", "issue"), [("2025-01-15", "oui"), ("2025-01-14", "non"), (None, "indetermine")]
)
def test_la_recommandation_9_compte_aussi_depuis_l_embauche(prise: str | None, issue: str) -> None:
    avec = base_courante("igas-9")
    faits = {
        "date_entree": "2026-01-15",
        "diplomes": [],
        "niveau_diplome": 4,
        "date_prise_fonction": prise,
        "date_signature_contrat_aide": "2025-03-01",
    }
    conclusion = avec.moteur.decider(avec.lire(faits))
    assert {e.regle.id: e.issue for e in conclusion.etapes}["delai.igas-9.embauche"] == issue


def test_les_regles_en_vigueur_un_jour(base: Base) -> None:
    en_vigueur = {regle.id for regle in base.en_vigueur(date(2026, 1, 15))}
    assert "dispense.40913.secretaire" in en_vigueur
    assert "voie.deja-certifie" in en_vigueur
    assert "dispense.384.secretaire" not in en_vigueur
    assert {regle.id for regle in base.en_vigueur(date(2025, 6, 24))} >= {"fenetre.entre-deux"}
