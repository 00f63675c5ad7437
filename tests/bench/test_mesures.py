"""The dossier that a cold start answers is one that the command takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from bench.colonnes import AUTRES_FAITS, DIPLOMES, FAITS, ecrire, en_jours
from bench.environnements import Impossible
from bench.mesures import premier_lisible
from bench.population import tirer

from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from pathlib import Path


def _colonnes(**autres: list[int]) -> dict[str, list[int]]:
    nombre = len(next(iter(autres.values())))
    jour = en_jours(date(2026, 1, 5))
    tout = {nom: [jour if "date" in nom else 0] * nombre for nom in (*FAITS, *AUTRES_FAITS)}
    tout["date_naissance"] = [en_jours(date(1990, 1, 1))] * nombre
    return tout | autres


@pytest.mark.parametrize("nombre", [200, 1000])
def test_un_dossier_tire_est_lisible(tmp_path: Path, nombre: int) -> None:
    ecrire(tmp_path, tirer(nombre))
    objet = premier_lisible(tmp_path)
    base = base_courante()
    reponse = positionner(base, base.lire(objet)).en_json()
    assert reponse["voie"] in {"cqp", "fae", "deja_certifie", "refus"}
    assert set(objet) == {*FAITS, *AUTRES_FAITS, "diplomes"} - set(DIPLOMES)


def test_qui_n_a_ni_afgsu_ni_contrat_n_en_dit_pas_plus(tmp_path: Path) -> None:
    """The columns hold a day and an employer all the same: they leave nothing unknown."""
    ecrire(tmp_path, _colonnes(afgsu_niveau=[0], contrat=[4], situation=[3]))
    objet = premier_lisible(tmp_path)
    assert (objet["afgsu_niveau"], objet["afgsu_date"]) == (0, None)
    assert (objet["contrat"], objet["employeur_contrat"]) == ("aucun", None)


def test_ce_qui_est_su_est_dit(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        _colonnes(
            afgsu_niveau=[1], employeur_contrat=[1], secretaire_medical=[1], niveau_diplome=[4]
        ),
    )
    objet = premier_lisible(tmp_path)
    assert objet["afgsu_date"] == objet["date_entree"] == "2026-01-05"
    assert objet["employeur_contrat"] == "centre_sante"
    assert objet["diplomes"] == ["secretaire_medical"]


def test_une_contradiction_est_passee(tmp_path: Path) -> None:
    """A nurse of level 0, then one of level 6."""
    ecrire(tmp_path, _colonnes(ide=[1, 1], niveau_diplome=[0, 6]))
    assert premier_lisible(tmp_path)["niveau_diplome"] == 6


def test_rien_de_lisible_se_dit(tmp_path: Path) -> None:
    ecrire(tmp_path, _colonnes(ide=[1], niveau_diplome=[0]))
    with pytest.raises(Impossible, match="se contredisent tous"):
        premier_lisible(tmp_path)
