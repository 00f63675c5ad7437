"""Page images: drawn once, by the jobs, in turn; a document that fells its reader stops nobody."""

from __future__ import annotations

import hashlib
import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from binome.cloison.lancement import Tombe, lire
from binome.cloison.places import CloisonPleine
from binome.comptes.acteur import Acteur
from binome.depot import apercus
from binome.depot.arrivee import ranger
from binome.depot.controle import Document
from binome.depot.etats import EtatDApercu, SansApercu
from binome.dossiers import rayons
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import PageDApercu, Piece
from binome.dossiers.pieces.apercus import APERCUS
from binome.pieces.services import _inscrire
from binome.socle.emports import rayons_derivables
from binome.travaux import TRAVAUX
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, depose
from tests.matrice.lecture_seule import lecture_seule

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from binome.dossiers.models import Dossier


@pytest.fixture(autouse=True)
def racine(tmp_path: Path, settings: Settings) -> Path:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return Path(settings.MEDIA_ROOT)


_rang = iter(range(1, 1_000_000))


def _poser(monde: Monde, dossier: Dossier, contenu: bytes, pages: int = 1) -> Piece:
    """A document as it is once taken in, without the time that reading it takes."""
    return Piece.objects.create(
        dossier=dossier, nature="diplomes", nom="a.pdf", type="application/pdf",
        fichier=rayons.PIECES.ranger(contenu), octets=len(contenu), pages=pages,
        empreinte=hashlib.sha256(contenu).hexdigest(), deposee_par=monde.alice,
    )  # fmt: skip


def _autre() -> bytes:
    """A document of bytes that no other has."""
    return pdf().replace(b"%%EOF", b"% " + str(next(_rang)).encode() + b"\n%%EOF")


def _abime() -> bytes:
    """Begins as a document, and fells what draws it."""
    return b"%PDF-1.4\n" + str(next(_rang)).encode()


