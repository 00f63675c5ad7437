"""The solver beside the greedy way: never worse by what both weigh, the same answer twice, and what is missing explained."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from binome.jurys import composition_exacte
from binome.jurys.composition import EN_KILOMETRES, Disponibilite, JuryACompo, composer
from binome.jurys.composition_exacte import SECONDES, SolveurAbsent, composer_au_mieux
from binome.jurys.conflits import Jure
from binome.jurys.quorum import ReglesDeJury
from tests.jurys.test_composition import DEBUT, REGLES, monde, verifier

if TYPE_CHECKING:
    from binome.jurys.composition import Composition

avec_le_solveur = pytest.mark.skipif(
    not composition_exacte.solveur_installe(), reason="l’extra « jury » n’est pas installé"
)


def cout(composition: Composition) -> tuple[int, int]:
    """Juries that may not sit, then what the others weigh."""
    loin = sum(
        EN_KILOMETRES.inconnue if siege.distance is None else siege.distance
        for un in composition.jurys
        for siege in un.sieges
    )
    charge = sum(nombre * (nombre - 1) // 2 for nombre in composition.charges.values())
    return len(composition.jurys) - composition.complets, loin + EN_KILOMETRES.charge * charge


def test_sans_l_extra_la_phrase_dit_quoi_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition_exacte, "find_spec", lambda _: None)
    with pytest.raises(SolveurAbsent, match=r"binome\[jury\]"):
        composer_au_mieux([], [], REGLES, {})


@avec_le_solveur
@pytest.mark.parametrize("graine", range(3))
def test_jamais_pire_que_la_proposition_rapide_et_la_meme_deux_fois(graine: int) -> None:
    jurys, gens, km = monde(8, 24, graine)
    mieux = composer_au_mieux(jurys, gens, REGLES, km)
    verifier(mieux, gens)
    assert cout(mieux) <= cout(composer(jurys, gens, REGLES, km))
    assert composer_au_mieux(reversed(jurys), reversed(gens), REGLES, km) == mieux


@avec_le_solveur
def test_ce_qui_manque_est_explique_jamais_impossible() -> None:
    jurys, gens, km = monde(3, 2, 1, part=0)
    for rendu in composer_au_mieux(jurys, gens, REGLES, km).jurys:
        assert "Il manque 4 personnes pour siéger." in rendu.manque
        assert any("1 pas libres ce jour-là" in une for une in rendu.manque)


@avec_le_solveur
def test_la_charge_se_partage_quand_la_distance_est_la_meme() -> None:
    jours = [DEBUT.replace(day=4 + rang) for rang in range(4)]
    gens = [
        Disponibilite(Jure(code, f"J{code}", "employeurs" if code % 2 else "salaries", True), frozenset(jours))
        for code in range(1, 9)
    ]  # fmt: skip
    regles = ReglesDeJury(DEBUT, 2, 1, Fraction(0), 0)
    composition = composer_au_mieux(
        [JuryACompo(rang, jour, ()) for rang, jour in enumerate(jours, 1)], gens, regles, {}
    )
    assert (composition.complets, composition.ecart, composition.inconnues) == (4, 0, 8)


@avec_le_solveur
def test_quarante_jurys_de_soixante_personnes_en_vingt_secondes() -> None:
    jurys, gens, km = monde(40, 60, 1)
    debut = time.perf_counter()
    mieux = composer_au_mieux(jurys, gens, REGLES, km)
    assert time.perf_counter() - debut < SECONDES
    verifier(mieux, gens)
    vite = composer(jurys, gens, REGLES, km)
    assert cout(mieux) < cout(vite)
    assert mieux.complets >= vite.complets
