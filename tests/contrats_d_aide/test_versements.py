"""What a caisse owes, when, by the version of the signature; what no source gives stays unknown."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from binome.contrats_d_aide.versements import (
    ATTENDU,
    FINIE,
    SANS_CALENDRIER,
    SANS_EMBAUCHE,
    SANS_JOUR,
    SANS_OBJET,
    SOLDE,
    SUSPENDU,
    SUSPENDUE,
    VersementCompte,
    annees_comptees,
    compter_les_versements,
)
from binome.contrats_d_aide.vie_comptee import Pause, PosteTenu, VieComptee
from binome.regles.courante import base_courante

FAITS: Final = {
    "specialite": "medecine_generale",
    "secteur": "1",
    "option_etp": "un",
    "bande_activite": "p50_p70",
}


def versements(
    signe_le: date, fin: date = date(2031, 1, 1), *, embauche: bool = True, **autres: Any
) -> dict[str, VersementCompte]:
    """The payments of a contract, by their code."""
    postes = (PosteTenu(cle=1, du=signe_le.replace(day=15)),) if embauche else ()
    voulus = {"faits": FAITS, "postes": postes, **autres}
    vie = VieComptee(signe_le=signe_le, fin=fin, **voulus)
    comptes = compter_les_versements(annees_comptees(base_courante(), vie), vie)
    return {un.code: un for un in comptes}


@pytest.mark.parametrize(
    ("signe_le", "faits", "attendus"),
    [
        (
            date(2023, 4, 1),
            {},
            # 70 % fifteen days after the hiring, and nothing that a source dates after it.
            [("1.1", date(2023, 4, 30), 2_520_000), ("1.2", None, 1_080_000), ("2.1", None, 2_700_000),
             ("3.1", None, 2_200_000), ("4.1", None, 2_200_000), ("5.1", None, 2_200_000)],
        ),
        (
            date(2023, 5, 1),
            {},
            [("1.1", date(2023, 6, 1), 3_600_000), ("2.1", date(2024, 5, 1), 2_700_000),
             *((f"{rang}.{fois}", None, 1_100_000) for rang in (3, 4, 5) for fois in (1, 2))],
        ),
        (
            date(2024, 6, 21),
            {"option_etp": "demi"},
            [("1.1", date(2024, 7, 21), 1_800_000), ("2.1", date(2025, 6, 21), 1_400_000),
             *((f"{rang}.{fois}", None, 550_000) for rang in (3, 4, 5) for fois in (1, 2))],
        ),
        (
            date(2024, 6, 22),
            {"bande_activite": "p95"},
            [("1.1", date(2024, 7, 22), 3_800_000), ("2.1", date(2025, 6, 22), 3_800_000),
             *((f"{rang}.{fois}", None, 1_900_000) for rang in (3, 4, 5) for fois in (1, 2))],
        ),
        (
            date(2026, 2, 25),
            {"contrat_collectif": True, "etp": 150, "option_etp": None},
            [("1.1", None, 5_700_000), ("2.1", None, 4_200_000),
             *((f"{rang}.1", None, 3_300_000) for rang in (3, 4, 5))],
        ),
        (
            date(2026, 2, 25),
            {"option_etp": "un_et_demi"},
            [(f"{rang}.1", None, None) for rang in range(1, 6)],
        ),
    ],
)  # fmt: skip
def test_chaque_version_a_son_calendrier(
    signe_le: date, faits: dict[str, Any], attendus: list[tuple[str, date | None, int | None]]
) -> None:
    lus = versements(signe_le, faits={**FAITS, **faits})
    assert [(un.code, un.jour, un.au_plus) for un in lus.values()] == attendus
    assert {un.etat for un in lus.values()} == {ATTENDU}


def test_ce_que_personne_ne_donne_se_dit() -> None:
    anciens, actuels = versements(date(2021, 7, 1)), versements(date(2024, 7, 1))
    assert anciens["1.2"].dits == (SOLDE,)
    assert anciens["2.1"].dits == (SANS_CALENDRIER,)
    assert actuels["3.1"].dits == actuels["3.2"].dits == (SANS_JOUR,)
    assert versements(date(2021, 7, 1), embauche=False)["1.1"].dits == (SANS_EMBAUCHE,)
    assert "recomedicales, versement" in actuels["1.1"].sources
    assert "ordre-2021, versement" in anciens["1.1"].sources


def test_une_suspension_qui_dure_suspend_ce_qui_suit() -> None:
    lus = versements(date(2024, 7, 1), suspensions=(Pause(date(2025, 3, 1)),))
    # What was due before it began stays due.
    assert lus["1.1"].etat == ATTENDU
    assert {un.etat for code, un in lus.items() if code != "1.1"} == {SUSPENDU}
    assert lus["2.1"].jour == date(2025, 7, 1)
    assert lus["2.1"].repousse is None


def test_une_suspension_finie_garde_les_deux_jours() -> None:
    lus = versements(date(2024, 7, 1), suspensions=(Pause(date(2025, 3, 1), date(2025, 8, 31)),))
    assert (lus["2.1"].etat, lus["2.1"].jour, lus["2.1"].repousse) == (
        ATTENDU, date(2025, 7, 1), date(2026, 1, 1),
    )  # fmt: skip
    assert SUSPENDUE in lus["2.1"].dits
    assert lus["4.1"].dits == (SANS_JOUR,)


def test_un_contrat_fini_avant_son_terme_ne_promet_plus_les_annees_suivantes() -> None:
    lus = versements(date(2024, 7, 1), date(2029, 6, 30), fini_le=date(2026, 3, 31))
    assert [code for code, un in lus.items() if un.etat != SANS_OBJET] == ["1.1", "2.1"]
    assert FINIE in lus["2.1"].dits
    assert FINIE not in versements(
        date(2024, 7, 1), date(2029, 6, 30), fini_le=date(2029, 6, 30)
    )["5.2"].dits  # fmt: skip
