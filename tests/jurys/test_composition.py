"""Juries composed on made-up people: never a conflict, never two places at once, a reason for each seat."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest

from binome.jurys.composition import Disponibilite, JuryACompo, composer
from binome.jurys.conflits import Jure, Presente, conflit
from binome.jurys.quorum import ReglesDeJury

if TYPE_CHECKING:
    from binome.jurys.composition import Composition

REGLES = ReglesDeJury(date(2026, 1, 1), 4, 2, Fraction(1, 2), 1, essai=True)
DEBUT = date(2027, 1, 4)
Monde = tuple[list[JuryACompo], list[Disponibilite], dict[tuple[int, int], int]]


def monde(jurys: int, gens: int, graine: int, part: float = 0.35) -> Monde:
    """Juries over sixty days and people free a part of them, as in sources/parcours.md §8.2."""
    hasard = Random(graine)  # noqa: S311 - made-up people, not a secret
    jours = [DEBUT + timedelta(days=k) for k in range(60)]
    disponibles = [
        Disponibilite(
            Jure(
                code, f"Juré d’essai {code}", "employeurs" if code % 2 else "salaries",
                hasard.random() < 0.7, frozenset({hasard.randrange(31)}) if hasard.random() < 0.2 else frozenset(),
                frozenset({hasard.randrange(200)}),
            ),
            frozenset(jour for jour in jours if hasard.random() < part),
        )
        for code in range(1, gens + 1)
    ]  # fmt: skip
    a_composer = [
        JuryACompo(
            code, hasard.choice(jours),
            tuple(
                Presente(code * 100 + k, hasard.randrange(31), frozenset({hasard.randrange(200)}), frozenset(), frozenset())
                for k in range(8)
            ),
        )
        for code in range(1, jurys + 1)
    ]  # fmt: skip
    km = {(d.jure.code, j.code): hasard.randrange(5, 700) for d in disponibles for j in a_composer}
    return a_composer, disponibles, km


def verifier(composition: Composition, gens: list[Disponibilite]) -> None:
    """What no composition may do."""
    libres = {un.jure.code: un for un in gens}
    for rendu in composition.jurys:
        for siege in rendu.sieges:
            assert rendu.jury.jour in libres[siege.jure.code].jours
            assert all(conflit(siege.jure, un) is None for un in rendu.jury.candidats)
    par_jour = [(un.jury.jour, s.jure.code) for un in composition.jurys for s in un.sieges]
    assert len(par_jour) == len(set(par_jour))
    assert all(nombre <= libres[code].au_plus for code, nombre in composition.charges.items())


@pytest.mark.parametrize("graine", range(6))
def test_jamais_de_conflit_ni_deux_lieux_et_le_meme_resultat(graine: int) -> None:
    jurys, gens, km = monde(10, 26, graine)
    composition = composer(jurys, gens, REGLES, km)
    verifier(composition, gens)
    assert composer(reversed(jurys), reversed(gens), REGLES, km) == composition


def test_quarante_jurys_de_soixante_personnes() -> None:
    jurys, gens, km = monde(40, 60, 1)
    composition = composer(jurys, gens, REGLES, km)
    verifier(composition, gens)
    pleins = sum(1 for un in composition.jurys if not un.manque)
    assert pleins >= 36
    assert composition.ecart <= 3


def test_ce_qui_manque_est_explique() -> None:
    jurys, gens, km = monde(3, 2, 1, part=0)
    for rendu in composer(jurys, gens, REGLES, km).jurys:
        assert "Il manque 4 personnes pour siéger." in rendu.manque
        assert any("1 pas libres ce jour-là" in une for une in rendu.manque)


def test_chaque_siege_dit_pourquoi_pas_quelqu_un_de_plus_pres() -> None:
    qui = [
        Disponibilite(Jure(1, "Près en conflit", "employeurs", True, frozenset({5})), frozenset({DEBUT})),
        Disponibilite(Jure(2, "Près pas libre", "employeurs", True), frozenset()),
        Disponibilite(Jure(3, "Loin", "employeurs", True), frozenset({DEBUT})),
    ]  # fmt: skip
    jury = JuryACompo(1, DEBUT, (Presente(1, 5),))
    km = {(1, 1): 10, (2, 1): 20, (3, 1): 300}
    une = ReglesDeJury(DEBUT, 1, 1, Fraction(0), 0)
    (rendu,) = composer([jury], qui, une, km).jurys
    (siege,) = rendu.sieges
    noms = {un.jure.code: un.jure.nom for un in qui}
    assert tuple(f"{noms[code]} : {dit}" for code, dit in siege.raisons) == (
        "Près en conflit : travaille dans l’organisme qui l’a formée",
        "Près pas libre : pas libre ce jour-là",
    )


def test_un_siege_vide_emprunte_a_un_autre_jury_qui_peut_le_rendre() -> None:
    """The only one who may sit in the second is taken by the first, where another may take their place."""
    autre = DEBUT + timedelta(days=1)
    seul = Disponibilite(Jure(1, "Seul", "employeurs", True), frozenset({DEBUT, autre}), au_plus=1)
    relais = Disponibilite(Jure(2, "Relais", "employeurs", True), frozenset({DEBUT}))
    salaries = [
        Disponibilite(Jure(k, f"S{k}", "salaries", True), frozenset({DEBUT, autre})) for k in (3, 4)
    ]
    regles = ReglesDeJury(DEBUT, 2, 1, Fraction(0), 0)
    jurys = [JuryACompo(1, DEBUT, ()), JuryACompo(2, autre, ())]
    km = {(1, 1): 5, (2, 1): 600, (1, 2): 900}
    composition = composer(jurys, [seul, relais, *salaries], regles, km)
    assert [un.manque for un in composition.jurys] == [(), ()]
