"""Each thing that whoever runs the house looks at: in order, then broken, with what to do said."""

from __future__ import annotations

import json
import socket
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils import timezone

from binome.courrier import battements
from binome.courrier.battements import Pouls
from binome.courrier.envoi import ESSAIS
from binome.courrier.models import Message
from binome.courrier.services import EFFACE
from binome.courrier.travaux import Travail, passer
from binome.diagnostic import dits, envois, lieux, papiers
from binome.diagnostic.examen import examiner
from binome.diagnostic.observation import Sante
from binome.journal import ancres, trousseau
from binome.journal.ancres import poser
from binome.journal.models import Entree, Racine
from binome.socle import etat_de_la_machine as machine
from binome.socle import sauvegarde, suivi_de_sauvegarde
from tests.cli.terminal import lancer
from tests.dossiers.monde import brouillon, construire
from tests.socle.test_conteneur import fabriquer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from binome.diagnostic.observation import Controle, Observation

pytestmark = pytest.mark.django_db(transaction=True)


def certifier(dossier: Path, nom: str, *, jours: int = 365) -> tuple[Path, Path]:
    """A key and a certificate of its own, for so many days."""
    cle = ec.generate_private_key(ec.SECP256R1())
    sujet = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Essai")])
    debut = datetime.now(UTC) - timedelta(days=1)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(sujet)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + timedelta(days=jours))
        .sign(cle, hashes.SHA256())
    )
    privee = cle.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chemins = dossier / f"{nom}.key", dossier / f"{nom}.pem"
    for chemin, contenu in zip(
        chemins, (privee, certificat.public_bytes(serialization.Encoding.PEM)), strict=True
    ):
        chemin.write_bytes(contenu)
    return chemins


