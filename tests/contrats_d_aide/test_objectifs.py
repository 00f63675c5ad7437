"""How far an objective is, what a year pays then, and what another contract would give."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from binome.contrats_d_aide.objectifs import (
    ATTEINT,
    SANS_CHIFFRE,
    SANS_FORMULE,
    SANS_PRORATA,
    SANS_REGARD,
    UN_SEUL,
    Indicateur,
    Niveau,
    ObjectifDit,
    ce_qui_est_paye,
    distance,
    essais,
    objectif_des_regles,
)
from binome.regles.courante import base_courante

OBJECTIF: Final = ObjectifDit(1200, 1500, 1440, 1800)
AU_PLUS: Final = 2_200_000
FAITS: Final[dict[str, Any]] = {
    "specialite": "medecine_generale",
    "secteur": "1",
    "option_etp": "demi",
    "patientele_mt": 1200,
    "file_active": 1500,
    "bande_activite": "p50_p70",
}


@pytest.mark.parametrize(
    ("depart", "attendu", "actuel", "manque", "pour_cent", "baisse"),
    [
        (1200, 1440, 1199, 241, 0, True),
        (1200, 1440, 1200, 240, 0, False),
        (1200, 1440, 1439, 1, 99, False),
        (1200, 1440, 1440, 0, 100, False),
        (1200, 1440, 1900, 0, 100, False),
        # An objective to keep has no way to go.
        (1900, 1900, 1899, 1, None, True),
        (None, 1440, 1400, 40, None, None),
        (1200, None, 1400, None, None, False),
        (1200, 1440, None, None, None, None),
    ],
)
def test_la_distance_se_compte_en_patients(
    depart: int | None,
    attendu: int | None,
    actuel: int | None,
    manque: int | None,
    pour_cent: int | None,
    baisse: bool | None,
) -> None:
    lu = Indicateur(depart, attendu, actuel)
    assert (lu.manque, lu.pour_cent, lu.baisse) == (manque, pour_cent, baisse)
    assert lu.atteint == (None if manque is None else manque == 0)


def paye(
    version: str, mt: int | None, fa: int | None, *, rang: int = 3, les_deux: bool = True
) -> Niveau:
    """What a year pays at two counts."""
    return ce_qui_est_paye(version, rang, AU_PLUS, distance(OBJECTIF, mt, fa, les_deux=les_deux))


@pytest.mark.parametrize(
    ("version", "mt", "fa", "dit", "cents", "atteint"),
    [
        ("avenant7", 1440, 1800, ATTEINT, AU_PLUS, True),
        ("convention_2024", 1440, 1800, ATTEINT, AU_PLUS, True),
        ("collectif_2026", 1440, 1800, ATTEINT, AU_PLUS, True),
        # Under avenant 7 both are due: a caisse withheld its payment for the active file alone.
        ("avenant7", 1600, 1799, SANS_FORMULE, None, False),
        ("reglement_arbitral", 1600, 1799, UN_SEUL, None, None),
        ("convention_2024", 1439, 1800, UN_SEUL, None, None),
        ("convention_2024", 1439, 1799, SANS_FORMULE, None, False),
        ("collectif_2026", 1439, 1800, SANS_PRORATA, None, False),
        ("avenant7", None, 1800, SANS_CHIFFRE, None, None),
        ("convention_2024", 1600, None, SANS_CHIFFRE, None, None),
    ],
)
def test_des_la_troisieme_annee_on_dit_ce_que_les_sources_disent(
    version: str, mt: int | None, fa: int | None, dit: str, cents: int | None, atteint: bool | None
) -> None:
    niveau = paye(version, mt, fa)
    assert (niveau.dit, niveau.cents, niveau.atteint) == (dit, cents, atteint)
    assert niveau.regle in base_courante().entiere.regles


def test_les_deux_premieres_annees_ne_regardent_pas_les_resultats() -> None:
    for rang in (1, 2):
        niveau = paye("avenant7", 0, 0, rang=rang)
        assert (niveau.cents, niveau.dit) == (AU_PLUS, SANS_REGARD)


def test_un_specialiste_n_a_que_sa_file_active() -> None:
    assert paye("avenant7", None, 1800, les_deux=False).cents == AU_PLUS


def test_les_regles_donnent_le_chiffre_ou_aucun() -> None:
    donne = objectif_des_regles(1200, 1500, {"mt_plus": 240, "fa_plus": 300})
    assert donne == OBJECTIF
    muet = objectif_des_regles(1200, None, {"mt_plus": None, "fa_plus": 300})
    assert (muet.mt_attendu, muet.fa_attendu) == (None, None)


def test_la_prochaine_signature_s_essaie_sous_chaque_option() -> None:
    seul, plein, groupe = essais(base_courante(), FAITS, [date(2026, 12, 1)], etp=100)
    # The same contract signed again comes first.
    assert [un.titre for un in (seul, plein, groupe)] == [
        "Un mi-temps", "Un temps plein", "Avec un groupe",
    ]  # fmt: skip
    assert (seul.total, plein.total, groupe.total) == (6_600_000, 13_200_000, 13_200_000)
    assert plein.ecart(seul) == 6_600_000
    assert (plein.reponse.aide.version, groupe.reponse.aide.version) == (
        "convention_2024", "collectif_2026",
    )  # fmt: skip


def test_un_tiers_de_temps_ne_s_essaie_que_pour_qui_l_a() -> None:
    titres = [
        un.titre
        for un in essais(base_courante(), {**FAITS, "option_etp": "tiers"}, [date(2026, 12, 1)])
    ]
    assert titres == ["Un tiers de temps", "Un mi-temps", "Un temps plein"]
    tiers = next(essais(base_courante(), {**FAITS, "option_etp": "tiers"}, [date(2026, 12, 1)]))
    # No source gives the first year of a third of time: unknown, never zero.
    assert tiers.total is None
    assert tiers.reponse.aide.eligible == "oui"


def test_la_date_change_ce_que_donnent_les_regles() -> None:
    jours = [date(2024, 6, 21), date(2024, 6, 22)]
    avant, apres = [
        un for un in essais(base_courante(), FAITS, jours) if un.titre.startswith("Un mi-temps")
    ]
    assert apres.titre == "Un mi-temps, le 22 juin 2024"
    # Only the first year differs: the others begin under the scale of 2024 in both.
    assert apres.ecart(avant) == 100_000


def test_un_groupe_ne_signe_pas_d_option() -> None:
    titres = [
        un.titre
        for un in essais(
            base_courante(), {**FAITS, "contrat_collectif": True}, [date(2026, 12, 1)], 200
        )
    ]
    assert titres == ["Avec un groupe"]
