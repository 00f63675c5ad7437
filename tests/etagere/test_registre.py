"""What the shelves hold: nothing that no row names, and everything of whom it is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db.models import CharField

from binome.dossiers.models import Quarantaine
from binome.dossiers.rayons import LETTRES, PIECES, QUARANTAINE
from binome.etagere.registre import balayer, fichiers_de, jeter, rangements
from tests.dossiers.monde import construire, depose, joindre

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.django_db
TOUT_DE_SUITE = timedelta(0)


@pytest.fixture(autouse=True)
def racine(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return tmp_path / "fichiers"


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def test_toute_colonne_qui_nomme_un_fichier_est_declaree() -> None:
    """A table that names files without saying so would lose them to the sweep, and keep them from an erasure."""
    declarees = {(un.modele._meta.label, un.champ) for un in rangements()}
    nommantes = {
        (modele._meta.label, champ.name)
        for piece in (
            "dossiers",
            "lettres",
            "presences",
            "livret",
            "jurys",
            "titres",
            "passeport",
            "prises_en_charge",
            "factures",
        )
        for modele in apps.get_app_config(piece).get_models()
        for champ in modele._meta.concrete_fields
        if isinstance(champ, CharField)
        and champ.name in ("fichier", "image", "sceau", "rendez_vous")
    }
    assert nommantes == declarees


def test_le_balai_epargne_ce_qu_une_ligne_nomme_sur_chaque_rayon(monde: Monde) -> None:
    dossier = depose(monde)
    gardee = PIECES.ranger(b"une piece", "pdf")
    dossier.pieces.update(fichier="")
    piece = joindre(monde, dossier, "diplomes")
    type(piece).objects.filter(pk=piece.pk).update(fichier=gardee)
    oubliees = [PIECES.ranger(b"a", "pdf"), LETTRES.ranger(b"b"), QUARANTAINE.ranger(b"c")]
    assert balayer() == 0, "too young: a row may still come to name them"
    assert balayer(TOUT_DE_SUITE) == len(oubliees)
    assert PIECES.lire(gardee) == b"une piece"
    assert balayer(TOUT_DE_SUITE) == 0


def test_les_fichiers_d_un_dossier_sont_les_siens_seuls(monde: Monde) -> None:
    dossier, autre = depose(monde), depose(monde)
    for un in (dossier, autre):
        joindre(monde, un, "diplomes")
    suspect = QUARANTAINE.ranger(b"suspect")
    quarantaine = {"motif": "virus", "octets": 7, "empreinte": "e" * 64, "par": monde.alice}
    depuis = dossier.cree_le
    Quarantaine.objects.create(
        dossier=dossier,
        fichier=suspect,
        le=depuis,
        effacer_le=depuis + timedelta(30),
        **quarantaine,
    )
    siens = fichiers_de(dossier)
    noms = {nom for _, nom in siens}
    assert suspect in noms
    assert set(dossier.pieces.values_list("fichier", flat=True)) < noms
    assert not noms & set(autre.pieces.values_list("fichier", flat=True))
    jeter(siens)
    with pytest.raises(OSError, match="suspect|No such|introuvable|quarantaine"):
        QUARANTAINE.lire(suspect)


def test_un_rayon_ne_rend_que_ses_fichiers(racine: Path) -> None:
    nom = PIECES.ranger(b"octets", "png")
    assert nom.endswith(".png")
    assert (racine / nom).read_bytes() == b"octets"
    for autre in (
        "pieces/../secret.pdf",
        nom.replace("pieces", "lettres"),
        "pieces/" + "0" * 40 + ".exe",
    ):
        with pytest.raises(ValueError, match="rayon"):
            PIECES.lire(autre)
