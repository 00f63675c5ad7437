"""One archive for a whole group: each file matched by its name, shown first, then filed as if it came alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.comptes.acteur import Acteur
from binome.depot.archives import Membre
from binome.dossiers import services
from binome.dossiers.models import Dossier, Piece, Quarantaine
from binome.echanges.preuve import preuve_de
from binome.journal.histoire import histoire
from binome.pieces.groupe import apparier, dossiers_du_groupe
from tests.depot.test_archives import zip_de
from tests.depot.test_controle import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

GROUPE = "/espace/dossiers/pieces-d-un-groupe/"


@pytest.fixture(autouse=True)
def rayons(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "fichiers"


def _de(monde: Monde, prenom: str, nom: str, naissance: str = "", cle: str = "") -> Dossier:
    acteur = Acteur(monde.alice)
    dossier = services.ouvrir(monde.organisme, acteur, exemple=True, cle_import=cle)
    identite = {"prenom": prenom, "nom": nom, "nom_de_naissance": naissance}
    return services.ecrire_identite(dossier, identite, acteur, version=dossier.version)


def _noms(monde: Monde, *chemins: str) -> list[tuple[list[str], str]]:
    apparies = apparier([Membre(un, 1) for un in chemins], dossiers_du_groupe(Acteur(monde.alice)))
    return [([un.nom for un in une.dossiers], une.nature) for une in apparies]


@pytest.mark.parametrize(
    ("chemin", "qui", "quoi"),
    [
        ("Léa Martin/CNI recto.jpg", ["Martin"], "identite"),
        ("MARTIN_Lea_diplome.pdf", ["Martin"], "diplomes"),
        ("martin léa.pdf", ["Martin"], ""),
        ("Promo 2027/Le Gall Jean-Marc/AFGSU.pdf", ["LE GALL"], "afgsu"),
        ("lea_martin_dupont - contrat.pdf", ["Martin Dupont"], "contrat"),
        ("Zoé Née/cv.pdf", ["Usage"], "cv"),
        ("K-12/diplome.pdf", ["LE GALL"], "diplomes"),
        ("k12 cni.jpg", [], "identite"),
        ("Martin.pdf", [], ""),
        ("Jean Petit/cni.pdf", ["Petit", "Petit"], "identite"),
        ("Inconnue Personne/cni.jpg", [], "identite"),
        ("Léa Martin/cni et diplome.pdf", ["Martin"], ""),
    ],
)
def test_un_fichier_se_reconnait_a_son_nom(
    monde: Monde, chemin: str, qui: list[str], quoi: str
) -> None:
    _de(monde, "Léa", "Martin")
    _de(monde, "Léa", "Martin Dupont")
    _de(monde, "Jean-Marc", "LE GALL", cle="K-12")
    _de(monde, "Zoé", "Usage", naissance="Née")
    _de(monde, "Jean", "Petit"), _de(monde, "Jean", "Petit")
    assert _noms(monde, chemin) == [(qui, quoi)]


def test_une_reference_dit_qui_meme_avec_un_autre_nom(monde: Monde) -> None:
    lea, autre = _de(monde, "Léa", "Martin"), _de(monde, "Zoé", "Autre")
    serree = autre.reference.replace("-", "").lower()
    for chemin in (f"{autre.reference}/Léa Martin cni.jpg", f"Léa Martin {serree} cni.jpg"):
        assert _noms(monde, chemin) == [(["Autre"], "identite")]
    assert lea.reference != autre.reference


def test_seuls_ses_dossiers_ouverts_aux_pieces_se_proposent(monde: Monde) -> None:
    charlie = Acteur(monde.charlie)
    _de(monde, "Une", "Autre")
    ailleurs = services.ouvrir(monde.autre, charlie, exemple=True)
    services.ecrire_identite(
        ailleurs, {"prenom": "Léa", "nom": "Martin"}, charlie, version=ailleurs.version
    )
    retire = _de(monde, "Léa", "Martin")
    services.retirer(retire, Acteur(monde.alice), version=retire.version)
    assert (
        _noms(monde, "Léa Martin/cni.jpg", f"{ailleurs.reference}/cni.jpg")
        == [([], "identite")] * 2
    )


def _envoyer(client: Client, octets: bytes, **champs: Any) -> Any:
    return client.post(GROUPE, {"zip": SimpleUploadedFile("groupe.zip", octets), **champs})


def _champs(page: str) -> dict[str, str]:
    """What the page would send back as it stands."""
    champs = dict(re.findall(r'name="(dossier-\d+)"\s+value="([^"]*)"', page))
    champs |= dict(re.findall(r'name="(empreinte)" value="(\w+)"', page))
    for nom, options in re.findall(
        r'<select name="(nature-\d+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        choisie = re.search(r'value="(\w+)" selected', options)
        champs[nom] = choisie[1] if choisie else ""
    return champs


def test_un_zip_se_relit_puis_se_depose(client: Client, monde: Monde) -> None:
    lea, zoe = _de(monde, "Léa", "Martin"), _de(monde, "Zoé", "Autre")
    octets = zip_de(
        ("Léa Martin/cni.pdf", pdf()), ("Léa Martin/diplome.pdf", pdf(pages=2)),
        ("Zoé Autre/diplome.docx", b"PK\x03\x04 word"), ("scan001.pdf", pdf(pages=3)),
    )  # fmt: skip
    client.force_login(monde.alice)
    montree = _envoyer(client, octets)
    assert montree.status_code == 200
    page = montree.content.decode()
    assert "3 fichiers reconnus" in page
    assert "1 fichier sans personne" in page
    assert not Piece.objects.exists(), "nothing is filed before it was looked at"
    champs = _champs(page)
    champs |= {"dossier-3": f"Zoé Autre, {zoe.reference}", "nature-3": "cv"}
    fini = _envoyer(client, octets, **champs)
    dit = " ".join(re.sub(r"<[^>]*>", " ", fini.content.decode()).split())
    assert "Ce qui est arrivé" in dit
    gardees = {
        (une.dossier.reference, une.nature, une.nom)
        for une in Piece.objects.select_related("dossier")
    }
    assert gardees == {
        (lea.reference, "identite", "cni.pdf"), (lea.reference, "diplomes", "diplome.pdf"), (zoe.reference, "cv", "scan001.pdf"),
    }  # fmt: skip
    assert [un["geste"] for un in histoire(lea.objet)][-2:] == ["dossier.joindre"] * 2
    assert "Zoé Autre/diplome.docx" in dit
    # Sent again, nothing is kept twice.
    encore = _envoyer(client, octets, **champs).content.decode()
    assert encore.count("déjà dans le dossier") == 3
    assert Piece.objects.count() == 3


def test_un_fichier_dangereux_est_refuse_seul_et_mis_a_part(client: Client, monde: Monde) -> None:
    lea = _de(monde, "Léa", "Martin")
    octets = zip_de(("Léa Martin/cni.pdf", b"MZ programme"), ("Léa Martin/diplome.pdf", pdf()))
    client.force_login(monde.alice)
    champs = _champs(_envoyer(client, octets).content.decode())
    assert "est un programme" in _envoyer(client, octets, **champs).content.decode()
    assert [une.nature for une in lea.pieces.all()] == ["diplomes"]
    assert Quarantaine.objects.get().dossier == lea


def test_un_autre_zip_ou_un_dossier_d_autrui_ne_passe_pas(client: Client, monde: Monde) -> None:
    _de(monde, "Léa", "Martin")
    ailleurs = services.ouvrir(monde.autre, Acteur(monde.charlie), exemple=True)
    octets, autre = (
        zip_de(("Léa Martin/cni.pdf", pdf())),
        zip_de(("Léa Martin/cni.pdf", pdf(pages=2))),
    )
    client.force_login(monde.alice)
    champs = _champs(_envoyer(client, octets).content.decode())
    change = _envoyer(client, autre, **champs)
    assert change.status_code == 422
    assert "plus le même ZIP" in change.content.decode()
    force = _envoyer(client, octets, **{**champs, "dossier-0": ailleurs.reference})
    assert "ne vous est pas ouvert" in force.content.decode()
    vide = _envoyer(client, octets, empreinte=preuve_de(SimpleUploadedFile("z", octets)).empreinte)
    assert vide.status_code == 422
    assert not Piece.objects.exists()


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "Choisissez le ZIP"),
        (b"PK rien", "n’est pas un ZIP lisible"),
        (zip_de(("../x.pdf", b"x")), "hors de lui"),
    ],
)
def test_une_archive_refusee_le_dit(client: Client, monde: Monde, octets: bytes, dit: str) -> None:
    client.force_login(monde.alice)
    reponse = _envoyer(client, octets) if octets else client.post(GROUPE, {})
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
