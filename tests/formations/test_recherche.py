"""Finding an organisation by place, modality and what a person types."""

from __future__ import annotations

from typing import Any

import pytest

from binome.formations.lecture import organismes
from binome.formations.recherche import filtrer, sites_par_departement


def slugs(**criteres: Any) -> list[str]:
    return [organisme.slug for organisme in filtrer(organismes(), **criteres)]


def test_sans_critere_tout_le_monde_reste() -> None:
    assert filtrer(organismes()) == organismes()


def test_par_departement() -> None:
    assert slugs(departement="31") == ["afml-dopamine", "keyce"]
    assert slugs(departement="40") == ["asfo"]
    assert slugs(departement="75") == []


def test_par_region_un_site_sans_ville_compte() -> None:
    assert slugs(region="52") == ["cfa-cci-le-mans", "cnam-pays-de-la-loire"]
    assert slugs(departement="72") == ["cfa-cci-le-mans"]


def test_par_modalite_l_inconnue_n_est_ni_presence_ni_distance() -> None:
    assert slugs(modalite="presentiel") == ["asfo"]
    assert slugs(modalite="distance") == []
    assert len(slugs(modalite="inconnue")) == 14


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("pole", ["pole-de-formation-pasteur"]),
        ("PÔLE  pasteur", ["pole-de-formation-pasteur"]),
        ("reunion", ["ifsec-oi"]),
        ("saint paul les dax", ["asfo"]),
        ("medecins liberaux", ["afml-dopamine"]),
        ("toulouse keyce", ["keyce"]),
        ("dentaires", ["cqfd", "pole-de-formation-pasteur"]),
        ("aucun organisme ainsi nommé", []),
    ],
)
def test_par_texte_sans_egard_aux_accents(texte: str, attendus: list[str]) -> None:
    assert slugs(texte=texte) == attendus


def test_les_criteres_se_cumulent() -> None:
    assert slugs(departement="31", texte="keyce") == ["keyce"]
    assert slugs(departement="31", modalite="presentiel") == []


def test_les_sites_se_comptent_par_departement() -> None:
    comptes = sites_par_departement(organismes())
    assert comptes == {
        "11": 1, "12": 1, "29": 1, "31": 2, "34": 1, "40": 2, "72": 1, "974": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tape", "trouve"),
    [("40", True), ("40990", True), ("Dax 40", True), ("33000", False), ("4", False), ("99", False), ("2a", False)],
)  # fmt: skip
def test_un_departement_se_cherche_par_son_numero(tape: str, trouve: bool) -> None:
    """Saint-Paul-lès-Dax is in the Landes, which is 40."""
    noms = [un.slug for un in filtrer(organismes(), texte=tape)]
    assert (
        any(
            "Dax" in (site.ville or "")
            for un in organismes()
            if un.slug in noms
            for site in un.sites
        )
        == trouve
    )


def test_la_corse_et_l_outre_mer_ont_leurs_codes() -> None:
    assert [un.slug for un in filtrer(organismes(), texte="97400")] == [
        un.slug for un in filtrer(organismes(), departement="974")
    ]
    assert not filtrer(organismes(), texte="20000")
