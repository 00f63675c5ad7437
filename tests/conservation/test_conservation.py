"""What is kept of people: warned of, erased at its term, taken away by them, erased when they ask."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Regard
from binome.conservation.rejouer import rejouer_les_effacements
from binome.conservation.termes import AVIS, effacer, prevenir
from binome.conservation.traitements import registre, registre_en_markdown
from binome.conservation.travail import conserver
from binome.courrier.models import Avis
from binome.dossiers import rayons, services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier, Piece, Proposition
from binome.gestes.recit import recit
from binome.journal import effacements, trousseau
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.journal.models import Entree, Oubli
from binome.socle.durees import durees
from tests.dossiers.monde import brouillon, depose, joindre, propose

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde

JOUR = timedelta(days=1)


@pytest.fixture(autouse=True)
def _rayons(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DEMONSTRATION = True


def _avancer(monkeypatch: pytest.MonkeyPatch, jours: int) -> None:
    """The clock of Django, so many days later."""
    vrai = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: vrai + jours * JOUR)


def _retire(monde: Monde) -> Dossier:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    nom = rayons.PIECES.ranger(b"%PDF-1.7 Lea", "pdf")
    Piece.objects.filter(pk=piece.pk).update(fichier=nom, nom="diplome-lea.pdf")
    return services.retirer(dossier, Acteur(monde.alice), version=dossier.version)


def _octets() -> list[Path]:
    return list(rayons.PIECES.chemin_de(f"pieces/{'0' * 40}.pdf").parent.iterdir())


def test_un_dossier_retire_est_annonce_puis_efface_une_fois(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = _retire(monde)
    assert conserver() == 0
    _avancer(monkeypatch, 350)
    assert prevenir() == 1
    assert (prevenir(), effacer()) == (0, 0)
    avis = Avis.objects.filter(genre="conservation", reference=dossier.reference)
    assert {un.destinataire for un in avis} == {monde.lea.courriel, monde.alice.courriel}
    _avancer(monkeypatch, 20)
    assert conserver() == 0, "warned too short ago"
    _avancer(monkeypatch, 15)
    assert effacer() == 1
    assert effacer() == 0
    dossier.refresh_from_db()
    assert (dossier.personne, dossier.candidat, dossier.courriel) == ("Identité effacée", None, "")
    assert dossier.pieces.get().nom == ""
    assert not _octets()
    assert verifier() is None
    assert all(une["prive"] is None or une["prive"] == {} for une in histoire(dossier.objet))
    assert any(une["prive"] is None for une in histoire(dossier.objet))


def test_un_brouillon_touche_repart_de_zero(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = brouillon(monde)
    _avancer(monkeypatch, 340)
    assert prevenir() == 1
    _avancer(monkeypatch, 1)
    services.declarer(dossier, {"afgsu_niveau": 1}, Acteur(monde.alice), version=dossier.version)
    _avancer(monkeypatch, 40)
    assert conserver() == 0
    _avancer(monkeypatch, 300)
    assert prevenir() == 1
    _avancer(monkeypatch, 31)
    assert effacer() == 1
    dossier.refresh_from_db()
    assert dossier.etat == Etat.RETIRE


def test_ce_qui_est_decide_reste_avec_sa_base(monde: Monde) -> None:
    dossier = propose(monde)
    avant = Proposition.objects.values("base", "prouve").get(dossier=dossier)
    faits = dossier.faits.count()
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    assert not anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    assert Proposition.objects.values("base", "prouve").get(dossier=dossier) == avant
    assert dossier.faits.count() == faits
    contenu = json.dumps(list(Entree.objects.values("avant", "apres", "motif", "prive")))
    assert "lea@" not in contenu
    assert "Léa" not in contenu


def test_le_motif_d_un_retrait_s_efface_avec_la_personne(monde: Monde) -> None:
    dossier = depose(monde)
    motif = "Léa Exemple est malade"
    services.retirer(dossier, Acteur(monde.alice), version=dossier.version, motif=motif)
    assert histoire(dossier.objet)[-1]["motif"] == motif
    assert recit(FLUX, dossier, interne=True)[0].motif == motif
    clair = json.dumps(list(Entree.objects.values("avant", "apres", "motif", "prive")))
    assert "malade" not in clair
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    raconte = {une["geste"]: une["motif"] for une in histoire(dossier.objet)}
    assert raconte["dossier.retirer"] == "effacé"
    assert "effacé" in {un.motif for un in recit(FLUX, dossier, interne=True)}
    assert verifier() is None


def test_un_disque_qui_refuse_ne_laisse_rien_a_moitie(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = _retire(monde)
    entrees = Entree.objects.count()
    (fichier,) = _octets()
    fichier.unlink()
    fichier.mkdir()  # what cannot be unlinked
    with pytest.raises(OSError, match=r".*"):
        anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    dossier.refresh_from_db()
    assert (dossier.nom, dossier.anonyme_le, Entree.objects.count()) == ("Exemple", None, entrees)
    fichier.rmdir()
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")


def test_la_personne_emporte_ses_donnees(client: Client, monde: Monde) -> None:
    dossier = _retire(monde)
    client.force_login(monde.lea)
    assert client.get("/espace/donnees/export/").status_code == 405
    reponse = client.post("/espace/donnees/export/")
    assert reponse["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(reponse)))
    donnees: dict[str, Any] = json.loads(archive.read("donnees.json"))
    assert donnees["compte"]["courriel"] == monde.lea.courriel
    (un,) = donnees["dossiers"]
    assert un["identite"]["prenom"] == "Léa"
    assert {fait["nom"] for fait in un["faits"]} >= {"diplomes", "contrat"}
    (piece,) = [nom for nom in archive.namelist() if "/pieces/" in nom]
    assert archive.read(piece) == b"%PDF-1.7 Lea"
    assert dossier.reference in archive.read("donnees.html").decode()
    assert monde.alice.courriel not in archive.read("donnees.json").decode()
    client.force_login(monde.charlie)
    autre = client.post("/espace/donnees/export/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(autre)))
    assert json.loads(archive.read("donnees.json"))["dossiers"] == []
    assert Entree.objects.filter(geste="donnees.exporter").count() == 2


def test_la_personne_demande_l_effacement(client: Client, monde: Monde) -> None:
    retire, garde = _retire(monde), propose(monde)
    client.force_login(monde.lea)
    page = client.get("/espace/donnees/").content.decode()
    assert "Il peut être effacé" not in page
    assert "il peut être effacé" in page
    assert "en cours d’examen" in page
    assert "À décider par le responsable" in page
    assert client.post("/espace/donnees/effacement/").status_code == 422
    assert Dossier.objects.get(pk=retire.pk).anonyme_le is None
    assert client.post("/espace/donnees/effacement/", {"certain": "oui"}).status_code == 302
    assert Dossier.objects.get(pk=retire.pk).anonyme_le is not None
    assert Dossier.objects.get(pk=garde.pk).anonyme_le is None
    page = client.get("/espace/donnees/").content.decode()
    assert "Demander l’effacement" not in page  # nothing is left that it would erase
    demande = Entree.objects.get(geste="effacement.demander")
    assert demande.apres == {
        "effaces": [retire.reference],
        "gardes": {garde.reference: Etat.PROPOSITION},
    }
    assert verifier() is None


def test_le_soutien_ne_fait_rien_sortir(monde: Monde) -> None:
    from binome.conservation.demande import demander_l_effacement  # noqa: PLC0415
    from binome.conservation.export import exporter  # noqa: PLC0415
    from binome.gestes.refus import GesteImpossible  # noqa: PLC0415

    regard = Acteur(monde.lea, soutien=monde.ana)
    for geste in (exporter, demander_l_effacement):
        with pytest.raises(GesteImpossible, match="à la place"):
            geste(regard)
    assert not Regard.objects.exists()


def test_chaque_duree_dit_d_ou_elle_vient() -> None:
    for une in durees().values():
        assert une.source if une.statut == "source" else une.repere
    for un in registre()["traitements"]:
        assert set(un["durees"]) <= set(durees())


def test_le_registre_imprime_est_celui_des_donnees() -> None:
    racine = Path(__file__).parent.parent.parent
    ecrit = (racine / "docs" / "registre.md").read_text(encoding="utf-8")
    assert ecrit == registre_en_markdown(), "binome dossiers registre > docs/registre.md"


def test_l_avis_est_une_entree_du_journal(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = _retire(monde)
    _avancer(monkeypatch, 360)
    prevenir()
    entree = Entree.objects.get(geste=AVIS)
    assert (entree.objet, entree.apres["duree"]) == (dossier.objet, "retire")


def test_une_sauvegarde_plus_ancienne_ne_ramene_personne(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.CLES, settings.EFFACEMENTS = tmp_path / "cles.sqlite3", tmp_path / "effacements.jsonl"
    efface, ailleurs, vivant = propose(monde), depose(monde), depose(monde)
    ancien = trousseau.lire([efface.sujet, vivant.sujet])
    registre = tmp_path / "garde.jsonl"
    lignes = [
        Oubli(sujet=efface.sujet, repere=efface.reference, demande_le=timezone.now()),
        Oubli(sujet=ailleurs.sujet, repere="BM-AUTRE", demande_le=timezone.now()),
        Oubli(sujet="dossier:999999", repere="BM-LOIN", demande_le=timezone.now()),
    ]
    settings.EFFACEMENTS = registre
    effacements.inscrire(lignes)
    settings.EFFACEMENTS = tmp_path / "effacements.jsonl"
    assert rejouer_les_effacements(registre) == (1, 0, 2)
    efface.refresh_from_db()
    assert (efface.personne, efface.etat) == ("Identité effacée", Etat.RETIRE)
    assert trousseau.lire([efface.sujet, vivant.sujet]) == {vivant.sujet: ancien[vivant.sujet]}
    assert Dossier.objects.get(pk=ailleurs.pk).nom == "Exemple", "another of the same number"
    assert [un.sujet for un in effacements.lire()] == [efface.sujet]
    trousseau.poser(ancien)
    assert rejouer_les_effacements(registre) == (0, 1, 2)
    assert efface.sujet not in trousseau.lire([efface.sujet])
    assert verifier() is None
