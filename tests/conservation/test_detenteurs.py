"""A room that holds something of people is heard at each turn: export, closing, term, restoration."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from binome.comptes.acteur import Acteur
from binome.comptes.services import ChangementImpossible
from binome.conservation.cloture import clore_le_compte
from binome.conservation.detenteurs import DETENTEURS, Detenteur
from binome.conservation.export import exporter
from binome.conservation.rejouer import refaire_par_genre
from binome.conservation.travail import conserver
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from binome.comptes.models import Personne

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def racine(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def ajouter(monkeypatch: pytest.MonkeyPatch, nouveau: Detenteur) -> None:
    for piece in ("cloture", "export", "rejouer", "travail"):
        monkeypatch.setattr(f"binome.conservation.{piece}.DETENTEURS", (*DETENTEURS, nouveau))


def test_ce_qu_une_piece_detient_sort_dans_l_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    def cours(qui: Personne) -> dict[str, Any]:
        return {"parcours": [f"le parcours de {qui.prenom}"]}

    ajouter(monkeypatch, Detenteur("parcours", exporter=cours))
    zoe = personne("zoe")
    with exporter(Acteur(zoe)) as octets, zipfile.ZipFile(octets) as archive:
        donnees = json.loads(archive.read("donnees.json"))
    assert donnees["parcours"] == ["le parcours de Zoe"]
    assert set(donnees) >= {"compte", "roles", "dossiers", "lectures", "journal"}


def test_une_piece_peut_retenir_un_compte_et_dit_pourquoi(monkeypatch: pytest.MonkeyPatch) -> None:
    ajouter(
        monkeypatch, Detenteur("parcours", retient=lambda qui: f"{qui.prenom} est en formation.")
    )
    zoe = personne("zoe")
    with pytest.raises(ChangementImpossible, match="Zoe est en formation"):
        clore_le_compte(zoe, auteur=zoe.sujet, motif="Demande de la personne")
    zoe.refresh_from_db()
    assert zoe.is_active


def test_une_piece_oublie_avec_le_compte(monkeypatch: pytest.MonkeyPatch) -> None:
    dits: list[object] = []
    nouveau = Detenteur(
        "parcours",
        effacer_avec_le_compte=lambda qui, _: dits.append(qui.pk),
        oublier_adresse=dits.append,
        oublier_personne=lambda qui, *_: dits.append(qui.pk),
    )
    ajouter(monkeypatch, nouveau)
    zoe = personne("zoe")
    adresse = zoe.courriel
    clore_le_compte(zoe, auteur=zoe.sujet, motif="Demande de la personne")
    assert dits == [zoe.pk, adresse, zoe.pk]


def test_le_terme_et_la_restauration_passent_par_chaque_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refaire(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:
        return bool(numero and repere and auteur and motif)

    ajouter(
        monkeypatch,
        Detenteur("parcours", prevenir=lambda: 2, effacer=lambda: 3, refaire={"parcours": refaire}),
    )
    assert conserver() == 5
    assert set(refaire_par_genre()) == {
        "personne", "dossier", "formateur", "parcours", "membredejury", "contrat", "medecin",
    }  # fmt: skip