@pytest.fixture(scope="module")
def poste() -> Iterator[int]:
    """The port of a mail server that takes everything."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port: int = prise.getsockname()[1]
    recevoir = Controller(Sink(), hostname="127.0.0.1", port=port)
    recevoir.start()
    yield port
    recevoir.stop()


@pytest.fixture
def maison(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poste: int) -> Path:
    """A house in production, where everything is in order."""
    place = tmp_path / "donnees"
    place.mkdir()
    clefs = fabriquer(tmp_path)
    settings.DEMONSTRATION = False
    settings.DONNEES, settings.MEDIA_ROOT = place, place / "fichiers"
    settings.CLES, settings.ANCRES = place / "cles.sqlite3", tmp_path / "ancres"
    settings.EFFACEMENTS = place / "effacements.jsonl"
    settings.PLACE_MINIMALE = 1
    settings.SCEAU_CLE, settings.SCEAU_CERTIFICAT = map(str, certifier(tmp_path, "sceau"))
    settings.SAUVEGARDE_DESTINATAIRES = [clefs.destinataire]
    settings.SAUVEGARDE_SIGNATURE = str(clefs.signature)
    monkeypatch.setenv("BINOME_HOTES", "binome.example.org")
    brouillon(construire())
    poser()
    sauvegarde.sauvegarder(tmp_path / "s.binome")
    travaux = [Travail("un", int), Travail("deux", int)]
    pouls = Pouls(travaux)
    passer(travaux, pouls)
    pouls.battre()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = poste
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.COURRIER_OUVERT = True
    return place


def seul(controle: Controle, nom: str = "") -> Observation:
    """What one check says of one thing."""
    dits = [un for un in controle() if not nom or un.nom == nom]
    assert len(dits) == 1, dits
    return dits[0]


def a_faire(observation: Observation, dit: str, remede: str = "") -> None:
    """It is not in order, says so, and says what to do."""
    assert observation.etat is Sante.A_FAIRE, observation
    assert dit in observation.dit
    assert remede in observation.remede
    assert observation.remede


@pytest.mark.postgresql
def test_tout_est_en_ordre(maison: Path) -> None:
    observations = list(examiner())
    roles = [un for un in observations if un.nom == "rôles"]
    if connection.vendor == "postgresql":  # the tests own their tables
        a_faire(roles[0], "possède les tables", "binome base roles")
        observations.remove(roles[0])
    assert [un for un in observations if un.etat is not Sante.BON] == []
    assert {un.nom for un in observations} >= {
        "configuration", "disque", "base", "migrations", "courrier", "boîte d’envoi", "travaux",
        "sceau", "clés", "ancres", "clés de sauvegarde", "sauvegardes",
    }  # fmt: skip


def test_la_configuration(
    maison: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BINOME_HOTES")
    a_faire(next(examiner()), "BINOME_HOTES manque")
    settings.DEBUG = True
    a_faire(next(examiner()), "détail technique", "BINOME_DEBUG_SITE")


def test_le_disque(maison: Path, settings: Settings) -> None:
    settings.PLACE_MINIMALE = 1 << 60
    a_faire(seul(lieux.disque), "presque plein", "Libérez de la place")
    settings.DONNEES = maison / "ailleurs"
    a_faire(seul(lieux.disque), "n’existe pas encore", "binome base migrer")


@pytest.mark.postgresql
def test_une_base_d_une_autre_version_arrete_la_suite(maison: Path) -> None:
    plus = machine._attendues() | {("dossiers", "9999_demain")}
    with patch.object(machine, "_attendues", lambda: plus):
        observations = list(examiner())
    a_faire(
        next(un for un in observations if un.nom == "migrations"), "à la version", "base migrer"
    )
    assert next(un for un in observations if un.nom == "travaux").etat is Sante.NON_VU


@pytest.mark.postgresql
def test_une_base_en_lecture_seule(maison: Path) -> None:
    with patch.object(machine, "ecriture", lambda _: machine.N_ECRIT_PAS):
        a_faire(seul(lieux.base, "base"), "n’écrit pas")


def test_le_courrier(maison: Path, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    a_faire(seul(envois.courrier, "courrier"), "ConnectionRefusedError", "BINOME_COURRIER")
    settings.COURRIER_OUVERT = False
    a_faire(seul(envois.courrier), "personne ne reçoit rien", "BINOME_COURRIER")


def _message(cle: str, **autres: Any) -> Message:
    vieux = timezone.now() - timedelta(hours=3)
    valeurs = {"destinataire": "a@exemple.fr", "sujet": "s", "texte": "t", "cree_le": vieux,
               "a_envoyer_des": vieux, **autres}  # fmt: skip
    return Message.objects.create(cle=cle, **valeurs)


def test_la_boite_d_envoi(maison: Path) -> None:
    efface = _message("efface", abandonne_le=timezone.now(), destinataire=EFFACE)
    assert seul(envois.courrier, "boîte d’envoi").dit == "0 en attente."
    _message("un", essais=1)
    a_faire(seul(envois.courrier, "boîte d’envoi"), "1 en attente, le plus ancien depuis 3 h")
    Message.objects.exclude(pk=efface.pk).update(abandonne_le=timezone.now(), essais=ESSAIS)
    a_faire(seul(envois.courrier, "boîte d’envoi"), "1 abandonnés", "prévenez-les autrement")


def test_les_travaux(maison: Path) -> None:
    assert seul(envois.travaux).dit == "2 travaux passent ; le dernier, il y a 0 min."
    fichier = battements.fichier()
    contenu = json.loads(fichier.read_bytes())
    contenu["travaux"]["deux"] |= {"succes": 0.0, "depuis": time.time() - 10_000}
    fichier.write_text(json.dumps(contenu), encoding="utf-8")
    a_faire(seul(envois.travaux), "en retard (deux)", "binome serve")
    fichier.unlink()
    a_faire(seul(envois.travaux), "arrêtés")


def test_le_sceau(maison: Path, settings: Settings, tmp_path: Path) -> None:
    assert "vont ensemble" in seul(papiers.le_sceau).dit
    bientot = certifier(tmp_path, "bientot", jours=20)
    settings.SCEAU_CLE = str(bientot[0])
    a_faire(seul(papiers.le_sceau), "ne va pas avec son certificat")
    settings.SCEAU_CERTIFICAT = str(bientot[1])
    a_faire(seul(papiers.le_sceau), "finit le", "gardez l’ancien")
    bientot[0].write_text("rien", encoding="utf-8")
    a_faire(seul(papiers.le_sceau), "ne se lit pas", "BINOME_SCEAU_CLE")
    settings.SCEAU_CLE = ""
    a_faire(seul(papiers.le_sceau), "Aucune clé ne scelle")


def test_les_cles_des_personnes(maison: Path) -> None:
    lieu = trousseau.chemin()
    assert lieu.is_file()
    assert Entree.objects.exclude(prive="").exists()
    lieu.chmod(0o640)
    a_faire(seul(papiers.cles_des_personnes), "D’autres peuvent lire", f"chmod 600 {lieu}")
    lieu.chmod(0o600)
    lieu.write_bytes(b"abime" * 1000)
    a_faire(seul(papiers.cles_des_personnes), "ne se lit pas", "sauvegarde")
    lieu.unlink()
    a_faire(seul(papiers.cles_des_personnes), "ne sont pas dans", "BINOME_CLES")


def test_les_ancres(maison: Path) -> None:
    demain = timezone.localdate() + timedelta(days=3)
    with patch.object(timezone, "localdate", lambda: demain):
        a_faire(seul(papiers.les_ancres), "La dernière est du", "binome journal ancrer")
    tout = Entree.objects.all()
    with patch.object(Entree.objects, "order_by", lambda *_: tout.none()):
        a_faire(seul(papiers.les_ancres), "le journal n’en a que 0", "binome journal verifier")
    ancres.chemin().write_text("{}\n", encoding="utf-8")
    a_faire(seul(papiers.les_ancres), "ne suit pas la précédente", "docs/journal.md")
    ancres.chemin().unlink()
    a_faire(seul(papiers.les_ancres), "Aucune", "binome journal ancrer")


def test_les_preuves(maison: Path, settings: Settings) -> None:
    assert seul(papiers.les_preuves).dit == (
        "La dernière racine, la 1, est publiée, non horodatée : aucune autorité n’est donnée."
    )
    settings.HORODATAGE = "http://127.0.0.1:1/tsr"
    ancres.poser()
    a_faire(seul(papiers.les_preuves), "sans l’horodatage de 127.0.0.1:1/tsr", "BINOME_HORODATAGE")
    Racine.objects.create(numero=3, premier=1, nombre=0, racine="0" * 64, feuilles=b"")
    a_faire(seul(papiers.les_preuves), "n’est pas publiée", "binome journal ancrer")


def test_l_horodatage(maison: Path, settings: Settings, tmp_path: Path) -> None:
    assert list(papiers.l_horodatage()) == []
    settings.HORODATAGE_RACINE = settings.SCEAU_CERTIFICAT
    assert seul(papiers.l_horodatage).etat is Sante.BON
    settings.HORODATAGE_RACINE = str(tmp_path / "absent.pem")
    a_faire(seul(papiers.l_horodatage), "ce fichier n’existe pas", "BINOME_HORODATAGE_RACINE")
    observations = [un for un in examiner() if un.nom == "horodatage"]
    assert [un.etat for un in observations] == [Sante.A_FAIRE]


def test_les_sauvegardes(maison: Path, settings: Settings) -> None:
    suivi_de_sauvegarde.noter(datetime.now(UTC) - timedelta(days=3))
    a_faire(seul(papiers.les_sauvegardes, "sauvegardes"), "3 jours", "binome sauvegarder")
    (maison / suivi_de_sauvegarde.NOTE).write_text("?", encoding="utf-8")
    a_faire(seul(papiers.les_sauvegardes, "sauvegardes"), "Aucune")
    settings.SAUVEGARDE_DESTINATAIRES = []
    a_faire(seul(papiers.les_sauvegardes, "clés de sauvegarde"), "BINOME_SAUVEGARDE_DESTINATAIRE")


def test_un_controle_qui_tombe_n_arrete_pas_les_autres(
    maison: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tomber() -> str:
        raise RuntimeError("a@exemple.fr")

    monkeypatch.setattr(battements, "constater", tomber)
    observations = list(examiner())
    travaux = next(un for un in observations if un.nom == "travaux")
    a_faire(travaux, "faute de programme (RuntimeError)")
    assert "a@exemple.fr" not in travaux.dit
    assert observations[-1].nom == "sauvegardes"


def test_un_diagnostic_ne_change_rien(maison: Path) -> None:
    def photo() -> dict[str, tuple[int, int]]:
        return {
            str(un): (un.stat().st_mtime_ns, un.stat().st_size)
            for un in maison.parent.rglob("*")
            if un.is_file()
        }

    avant, entrees = photo(), Entree.objects.count()
    list(examiner())
    assert (photo(), Entree.objects.count()) == (avant, entrees)


@pytest.mark.postgresql
def test_les_tailles_se_disent() -> None:
    dites = [dits.taille_dite(un) for un in (999, 1_500, 2_000_000, 12_340_000_000)]
    assert dites == ["999 octets", "1,5 ko", "2,0 Mo", "12,3 Go"]
    maintenant = timezone.now()
    ages = {1: "1 min", 119: "119 min", 120: "2 h", 47 * 60: "47 h", 48 * 60: "2 jours"}
    for minutes, dit in ages.items():
        assert dits.depuis_dit(maintenant - timedelta(minutes=minutes)) == dit


@pytest.mark.long(10)
@pytest.mark.sqlite
def test_la_commande_sort_par_1_et_parle_aux_programmes(tmp_path: Path) -> None:
    reglages = {"BINOME_DEMONSTRATION": "oui", "BINOME_DONNEES": str(tmp_path / "d")}
    sortie = lancer("diagnostiquer", "--json", **reglages)
    rendu = json.loads(sortie.sortie)
    assert (sortie.code, rendu["bon"]) == (1, False)
    assert {un["etat"] for un in rendu["constats"]} == {"bon", "à faire", "non vu"}
    assert lancer("base", "migrer", **reglages).code == 0
    Pouls([Travail("un", int)], tmp_path / "d" / "travaux.json").battre()
    bon = lancer("diagnostiquer", **reglages)
    assert (bon.code, bon.erreur) == (0, ""), bon.sortie
    assert all(ligne.startswith("bon ") for ligne in bon.sortie.splitlines())


@pytest.mark.parametrize(
    ("faux", "dit"),
    [
        ({"BINOME_SECRETT": "x"}, "BINOME_SECRETT n’existe pas"),
        ({"BINOME_DEBUG": "peut-etre"}, "BINOME_DEBUG vaut « oui » ou « non »"),
        ({"BINOME_QUOTA_JOUR": "abc"}, "BINOME_QUOTA_JOUR"),
    ],
)
def test_un_reglage_mal_ecrit_est_un_constat_quel_qu_il_soit(
    faux: dict[str, str], dit: str, tmp_path: Path
) -> None:
    reglages = {"BINOME_DEMONSTRATION": "1", "BINOME_DONNEES": str(tmp_path), **faux}
    sortie = lancer("diagnostiquer", "--json", **reglages)
    assert sortie.code == 1
    constats = json.loads(sortie.sortie)["constats"]
    assert [un["nom"] for un in constats] == ["configuration", "le reste"]
    assert dit in constats[0]["dit"]
    assert dit in lancer("reglages", **reglages).erreur
