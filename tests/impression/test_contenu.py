"""What the page says: nothing sensitive, every figure with its source, columns that add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from binome.impression.contenu import contenu
from binome.impression.feuille_de_presence import carre
from binome.impression.heures import A_SUIVRE, EPREUVE, lignes, somme
from binome.impression.renvois import FIABILITES
from binome.regles.calendrier import duree_en_clair
from tests.impression.dossiers import DOSSIERS, SECRETAIRE, calendrier, repondre

ADRESSE = "https://exemple.fr/reponse?diplomes=secretaire_medical&afgsu_niveau=0"


def page(objet: Any, *, tiers: bool = False) -> dict[str, Any]:
    reponse = repondre(objet)
    return contenu(
        reponse,
        edite_le=date(2026, 11, 22),
        adresse=ADRESSE,
        plan=calendrier(reponse),
        tiers=tiers,
    )


@pytest.mark.parametrize("objet", DOSSIERS.values(), ids=DOSSIERS)
def test_les_colonnes_font_les_heures_de_la_reponse(objet: Any) -> None:
    reponse = repondre(objet)
    rangees = list(lignes(reponse))
    if not rangees or reponse.minutes["total"] is None:
        return
    total = somme(rangees).minutes
    assert total[A_SUIVRE] == reponse.minutes["formation"]
    assert total[EPREUVE] == reponse.minutes["evaluations"]
    assert total["dispense"] == reponse.minutes["dispensees"]


@pytest.mark.parametrize("objet", DOSSIERS.values(), ids=DOSSIERS)
def test_chaque_renvoi_mene_a_une_source_et_chaque_source_sert(objet: Any) -> None:
    resultat = page(objet)
    listees = [p["cle"] for une in resultat["sources"] for p in une["passages"]]
    assert listees == list(resultat["numeros"])
    assert list(resultat["numeros"].values()) == list(range(1, len(listees) + 1))

    def citees(valeur: Any) -> set[str]:
        if isinstance(valeur, dict):
            propres = set(valeur.get("renvois", ()))
            return propres.union(*(citees(v) for c, v in valeur.items() if c != "renvois"))
        if isinstance(valeur, list):
            return set().union(*(citees(une) for une in valeur))
        return set()

    assert citees(resultat) == set(listees)


@pytest.mark.parametrize("objet", DOSSIERS.values(), ids=DOSSIERS)
def test_les_raisons_les_lectures_et_les_heures_ont_une_source(objet: Any) -> None:
    resultat = page(objet)
    assert all(raison["renvois"] for raison in resultat["raisons"])
    assert all(une["renvois"] for alerte in resultat["alertes"] for une in alerte["lectures"])
    for partie in ("heures", "epreuves", "calendrier"):
        assert resultat[partie] is None or resultat[partie]["renvois"]


def test_le_carre_est_l_adresse_de_la_reponse() -> None:
    dite = page({"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"]})
    assert dite["carre"] == carre(ADRESSE) != carre(f"{ADRESSE}&zone=A")


def test_la_secretaire_titree() -> None:
    resultat = page(SECRETAIRE)
    assert "216 h" in resultat["phrase"]
    assert resultat["heures"]["en_tout"] == "En tout, évaluations comprises : 216 h."
    assert "Bloc 2 : 12 h à suivre, 63 h dispensées" in resultat["heures"]["description"]
    assert resultat["epreuves"]["phrase"] == "14 épreuves, 15 h en tout."
    assert len(resultat["epreuves"]["lignes"]) == 14
    assert {"libelle": "Fin estimée", "valeur": "2 juin 2026"} in resultat["calendrier"]["lignes"]
    assert resultat["alertes"][0]["titre"] == "Les sources divergent"
    assert [une["valeur"] for une in resultat["alertes"][0]["lectures"]] == [
        "15 heures",
        "14 heures",
    ]
    assert resultat["pied"].startswith("Édité le 22 novembre 2026. Règles du 15 janvier 2026. Base")
    assert "la branche (CPNEFP) décide seule" in resultat["mention"]


def test_la_dispense_en_heures_est_retiree_de_ce_qui_reste_a_suivre() -> None:
    secretaire = next(iter(DOSSIERS.values()))
    dentaire = {**secretaire, "diplomes": ["assistant_dentaire"], "experience_dentaire_mois": 0}
    (en_moins,) = [une for une in page(dentaire)["heures"]["barres"] if une["titre"] == "En moins"]
    assert en_moins["en_clair"] == {"a_suivre": "−49 h", "dispense": "49 h"}
    # Their sources place it in a bloc: it is drawn there.
    resultat = page(secretaire)
    assert "Bloc 2 : 14 h à suivre, 98 h dispensées" in resultat["heures"]["description"]
    assert "2 h 30 dispensées" in resultat["epreuves"]["phrase"]
    assert "Nous ne savons pas lesquelles" in resultat["epreuves"]["phrase"]


def test_la_fae_n_a_ni_epreuve_ni_evaluation() -> None:
    resultat = page({"date_entree": "2026-01-15", "diplomes": ["ide"]})
    assert resultat["epreuves"] is None
    assert resultat["heures"]["en_tout"] == f"En tout : {duree_en_clair(75 * 60)}."


def test_un_fait_sensible_n_est_pas_imprime() -> None:
    resultat = page({**SECRETAIRE, "date_naissance": "1984-03-09"})
    assert "1984" not in str(resultat)
    assert {
        "libelle": "Situation",
        "valeur": "salariée ou salarié d’un cabinet médical libéral",
    } in (resultat["faits"])


def test_on_peut_parler_de_la_personne_a_quelqu_un_d_autre() -> None:
    assert page(SECRETAIRE)["phrase"].startswith("Votre voie")
    assert page(SECRETAIRE, tiers=True)["phrase"].startswith("Sa voie")


def test_sans_date_d_entree_les_regles_sont_inconnues_et_c_est_dit() -> None:
    resultat = page({})
    assert "nous ne savons pas quelles règles" in resultat["regles"]
    assert resultat["manquants"]
    assert "Règles" not in resultat["pied"]


def test_chaque_fiabilite_a_ses_mots_et_un_fichier_n_est_pas_une_adresse() -> None:
    sources = page(SECRETAIRE)["sources"]
    assert {une["fiabilite"] for une in sources} <= set(FIABILITES.values())
    adresses = [une["adresse"] for une in sources]
    assert "" in adresses
    assert all(adresse == "" or adresse.startswith("http") for adresse in adresses)
