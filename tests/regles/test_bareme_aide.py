"""The published scale of the aid, cell by cell, and the days when one scale gives way to another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.calendrier import ajouter_mois
from binome.regles.manquants import manquants
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base

Montants = dict[str, int | None]

# year 1, year 2, year 3, year 3 between P90 and P95, above P95 (§2 of the brief, in euros)
ANCIEN = {
    "tiers": (12_000, 9_000, 7_000, 8_350, 12_000),
    "demi": (18_000, 13_500, 10_500, 12_500, 18_000),
    "un": (36_000, 27_000, 21_000, 25_000, 36_000),
}
NOUVEAU = {
    "tiers": (None, 9_450, 7_350, 8_767, 12_600),
    "demi": (19_000, 14_000, 11_000, 13_000, 19_000),
    "un": (38_000, 28_000, 22_000, 26_000, 38_000),
    "un_et_demi": (None,) * 5,
    "deux": (None,) * 5,
}
CASES = ((1, None), (2, "p30_p50"), (3, "p70_p90"), (3, "p90_p95"), (3, "p95"))


@pytest.fixture(scope="session")
def aide(base: Base) -> Base:
    """The base as the aid contract sees it."""
    return base.vue("aide")


@pytest.fixture(scope="session")
def montants(aide: Base) -> Callable[..., Montants]:
    """The amounts of one year of a contract."""

    def montants(**faits: Any) -> Montants:
        dossier = aide.lire(faits, interne=True)
        etabli = aide.moteur.resoudre(dossier)
        return dict(compteur(aide).compter(etabli, dossier))

    return montants


@pytest.fixture(scope="session")
def annee(montants: Callable[..., Montants]) -> Callable[..., int | None]:
    """The aid, in euros, of the k-th year of a contract signed on a day."""

    def annee(signature: date, rang: int, option: str, bande: str | None = None) -> int | None:
        debut = ajouter_mois(signature, 12 * (rang - 1))
        cents = montants(
            date_signature_contrat_aide=signature.isoformat(),
            debut_annee=debut.isoformat(),
            annee=rang,
            option_etp=option,
            bande_activite=bande,
        )["aide_max_cents"]
        assert cents is None or cents % 100 == 0
        return None if cents is None else cents // 100

    return annee


@pytest.mark.parametrize("option", ANCIEN)
@pytest.mark.parametrize("debut", ["2019-08-20", "2021-06-01", "2023-05-01", "2024-06-21"])
def test_chaque_case_du_bareme_de_2019(
    montants: Callable[..., Montants], option: str, debut: str
) -> None:
    """The scale depends on the day the year starts, whatever the age of the contract."""
    lues = [
        montants(
            date_signature_contrat_aide="2019-08-20",
            debut_annee=debut,
            annee=rang,
            option_etp=option,
            bande_activite=bande,
        )["aide_max_cents"]
        for rang, bande in CASES
    ]
    assert lues == [100 * un for un in ANCIEN[option]]


@pytest.mark.parametrize("option", NOUVEAU)
@pytest.mark.parametrize("debut", ["2024-06-22", "2026-11-25"])
def test_chaque_case_du_bareme_de_2024(
    montants: Callable[..., Montants], option: str, debut: str
) -> None:
    lues = [
        montants(
            date_signature_contrat_aide="2024-06-22",
            debut_annee=debut,
            annee=rang,
            option_etp=option,
            bande_activite=bande,
        )["aide_max_cents"]
        for rang, bande in CASES
    ]
    assert lues == [None if un is None else 100 * un for un in NOUVEAU[option]]


def test_un_contrat_de_mars_2024_change_de_bareme_a_son_anniversaire(
    annee: Callable[..., int | None],
) -> None:
    signature = date(2024, 3, 15)
    attendu = [36_000, 28_000, 22_000, 22_000, 22_000]
    assert [annee(signature, k, "un", "p50_p70") for k in range(1, 6)] == attendu
    assert [annee(signature, k, "demi", "p90_p95") for k in range(1, 4)] == [18_000, 14_000, 13_000]


def test_au_dela_de_p95_le_montant_ne_baisse_pas(annee: Callable[..., int | None]) -> None:
    # The fourth year starts on 1 June 2024, three weeks before the new scale.
    assert [annee(date(2021, 6, 1), k, "un", "p95") for k in range(1, 6)] == [
        36_000, 36_000, 36_000, 36_000, 38_000,
    ]  # fmt: skip


def test_un_tiers_temps_en_cours_suit_ses_deux_baremes(annee: Callable[..., int | None]) -> None:
    assert [annee(date(2022, 9, 1), k, "tiers", "p30_p50") for k in range(1, 5)] == [
        12_000, 9_000, 7_350, 7_350,
    ]  # fmt: skip


def test_la_hausse_de_2024_n_est_pas_de_cinq_pour_cent() -> None:
    """Amounts are stored: only the third of a full time is exactly five per cent higher."""
    for ancien, nouveau in zip(ANCIEN["un"], NOUVEAU["un"], strict=True):
        assert nouveau is not None
        assert 100 * nouveau != 105 * ancien
    assert 100 * 9_450 == 105 * 9_000


def test_sans_rang_seule_la_premiere_annee_est_connue(annee: Callable[..., int | None]) -> None:
    assert [annee(date(2025, 1, 2), k, "un") for k in (1, 2, 3)] == [38_000, None, None]


def test_le_contrat_collectif_compte_par_temps_plein(montants: Callable[..., Montants]) -> None:
    depart: dict[str, Any] = {
        "date_signature_contrat_aide": "2026-02-25", "contrat_collectif": True,
        "debut_annee": "2026-02-25", "annee": 1, "specialite": "medecine_generale",
    }  # fmt: skip
    deux = montants(**depart, etp=2.5, medecins=4, salaire_charge_mensuel_cents=1_000_000)
    assert deux["aide_max_cents"] == 95_000_00
    assert deux["reste_employeur_cents"] == 120_000_00 - 95_000_00
    assert (deux["mt_plus"], deux["fa_plus"]) == (650, 275)
    assert montants(**depart)["aide_max_cents"] is None
    la_veille = montants(**{**depart, "date_signature_contrat_aide": "2026-02-24"}, option_etp="un")
    assert la_veille["aide_max_cents"] == 38_000_00
    assert la_veille["mt_plus"] is None


@pytest.mark.parametrize(
    ("signature", "en_cours", "issue"),
    [
        ("2023-04-30", False, "oui"),
        ("2023-05-01", False, "non"),
        ("2023-05-01", True, "oui"),
        ("2025-03-03", False, "non"),
        ("2025-03-03", None, None),
    ],
)
def test_le_tiers_temps_se_ferme_le_premier_mai_2023(
    aide: Base, signature: str, en_cours: bool | None, issue: str | None
) -> None:
    dossier = aide.lire(
        {
            "date_signature_contrat_aide": signature,
            "option_etp": "tiers",
            "contrat_en_cours": en_cours,
            "specialite": "medecine_generale",
            "secteur": "1",
            "patientele_mt": 900,
            "exercice_regroupe": True,
            "exercice_coordonne": True,
        }
    )
    assert aide.moteur.resoudre(dossier).retenues["aide-eligibilite"] == issue


@pytest.mark.parametrize(
    ("jour", "version"),
    [
        ("2019-08-19", "aucun"),
        ("2019-08-20", "avenant7"),
        ("2023-04-30", "avenant7"),
        ("2023-05-01", "reglement_arbitral"),
        ("2024-06-21", "reglement_arbitral"),
        ("2024-06-22", "convention_2024"),
        ("2026-02-24", "convention_2024"),
        ("2026-02-25", "collectif_2026"),
    ],
)
def test_chaque_jour_a_sa_version(aide: Base, jour: str, version: str) -> None:
    dossier = aide.lire({"date_signature_contrat_aide": jour, "contrat_collectif": True})
    assert aide.moteur.resoudre(dossier).retenues["aide-version"] == version


def test_l_objectif_est_tronque_au_patient(
    montants: Callable[..., Montants],
) -> None:
    """Above P95 at full time, five per cent of each count, truncated to whole patients."""
    lus = montants(
        date_signature_contrat_aide="2020-09-01",
        specialite="medecine_generale",
        option_etp="un",
        bande_activite="p95",
        nouvel_installe=False,
        patientele_mt=1_819,
        file_active=2_339,
    )
    assert (lus["mt_plus"], lus["fa_plus"]) == (90, 116)


def test_un_montant_n_attend_que_les_faits_qui_peuvent_le_donner(aide: Base) -> None:
    """Neither the time of a collective contract nor an objective that nobody knows is asked for."""
    depart: dict[str, Any] = {
        "date_signature_contrat_aide": "2025-03-03",
        "secteur": "1",
        "specialite": "medecine_generale",
        "patientele_mt": 900,
        "debut_annee": "2025-03-03",
        "annee": 1,
    }

    def demander(**faits: Any) -> set[str]:
        dossier = aide.lire({**depart, **faits}, interne=True)
        return set(manquants(aide, dossier, aide.moteur.resoudre(dossier)))

    assert demander(option_etp="demi") == {"medecins", "salaire_charge_mensuel_cents"}
    assert demander(option_etp="demi", medecins=1, salaire_charge_mensuel_cents=1) == set()
    collectif = {"date_signature_contrat_aide": "2026-03-02", "contrat_collectif": True}
    assert {"etp", "medecins"} <= demander(**collectif)
    # No source gives the amounts of a second assistant: the cost of the post would serve nothing.
    assert "salaire_charge_mensuel_cents" not in demander(option_etp="deux")
    troisieme = {"annee": 3, "debut_annee": "2027-03-03"}
    assert "bande_activite" in demander(option_etp="demi", **troisieme)
    assert "bande_activite" not in demander(option_etp="deux", **troisieme)