def test_une_page_demandee_ne_dessine_rien_et_dit_quoi_faire(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    piece = _poser(monde, dossier, pdf())
    adresse = f"/espace/dossiers/{dossier.reference}/pieces/{piece.pk}/"
    client.force_login(monde.emma)
    with lecture_seule():
        page = client.get(adresse).content.decode()
        image = client.get(f"{adresse}pages/1/")
    assert "Les pages se préparent" in page
    assert 'hx-trigger="load delay:3s"' in page, "la page se rafraîchit d’elle-même"
    assert f'href="{adresse}"' in page, "et sans script"
    assert image.status_code == 404
    assert "Cette page se prépare" in image.content.decode()
    assert not rayons.APERCUS.dossier().exists()
    assert APERCUS.dessiner() == 1
    with lecture_seule():
        page = client.get(adresse).content.decode()
        image = client.get(f"{adresse}pages/1/")
    assert "hx-trigger" not in page.split('id="apercu"')[1].split(">")[0]
    assert Image.open(BytesIO(image.content)).size[0] == 1100
    assert APERCUS.dessiner() == 0, "une fois pour toutes"


def test_une_image_se_dessine_aussi() -> None:
    tampon = BytesIO()
    Image.new("LA", (3000, 1000)).save(tampon, "PNG")
    sortie = lire(apercus.DESSIN, "1", "1", entree=tampon.getvalue(), bornes=apercus.BORNES)
    (taille,) = struct.unpack(">I", sortie[:4])
    assert taille == len(sortie) - 4
    assert Image.open(BytesIO(sortie[4:])).size == (1100, 367)


def test_un_document_qui_fait_tomber_son_lecteur_est_essaye_deux_fois_et_n_arrete_personne(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    mauvaise = _poser(monde, dossier, _abime())
    bonne = _poser(monde, dossier, pdf())
    assert APERCUS.dessiner() == 2
    bonne.refresh_from_db()
    mauvaise.refresh_from_db()
    assert bonne.apercu == EtatDApercu.DESSINE
    assert (mauvaise.apercu, mauvaise.apercu_essais) == (EtatDApercu.A_DESSINER, 1)
    assert APERCUS.dessiner() == 1
    assert APERCUS.dessiner() == 0
    mauvaise.refresh_from_db()
    assert (mauvaise.apercu, mauvaise.sans_apercu) == (EtatDApercu.IMPOSSIBLE, SansApercu.TROP)
    client.force_login(monde.emma)
    page = client.get(f"/espace/dossiers/{dossier.reference}/pieces/{mauvaise.pk}/")
    assert "Téléchargez le fichier." in page.content.decode()


def test_un_travail_tue_en_dessinant_ne_recommence_pas_sans_fin(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = _poser(monde, depose(monde), pdf())

    def mourir(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as rustine:
        rustine.setattr(apercus, "lire", mourir)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                APERCUS.dessiner()
        assert APERCUS.dessiner() == 0
    piece.refresh_from_db()
    assert piece.apercu == EtatDApercu.IMPOSSIBLE


def test_chacun_a_son_tour(monde: Monde) -> None:
    dossier = depose(monde)
    foule = [_poser(monde, dossier, _autre()) for _ in range(4)]
    seule = _poser(monde, dossier, _autre())
    Piece.objects.filter(pk=seule.pk).update(deposee_par=monde.lea)
    assert APERCUS.a_dessiner()[:2] == [foule[0].pk, seule.pk]
    Piece.objects.filter(pk=foule[0].pk).update(apercu_essais=1)
    assert APERCUS.a_dessiner()[-1] == foule[0].pk, "ce qui a déjà échoué attend"


def test_un_passage_est_borne_dans_le_temps(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = depose(monde)
    for _ in range(2):
        _poser(monde, dossier, _abime())
    monkeypatch.setattr(apercus, "DUREE", 0.005)  # less than a reader takes
    assert APERCUS.dessiner() == 1


def test_un_disque_plein_n_est_pas_la_faute_du_document(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = _poser(monde, depose(monde), pdf())

    def plein(*_: object) -> str:
        raise OSError(28, "plein")

    with monkeypatch.context() as rustine:
        rustine.setattr(type(rayons.APERCUS), "ranger", plein)
        for _ in range(3):
            with pytest.raises(OSError, match="plein"):
                APERCUS.dessiner()
    assert APERCUS.dessiner() == 1
    piece.refresh_from_db()
    assert piece.apercu == EtatDApercu.DESSINE


def test_une_maison_pleine_n_est_pas_la_faute_du_document(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = _poser(monde, depose(monde), pdf())

    def plein(*_: object, **__: object) -> bytes:
        raise CloisonPleine

    with monkeypatch.context() as rustine:
        rustine.setattr(apercus, "lire", plein)
        for _ in range(3):
            with suppress(CloisonPleine):
                APERCUS.dessiner()
    assert APERCUS.dessiner() == 1
    piece.refresh_from_db()
    assert piece.apercu == EtatDApercu.DESSINE


def test_un_long_document_est_garde_a_mesure(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apercus, "PAGES", 2)
    contenu = pdf(pages=3)
    piece = _poser(monde, depose(monde), contenu, pages=3)
    fois: list[tuple[str, ...]] = []

    def compter(*arguments: str, entree: bytes = b"", bornes: Any = None) -> bytes:
        fois.append(arguments[1:])
        if len(fois) == 2:
            raise Tombe(arguments[0], "essai")
        return lire(*arguments, entree=entree, bornes=bornes)

    monkeypatch.setattr(apercus, "lire", compter)
    assert APERCUS.dessiner() == 1
    assert APERCUS.dessiner() == 1
    assert fois == [("1", "2"), ("3", "3"), ("3", "3")]
    assert list(piece.pages_dessinees.values_list("rang", flat=True)) == [1, 2, 3]


def test_les_memes_octets_ne_se_dessinent_qu_une_fois(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, contenu = depose(monde), pdf()
    premiere = _poser(monde, dossier, contenu)
    APERCUS.dessiner()
    seconde = _poser(monde, dossier, contenu)
    monkeypatch.setattr(apercus, "lire", None)
    assert APERCUS.dessiner() == 1
    noms = {une.pages_dessinees.get().fichier for une in (premiere, seconde)}
    assert len(noms) == 2, "chacune ses fichiers : l’une s’efface sans l’autre"


def test_une_piece_remplacee_ou_effacee_perd_ses_pages(
    monde: Monde, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier, contenu = depose(monde), pdf()
    dossier.etat = "a_completer"
    dossier.save(update_fields=["etat"])
    piece = _poser(monde, dossier, contenu)
    APERCUS.dessiner()
    (image,) = rayons.APERCUS.dossier().iterdir()
    neuf = Document(contenu, "pdf", "application/pdf", 1)
    with django_capture_on_commit_callbacks(execute=True), ranger(rayons.PIECES, contenu) as place:
        nouvelle = _inscrire(
            dossier, "diplomes", "b.pdf", place, neuf, Acteur(monde.alice), dossier.version,
            remplace=piece.pk,
        )  # fmt: skip
    piece.refresh_from_db()
    assert (piece.etat, piece.apercu) == (EtatDePiece.RETIREE, EtatDApercu.OTE)
    assert not image.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(apercu=EtatDApercu.DESSINE)
    assert APERCUS.dessiner() == 1
    assert nouvelle.pages_dessinees.exists()
    assert anonymiser(dossier.pk, auteur="systeme", motif="essai")
    assert not list(rayons.APERCUS.dossier().iterdir())
    assert not PageDApercu.objects.exists()
    assert APERCUS.dessiner() == 0


def test_des_images_perdues_se_redessinent(monde: Monde) -> None:
    piece = _poser(monde, depose(monde), pdf())
    APERCUS.dessiner()
    (image,) = rayons.APERCUS.dossier().iterdir()
    assert APERCUS.redessiner() == 0
    image.unlink()
    assert APERCUS.redessiner() == 1
    assert APERCUS.dessiner() == 1
    assert piece.pages_dessinees.count() == 1
    assert rayons.APERCUS.nom in rayons_derivables(), "elles ne pèsent pas dans les sauvegardes"


def test_le_disque_des_pieces_absent_ne_condamne_rien(monde: Monde) -> None:
    piece = _poser(monde, depose(monde), pdf())
    ailleurs = rayons.PIECES.dossier().rename(rayons.PIECES.dossier().with_name("ailleurs"))
    assert APERCUS.dessiner() == 0
    ailleurs.rename(rayons.PIECES.dossier())
    rayons.PIECES.chemin_de(piece.fichier).unlink()
    assert APERCUS.dessiner() == 1
    piece.refresh_from_db()
    assert piece.sans_apercu == SansApercu.INTROUVABLE


def test_les_travaux_dessinent() -> None:
    assert {"dessiner", "ranger-les-apercus"} <= {un.nom for un in TRAVAUX}
