"""The pure parts of juries: conflicts, quorum, votes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from binome.jurys.conflits import Jure, Presente, conflit
from binome.jurys.quorum import (
    IssueDuVote,
    ReglesDeJury,
    depouiller,
    manque_au_quorum,
    regles_le,
)

JURY = date(2027, 6, 15)
ESSAI = ReglesDeJury(date(2026, 1, 1), 4, 1, Fraction(1, 2), 1, essai=True)


def jure(
    code: int, college: str = "employeurs", *, exterieur: bool = True, **liens: frozenset[int]
) -> Jure:
    """Somebody who may sit."""
    return Jure(code, f"Juré d’essai {code}", college, exterieur, **liens)


CANDIDAT = Presente(7, 1, frozenset({20}), frozenset({3}), frozenset({4}), frozenset({5}))


@pytest.mark.parametrize(
    ("qui", "raison"),
    [
        (jure(5), "est la personne présentée"),
        (jure(4), "a formé cette personne"),
        (jure(1, organismes=frozenset({1})), "travaille dans l’organisme qui l’a formée"),
        (jure(3), "a été son tuteur ou sa tutrice"),
        (jure(1, employeurs=frozenset({20, 21})), "travaille pour le même employeur"),
        (jure(1, declares=frozenset({7})), "a dit connaître cette personne"),
    ],
)
def test_chaque_lien_est_trouve_et_dit(qui: Jure, raison: str) -> None:
    trouve = conflit(qui, CANDIDAT)
    assert trouve is not None
    assert trouve.raisons == (raison,)


def test_sans_lien_pas_de_conflit() -> None:
    assert conflit(jure(9, organismes=frozenset({2}), employeurs=frozenset({22})), CANDIDAT) is None


QUATRE = [
    jure(1),
    jure(2),
    jure(3, "salaries", exterieur=False),
    jure(4, "salaries", exterieur=False),
]


def test_sans_regle_de_la_branche_personne_ne_decide() -> None:
    assert regles_le([ESSAI], date(2025, 12, 31)) is None
    assert manque_au_quorum(None, QUATRE) == (
        "La branche n’a pas encore donné les règles de ses jurys.",
    )


def test_le_quorum_se_recompte_pour_chaque_personne() -> None:
    assert manque_au_quorum(ESSAI, QUATRE) == ()
    assert manque_au_quorum(ESSAI, QUATRE, frozenset({1})) == (
        "Il manque 1 personne pour siéger.",
        "1 personne sur 3 vient de l’extérieur : il en faut au moins 1 sur 2.",
    )
    assert "Il manque 1 personne du collège « salariés »." in manque_au_quorum(
        ESSAI, QUATRE, frozenset({3, 4})
    )


@pytest.mark.parametrize(
    ("voix", "pouvoirs", "issue"),
    [
        ({1: True, 2: True, 3: True, 4: False}, {}, IssueDuVote.VALIDE),
        ({1: True, 2: True, 3: False, 4: False}, {}, IssueDuVote.SANS_MAJORITE),
        ({1: True, 2: True}, {}, IssueDuVote.SANS_MAJORITE),
        ({1: False, 2: False, 3: False}, {}, IssueDuVote.AJOURNE),
        ({1: True, 2: True, 9: True, 3: False}, {9: 1}, IssueDuVote.VALIDE),
    ],
)
def test_la_majorite_absolue_compte_qui_s_abstient(
    voix: dict[int, bool], pouvoirs: dict[int, int], issue: IssueDuVote
) -> None:
    assert depouiller(voix, QUATRE, pouvoirs, ESSAI) == issue


@pytest.mark.parametrize(
    ("voix", "pouvoirs", "ecartes"),
    [
        ({8: True}, {}, frozenset()),
        ({1: True}, {}, frozenset({1})),
        ({}, {8: 1, 9: 1}, frozenset()),
        ({}, {2: 1}, frozenset()),
    ],
)
def test_un_vote_de_trop_est_refuse(
    voix: dict[int, bool], pouvoirs: dict[int, int], ecartes: frozenset[int]
) -> None:
    with pytest.raises(ValueError, match=r"vote|pouvoir"):
        depouiller(voix, QUATRE, pouvoirs, ESSAI, ecartes)
