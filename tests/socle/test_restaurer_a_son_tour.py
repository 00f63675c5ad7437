"""Nothing makes tables in a base that is being put back."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.conf import settings

from binome.cli.restaurer import commande
from binome.socle import restauration
from binome.socle.mise_a_jour import VERROU
from binome.socle.sauvegarde import ArchiveImpossible

if TYPE_CHECKING:
    from binome.socle.lecture_de_sauvegarde import OuvertureDArchive


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_on_restaure_a_son_tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tenu = []

    def restaurer(archive: Path, ouverture: OuvertureDArchive) -> None:
        with (Path(settings.DONNEES) / VERROU).open("wb") as fichier:
            try:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tenu.append(archive)
        raise ArchiveImpossible("rien de plus à essayer")

    monkeypatch.setattr(restauration, "restaurer", restaurer)
    archive = tmp_path / "archive"
    archive.write_bytes(b"")
    rendu = CliRunner().invoke(commande, [str(archive), "--sans-signature"])
    assert tenu == [archive], rendu.output
