"""How much is kept: each quota at its bound and beyond, two deposits at once, and the disk's floor."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from threading import Barrier, BrokenBarrierError, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.depot.etats import EtatDApercu
from binome.depot.refus import RAISONS, PieceRefusee
from binome.dossiers import rayons, services
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Dossier, Import, Piece, Quarantaine
from binome.imports import services as imports
from binome.imports.fichiers import modele_csv
from binome.lots.erreurs import TravailImpossible
from binome.pieces import quotas
from binome.pieces.services import deposer_piece, mettre_en_quarantaine
from tests.depot.test_controle import pdf
from tests.dossiers.monde import Monde, construire, depose, joindre, personne

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne

PDF = pdf()
NUMEROS = count()


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> Path:
    """Each test has shelves of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return tmp_path / "fichiers"


def envoyer(dossier: Dossier, qui: Personne, nature: str = "diplomes") -> Piece:
    dossier.refresh_from_db()
    # Another file each time, of as many bytes.
    contenu = PDF.replace(b"(pypdf)", f"({next(NUMEROS):05d})".encode())
    assert len(contenu) == len(PDF)
    fichier = SimpleUploadedFile("piece.pdf", contenu)
    return deposer_piece(dossier, nature, fichier, Acteur(qui), dossier.version)


def refuse(code: str, dossier: Dossier, qui: Personne) -> None:
    """Refused for that reason, and nothing is left of the file."""
    avant = Piece.objects.count()
    with pytest.raises(PieceRefusee) as refus:
        envoyer(dossier, qui)
    assert (refus.value.code, str(refus.value)) == (code, RAISONS[code].phrase)
    rangees = rayons.PIECES.dossier()
    noms = {f"pieces/{un.name}" for un in rangees.iterdir()} if rangees.is_dir() else set()
    assert noms <= set(Piece.objects.values_list("fichier", flat=True))
    assert Piece.objects.count() == avant


def table(tmp_path: Path) -> Path:
    """A table of one candidate."""
    chemin = tmp_path / "t.csv"
    titres = modele_csv().strip().split(";")
    chemin.write_text(f"{modele_csv().strip()}\nK1{';' * (len(titres) - 1)}\n", "utf-8")
    return chemin


def test_un_dossier_garde_un_nombre_borne_de_documents(monde: Monde, settings: Settings) -> None:
    settings.QUOTA_DOSSIER_DOCUMENTS = 2
    dossier = depose(monde)
    joindre(monde, dossier, "contrat")
    Piece.objects.update(etat=EtatDePiece.RETIREE, apercu=EtatDApercu.OTE)
    envoyer(dossier, monde.alice)
    refuse("quota_dossier", dossier, monde.alice)
    envoyer(depose(monde), monde.alice)


def test_un_dossier_garde_des_octets_comptes(monde: Monde, settings: Settings) -> None:
    dossier = depose(monde)
    mettre_en_quarantaine(dossier, b"MZ" * 50, "executable", Acteur(monde.alice))
    settings.QUOTA_DOSSIER = 100 + len(PDF) - 1
    refuse("quota_dossier", dossier, monde.alice)
    settings.QUOTA_DOSSIER += 1
    envoyer(dossier, monde.alice)
    refuse("quota_dossier", dossier, monde.alice)
    # What was erased of the suspect files leaves its room.
    Quarantaine.objects.update(fichier="")
    settings.QUOTA_DOSSIER = 2 * len(PDF)
    envoyer(dossier, monde.alice)


def test_un_fichier_suspect_n_echappe_a_aucun_quota(monde: Monde, settings: Settings) -> None:
    dossier = depose(monde)
    settings.QUOTA_DOSSIER = 99
    with pytest.raises(PieceRefusee) as refus:
        mettre_en_quarantaine(dossier, b"MZ" * 50, "executable", Acteur(monde.alice))
    assert refus.value.code == "quota_dossier"
    assert not Quarantaine.objects.exists()
    assert not list(rayons.QUARANTAINE.dossier().iterdir())
    settings.QUOTA_DOSSIER = 100
    mettre_en_quarantaine(dossier, b"MZ" * 50, "executable", Acteur(monde.alice))
    assert Quarantaine.objects.count() == 1


def test_une_personne_envoie_par_jour_ce_qui_est_permis(
    monde: Monde, settings: Settings, tmp_path: Path
) -> None:
    dossier, chemin = depose(monde), table(tmp_path)
    imports.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)
    settings.QUOTA_JOUR_FICHIERS = 2
    envoyer(dossier, monde.alice)
    refuse("quota_jour", dossier, monde.alice)
    with pytest.raises(TravailImpossible) as refus:
        imports.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)
    assert refus.value.lignes == (RAISONS["quota_jour"].phrase,)
    envoyer(dossier, monde.lea)
    Piece.objects.update(deposee_le="2026-01-01T00:00Z")
    settings.QUOTA_JOUR = chemin.stat().st_size + len(PDF) - 1
    refuse("quota_jour", dossier, monde.alice)
    settings.QUOTA_JOUR += 1
    envoyer(dossier, monde.alice)


