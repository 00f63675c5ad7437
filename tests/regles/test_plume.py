"""A condition written as one function answers what its parts answer one after the other."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, assert_never

import pytest

from binome.regles.calendrier import ajouter_mois
from binome.regles.compiler import Etabli, compiler, compiler_ensemble
from binome.regles.conditions import (
    OPERATEURS,
    AConfirmer,
    Atome,
    Decale,
    Et,
    Non,
    Ou,
    Part,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
    parcourir,
)
from binome.regles.courante import base_courante
from binome.regles.logique import et, non, ou

if TYPE_CHECKING:
    from binome.regles.conditions import Condition
    from binome.regles.faits import Dossier
    from binome.regles.logique import Verite

ATOMES = (
    Atome("niveau", "est", 4),
    Atome("niveau", "au_moins", 4),
    Atome("niveau", "au_plus", 4),
    Atome("niveau", "entre", (3, 5)),
    Atome("niveau", "parmi", (3, 5)),
    Atome("niveau", "connu", True),
    Atome("jour", "avant", date(2025, 6, 25)),
    Atome("jour", "apres", date(2025, 6, 25)),
    Atome("jour", "au_moins", Decale("debut", 24)),
    Atome("titres", "contient", ("ide", "sage_femme")),
    Atome("niveau", "au_moins", Part("tout", 50)),
)
VALEURS: dict[str, tuple[Any, ...]] = {
    "niveau": (None, 2, 3, 4, 5, 6),
    "tout": (None, 6, 8, 10),
    "jour": (None, date(2025, 6, 24), date(2025, 6, 25), date(2025, 6, 26)),
    "debut": (None, date(2023, 6, 25), date(2023, 6, 30)),
    "titres": (None, frozenset(), frozenset({"ide"}), frozenset({"aide_soignant"})),
}
FEUILLES: tuple[Condition, ...] = (
    Toujours(),
    AConfirmer("la branche"),
    *(RenvoiRegle(nom) for nom in ("dite", "tue", "niee")),
)


def _tirer(hasard: Random, hauteur: int = 3) -> Condition:
    """Any condition, of so many floors at most."""
    sorte = hasard.randrange(7 if hauteur else 4)
    if sorte < 3:
        return hasard.choice(ATOMES)
    if sorte == 3:
        return hasard.choice(FEUILLES)
    if sorte == 4:
        return Non(_tirer(hasard, hauteur - 1))
    branches = tuple(_tirer(hasard, hauteur - 1) for _ in range(hasard.randint(1, 4)))
    return Et(branches) if sorte == 5 else Ou(branches)


def _lire_une_comparaison(atome: Atome, dossier: Dossier) -> Verite:
    valeur: Any = dossier[atome.fait]
    attendu: Any = atome.attendu
    if atome.operateur == "connu":
        return valeur is not None
    if valeur is None:
        return None
    if isinstance(attendu, Part | Decale):
        autre: Any = dossier[attendu.fait]
        if autre is None:
            return None
        if isinstance(attendu, Part):
            return bool(valeur >= Fraction(autre * attendu.pour_cent, 100))
        return bool(valeur >= ajouter_mois(autre, attendu.mois))
    match atome.operateur:
        case "est":
            return bool(valeur == attendu)
        case "parmi":
            return valeur in attendu
        case "entre":
            return valeur in range(attendu[0], attendu[1] + 1)
        case "contient":
            return any(code in valeur for code in attendu)
        case "au_moins" | "apres" | "au_plus" | "avant" as sens:
            ordre = {"au_moins": "ge", "apres": "gt", "au_plus": "le", "avant": "lt"}[sens]
            return bool(getattr(operator, ordre)(valeur, attendu))


def _lire(condition: Condition, dossier: Dossier, etabli: Etabli) -> Verite:
    """The same condition, read part by part."""
    match condition:
        case Atome():
            return _lire_une_comparaison(condition, dossier)
        case Et(branches):
            return et([_lire(une, dossier, etabli) for une in branches])
        case Ou(branches):
            return ou([_lire(une, dossier, etabli) for une in branches])
        case Non(branche):
            return non(_lire(branche, dossier, etabli))
        case RenvoiRegle(regle):
            return etabli.verites.get(regle, False)
        case Toujours():
            return True
        case AConfirmer():
            return None
        case UneRegleDe() | Sortie():
            raise AssertionError(condition)
        case _:
            assert_never(condition)


def test_les_essais_portent_chaque_comparaison() -> None:
    assert {atome.operateur for atome in ATOMES} == set(OPERATEURS)


@pytest.mark.parametrize("graine", range(3))
def test_une_condition_ecrite_repond_comme_ses_parties(graine: int) -> None:
    hasard = Random(graine)  # noqa: S311 - the same draws at each run
    vues: set[Verite] = set()
    for _ in range(150):
        condition = _tirer(hasard)
        evaluer = compiler(condition, {})
        for _ in range(12):
            dossier: Dossier = {nom: hasard.choice(codes) for nom, codes in VALEURS.items()}
            etabli = Etabli()
            etabli.verites = {"dite": hasard.choice((True, False, None)), "niee": False}
            attendu = _lire(condition, dossier, etabli)
            assert evaluer(dossier, etabli) is attendu, (condition, dossier, etabli.verites)
            vues.add(attendu)
    assert vues == {True, False, None}


def test_plusieurs_s_ecrivent_dans_l_ordre_et_se_notent() -> None:
    quatre = Atome("niveau", "au_moins", 4)
    regles: list[tuple[str, Condition]] = [
        ("a", quatre),
        ("b", Non(RenvoiRegle("a"))),
        ("c", RenvoiRegle("b")),
    ]
    dites = [{True: f"{nom} oui", False: f"{nom} non", None: f"{nom} ?"} for nom, _ in regles]
    for niveau, attendu in (
        (4, (True, False, False)),
        (3, (False, True, True)),
        (None, (None,) * 3),
    ):
        etabli, notes, muettes = Etabli(), ["avant"], [0]
        compiler_ensemble(regles, {}, dites)({"niveau": niveau}, etabli, notes)
        assert tuple(etabli.verites.values()) == attendu
        assert notes == ["avant", *(d[v] for d, v in zip(dites, attendu, strict=True))]
        sans_trace = Etabli()
        compiler_ensemble(regles, {})({"niveau": niveau}, sans_trace, muettes)
        assert sans_trace.verites == etabli.verites
        assert muettes == [0]


def test_rien_des_donnees_n_est_lu_comme_du_code() -> None:
    """A name and a value that would be code stay a name and a value."""
    piege = "x'] or faits.clear() or faits['x"
    evaluer = compiler(Atome(piege, "est", "__import__('os')"), {})
    dossier: Dossier = {piege: "__import__('os')"}
    assert evaluer(dossier, Etabli()) is True
    assert dossier == {piege: "__import__('os')"}


def test_la_base_renvoie_a_chaque_sorte_de_condition() -> None:
    """What the cases above leave to the base's own cases is met there."""
    sortes = {
        type(noeud) for regle in base_courante().regles.values() for noeud in parcourir(regle.si)
    }
    assert {Sortie, UneRegleDe, RenvoiRegle} <= sortes
