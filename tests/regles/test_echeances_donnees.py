"""The clocks: which run, from which day, and where the calendar makes them fall."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.calendrier import ajouter_mois
from binome.regles.courante import base_courante
from binome.regles.regle import Alerte, Horloge

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base

Lues = dict[str, set[date | None]]
CODES = {
    "entree_formation", "qualification", "fae", "afgsu", "remplacement_secretaire", "anniversaire",
    "fin_contrat", "validite_referentiel", "accrochage",
}  # fmt: skip


def lire(base: Base, **faits: Any) -> Lues:
    """Every clock that runs, with each day that its rival readings give."""
    vue = base.vue("echeances")
    dossier = vue.lire(faits, interne=True)
    lues: Lues = {}
    for etape in vue.moteur.decider(dossier).etapes:
        effet = etape.regle.effet
        if etape.issue == "oui" and isinstance(effet, Horloge):
            depart = dossier[effet.fait] if effet.fait else None
            jour = ajouter_mois(depart, effet.mois) if isinstance(depart, date) else effet.le
            lues.setdefault(effet.code, set()).add(jour)
    return lues


@pytest.fixture(scope="session")
def echeances(base: Base) -> Callable[..., Lues]:
    """The clocks of a dossier."""
    return lambda **faits: lire(base, **faits)


def test_toutes_les_echeances_sont_ecrites(base: Base) -> None:
    effets = [regle.effet for regle in base.vue("echeances").regles.values()]
    assert {effet.code for effet in effets if isinstance(effet, Horloge)} == CODES


@pytest.mark.parametrize(
    ("signature", "entrees", "qualifications"),
    [
        ("2019-08-19", None, None),
        ("2019-08-20", {"2022-01-10"}, {"2023-01-10"}),
        ("2023-04-30", {"2022-01-10"}, {"2023-01-10"}),
        ("2023-05-01", {"2022-01-10"}, {"2023-01-10"}),
        ("2024-06-21", {"2022-01-10"}, {"2023-01-10"}),
        ("2024-06-22", None, {"2022-01-10", "2026-06-22", "2023-01-10"}),
    ],
)
def test_la_version_du_jour_de_la_signature_decide(
    echeances: Callable[..., Lues],
    signature: str,
    entrees: set[str] | None,
    qualifications: set[str] | None,
) -> None:
    lues = echeances(
        date_signature_contrat_aide=signature, date_prise_fonction="2020-01-10", voie="cqp"
    )
    for code, attendues in (("entree_formation", entrees), ("qualification", qualifications)):
        attendu = None if attendues is None else {date.fromisoformat(un) for un in attendues}
        assert lues.get(code) == attendu
    assert "fae" not in lues


@pytest.mark.parametrize(
    ("voie", "presentes", "absentes"),
    [
        (None, {"entree_formation", "qualification", "fae"}, set()),
        ("cqp", {"entree_formation", "qualification"}, {"fae"}),
        ("fae", {"entree_formation", "fae"}, {"qualification"}),
        ("deja_certifie", set(), {"entree_formation", "qualification", "fae"}),
    ],
)
def test_la_voie_dit_quels_delais_courent(
    echeances: Callable[..., Lues], voie: str | None, presentes: set[str], absentes: set[str]
) -> None:
    lues = echeances(
        date_signature_contrat_aide="2021-06-01", date_prise_fonction="2021-06-01", voie=voie
    )
    assert presentes <= set(lues)
    assert not absentes & set(lues)


@pytest.mark.parametrize(
    ("prise_de_fonction", "entree", "qualification"),
    [
        ("2020-02-29", "2022-02-28", "2023-02-28"),
        ("2021-08-31", "2023-08-31", "2024-08-31"),
        ("2022-02-28", "2024-02-28", "2025-02-28"),
    ],
)
def test_les_fins_de_mois_des_delais_de_formation(
    echeances: Callable[..., Lues], prise_de_fonction: str, entree: str, qualification: str
) -> None:
    lues = echeances(
        date_signature_contrat_aide="2021-06-01", date_prise_fonction=prise_de_fonction
    )
    assert lues["entree_formation"] == {date.fromisoformat(entree)}
    assert lues["qualification"] == {date.fromisoformat(qualification)}
    assert lues["fae"] == {date.fromisoformat(qualification)}


@pytest.mark.parametrize(
    ("prise_de_fonction", "attendu"),
    [
        ("2022-08-31", "2023-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2023-08-30", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2023-08-28", "2024-02-28"),
    ],
)
@pytest.mark.parametrize("signature", ["2019-08-20", "2023-04-30", "2023-05-01", "2026-11-01"])
def test_la_secretaire_promue_est_remplacee_dans_les_six_mois(
    echeances: Callable[..., Lues], signature: str, prise_de_fonction: str, attendu: str
) -> None:
    faits = {
        "date_signature_contrat_aide": signature,
        "date_prise_fonction": prise_de_fonction,
    }
    lues = echeances(**faits, secretaire_promue=True)
    assert lues["remplacement_secretaire"] == {date.fromisoformat(attendu)}
    assert "remplacement_secretaire" not in echeances(**faits, secretaire_promue=False)
    assert "remplacement_secretaire" not in echeances(**faits)


def test_le_contrat_signe_un_29_fevrier(echeances: Callable[..., Lues]) -> None:
    lues = echeances(date_signature_contrat_aide="2024-02-29")
    assert lues["anniversaire"] == {date(2025, 2, 28)}
    assert lues["fin_contrat"] == {date(2029, 2, 28)}


def test_l_arrete_ouvre_le_delai_de_la_fae_le_jour_de_sa_publication(
    echeances: Callable[..., Lues],
) -> None:
    assert "fae" not in echeances(date_prise_fonction="2019-11-12")
    assert echeances(date_prise_fonction="2019-11-13")["fae"] == {date(2022, 11, 13)}


def test_la_fae_a_trois_lectures_depuis_la_convention_de_2024(
    echeances: Callable[..., Lues],
) -> None:
    faits = {"date_prise_fonction": "2024-02-29", "voie": "fae"}
    avant = echeances(**faits, date_signature_contrat_aide="2024-06-21")
    assert avant["fae"] == {date(2027, 2, 28)}
    depuis = echeances(**faits, date_signature_contrat_aide="2024-06-22")
    assert depuis["fae"] == {date(2027, 2, 28), date(2026, 2, 28), date(2026, 6, 22)}


@pytest.mark.parametrize(
    ("entree", "fins"),
    [
        ("2020-12-31", None),
        ("2021-01-01", {date(2025, 4, 24), date(2025, 4, 25)}),
        ("2025-04-24", {date(2025, 4, 24), date(2025, 4, 25)}),
        ("2025-04-25", None),
        ("2025-06-24", None),
        ("2025-06-25", {date(2030, 6, 25)}),
        ("2030-06-25", {date(2030, 6, 25)}),
        ("2030-06-26", None),
    ],
)
def test_la_fin_du_referentiel_d_entree(
    echeances: Callable[..., Lues], entree: str, fins: set[date] | None
) -> None:
    assert echeances(date_entree=entree).get("validite_referentiel") == fins


def test_l_afgsu_dure_quatre_ans_et_l_accrochage_trois_mois(
    echeances: Callable[..., Lues],
) -> None:
    assert echeances(afgsu_date="2024-02-29")["afgsu"] == {date(2028, 2, 29)}
    assert echeances(afgsu_date="2020-02-29")["afgsu"] == {date(2024, 2, 29)}
    assert echeances(date_jury="2025-11-30")["accrochage"] == {date(2026, 2, 28)}
    assert "accrochage" not in echeances(date_jury="2021-06-30")


def test_la_recommandation_9_ajoute_une_echeance_d_un_an(echeances: Callable[..., Lues]) -> None:
    faits = {"date_signature_contrat_aide": "2024-02-29", "date_prise_fonction": "2024-02-01"}
    neuf = base_courante("igas-9")
    # The report counts its year from the aid contract, elsewhere from the recruitment.
    annee = {date(2025, 2, 28), date(2025, 2, 1)}
    assert lire(neuf, **faits)["entree_formation"] == annee | {date(2026, 2, 1)}
    assert echeances(**faits)["entree_formation"] == {date(2026, 2, 1)}
    assert neuf.empreinte != base_courante().empreinte


def test_une_lecture_disputee_n_est_jamais_seule(base: Base) -> None:
    """A contested clock has a rival reading that shares its code."""
    codes: dict[str, set[str]] = {}
    for regle in base.vue("echeances").regles.values():
        assert isinstance(regle.effet, Horloge | Alerte)
        if regle.statut == "contestee" and isinstance(regle.effet, Horloge):
            codes.setdefault(regle.effet.code, set()).add(regle.id)
    assert {code for code, regles in codes.items() if len(regles) < 2} == set()
