"""The pure parts of épreuves: extra time, and what grids and the tutor's opinion propose."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.epreuves.blocs_proposes import Instantane, rejouer
from binome.epreuves.propositions import (
    EpreuvePassee,
    FaitsDeBloc,
    IssueProposee,
    VerdictDeGrille,
    proposer,
)
from binome.epreuves.temps_en_plus import avec_temps_en_plus
from binome.regles.courante import base_courante

JURY = date(2027, 6, 15)
ACQUIS, NON_ACQUIS, NON_VU = VerdictDeGrille


def test_le_tiers_temps_partie_par_partie_est_celui_de_la_fiche() -> None:
    """The table of sources/parcours.md §3.4."""
    attendus = {
        "B1E1": (27, 14), "B1E2": (160,), "B1E3": (120,), "B1E4": (60, 40), "B2E1": (60, 60, 27),
        "B2E2": (60, 27), "B2E3": (14, 14), "B2E4": (60,), "B3E1": (60,), "B3E2": (27, 34),
        "B4E1": (60,), "B4E2": (40, 120), "B4E3": (), "B4E4": (40, 54, 27),
    }  # fmt: skip
    epreuves = base_courante().referentiels["rncp40913"].epreuves
    assert {une.code: avec_temps_en_plus(une.parties) for une in epreuves} == attendus
    assert sum(map(sum, attendus.values())) == 1205


@pytest.mark.parametrize("part", [Fraction(-1, 10), Fraction(2, 5)])
def test_pas_plus_d_un_tiers(part: Fraction) -> None:
    with pytest.raises(ValueError, match="un tiers"):
        avec_temps_en_plus((45,), part)


def faits(
    grille: VerdictDeGrille | None = ACQUIS, avis: VerdictDeGrille | None = ACQUIS, **autres: object
) -> FaitsDeBloc:
    """A bloc of one épreuve."""
    grilles = () if grille is None else ({"B1M1C1": grille},)
    voulu: dict[str, object] = {"minutes_suivies": 100, "minutes_a_suivre": 100, **autres}
    return FaitsDeBloc(1, (EpreuvePassee("B1E1", 1, grilles),), avis, **voulu)  # type: ignore[arg-type] # of the test


@pytest.mark.parametrize(
    ("grille", "avis", "issue"),
    [
        (ACQUIS, ACQUIS, IssueProposee.ACQUIS),
        (NON_ACQUIS, NON_ACQUIS, IssueProposee.NON_ACQUIS),
        *((grille, avis, IssueProposee.A_RELIRE) for grille, avis in product(VerdictDeGrille, repeat=2)
          if grille != avis or grille == NON_VU),
    ],
)  # fmt: skip
def test_la_matrice(grille: VerdictDeGrille, avis: VerdictDeGrille, issue: IssueProposee) -> None:
    assert proposer(faits(grille, avis), JURY).issue == issue


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"grille": None}, "La grille de l’épreuve B1E1 n’est pas complète."),
        ({"avis": None}, "Le tuteur n’a pas donné son avis."),
        ({"minutes_suivies": 40}, "Il reste 1 h de formation à prouver."),
        ({"minutes_a_suivre": None}, "La durée à suivre n’est pas connue."),
        ({"afgsu": True}, "La date de l’AFGSU n’est pas connue."),
        ({"afgsu": True, "afgsu_jusqu_a": date(2027, 6, 14)}, "L’AFGSU n’est plus valable le jour du jury."),
    ],
)  # fmt: skip
def test_ce_qui_manque_n_est_jamais_un_non(change: dict[str, object], dit: str) -> None:
    proposition = proposer(faits(**change), JURY)  # type: ignore[arg-type] # of the test
    assert (proposition.issue, proposition.manque) == (IssueProposee.A_RELIRE, (dit,))


def test_l_afgsu_vaut_encore_son_dernier_jour() -> None:
    assert proposer(faits(afgsu=True, afgsu_jusqu_a=JURY), JURY).issue == IssueProposee.ACQUIS


def test_deux_evaluateurs_qui_ne_s_accordent_pas_font_relire() -> None:
    une = EpreuvePassee("B2E1", 2, ({"c": ACQUIS}, {"c": NON_ACQUIS}))
    lus = FaitsDeBloc(2, (une,), ACQUIS, 0, 0)
    assert proposer(lus, JURY).manque == (
        "Les grilles de l’épreuve B2E1 ne disent pas la même chose.",
    )


VERDICTS = st.sampled_from(list(VerdictDeGrille))
GRILLES = st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), VERDICTS, max_size=3)


@given(
    st.lists(st.builds(EpreuvePassee, st.just("E1"), st.integers(1, 2), st.lists(GRILLES, max_size=2).map(tuple)), max_size=3),
    st.none() | VERDICTS, st.integers(0, 200), st.none() | st.integers(0, 200), st.booleans(),
    st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)  # fmt: skip
def test_ce_qui_est_garde_redonne_toujours_la_meme_reponse(
    epreuves: list[EpreuvePassee], avis: VerdictDeGrille | None, suivies: int, a_suivre: int | None,
    afgsu: bool, jusqu_a: date | None,
) -> None:  # fmt: skip
    lus = FaitsDeBloc(
        1, tuple(epreuves), avis, suivies, a_suivre, afgsu, jusqu_a, ("c1", "c2", "c3")
    )
    proposition = proposer(lus, JURY)
    garde = Instantane("sha256:0", JURY, lus, proposition, ()).en_json()
    assert rejouer(json.loads(json.dumps(garde))) == proposition
    # Nothing missing is taken for a yes, nor for a no.
    assert (proposition.issue == IssueProposee.A_RELIRE) or not proposition.manque


def test_l_evaluation_d_un_bloc_sans_epreuve_connue_n_a_pas_de_code() -> None:
    sans = FaitsDeBloc(1, (EpreuvePassee("B1E", 1, ()),), ACQUIS, 100, 100)
    assert "La grille de l’évaluation de ce bloc n’est pas complète." in proposer(sans, JURY).manque
