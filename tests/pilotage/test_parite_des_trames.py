"""The rows of the indicators and the frames of the house count the same, over the made-up world."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw
import pytest

from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lire import lire
from binome.trames.agregats import en_vigueur, entrees
from binome.trames.extraire import extraire
from tests.exemples.jeu import JOUR, jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from binome.trames.cadres import Cadre

pytestmark = [pytest.mark.django_db, pytest.mark.long(15)]


def nombre(cadre: Cadre) -> int:
    """How many rows a frame has."""
    return int(cadre.select(nombre=nw.len()).collect().item())


def en_tout(cadre: Cadre, colonne: str) -> int:
    """The sum of a column, zero of nothing."""
    return int(cadre.select(nw.col(colonne).sum()).collect().item() or 0)


def test_les_lignes_et_les_trames_comptent_de_meme(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    for au in (JOUR, date(2026, 9, 30)):
        faits, cadres = lire(au), extraire(au)
        valeurs = {code: un.mesurer(faits).valeur or 0 for code, un in INDICATEURS.items()}
        assert valeurs["contrats_signes"] == nombre(cadres.contrats)
        assert valeurs["contrats_en_vigueur"] == nombre(en_vigueur(cadres.contrats, au))
        assert valeurs["entrees"] == nombre(entrees(cadres.parcours, cadres.presences))
        assert valeurs["facture"] == en_tout(cadres.argent, "facture")
        assert valeurs["paye"] == en_tout(cadres.argent, "paye")
        assert valeurs["engage"] == en_tout(cadres.argent, "accorde")
        assert sum(une.minutes for une in faits.heures) == en_tout(cadres.presences, "minutes")
        assert sum(une.places for une in faits.sessions) == en_tout(cadres.sessions, "places")
        titres = cadres.titres.filter(nw.col("nature") != "blocs").select("parcours").unique()
        assert valeurs["qualifies"] == nombre(titres)
        assert len(faits.dossiers) == nombre(cadres.dossiers)
