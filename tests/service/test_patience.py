"""How long a connection may take, by what it waits for: on a clock that the test gives."""

from __future__ import annotations

import pytest

from binome.service.patience import (
    DEBIT,
    PREMIERE,
    REPOS,
    SURSIS,
    TETE,
    Phase,
    PhaseSuivie,
)


def neuve() -> PhaseSuivie:
    """A connection that was just made."""
    return PhaseSuivie(Phase.REPOS, None, 100.0, 0)


def test_une_connexion_neuve_attend_moins_qu_une_qui_a_servi() -> None:
    suivie = neuve()
    assert suivie.limite(0) == PREMIERE
    assert not suivie.depassee(0, 100.0 + PREMIERE)
    assert suivie.depassee(0, 100.1 + PREMIERE)
    suivie.voir(Phase.TRAVAIL, 1, 50, 105.0)
    suivie.voir(Phase.REPOS, 1, 90, 110.0)
    assert suivie.limite(90) == REPOS
    assert not suivie.depassee(90, 110.0 + REPOS)


@pytest.mark.parametrize(("phase", "limite"), [(Phase.TETE, TETE), (Phase.TRAVAIL, None)])
def test_chaque_phase_a_sa_limite_et_notre_travail_aucune(
    phase: Phase, limite: float | None
) -> None:
    suivie = neuve()
    suivie.voir(phase, 1, 0, 200.0)
    assert suivie.limite(0) == limite
    assert suivie.depassee(0, 1_000_000.0) is (limite is not None)


@pytest.mark.parametrize("phase", [Phase.CORPS, Phase.REPONSE])
def test_ce_qui_avance_assez_n_est_jamais_coupe(phase: Phase) -> None:
    suivie = neuve()
    suivie.voir(phase, 1, 1_000, 200.0)
    assert suivie.depassee(1_000, 200.1 + SURSIS)
    passes = 1_000 + 60 * DEBIT
    assert not suivie.depassee(passes, 200.0 + 60)
    assert suivie.depassee(passes, 200.1 + SURSIS + 60)


def test_la_meme_phase_garde_son_debut_et_une_autre_demande_le_change() -> None:
    suivie = neuve()
    suivie.voir(Phase.TETE, 1, 10, 200.0)
    suivie.voir(Phase.TETE, 1, 400, 215.0)
    assert (suivie.depuis, suivie.passes) == (200.0, 10)
    suivie.voir(Phase.TETE, 2, 400, 216.0)
    assert (suivie.depuis, suivie.passes) == (216.0, 400)
