"""Planted leaks, each found with its cell and how; and what hides them, that lets nothing be worked out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binome.secret.audit import (
    PublicationRefusee,
    PublicationsContraires,
    fuites,
    verifier,
)
from binome.secret.masquer import SecretImpossible, masquer, petites
from binome.secret.programme_lineaire import encadrer
from binome.secret.tableau import (
    ENSEMBLE,
    Axe,
    Publication,
    SommeDeCellules,
    avec_marges,
    axe_simple,
    sommes_du_tableau,
)

if TYPE_CHECKING:
    from binome.secret.tableau import Cellule

A, B, C, TOUT = ("Ain",), ("Loire",), ("Rhône",), (ENSEMBLE,)
LIGNE = SommeDeCellules(TOUT, (A, B, C))


def test_par_soustraction() -> None:
    publiee = Publication("mars", {A: 20, B: 15, C: None, TOUT: 38}, (LIGNE,))
    with pytest.raises(PublicationRefusee) as refus:
        verifier([publiee])
    (fuite,) = refus.value.fuites
    assert (fuite.cellule, fuite.bas, fuite.haut) == (C, 3, 3)
    assert fuite.en_clair == (
        "« Rhône », cachée dans « mars », vaut 3 : c’est « ensemble » (38), moins « Ain », « Loire » (35)."
    )


def test_par_le_total() -> None:
    """A hidden total is the sum of its parts; and a total of nothing leaves nothing to its parts."""
    cache = Publication("mars", {A: 20, B: 15, C: 3, TOUT: None}, (LIGNE,))
    (fuite,) = fuites([cache])
    assert (fuite.cellule, fuite.bas) == (TOUT, 38)
    assert "la somme de" in fuite.comment
    vide = Publication("avril", {A: 20, B: None, C: None, TOUT: 20}, (LIGNE,))
    assert {(une.cellule, une.haut) for une in fuites([vide])} == {(B, 0), (C, 0)}


def test_par_deux_publications() -> None:
    """Each is safe alone; together, what the second shows is what the first hides."""
    mars = Publication("mars", {A: None, B: 20, C: None, TOUT: 40}, (LIGNE,))
    avril = Publication("avril", {A: None, B: None, C: 15, TOUT: 40}, (LIGNE,))
    assert fuites([mars]) == fuites([avril]) == []
    trouvees = fuites([mars, avril])
    assert [(une.publication, une.cellule, une.bas) for une in trouvees] == [
        ("mars", A, 5),
        ("mars", C, 15),
        ("avril", B, 20),
    ]
    assert "en réunissant « mars » et « avril »" in trouvees[0].comment
    assert trouvees[1].comment == "« avril » la montre"


def test_par_ce_qui_change_d_un_mois_a_l_autre() -> None:
    """A stock hidden one month is the next one less what came in between, which may be below zero."""
    avant, apres, flux = (
        ("Ain", "stock", "mars"),
        ("Ain", "stock", "avril"),
        ("Ain", "flux", "avril"),
    )
    mars = Publication("mars", {avant: None})
    lien = SommeDeCellules(apres, (avant, flux))
    avril = Publication("avril", {apres: 12, flux: 5}, (lien,), frozenset({flux}))
    (fuite,) = fuites([mars, avril])
    assert (fuite.cellule, fuite.bas) == (avant, 7)
    baisse = replace(avril, valeurs={apres: 12, flux: None})
    assert fuites([mars, baisse]) == []
    assert [une.cellule for une in fuites([Publication("mars", {avant: 20}), baisse])] == [flux]


def test_par_plusieurs_sommes_a_la_fois() -> None:
    """No sum alone gives it: two lines, less two columns, leave one cell."""
    a1, a2, b1, b2, b3 = ("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"), ("b", "3")
    totaux: dict[Cellule, int | None] = {
        ("a", "t"): 20,
        ("b", "t"): 27,
        ("t", "1"): 18,
        ("t", "2"): 22,
    }
    sommes = (
        SommeDeCellules(("a", "t"), (a1, a2)),
        SommeDeCellules(("b", "t"), (b1, b2, b3)),
        SommeDeCellules(("t", "1"), (a1, b1)),
        SommeDeCellules(("t", "2"), (a2, b2)),
    )
    publiee = Publication("mars", {**totaux, **dict.fromkeys((a1, a2, b1, b2, b3))}, sommes)
    (fuite,) = fuites([publiee])
    assert (fuite.cellule, fuite.bas, fuite.haut) == (b3, 7, 7)
    assert "prises ensemble" in fuite.comment


def test_a_peu_pres_est_deja_trop() -> None:
    """With a margin, bounds that are close are a leak as well."""
    publiee = Publication("mars", {A: None, B: None, C: 36, TOUT: 38}, (LIGNE,))
    assert fuites([publiee]) == []
    assert [(une.bas, une.haut) for une in fuites([publiee], marge=10)] == [(0, 2), (0, 2)]


@pytest.mark.parametrize(
    ("publiees", "dit"),
    [
        ([Publication("mars", {A: 1}), Publication("avril", {A: 2})], "vaut 1 dans"),
        ([Publication("mars", {A: 1, B: 1, C: 1, TOUT: 4}, (LIGNE,))], "pas la somme"),
        ([Publication("mars", {A: 9, B: 1, C: None, TOUT: 4}, (LIGNE,))], "serait de -6"),
    ],
)
def test_des_publications_qui_se_contredisent(publiees: list[Publication], dit: str) -> None:
    with pytest.raises(PublicationsContraires, match=dit):
        fuites(publiees)


def test_cacher_en_entraine_une_autre() -> None:
    valeurs: dict[Cellule, int] = {A: 20, B: 15, C: 3, TOUT: 38}
    publiee = masquer("mars", valeurs, (LIGNE,), petites(valeurs, 11))
    assert publiee.valeurs == {A: 20, B: None, C: None, TOUT: 38}


def test_une_region_d_un_seul_departement_suit_le_sien() -> None:
    """The overseas regions: the département hidden, its region is too, and another with it."""
    axe = Axe(
        ("976", "Mayotte", "01", "42", "Rhône-Alpes", "France"),
        {"Mayotte": ("976",), "Rhône-Alpes": ("01", "42"), "France": ("Mayotte", "Rhône-Alpes")},
    )
    valeurs = avec_marges({("976",): 4, ("01",): 30, ("42",): 50}, axe)
    publiee = masquer("mars", valeurs, sommes_du_tableau(axe), petites(valeurs, 11))
    cachees = {une for une, valeur in publiee.valeurs.items() if valeur is None}
    assert {("976",), ("Mayotte",)} < cachees
    assert fuites([publiee]) == []


def test_ce_qui_fut_cache_le_reste_et_ce_qui_fut_montre_ne_se_cache_plus() -> None:
    mars = masquer("mars", {A: 20, B: 15, C: 3, TOUT: 38}, (LIGNE,), [C])
    avril = masquer("avril", {A: 20, B: 15, C: 3, TOUT: 38}, (LIGNE,), [], avant=[mars])
    assert avril.valeurs == mars.valeurs
    montree = Publication("février", {A: 20, B: 15, C: 3, TOUT: 38}, (LIGNE,))
    with pytest.raises(SecretImpossible, match="« février » la montre"):
        masquer("mars", {A: 20, B: 15, C: 3, TOUT: 38}, (LIGNE,), [C], avant=[montree])


@st.composite
def _tables(tirer: st.DrawFn) -> tuple[dict[Cellule, int], tuple[SommeDeCellules, ...]]:
    lignes = axe_simple([f"l{i}" for i in range(tirer(st.integers(1, 4)))])
    colonnes = axe_simple([f"c{i}" for i in range(tirer(st.integers(1, 4)))])
    cases = product(lignes.noms[:-1], colonnes.noms[:-1])
    comptes: dict[Cellule, int] = {case: tirer(st.integers(0, 25)) for case in cases}
    return avec_marges(comptes, lignes, colonnes), sommes_du_tableau(lignes, colonnes)


@given(_tables(), st.sampled_from([1, 5, 10]))
def test_ce_que_le_masque_laisse_ne_se_deduit_pas(
    table: tuple[dict[Cellule, int], tuple[SommeDeCellules, ...]], marge: int
) -> None:
    """And nothing small is shown, nothing shown is false, and the next publication changes nothing."""
    valeurs, sommes = table
    publiee = masquer("mars", valeurs, sommes, petites(valeurs, 11), marge=marge)
    assert fuites([publiee], marge=marge) == []
    assert all(
        valeur is None or valeur == valeurs[une] >= 11 for une, valeur in publiee.valeurs.items()
    )
    suivante = masquer("avril", valeurs, sommes, (), avant=[publiee], marge=marge)
    assert suivante.valeurs == publiee.valeurs


@given(_tables(), st.data())
def test_une_seule_cachee_se_deduit_toujours(
    table: tuple[dict[Cellule, int], tuple[SommeDeCellules, ...]], tirage: st.DataObject
) -> None:
    valeurs, sommes = table
    cachee = tirage.draw(st.sampled_from(sorted(valeurs)))
    publiee = Publication("mars", {**valeurs, cachee: None}, sommes)
    (fuite,) = fuites([publiee])
    assert (fuite.cellule, fuite.bas, fuite.haut) == (cachee, valeurs[cachee], valeurs[cachee])


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
@settings(max_examples=30)
def test_les_bornes_sont_celles_de_toutes_les_solutions(cases: list[int]) -> None:
    """Two lines of three hidden cells under their margins: the bounds are those found by trying every table."""
    table = np.array(cases).reshape(2, 3)
    sommes = np.array(
        [
            [1, 1, 1, 0, 0, 0],
            [0, 0, 0, 1, 1, 1],
            [1, 0, 0, 1, 0, 0],
            [0, 1, 0, 0, 1, 0],
            [0, 0, 1, 0, 0, 1],
        ],
        dtype=float,
    )
    totaux = np.array([*table.sum(1), *table.sum(0)], dtype=float)
    possibles = np.array(
        [
            (a, b, l0 - a - b, c0 - a, c1 - b, c2 - l0 + a + b)
            for (l0, _, c0, c1, c2) in [totaux.astype(int)]
            for a in range(c0 + 1)
            for b in range(c1 + 1)
            if l0 - a - b >= 0 and c2 - l0 + a + b >= 0
        ]
    )
    trouvees = encadrer(sommes, totaux)
    assert [round(bas) for bas, _ in trouvees] == possibles.min(0).tolist()
    assert [round(haut) for _, haut in trouvees] == possibles.max(0).tolist()


def test_une_inconnue_sans_borne() -> None:
    """Of a difference, nothing is bounded; below zero where the cell may be."""
    bornes = encadrer(np.array([[1.0, -1.0]]), np.array([3.0]))
    assert [(round(bas), haut) for bas, haut in bornes] == [(3, np.inf), (0, np.inf)]
    (libre, _) = encadrer(np.array([[1.0, -1.0]]), np.array([3.0]), signees=[0, 1])
    assert libre == (-np.inf, np.inf)
