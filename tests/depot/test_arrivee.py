"""What any room gets of the intake: quotas of its own, and no file without a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.depot.arrivee import ranger, recevoir, titre
from binome.depot.quotas import Occupation, Quota, atteint
from binome.depot.refus import PieceRefusee
from binome.etagere.rayon import Rayon
from tests.depot.test_controle import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

RAYON = Rayon("pieces", ("pdf", "jpg", "png"))


@pytest.fixture(autouse=True)
def racine(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("fichiers", "octets", "attendu"),
    [(1, 90, ""), (2, 0, "quota_dossier"), (1, 100, "quota_jour"), (0, 101, "quota_jour")],
)
def test_le_premier_quota_depasse_est_celui_qui_se_dit(
    fichiers: int, octets: int, attendu: str
) -> None:
    quotas = (
        Quota("quota_dossier", lambda: Occupation(fichiers, octets), 1000, 2),
        Quota("quota_jour", lambda: Occupation(99, octets), 100),
    )
    assert atteint(quotas, 10 if octets == 90 else 1) == attendu


def test_un_quota_refuse_avant_de_lire() -> None:
    lus: list[bytes] = []

    def plein() -> None:
        raise PieceRefusee("quota_jour")

    with pytest.raises(PieceRefusee) as refus:
        recevoir(
            SimpleUploadedFile("a.exe", b"MZ"),
            admettre=plein,
            ecarter=lambda contenu, _: lus.append(contenu),
        )
    assert (refus.value.code, lus) == ("quota_jour", [])


def test_un_suspect_est_ecarte_avec_sa_raison_un_autre_non() -> None:
    ecartes: list[tuple[bytes, str]] = []

    def arrive(contenu: bytes) -> None:
        recevoir(
            SimpleUploadedFile("a.pdf", contenu),
            admettre=lambda: None,
            ecarter=lambda lu, raison: ecartes.append((lu, raison)),
        )

    arrive(pdf())
    for contenu in (b"MZ programme", b"du texte"):
        with pytest.raises(PieceRefusee):
            arrive(contenu)
    assert ecartes == [(b"MZ programme", "executable")]


def test_un_fichier_ne_reste_pas_sans_sa_ligne() -> None:
    with pytest.raises(RuntimeError), ranger(RAYON, b"octets", "png"):
        raise RuntimeError
    assert not list(RAYON.dossier().iterdir())
    with ranger(RAYON, b"octets", "png") as place:
        assert (place.octets, RAYON.intact(place.nom, place.empreinte)) == (6, b"octets")
    assert RAYON.lire(place.nom) == b"octets"


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("a.pdf", "a.pdf"),
        ("../../x/a.pdf", "a.pdf"),
        ("C:\\x\\a.pdf", "a.pdf"),
        (None, "b"),
        ("", "b"),
        ("é" * 200, f"{'é' * 80}…{'é' * 39}"),
        (
            "attestation " * 20 + "2019.pdf",
            ("attestation " * 7)[:80] + "…" + ("attestation " * 20 + "2019.pdf")[-39:],
        ),
    ],
)
def test_un_titre_n_a_ni_chemin_ni_longueur(nom: str | None, attendu: str) -> None:
    assert titre(nom, "b") == attendu
