"""Every gesture of documents, in every state of the flow: what a page offers is done, what it does not offer is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.flows import GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.gestes.services import faire
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, brouillon, depose, joindre, notifiee, propose
from tests.echantillons import un_sur
from tests.parcours.ailleurs import accueillir, avec_sa_lettre
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from binome.dossiers.models import Piece


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> None:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"


def passer(dossier: Dossier, geste: str, par: Personne, **donnees: Any) -> Dossier:
    """The dossier after one gesture."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    faire(FLUX, geste, dossier, Acteur(par), version=dossier.version, donnees=donnees)
    return dossier


@remembre
def a_l_etat(monde: Monde, etat: str) -> Dossier:
    """A dossier brought there by its own gestures."""
    if etat in (Etat.BROUILLON, Etat.RETIRE):
        dossier = brouillon(monde)
        return dossier if etat == Etat.BROUILLON else passer(dossier, "retirer", monde.alice)
    if etat in (Etat.DEPOSE, Etat.A_COMPLETER, Etat.COMPLETE):
        dossier = depose(monde)
        if etat != Etat.DEPOSE:
            dossier = passer(dossier, "demander", monde.emma, motif="Le titre.")
        return (
            dossier
            if etat != Etat.COMPLETE
            else passer(dossier, "completer", monde.alice, confirme="oui")
        )
    if etat == Etat.AILLEURS:
        dossier = avec_sa_lettre(monde)
        accueillir(monde, dossier)
        return Dossier.objects.get(pk=dossier.pk)
    dossier = propose(monde)
    if etat != Etat.PROPOSITION:
        dossier = passer(
            dossier, "decider", monde.emma, nature="accorde", confirme="sans_heures -",
            raison="autre", ecart="Pour l’essai.",
        )  # fmt: skip
    if etat in (Etat.DECIDE, Etat.RECOURS, Etat.CLOS):
        dossier = notifiee(dossier)
    if etat in (Etat.RECOURS, Etat.CLOS):
        dossier = passer(dossier, "contester", monde.lea, texte="Le titre compte.")
    return dossier if etat != Etat.CLOS else passer(dossier, "maintenir", monde.ana, reponse="Non.")


def fichier(nom: str) -> SimpleUploadedFile:
    """A PDF that no other name shares."""
    return SimpleUploadedFile(nom, pdf(lambda plume: plume.add_metadata({"/Title": nom})))


def lire(client: Client, qui: Personne, adresse: str) -> str:
    """A page, or nothing where one is sent elsewhere."""
    client.force_login(qui)
    reponse = client.get(adresse)
    return reponse.content.decode() if reponse.status_code == 200 else ""


def etat_de(piece: Piece) -> str:
    """What became of a document."""
    piece.refresh_from_db()
    return piece.etat


@pytest.mark.parametrize("etat", un_sur(2, Etat.values, 0.3))
def test_ce_que_la_page_d_examen_offre_se_fait(client: Client, monde: Monde, etat: str) -> None:
    dossier = a_l_etat(monde, etat)
    assert dossier.etat == etat
    seule, refusee, ensemble, rejetee = (
        joindre(monde, dossier, nature) for nature in ("identite", "afgsu", "diplomes", "contrat")
    )
    debut = f"/espace/dossiers/{dossier.reference}/pieces/"
    attendu = etat in GESTES["examiner"].de
    qui = monde.ana

    def version() -> int:
        return Dossier.objects.get(pk=dossier.pk).version

    for piece, bouton, donnees, devient in (
        (seule, "Accepter la pièce", {"avis": "accepter"}, EtatDePiece.ACCEPTEE),
        (refusee, "Refuser la pièce", {"avis": "refuser", "motif": "illisible"}, EtatDePiece.REFUSEE),
    ):  # fmt: skip
        page = f"{debut}{piece.pk}/examen/"
        assert (bouton in lire(client, qui, page)) is attendu
        reponse = client.post(page, {"version": version(), **donnees})
        assert (reponse.status_code == 302) is attendu, reponse.content.decode()
        assert etat_de(piece) == (devient if attendu else EtatDePiece.RECUE)
    page = f"{debut}examen/"
    assert (f"avis-{ensemble.pk}" in lire(client, qui, page)) is attendu
    for piece, avis, devient in (
        (ensemble, "acceptee", EtatDePiece.ACCEPTEE),
        (rejetee, "illisible", EtatDePiece.REFUSEE),
    ):
        reponse = client.post(page, {"version": version(), f"avis-{piece.pk}": avis})
        assert (reponse.status_code == 302) is attendu, re.sub(
            r"\s+", " ", reponse.content.decode()
        )
        assert etat_de(piece) == (devient if attendu else EtatDePiece.RECUE)


@pytest.mark.parametrize("etat", un_sur(2, Etat.values, 0.3))
def test_ce_que_la_page_des_pieces_offre_se_fait(client: Client, monde: Monde, etat: str) -> None:
    dossier = a_l_etat(monde, etat)
    page = f"/espace/dossiers/{dossier.reference}/pieces/"
    for qui in (monde.alice, monde.lea):
        lue = lire(client, qui, page)
        cote = "organisme" if qui is monde.alice else "candidat"
        attendu = etat in GESTES["joindre"].de and cote in GESTES["joindre"].qui
        if not lue:
            assert not attendu
            continue
        version = Dossier.objects.get(pk=dossier.pk).version
        envoi = client.post(
            page, {"version": version, "nature": "identite", "fichier": fichier(f"{cote}.pdf")}
        )
        assert (envoi.status_code == 302) is attendu
        if not attendu:
            continue
        piece = dossier.pieces.get(nom=f"{cote}.pdf")
        assert f"/pieces/{piece.pk}/retrait/" in lire(client, qui, page)
        version = Dossier.objects.get(pk=dossier.pk).version
        assert client.post(f"{page}{piece.pk}/retrait/", {"version": version}).status_code == 302
        assert etat_de(piece) == EtatDePiece.RETIREE


def test_une_piece_de_recours_acceptee_ensemble_laisse_repondre(
    client: Client, monde: Monde
) -> None:
    """« Préparer la proposition n’est pas possible » refused it, and the appeal could not be answered."""
    dossier = a_l_etat(monde, Etat.RECOURS)
    piece = joindre(monde, dossier, "experience")
    client.force_login(monde.ana)
    envoi = client.post(
        f"/espace/dossiers/{dossier.reference}/pieces/examen/",
        {"version": Dossier.objects.get(pk=dossier.pk).version, f"avis-{piece.pk}": "acceptee"},
    )
    assert envoi.headers["Location"].endswith("#repondre")
    dit = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Vous pouvez répondre au recours" in re.sub(r"\s+", " ", dit)
    dossier = passer(dossier, "maintenir", monde.ana, reponse="Le titre est compté.")
    assert dossier.etat == Etat.CLOS
    assert dossier.clos_le is not None
    assert dossier.clos_le <= timezone.now()
