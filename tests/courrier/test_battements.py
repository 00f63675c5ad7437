"""The heartbeat of the jobs: what each did and when, read back by who asks whether they live."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from binome.courrier import battements
from binome.courrier.battements import MARGE, SILENCE, TROP_LONG, Pouls, constater, releves
from binome.courrier.travaux import Travail

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test alone moves."""
    instant = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: instant[0])
    return instant


@pytest.fixture
def chemin(tmp_path: Path) -> Path:
    return tmp_path / "travaux.json"


def pouls_de(chemin: Path, *noms: str, tous_les: float = 60.0) -> Pouls:
    return Pouls([Travail(nom, lambda: 0, tous_les) for nom in noms], chemin)


def test_un_passage_se_note_avec_sa_duree_et_une_faute_n_est_pas_un_succes(
    chemin: Path, horloge: list[float]
) -> None:
    pouls = pouls_de(chemin, "envoyer", "resumer")
    pouls.commencer("envoyer")
    pouls.battre()
    assert json.loads(chemin.read_bytes())["en_cours"] == {"nom": "envoyer", "depuis": horloge[0]}
    horloge[0] += 4
    pouls.finir("envoyer", bien=True)
    pouls.commencer("resumer")
    horloge[0] += 2
    pouls.finir("resumer", bien=False)
    pouls.battre()
    envoyer, resumer = releves(chemin)
    assert (envoyer.nom, envoyer.passe, envoyer.duree) == ("envoyer", horloge[0] - 2, 4)
    assert envoyer.succes == envoyer.passe
    assert (resumer.passe, resumer.succes, resumer.duree) == (horloge[0], 0, 2)
    assert json.loads(chemin.read_bytes())["en_cours"] == {}


def test_de_deux_coureurs_le_dernier_passage_reste(chemin: Path, horloge: list[float]) -> None:
    un, autre = pouls_de(chemin, "envoyer"), pouls_de(chemin, "envoyer")
    autre.commencer("envoyer")
    horloge[0] += 3
    autre.finir("envoyer", bien=True)
    autre.battre()
    un.battre()
    assert releves(chemin)[0][1:] == (horloge[0], horloge[0], 3)


def test_ce_qui_ne_va_pas_se_dit_en_mots(chemin: Path, horloge: list[float]) -> None:
    assert constater(chemin) == "arrêtés"
    pouls = pouls_de(chemin, "envoyer")
    pouls.battre()
    assert constater(chemin) == ""
    horloge[0] += SILENCE + 1
    assert constater(chemin) == "arrêtés"
    horloge[0] += 2 * 60 + MARGE
    pouls.battre()
    assert constater(chemin) == "en retard (envoyer)"
    pouls.commencer("envoyer")
    pouls.finir("envoyer", bien=True)
    pouls.battre()
    assert constater(chemin) == ""
    # One that works for over an hour is stuck, however little its pace asks.
    long_ = pouls_de(chemin, "purger", tous_les=86_400)
    long_.commencer("purger")
    horloge[0] += TROP_LONG + 1
    long_.battre()
    assert "purger" in constater(chemin)


def test_il_bat_tant_que_le_bloc_dure(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(battements, "RYTHME", 0.01)
    with pouls_de(chemin, "envoyer").en_marche():
        fin = time.monotonic() + 5
        instants: set[float] = set()
        while len(instants) < 3 and time.monotonic() < fin:
            if chemin.exists():
                instants.add(json.loads(chemin.read_bytes())["instant"])
    assert len(instants) >= 3


def test_un_fichier_illisible_ne_dit_rien(chemin: Path) -> None:
    for contenu in (b"", b"[]", b"{"):
        chemin.write_bytes(contenu)
        assert releves(chemin) == []
        assert constater(chemin) == "arrêtés"
