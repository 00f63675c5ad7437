"""Which competences a card proposes, on cases written by hand and on generated weeks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from binome.livret.etats import Valeur
from binome.livret.proposer import NOMBRE, Vecue, proposer, sans_occasion
from binome.regles.competences import competences

TOUTES = competences("rncp40913")
LUNDI = date(2027, 1, 18)
SUIVIS = {une.module for une in TOUTES}


def codes(
    *vecues: Vecue, enseignes: dict[str, date] | None = None, suivis: set[str] | None = None
) -> list[str]:
    """What is proposed that Monday."""
    lues = proposer(TOUTES, vecues, enseignes or {}, SUIVIS if suivis is None else suivis, LUNDI)
    return [une.code for une in lues]


def test_ce_qui_vient_d_etre_enseigne_d_abord() -> None:
    (premiere, *_) = codes(enseignes={"B4M1": LUNDI - timedelta(days=2)})
    assert premiere.startswith("B4M1")


def test_ce_qui_est_enseigne_depuis_longtemps_ne_passe_plus_devant() -> None:
    assert codes(enseignes={"B4M1": LUNDI - timedelta(days=30)}) == codes()


def test_ce_qui_n_a_jamais_ete_vu_avant_ce_qui_l_a_ete() -> None:
    vues = [Vecue(une, LUNDI - timedelta(days=7), Valeur.VU) for une in codes()]
    assert set(codes(*vues)).isdisjoint({une.competence for une in vues})


def test_pas_eu_l_occasion_se_repose_deux_semaines() -> None:
    (une, *_) = codes()
    assert une not in codes(Vecue(une, LUNDI - timedelta(days=7), Valeur.PAS_EU))
    assert une in codes(Vecue(une, LUNDI - timedelta(days=21), Valeur.PAS_EU))


def test_ce_qui_se_fait_seul_n_est_propose_qu_a_la_fin() -> None:
    (une, *_) = codes()
    assert une not in codes(Vecue(une, LUNDI - timedelta(days=70), Valeur.SEUL))
    tout = [Vecue(c.code, LUNDI - timedelta(days=7), Valeur.SEUL) for c in TOUTES]
    assert len(codes(*tout)) == NOMBRE


def test_les_modules_suivis_d_abord() -> None:
    assert {une[:4] for une in codes(suivis={"B3M1"})} & {"B3M1"}


DITS = st.lists(
    st.builds(
        Vecue,
        st.sampled_from([une.code for une in TOUTES]),
        st.integers(-20, 3).map(lambda n: LUNDI + timedelta(weeks=n)),
        st.sampled_from(Valeur.values),
    ),
    unique_by=lambda une: (une.competence, une.semaine),
    max_size=30,
)


@given(DITS, st.randoms())
def test_toujours_trois_differentes_et_jamais_selon_l_ordre(
    vecues: list[Vecue], hasard: object
) -> None:
    melees = list(vecues)
    hasard.shuffle(melees)  # type: ignore[attr-defined] # Hypothesis gives a Random
    proposees = codes(*vecues)
    assert len(set(proposees)) == NOMBRE
    assert proposees == codes(*melees)


def test_une_demande_nait_de_deux_semaines_de_suite() -> None:
    une, autre = "B1M1C1", "B1M1C2"
    vecues = [
        Vecue(une, LUNDI, Valeur.PAS_EU), Vecue(une, LUNDI + timedelta(days=7), Valeur.PAS_EU),
        Vecue(autre, LUNDI, Valeur.PAS_EU), Vecue(autre, LUNDI + timedelta(days=7), Valeur.VU),
    ]  # fmt: skip
    assert sans_occasion(vecues) == {une: 2}
