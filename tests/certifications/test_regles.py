"""The pure parts of certifications: extra time, numbers, propositions, conflicts, quorum, votes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.certifications.amenagements import avec_temps_en_plus
from binome.certifications.conflits import Jure, Presente, conflit
from binome.certifications.numeros import RANGS, NumeroDeParchemin, lire_un_numero
from binome.certifications.propositions import (
    EpreuvePassee,
    FaitsDeBloc,
    IssueProposee,
    VerdictDeGrille,
    proposer,
)
from binome.certifications.quorum import (
    IssueDuVote,
    ReglesDeJury,
    depouiller,
    manque_au_quorum,
    regles_le,
)
from binome.regles.courante import base_courante

JURY = date(2027, 6, 15)
ACQUIS, NON_ACQUIS, NON_VU = VerdictDeGrille
ESSAI = ReglesDeJury(date(2026, 1, 1), 4, 1, Fraction(1, 2), 1, essai=True)


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


@given(st.integers(2000, 9999), st.integers(1, RANGS))
def test_un_numero_se_relit_comme_on_le_tape(annee: int, rang: int) -> None:
    ecrit = str(NumeroDeParchemin(annee, rang))
    assert lire_un_numero(ecrit) == (annee, rang)
    assert lire_un_numero(f"  {ecrit.lower().replace('-', ' ')} ") == (annee, rang)


@given(st.integers(1, RANGS), st.integers(0, 9), st.sampled_from("0123456789"))
def test_un_chiffre_change_est_vu(rang: int, place: int, chiffre: str) -> None:
    ecrit = str(NumeroDeParchemin(2026, rang))
    chiffres = [k for k, un in enumerate(ecrit[:-1]) if un.isdigit()]
    k = chiffres[place]
    if ecrit[k] != chiffre:
        with pytest.raises(ValueError, match="faute de frappe"):
            lire_un_numero(ecrit[:k] + chiffre + ecrit[k + 1 :])


@pytest.mark.parametrize(
    "texte", ["", "AM-2026-123-C", "AM-2026-000001", "X" * 5000, "AM-２０２６-000001-A"]
)
def test_ce_qui_n_est_pas_un_numero_dit_comment_il_s_ecrit(texte: str) -> None:
    with pytest.raises(ValueError, match="s’écrit comme"):
        lire_un_numero(texte)


def test_un_rang_hors_des_six_chiffres_est_refuse() -> None:
    for rang in (0, RANGS + 1):
        with pytest.raises(ValueError, match="ne tient pas"):
            str(NumeroDeParchemin(2026, rang))


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
        ({"minutes_suivies": 40}, "Il reste 60 minutes de formation à prouver."),
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


def jure(
    code: int, college: str = "employeurs", *, exterieur: bool = True, **liens: frozenset[int]
) -> Jure:
    """Somebody who may sit."""
    return Jure(code, f"Juré d’essai {code}", college, exterieur, **liens)


CANDIDAT = Presente(7, 1, frozenset({20}), frozenset({3}), frozenset({4}))


@pytest.mark.parametrize(
    ("qui", "raison"),
    [
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