def test_une_organisation_garde_en_tout_des_octets_comptes(
    monde: Monde, settings: Settings, tmp_path: Path
) -> None:
    chemin, un, autre = table(tmp_path), depose(monde), depose(monde)
    octets = chemin.stat().st_size
    settings.QUOTA_ORGANISATION = octets + len(PDF)
    alice = Acteur(monde.alice)
    importation = imports.ouvrir_import(monde.organisme, alice, chemin)
    assert importation.octets == octets
    envoyer(un, monde.alice)
    refuse("quota_organisation", autre, monde.alice)
    refuse("quota_organisation", autre, monde.lea)
    with pytest.raises(TravailImpossible, match="Terminez ou abandonnez"):
        imports.ouvrir_import(monde.organisme, alice, chemin)
    imports.ouvrir_import(monde.autre, Acteur(monde.charlie), chemin)
    imports.abandonner(importation, alice)
    settings.QUOTA_ORGANISATION = 2 * len(PDF)
    envoyer(autre, monde.alice)


def test_sous_le_plancher_du_disque_rien_n_est_pris(
    monde: Monde, settings: Settings, client: Client, tmp_path: Path
) -> None:
    dossier, chemin = depose(monde), table(tmp_path)
    settings.PLACE_MINIMALE = 1 << 60
    client.force_login(monde.alice)
    reponse = client.post(
        f"/espace/dossiers/{dossier.reference}/pieces/",
        {"nature": "diplomes", "version": dossier.version,
         "fichier": SimpleUploadedFile("a.pdf", PDF)},
    )  # fmt: skip
    assert reponse.status_code == 507
    assert "le disque du service est plein" in reponse.content.decode()
    client.raise_request_exception = False
    reponse = client.post(
        "/espace/imports/",
        {"organisme": monde.organisme.pk,
         "fichier": SimpleUploadedFile("t.csv", chemin.read_bytes())},
    )  # fmt: skip
    assert reponse.status_code == 507
    assert "Le disque est plein" in reponse.content.decode()
    assert not Piece.objects.exists()
    assert not Import.objects.exists()


@pytest.fixture
def a_plusieurs(transactional_db: None) -> Monde:
    """The made-up world, in a database where several connections write."""
    return construire()


def ensemble(gestes: list[Callable[[], Any]]) -> list[Any]:
    """Done at the same time, each with a connection of its own; what each gave, or its refusal."""
    depart = Barrier(len(gestes))
    rendus: list[Any] = [None] * len(gestes)

    def faire(rang: int) -> None:
        depart.wait()
        try:
            rendus[rang] = gestes[rang]()
        except Exception as refus:
            rendus[rang] = refus
        finally:
            connection.close()

    fils = [Thread(target=faire, args=(rang,)) for rang in range(len(gestes))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


@pytest.mark.postgresql
@pytest.mark.parametrize("quota", ["organisation", "jour"])
def test_deux_depots_ensemble_ne_passent_pas_un_quota(
    a_plusieurs: Monde, settings: Settings, monkeypatch: pytest.MonkeyPatch, quota: str
) -> None:
    """Both counted one place left before either wrote; two people, or one in two organisations."""
    monde, autre = a_plusieurs, personne("zoe")
    premier, second = depose(monde), depose(monde)
    if quota == "organisation":
        donner_role(autre, monde.organisme, "gestionnaire")
        settings.QUOTA_ORGANISATION = len(PDF)
    else:
        autre = monde.alice
        donner_role(autre, monde.autre, "gestionnaire")
        second = services.ouvrir(monde.autre, Acteur(monde.charlie), exemple=True)
        settings.QUOTA_JOUR_FICHIERS = 1
    compter, vus, tenus = quotas.atteint, Barrier(2), Barrier(2)

    def ensemble_d_abord(*dits: Any) -> str:
        raison = compter(*dits)
        if dits[2] == 0:
            vus.wait(20)
        else:
            # Who holds the rows waits in vain: the other cannot count before the file is written.
            with suppress(BrokenBarrierError):
                tenus.wait(1)
        return raison

    monkeypatch.setattr(quotas, "atteint", ensemble_d_abord)
    rendus = ensemble([lambda: envoyer(premier, monde.alice), lambda: envoyer(second, autre)])
    assert sum(isinstance(un, Piece) for un in rendus) == 1, rendus
    (refus,) = [un for un in rendus if not isinstance(un, Piece)]
    assert isinstance(refus, PieceRefusee), refus
    assert refus.code == f"quota_{quota}"
    assert Piece.objects.count() == 1
