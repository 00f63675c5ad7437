"""Mails leave by a real server, are tried again later and later, and are given up; nothing is lost on the way."""

from __future__ import annotations

import email
import socket
from datetime import timedelta
from email import policy
from typing import TYPE_CHECKING, Any, Final

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from binome.courrier import envoi
from binome.courrier.envoi import ESSAIS, GENRE, LOT, attente, envoyer, identifiant
from binome.courrier.models import Message, Reservation
from binome.courrier.reservations import BAIL, reserver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

    from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
REFUSEE: Final = "refusee@exemple.fr"


class Poste:
    """What the server took; it refuses one address, and falls when told to."""

    def __init__(self) -> None:
        self.recus: list[EmailMessage] = []
        self.destinataires: list[list[str]] = []
        self.en_panne = False

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuses one address."""
        if address == REFUSEE:
            return f"550 {address} est inconnue de nous"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps the mail, or says that it cannot now."""
        if self.en_panne:
            return "451 revenez plus tard"
        lu = email.message_from_bytes(envelope.content, policy=policy.default)
        self.recus.append(lu)
        self.destinataires.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture(scope="module")
def serveur() -> Iterator[tuple[Poste, int]]:
    """One server for these tests."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port: int = prise.getsockname()[1]
    poste = Poste()
    ecoute = Controller(poste, hostname="127.0.0.1", port=port)
    ecoute.start()
    yield poste, port
    ecoute.stop()


@pytest.fixture
def poste(serveur: tuple[Poste, int], settings: Settings, tmp_path: Path) -> Poste:
    """The server, empty, and a house that sends through it."""
    un, port = serveur
    un.recus, un.destinataires, un.en_panne = [], [], False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.COURRIER_OUVERT = True
    settings.DEFAULT_FROM_EMAIL = "Binôme <binome@exemple.fr>"
    settings.MEDIA_ROOT = tmp_path
    return un


def ecrire(cle: str, a: str = "lea@exemple.fr", **autres: Any) -> Message:
    """A mail that is due."""
    le = timezone.now() - timedelta(minutes=1)
    valeurs = {"sujet": f"Sujet {cle}", "texte": "Bonjour", "cree_le": le, "a_envoyer_des": le}
    return Message.objects.create(cle=cle, destinataire=a, **{**valeurs, **autres})


def relu(message: Message) -> Message:
    message.refresh_from_db()
    return message


def plus_tard(monkeypatch: pytest.MonkeyPatch, duree: timedelta) -> datetime:
    """Moves the clock of the house."""
    instant = timezone.now() + duree
    monkeypatch.setattr(timezone, "now", lambda: instant)
    return instant


@pytest.mark.parametrize(
    ("essais", "attendue"),
    [(1, timedelta(minutes=1)), (2, timedelta(minutes=2)), (5, timedelta(minutes=16)),
     (9, timedelta(minutes=256)), (10, timedelta(hours=6)), (16, timedelta(hours=6))],
)  # fmt: skip
def test_l_attente_double_jusqu_a_six_heures(essais: int, attendue: timedelta) -> None:
    assert attente(essais) == attendue


def test_les_essais_durent_deux_jours_et_demi() -> None:
    en_tout = sum((attente(un) for un in range(1, ESSAIS)), timedelta())
    assert timedelta(days=1, hours=12) < en_tout < timedelta(days=3)


def test_un_courriel_part_une_fois_avec_ce_qu_il_porte(poste: Poste, tmp_path: Path) -> None:
    (tmp_path / "lettres").mkdir()
    (tmp_path / "lettres" / "un").write_bytes(b"%PDF essai")
    piece = {"nom": "decision.pdf", "fichier": "lettres/un", "type": "application/pdf"}
    message = ecrire("un", html="<p>Bonjour</p>", pieces_jointes=[piece])
    assert (envoyer(), envoyer()) == (1, 0)
    (recu,) = poste.recus
    assert poste.destinataires == [["lea@exemple.fr"]]
    assert (recu["From"], recu["Subject"]) == ("Binôme <binome@exemple.fr>", "Sujet un")
    assert recu["Message-ID"] == identifiant(message)
    assert recu["Message-ID"].endswith("@exemple.fr>")
    assert recu["Auto-Submitted"] == "auto-generated"
    assert [(un.get_filename(), un.get_content()) for un in recu.iter_attachments()] == [
        ("decision.pdf", b"%PDF essai")
    ]
    html = recu.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<p>Bonjour</p>"
    parti = relu(message)
    assert (parti.essais, parti.derniere_erreur, parti.texte) == (1, "", "Bonjour")
    assert parti.envoye_le is not None
    assert not Reservation.objects.exists()


def test_le_texte_qui_ouvre_un_compte_est_efface_une_fois_parti(poste: Poste) -> None:
    for cle in ("compte:1", "invitation:1"):
        message = ecrire(cle, html="<p>lien</p>")
        assert envoyer() == 1
        assert (relu(message).texte, relu(message).html) == ("", "")


def test_un_serveur_muet_fait_attendre_puis_tout_part(
    poste: Poste, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, port = ecrire("un"), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    avant = timezone.now()
    assert envoyer() == 0
    rate = relu(message)
    assert (rate.essais, rate.derniere_erreur) == (1, "ConnectionRefusedError")
    assert timedelta(seconds=59) < rate.a_envoyer_des - avant < timedelta(seconds=75)
    assert not Reservation.objects.exists(), "un autre coureur peut le reprendre"
    settings.EMAIL_PORT = port
    assert envoyer() == 0, "pas avant son heure"
    plus_tard(monkeypatch, timedelta(minutes=2))
    assert envoyer() == 1
    parti = relu(message)
    assert (parti.essais, parti.derniere_erreur) == (2, "")
    assert poste.recus[0]["Message-ID"] == identifiant(message), "le même à chaque essai"


def test_une_adresse_refusee_n_arrete_pas_les_autres_et_n_est_pas_notee(poste: Poste) -> None:
    refuse, parti = ecrire("un", REFUSEE), ecrire("deux")
    assert envoyer() == 1
    assert relu(refuse).derniere_erreur == "SMTPRecipientsRefused 550"
    assert relu(refuse).essais == 1
    assert relu(parti).envoye_le is not None


def test_un_serveur_occupe_se_reessaie(poste: Poste) -> None:
    poste.en_panne = True
    message = ecrire("un")
    assert envoyer() == 0
    assert relu(message).derniere_erreur == "SMTPDataError 451"


def test_une_piece_absente_ou_hors_de_l_etagere_ne_part_pas(poste: Poste, tmp_path: Path) -> None:
    (tmp_path.parent / "secret").write_text("chut", encoding="utf-8")
    for rang, fichier in enumerate(("absent", "../secret", "/etc/hostname")):
        piece = {"nom": "x", "fichier": fichier, "type": "text/plain"}
        message = ecrire(f"piece-{rang}", pieces_jointes=[piece])
        assert envoyer() == 0
        assert relu(message).derniere_erreur == "PieceJointeAbsente"
    assert poste.recus == []


def test_apres_le_dernier_essai_on_n_essaie_plus(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste.en_panne = True
    message = ecrire("un", essais=ESSAIS - 2)
    envoyer()
    assert relu(message).abandonne_le is None
    plus_tard(monkeypatch, timedelta(hours=7))
    envoyer()
    assert relu(message).abandonne_le is not None
    poste.en_panne = False
    plus_tard(monkeypatch, timedelta(days=1))
    assert envoyer() == 0
    assert relu(message).essais == ESSAIS


def test_rien_ne_part_sans_serveur(poste: Poste, settings: Settings) -> None:
    settings.COURRIER_OUVERT = False
    message = ecrire("un")
    assert envoyer() == 0
    assert (relu(message).essais, poste.recus) == (0, [])


def test_ce_qu_un_autre_coureur_tient_attend_la_fin_de_son_bail(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = ecrire("un")
    assert reserver(GENRE, [message.pk], "autre") == [message.pk]
    assert envoyer() == 0
    plus_tard(monkeypatch, BAIL + timedelta(seconds=1))
    assert envoyer() == 1, "celui qui est mort ne le garde pas pour toujours"


def test_un_coureur_passe_a_la_suite_de_ce_qu_un_autre_tient(poste: Poste) -> None:
    le = timezone.now() - timedelta(hours=1)
    tenus = [ecrire(f"m{rang}", a_envoyer_des=le).pk for rang in range(LOT)]
    suivant = ecrire("suivant")
    assert len(reserver(GENRE, tenus, "autre")) == LOT
    assert envoyer() == 1
    assert relu(suivant).envoye_le is not None


def test_un_message_parti_entre_temps_ne_repart_pas(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another runner sends it between the reading and the claim."""
    message = ecrire("un")

    def doubler(genre: str, numeros: list[int], par: str) -> list[int]:
        Message.objects.filter(pk=message.pk).update(envoye_le=timezone.now())
        return reserver(genre, numeros, par)

    monkeypatch.setattr(envoi, "reserver", doubler)
    assert envoyer() == 0
    assert poste.recus == []


def test_un_passage_envoie_un_lot_les_plus_anciens_d_abord(poste: Poste) -> None:
    le = timezone.now() - timedelta(hours=1)
    for rang in range(LOT + 1):
        ecrire(f"m{rang}", a_envoyer_des=le + timedelta(seconds=LOT - rang))
    assert envoyer() == LOT
    assert Message.objects.get(envoye_le__isnull=True).cle == "m0", "le plus récent attend"
    assert envoyer() == 1
