"""The documents of a dossier: one comes in, is read page by page, or is set aside."""

from __future__ import annotations

import hashlib
import re
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
from binome.etagere.registre import balayer
from binome.journal.models import Entree
from binome.pieces.examen import accepter_piece
from binome.pieces.services import deposer_piece, vider_la_quarantaine
from binome.typographie import FINE
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, brouillon, depose, joindre

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from binome.dossiers.models import Dossier


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


def _ajouter(client: Client, dossier: Dossier, nom: str, **autres: object) -> str:
    dossier.refresh_from_db()
    fichier = SimpleUploadedFile(nom, pdf(lambda plume: plume.add_metadata({"/Title": nom})))
    donnees = {"nature": "identite", "version": dossier.version, "fichier": fichier} | autres
    reponse = client.post(f"/espace/dossiers/{dossier.reference}/pieces/", donnees, follow=True)
    return _texte(reponse.content.decode())


def _texte(page: str) -> str:
    """A page as it is heard: without its marks, the thin spaces as plain ones."""
    nue = re.sub(r"<[^>]+>", "", page.replace("</option>", " ").replace(FINE, " "))
    return re.sub(r"\s+", " ", nue)


def _restent(dossier: Dossier) -> list[str]:
    lues = dossier.pieces.exclude(etat=EtatDePiece.RETIREE).order_by("pk")
    return list(lues.values_list("nom", flat=True))


def test_un_recto_et_un_verso_sont_gardes_tous_les_deux(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    client.force_login(monde.lea)
    assert "Dites quel document vous ajoutez." in _ajouter(client, dossier, "rien", nature="")
    _ajouter(client, dossier, "recto.pdf")
    dit = _ajouter(client, dossier, "verso.pdf")
    assert _restent(dossier) == ["recto.pdf", "verso.pdf"]
    assert "S’ajoute aux autres" in dit
    assert "Remplace « recto.pdf »" in dit
    client.force_login(monde.emma)
    page = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    for piece in dossier.pieces.all():
        examen = f"/espace/dossiers/{dossier.reference}/pieces/{piece.pk}/examen/"
        assert examen in page
        assert client.get(examen).status_code == 200
    assert "/retrait/" not in page, "la branche examine, elle ne retire pas"


def test_un_fichier_en_remplace_un_autre_par_son_nom(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    _ajouter(client, dossier, "recto.pdf")
    _ajouter(client, dossier, "erreur.pdf")
    erreur = dossier.pieces.get(nom="erreur.pdf")
    _ajouter(client, dossier, "verso.pdf", remplace=erreur.pk)
    assert _restent(dossier) == ["recto.pdf", "verso.pdf"]
    dit = _ajouter(client, dossier, "encore.pdf", remplace=erreur.pk)
    assert "Ce fichier n’est plus dans le dossier." in dit
    assert _restent(dossier) == ["recto.pdf", "verso.pdf"]
    ailleurs = joindre(monde, depose(monde), "identite")
    _ajouter(client, dossier, "encore.pdf", remplace=ailleurs.pk)
    assert _restent(ailleurs.dossier) == ["identite.pdf"]
    assert "encore.pdf" not in _restent(dossier)


def test_une_erreur_se_retire_par_son_nom(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    _ajouter(client, dossier, "recto.pdf")
    assert "Retirer « erreur.pdf »" in _ajouter(client, dossier, "erreur.pdf")
    erreur = dossier.pieces.get(nom="erreur.pdf")
    retrait = f"/espace/dossiers/{dossier.reference}/pieces/{erreur.pk}/retrait/"
    assert client.post(retrait, {"version": 0}).status_code == 409
    dossier.refresh_from_db()
    rendu = client.post(retrait, {"version": dossier.version}, follow=True).content.decode()
    assert "Le fichier « erreur.pdf » est retiré du dossier." in _texte(rendu)
    fil = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Pièce retirée" in fil
    assert _restent(dossier) == ["recto.pdf"]
    dossier.refresh_from_db()
    assert client.post(retrait, {"version": dossier.version}).status_code == 422
    assert Entree.objects.filter(geste="dossier.retirer_une_piece").count() == 1


def test_ce_que_la_branche_a_accepte_ne_se_retire_pas(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "identite")
    accepter_piece(piece, Acteur(monde.emma), version=dossier.version, faits={})
    client.force_login(monde.alice)
    dit = _ajouter(client, dossier, "autre.pdf", remplace=piece.pk)
    assert "La branche a accepté ce fichier" in dit
    dossier.refresh_from_db()
    retrait = f"/espace/dossiers/{dossier.reference}/pieces/{piece.pk}/retrait/"
    assert client.post(retrait, {"version": dossier.version}).status_code == 422
    assert f"/pieces/{piece.pk}/retrait/" not in dit
    assert _restent(dossier) == ["identite.pdf"]
