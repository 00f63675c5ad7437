"""The aid contracts of the made-up world follow the published figures, and nobody could take them for real ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.contrats_d_aide.etats import EtatDeContrat
from binome.contrats_d_aide.lire_une_table import lire_une_ligne
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.exemples.contrats_d_aide import OPTIONS, tirer_des_contrats
from binome.journal.reconciliation import differences
from tests.exemples.jeu import jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

JOUR = date(2026, 11, 25)
STOCK = 8_971
"""The country, on 30 November 2025."""


def test_les_contrats_tires_suivent_les_chiffres_publies() -> None:
    tires = tirer_des_contrats(20_000, 1, JOUR)
    ou = Counter(une["departement"] for une in tires)
    # The stocks of 30 November 2025, as the barometer has them: the Nord, the Bouches-du-Rhône, the Ain, Mayotte.
    for code, stock in (("59", 273), ("13", 270), ("01", 88), ("976", 14)):
        assert ou[code] / 20_000 == pytest.approx(stock / STOCK, abs=0.004)
    quand = Counter(une["signe_le"][:4] for une in tires)
    assert quand["2023"] / 20_000 == pytest.approx((5_808 - 3_827) / STOCK, abs=0.02)
    options = Counter(une["option"] for une in tires)
    for option, part in OPTIONS.parts.items():
        assert options[option] / 20_000 == pytest.approx(part / 1_000, abs=0.015)
    assert len({une["rpps"] for une in tires}) == 20_000
    assert not any(lire_une_ligne(2, une).erreurs for une in tires[:200])
    assert tires[:5] == tirer_des_contrats(20_000, 1, JOUR)[:5]


@pytest.mark.django_db
def test_la_caisse_et_le_cabinet_d_exemple_ont_de_tout(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    assert {un.etat for un in Contrat.objects.filter(signataire__isnull=False)} == {
        EtatDeContrat.PREPARE, EtatDeContrat.EN_COURS, EtatDeContrat.SUSPENDU,
    }  # fmt: skip
    siens = Contrat.objects.filter(signataire=None)
    assert siens.count() == 40
    assert {EtatDeContrat.EN_COURS, EtatDeContrat.FINI} <= {un.etat for un in siens}
    assert all(Contrat.objects.values_list("essai", flat=True))
    assert not Medecin.objects.exclude(rpps__startswith="00").exists()
    assert not list(differences())
