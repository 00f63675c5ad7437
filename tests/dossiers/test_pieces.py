"""The documents of a dossier: one comes in, is read page by page, or is set aside."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.comptes.acteur import Acteur
from binome.depot.refus import PieceRefusee
from binome.dossiers import rayons
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Piece, Quarantaine
from binome.dossiers.pieces.apercus import APERCUS
from binome.dossiers.pieces.services import deposer_piece, vider_la_quarantaine
from binome.etagere.registre import balayer
from binome.journal.models import Entree
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, depose

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> Path:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return Path(settings.MEDIA_ROOT)


def _envoyer(monde: Monde, contenu: bytes, nom: str = "piece.pdf") -> Piece:
    dossier = depose(monde)
    fichier = SimpleUploadedFile(nom, contenu)
    return deposer_piece(dossier, "diplomes", fichier, Acteur(monde.alice), dossier.version)


def test_une_piece_deposee_est_sur_l_etagere(monde: Monde, rayon: Path) -> None:
    piece = _envoyer(monde, pdf(), "../../etc/passwd.pdf")
    assert piece.nom == "passwd.pdf"
    assert rayons.PIECES.lire(piece.fichier) == pdf()
    assert piece.etat == EtatDePiece.RECUE
    assert [un.suffix for un in (rayon / "pieces").iterdir()] == [".pdf"]
    with pytest.raises(ValueError, match="rayon"):
        rayons.PIECES.chemin_de("pieces/../lettres/a.pdf")


def test_un_fichier_suspect_est_mis_a_part_puis_efface(monde: Monde, rayon: Path) -> None:
    with pytest.raises(PieceRefusee):
        _envoyer(monde, b"MZ un programme", "Diplome de Lea.pdf")
    assert not Piece.objects.exists()
    une = Quarantaine.objects.get()
    assert une.motif == "executable"
    assert rayons.QUARANTAINE.lire(une.fichier) == b"MZ un programme"
    ecrit = Entree.objects.get(geste="piece.quarantaine")
    assert "Lea" not in str(ecrit.apres)
    assert ecrit.apres["empreinte"] == hashlib.sha256(b"MZ un programme").hexdigest()
    assert vider_la_quarantaine() == 0
    Quarantaine.objects.update(le="2026-01-01T00:00Z", effacer_le="2026-01-02T00:00Z")
    assert vider_la_quarantaine() == 1
    assert not list((rayon / "quarantaine").iterdir())
    une.refresh_from_db()
    assert une.fichier == ""


def test_ce_qui_gene_sans_nuire_n_est_pas_garde(monde: Monde) -> None:
    with pytest.raises(PieceRefusee):
        _envoyer(monde, b"du texte")
    assert not Quarantaine.objects.exists()


def test_une_page_perimee_ne_laisse_pas_de_fichier(monde: Monde, rayon: Path) -> None:
    dossier = depose(monde)
    from binome.gestes.refus import Depasse  # noqa: PLC0415

    with pytest.raises(Depasse):
        deposer_piece(
            dossier, "diplomes", SimpleUploadedFile("a.pdf", pdf()), Acteur(monde.alice),
            dossier.version - 1,
        )  # fmt: skip
    assert not list((rayon / "pieces").iterdir())
    assert balayer(timedelta(0)) == 0


def test_une_piece_se_lit_page_par_page_et_pas_par_n_importe_qui(
    client: Client, monde: Monde
) -> None:
    piece = _envoyer(monde, pdf(pages=2))
    adresse = f"/espace/dossiers/{piece.dossier.reference}/pieces/{piece.pk}/"
    client.force_login(monde.emma)
    assert APERCUS.dessiner() == 1
    assert "Page 2 du document" in client.get(adresse).content.decode()
    page = client.get(f"{adresse}pages/2/")
    assert page.content.startswith(b"RIFF")
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert client.get(f"{adresse}pages/3/").status_code == 404
    fichier = client.get(f"{adresse}fichier/")
    assert fichier.headers["Content-Disposition"].startswith("attachment")
    client.force_login(monde.charlie)
    for suite in ("", "pages/1/", "fichier/"):
        assert client.get(f"{adresse}{suite}").status_code == 404
    rayons.PIECES.chemin_de(piece.fichier).write_bytes(b"autre chose")
    client.force_login(monde.emma)
    assert client.get(f"{adresse}fichier/").status_code == 404
