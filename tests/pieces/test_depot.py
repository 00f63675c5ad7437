"""The page where documents are filed: what it asks, in which order, and what becomes of each file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.comptes.acteur import Acteur
from binome.depot.refus import RAISONS
from binome.dossiers import services
from binome.dossiers.etats import EtatDePiece
from binome.gestes.refus import Depasse
from binome.pieces import arrivees
from binome.pieces.arrivees import deposer_les_fichiers
from binome.pieces.cartes import cartes_de
from binome.pieces.conseils import CONSEILS, natures_nommees
from binome.pieces.examen import refuser_piece
from binome.pieces.services import DejaLa
from binome.regles.courante import base_courante
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, brouillon, depose, joindre

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.dossiers.models import Dossier


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> None:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"


def document(nom: str) -> SimpleUploadedFile:
    """A PDF that no other name shares."""
    return SimpleUploadedFile(nom, pdf(lambda plume: plume.add_metadata({"/Title": nom})))


def adresse(dossier: Dossier) -> str:
    return f"/espace/dossiers/{dossier.reference}/pieces/"


def page(client: Client, dossier: Dossier, suite: str = "") -> str:
    lue = client.get(f"{adresse(dossier)}{suite}").content.decode()
    return re.sub(r"\s+", " ", lue)


def test_chaque_fichier_est_pris_ou_refuse_pour_lui_seul(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    fichiers = [document("a.pdf"), SimpleUploadedFile("b.txt", b"du texte"), document("c.pdf")]
    donnees: dict[str, Any] = {
        "nature": "diplomes",
        "version": dossier.version,
        "fichier": fichiers,
    }
    rendu = client.post(adresse(dossier), donnees)
    assert rendu.status_code == 422
    dits = re.findall(
        r'<li class="(prise|refus)">\s*<strong>(.*?)</strong>\s:\s(\w+)', rendu.content.decode()
    )
    assert dits == [
        ("prise", "a.pdf", "Ajouté"),
        ("refus", "b.txt", "Ce"),
        ("prise", "c.pdf", "Ajouté"),
    ]
    assert RAISONS["sorte"].phrase[:40] in rendu.content.decode()
    assert [une.nom for une in dossier.pieces.all()] == ["a.pdf", "c.pdf"]


def test_le_meme_fichier_est_dit_et_n_est_garde_qu_une_fois(monde: Monde) -> None:
    dossier, alice = brouillon(monde), Acteur(monde.alice)
    (premiere,) = deposer_les_fichiers(dossier, "identite", [document("cni.pdf")], alice)
    assert premiere.prise
    (encore,) = deposer_les_fichiers(dossier, "identite", [document("cni.pdf")], alice)
    assert (encore.prise, "sous le nom « cni.pdf »" in encore.dit) == (False, True)
    (ailleurs,) = deposer_les_fichiers(dossier, "diplomes", [document("cni.pdf")], alice)
    assert ailleurs.dit == "Ajouté. Le même fichier est aussi dans « Pièce d’identité »."
    assert dossier.pieces.count() == 2


def test_le_fichier_que_la_branche_a_refuse_ne_revient_pas_tel_quel(monde: Monde) -> None:
    dossier, alice = depose(monde), Acteur(monde.alice)
    deposer_les_fichiers(dossier, "identite", [document("cni.pdf")], alice)
    dossier.refresh_from_db()
    piece = dossier.pieces.get()
    refuser_piece(piece, Acteur(monde.emma), version=dossier.version, motif="illisible")
    (encore,) = deposer_les_fichiers(dossier, "identite", [document("cni.pdf")], alice)
    assert not encore.prise
    assert "déjà refusé ce même fichier : le document ne se lit pas. Reprenez" in encore.dit
    (autre,) = deposer_les_fichiers(dossier, "identite", [document("nette.pdf")], alice)
    assert autre.prise
    piece.refresh_from_db()
    assert piece.etat == EtatDePiece.RETIREE
    assert issubclass(DejaLa, Exception)


def test_un_ajout_passe_apres_le_changement_d_un_autre_un_remplacement_non(monde: Monde) -> None:
    """An addition overwrites nothing; taking the place of a file asks for the page as it stands."""
    dossier, alice = brouillon(monde), Acteur(monde.alice)
    vue = dossier.version
    services.ecrire_identite(dossier, {"nom": "Autre"}, alice, version=vue)
    (ajout,) = deposer_les_fichiers(dossier, "identite", [document("a.pdf")], alice, version=vue)
    assert ajout.prise
    garde = dossier.pieces.get()
    (refus,) = deposer_les_fichiers(
        dossier, "identite", [document("b.pdf")], alice, remplace=garde.pk, version=vue
    )
    assert (refus.prise, refus.statut) == (False, 409)
    assert "entre-temps" in refus.dit


def test_deux_envois_au_meme_instant_passent_l_un_apres_l_autre(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, alice = brouillon(monde), Acteur(monde.alice)
    vrai: Any = vars(arrivees)["deposer_piece"]
    appels: list[int] = []

    def croiser(*tout: Any, **autres: Any) -> Any:
        """Somebody else changes the dossier between the reading and the writing."""
        appels.append(1)
        if len(appels) == 1:
            raise Depasse
        return vrai(*tout, **autres)

    monkeypatch.setattr(arrivees, "deposer_piece", croiser)
    (ajout,) = deposer_les_fichiers(dossier, "identite", [document("a.pdf")], alice)
    assert (ajout.prise, len(appels)) == (True, 2)


def test_ce_qui_manque_vient_d_abord_et_chaque_document_s_explique(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    joindre(monde, dossier, "identite")
    refusee = joindre(monde, dossier, "diplomes")
    refuser_piece(refusee, Acteur(monde.emma), version=dossier.version, motif="illisible")
    dossier.refresh_from_db()
    rangs = {une.code: une.rang for une in cartes_de(dossier)}
    assert next(iter(rangs)) == "diplomes"
    assert (rangs["diplomes"], rangs["identite"]) == ("a_refaire", "deposee")
    assert (rangs["cv"], rangs["vae"]) == ("attendue", "facultative")
    assert list(rangs).index("cv") < list(rangs).index("identite")
    client.force_login(monde.lea)
    lue = page(client, dossier)
    assert "10 Mo" in lue
    for une in cartes_de(dossier):
        assert une.pourquoi in lue
        assert une.ou in lue


def test_le_lien_d_une_nature_ouvre_celle_la(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    client.force_login(monde.lea)
    for nature in ("identite", "vae"):
        lue = page(client, dossier, f"?nature={nature}")
        (champ,) = re.findall(r"<input[^>]*autofocus[^>]*>", lue)
        assert f'id="fichier-{nature}"' in champ
    assert "autofocus" not in page(client, dossier, "?nature=inconnue")


def test_la_demande_de_completer_mene_a_chaque_document(client: Client, monde: Monde) -> None:
    dossier, emma = depose(monde), Acteur(monde.emma)
    piece = joindre(monde, dossier, "identite")
    refuser_piece(piece, emma, version=dossier.version, motif="illisible")
    dossier.refresh_from_db()
    services.demander(dossier, emma, version=dossier.version, motif="Une pièce lisible.")
    for qui in (monde.alice, monde.lea):
        client.force_login(qui)
        lue = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
        demande = lue.split('id="demande"')[1].split("</section>")[0]
        liens = re.findall(r'href="([^"]*nature=\w+)"', demande)
        assert liens[0] == f"{adresse(dossier)}?nature=identite"
        assert f"{adresse(dossier)}?nature=cv" in liens
        assert client.get(liens[0]).status_code == 200


def test_qui_ne_depose_pas_ne_voit_pas_la_page(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    client.force_login(monde.emma)
    assert client.get(adresse(dossier)).status_code == 403
    client.force_login(monde.charlie)
    assert client.get(adresse(dossier)).status_code == 404
    dossier = depose(monde)
    services.retirer(dossier, Acteur(monde.alice), version=dossier.version)
    client.force_login(monde.alice)
    assert client.get(adresse(dossier))["Location"] == f"/espace/dossiers/{dossier.reference}/"


def test_les_noms_de_fichiers_disent_leur_document() -> None:
    natures = list(base_courante().pieces)
    dits = {
        "Carte d’identité - recto.pdf": ["identite"],
        "DIPLÔME_BTS.pdf": ["diplomes"],
        "AFGSU2.pdf": ["afgsu"],
        "scan0004.pdf": [],
        "Contrat CDI signé.pdf": ["contrat"],
        "Attestation AFGSU.pdf": ["afgsu"],
        "Contrat de travail, employeur.pdf": ["experience", "contrat"],
    }
    assert {nom: natures_nommees(nom, natures) for nom in dits} == dits
    assert set(CONSEILS) <= set(natures)
