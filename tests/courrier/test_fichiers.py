"""Mails of a demonstration: a file each, erased with the person, and swept."""

from __future__ import annotations

import email
import os
import time
from email import policy
from typing import TYPE_CHECKING

import pytest

from binome.courrier import fichiers
from binome.courrier.envoi import envoyer
from binome.courrier.services import AMettre, balayer_les_fichiers, mettre_en_file, oublier_adresse
from binome.travaux import TRAVAUX

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from binome.courrier.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    """A folder of the test's own."""
    settings.EMAIL_BACKEND = "binome.courrier.fichiers.Fichiers"
    settings.EMAIL_FILE_PATH = tmp_path / "courrier"
    return tmp_path / "courrier"


def _ecrire(*adresses: str) -> list[Message]:
    messages = [
        mettre_en_file(AMettre(
            cle=f"essai:{adresse}", destinataire=adresse, sujet="Un essai", gabarit="securite",
            contexte={"fait": f"Écrit à {adresse}.", "adresse": ""},
        ))
        for adresse in adresses
    ]  # fmt: skip
    assert envoyer() == len(adresses)
    return [un for un in messages if un is not None]


def test_chaque_courriel_a_son_fichier_que_lui_seul_lit(place: Path) -> None:
    lea, bob = _ecrire("lea@exemple.fr", "bob@exemple.fr")
    assert {un.name for un in place.iterdir()} == {f"{lea.pk}.eml", f"{bob.pk}.eml"}
    lu = email.message_from_bytes((place / f"{lea.pk}.eml").read_bytes(), policy=policy.default)
    assert lu["To"] == "lea@exemple.fr"
    corps = lu.get_body(("plain",))
    assert corps is not None
    assert "Écrit à lea@exemple.fr." in corps.get_content()
    assert (place / f"{lea.pk}.eml").stat().st_mode & 0o077 == 0
    assert place.stat().st_mode & 0o077 == 0


def test_le_fichier_part_avec_l_adresse(place: Path) -> None:
    _, bob = _ecrire("lea@exemple.fr", "bob@exemple.fr")
    oublier_adresse("Lea@exemple.fr")
    assert [un.name for un in place.iterdir()] == [f"{bob.pk}.eml"]


def test_le_menage_ote_le_vieux_l_efface_et_les_fichiers_de_plusieurs(place: Path) -> None:
    assert balayer_les_fichiers() == 0, "there is no folder yet"
    lea, bob, zoe = _ecrire("lea@exemple.fr", "bob@exemple.fr", "zoe@exemple.fr")
    (place / "20261129-120000-1.log").write_text("To: lea@exemple.fr\nTo: bob@exemple.fr")
    (place / "a-moi.txt").write_text("à garder")
    (place / ".neuf.partiel").write_text("en train de s’écrire")
    (place / ".coupe.partiel").write_text("To: lea@exemple.fr")
    ancien = time.time() - fichiers.GARDE.total_seconds() - 1
    for nom in (f"{zoe.pk}.eml", ".coupe.partiel"):
        os.utime(place / nom, (ancien, ancien))
    # Written by a runner that had read the mail before it was erased.
    ecrit = (place / f"{lea.pk}.eml").read_bytes()
    oublier_adresse("lea@exemple.fr")
    (place / f"{lea.pk}.eml").write_bytes(ecrit)
    assert balayer_les_fichiers() == 4
    assert {un.name for un in place.iterdir()} == {f"{bob.pk}.eml", "a-moi.txt", ".neuf.partiel"}
    assert "ranger-le-courrier" in {un.nom for un in TRAVAUX}
