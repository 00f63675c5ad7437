"""A knock on a telephone: signed, without a word, only where browsers name; a mail leaves where it does not arrive."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from binome.conservation.cloture import clore_le_compte
from binome.conservation.export import donnees_de
from binome.courrier.models import Message
from binome.gestes.refus import GesteImpossible
from binome.livret import notifications
from binome.livret.etats import EtatDAbonnement
from binome.livret.models import AbonnementDAppareil
from binome.livret.notifications import cle_publique, fermer, frapper, ouvrir
from binome.livret.rappels import HEURES, demander, rappeler
from tests.livret.vie import Binome, former

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

FCM = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


@pytest.fixture
def notre(settings: Settings, tmp_path: Path) -> ec.EllipticCurvePrivateKey:
    """Our key, made by the test, where the settings look for it."""
    cle = ec.generate_private_key(ec.SECP256R1())
    lieu = tmp_path / "notifications.pem"
    lieu.write_bytes(cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.NOTIFICATIONS_CLE = str(lieu)
    settings.NOTIFICATIONS_CONTACT = "Binôme <contact@exemple.invalid>"
    return cle


class Service(ThreadingHTTPServer):
    """A notification service of the test: what it received, and what it answers."""

    recus: list[tuple[str, dict[str, str], bytes]]
    statut = 201

    @property
    def origine(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Poste(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        serveur: Any = self.server
        corps = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        serveur.recus.append((self.path, dict(self.headers), corps))
        self.send_response(serveur.statut)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """It runs, and is the only one that is known."""
    serveur = Service(("127.0.0.1", 0), _Poste)
    serveur.recus = []
    settings.NOTIFICATIONS_SERVICES = (serveur.origine,)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    yield serveur
    serveur.shutdown()
    fil.join()
    serveur.server_close()


def test_sans_cle_rien_n_est_propose_ni_envoye(binome: Binome, client: Client) -> None:
    assert cle_publique() == ""
    ouvrir(binome.lea, FCM)
    assert frapper([binome.lea.personne.pk]) == frozenset()
    client.force_login(binome.monde.lea)
    page = client.get(f"/espace/livret/{binome.parcours.pk}/tuteur/").content.decode()
    assert "data-notifications" not in page


def test_ce_qui_part_est_signe_et_ne_dit_rien(
    binome: Binome, notre: ec.EllipticCurvePrivateKey, service: Service
) -> None:
    ouvrir(binome.lea, f"{service.origine}/envoi/1")
    assert frapper([binome.lea.personne.pk]) == {binome.lea.personne.pk}
    ((chemin, entetes, corps),) = service.recus
    assert (chemin, corps) == ("/envoi/1", b"")
    preuve = entetes["Authorization"].removeprefix("vapid t=").partition(",")[0]
    dit = jwt.decode(preuve, notre.public_key(), algorithms=["ES256"], audience=service.origine)
    assert dit["sub"] == "mailto:contact@exemple.invalid"


@pytest.mark.parametrize(
    "adresse",
    ["http://fcm.googleapis.com/x", "https://exemple.invalid/x", "https://fcm.googleapis.com@exemple.invalid/",
     "https://fcm.googleapis.com:8443/x", "file:///etc/passwd", "", "https://[", f"{FCM}{'x' * 600}"],
)  # fmt: skip
def test_une_adresse_qui_n_est_d_aucun_navigateur_est_refusee(binome: Binome, adresse: str) -> None:
    with pytest.raises(GesteImpossible, match="joindre"):
        ouvrir(binome.lea, adresse)


def test_le_meme_appareil_une_fois_et_a_qui_s_en_sert(binome: Binome) -> None:
    for _ in range(2):
        ouvrir(binome.lea, FCM)
    ouvrir(binome.tutrice, FCM)
    ouverts = AbonnementDAppareil.objects.filter(etat=EtatDAbonnement.OUVERT)
    assert list(ouverts.values_list("personne", flat=True)) == [binome.tara.pk]
    for rang in range(4):
        ouvrir(binome.tutrice, f"{FCM}{rang}")
    with pytest.raises(GesteImpossible, match="arrêtez-en un"):
        ouvrir(binome.tutrice, f"{FCM}9")
    assert fermer(binome.tara) == 5


@pytest.mark.usefixtures("notre")
def test_un_appareil_disparu_est_oublie_et_un_courriel_part(
    binome: Binome, service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION = True
    midi = timezone.localtime().replace(hour=12)
    assert midi.hour in HEURES
    monkeypatch.setattr(timezone, "now", lambda: midi)
    for qui in (binome.lea, binome.tutrice):
        demander(qui, binome.parcours, midi.isoweekday(), 12)
    ouvrir(binome.lea, f"{service.origine}/a")
    assert rappeler() == 2
    siens = Message.objects.filter(cle__startswith="livret:rappel:")
    assert [un.destinataire for un in siens] == [binome.tara.courriel]
    service.statut = 410
    assert frapper([binome.lea.personne.pk]) == frozenset()
    assert AbonnementDAppareil.objects.get().etat == EtatDAbonnement.CLOS


@pytest.mark.usefixtures("notre")
def test_un_service_absent_n_atteint_personne_et_garde_l_appareil(
    binome: Binome, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouvrir(binome.lea, f"{service.origine}/a")
    monkeypatch.setattr(notifications, "ATTENTE", 0.2)
    service.statut = 503
    assert frapper([binome.lea.personne.pk]) == frozenset()
    service.shutdown()
    service.server_close()
    assert frapper([binome.lea.personne.pk]) == frozenset()
    assert AbonnementDAppareil.objects.get().etat == EtatDAbonnement.OUVERT


@pytest.mark.usefixtures("notre")
def test_la_porte_prend_une_adresse_et_dit_ce_qui_ne_va_pas(binome: Binome, client: Client) -> None:
    porte = f"/espace/livret/{binome.parcours.pk}/notifications/"
    client.force_login(binome.monde.lea)
    for corps, statut in (
        (json.dumps({"adresse": FCM}), 200), (json.dumps({"adresse": "https://exemple.invalid/"}), 422),
        ("[]", 400), ("{", 400), ('{"adresse": 3}', 400),
    ):  # fmt: skip
        reponse = client.post(porte, corps, content_type="application/json")
        assert reponse.status_code == statut
        assert reponse.json()["phrase"]
    assert client.post(porte, {"arreter": "oui"}).status_code == 302
    assert not AbonnementDAppareil.objects.filter(etat=EtatDAbonnement.OUVERT).exists()


def test_une_cle_qui_n_en_est_pas_une_est_dite(settings: Settings, tmp_path: Path) -> None:
    lieu = tmp_path / "cle.pem"
    lieu.write_text("rien")
    settings.NOTIFICATIONS_CLE = str(lieu)
    with pytest.raises(ImproperlyConfigured, match="BINOME_NOTIFICATIONS_CLE"):
        cle_publique()


def test_l_archive_dit_ses_appareils_et_le_compte_clos_les_oublie(binome: Binome) -> None:
    ouvrir(binome.tutrice, FCM)
    (dit,) = donnees_de(binome.tara)["appareils_prevenus"]
    assert dit["adresse"] == FCM
    from binome.comptes.services import donner_role  # noqa: PLC0415 - this test alone
    from tests.dossiers.monde import personne  # noqa: PLC0415 - the same

    donner_role(personne("ugo"), binome.cabinet, "employeur")
    clore_le_compte(binome.tara, auteur="exploitation", motif="Départ.")
    assert AbonnementDAppareil.objects.get().adresse == ""
