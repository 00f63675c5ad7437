"""Sending what the outbox holds: by claim, tried again later and later, given up after two days."""

from __future__ import annotations

import hashlib
import smtplib
from datetime import timedelta
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from binome.courrier.abandons import dire_les_abandons
from binome.courrier.models import Message
from binome.courrier.reservations import jeton, prises, rendre, reserver
from binome.courrier.services import COMPTE, INVITATION

if TYPE_CHECKING:
    from datetime import datetime

GENRE: Final = "message"
LOT: Final = 50
ESSAIS: Final = 16
"""How many times a mail is tried: with the delays below, some two and a half days."""
DE_COMPTE: Final = (COMPTE, INVITATION)
"""The mails whose links open an account: their text is wiped once they have left."""
POUR_TOUJOURS: Final = 500
"""From this code on, a server says no for good."""
ATTENTE_MAXIMALE: Final = timedelta(hours=6)


class PieceJointeAbsente(Exception):
    """A file that a mail carries is no longer on the shelf."""


def attente(essais: int) -> timedelta:
    """How long to wait after that many failures: a minute, doubled each time, six hours at most."""
    return min(timedelta(minutes=2 ** min(essais - 1, 12)), ATTENTE_MAXIMALE)


def dire(erreur: Exception) -> str:
    """What went wrong, without the addresses and texts that a server may repeat."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(refus[0]) for refus in erreur.recipients.values()})
        return f"{type(erreur).__name__} {' '.join(codes)}"
    if isinstance(erreur, smtplib.SMTPResponseException):
        return f"{type(erreur).__name__} {erreur.smtp_code}"
    return type(erreur).__name__


def identifiant(message: Message) -> str:
    """The Message-ID: the same at each try, so that a mail received twice is known as one."""
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{message.pk}.{hashlib.sha256(message.cle.encode()).hexdigest()[:24]}@{domaine}>"


def _chemin(fichier: str) -> Path:
    racine = Path(settings.MEDIA_ROOT).resolve()
    chemin = (racine / fichier).resolve()
    if not chemin.is_relative_to(racine) or not chemin.is_file():
        raise PieceJointeAbsente
    return chemin


def _courriel(message: Message, connexion: Any) -> EmailMultiAlternatives:
    nom, adresse = parseaddr(settings.DEFAULT_FROM_EMAIL)
    de = f"{message.expediteur}, par {nom or 'Binôme'}" if message.expediteur else nom
    courriel = EmailMultiAlternatives(
        subject=message.sujet,
        body=message.texte,
        from_email=formataddr((de, adresse)),
        to=[message.destinataire],
        reply_to=[message.ecrit_par.contact]
        if message.ecrit_par is not None and message.ecrit_par.contact
        else None,
        connection=connexion,
        headers={"Message-ID": identifiant(message), "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        courriel.attach_alternative(message.html, "text/html")
    for une in message.pieces_jointes:
        courriel.attach(une["nom"], _chemin(une["fichier"]).read_bytes(), une["type"])
    return courriel


def _a_envoyer(numeros: list[int], maintenant: datetime) -> list[Message]:
    """Read again once claimed: another runner may have sent some meanwhile."""
    return list(
        Message.objects.filter(
            pk__in=numeros,
            envoye_le__isnull=True,
            abandonne_le__isnull=True,
            a_envoyer_des__lte=maintenant,
        ).select_related("ecrit_par")
    )


def pour_toujours(erreur: Exception) -> bool:
    """Whether a server refused the address for good (5xx): trying again would change nothing."""
    return isinstance(erreur, smtplib.SMTPRecipientsRefused) and all(
        refus[0] >= POUR_TOUJOURS for refus in erreur.recipients.values()
    )


@transaction.atomic
def _reporter(messages: list[Message], erreur: Exception) -> None:
    maintenant, abandonnes = timezone.now(), []
    for message in messages:
        message.essais += 1
        message.derniere_erreur = dire(erreur)
        fini = message.essais >= ESSAIS or pour_toujours(erreur)
        reste = Message.objects.filter(
            pk=message.pk, envoye_le__isnull=True, abandonne_le__isnull=True
        ).update(
            essais=F("essais") + 1,
            derniere_erreur=message.derniere_erreur,
            a_envoyer_des=maintenant + attente(message.essais),
            abandonne_le=maintenant if fini else None,
        )
        if fini and reste:
            abandonnes.append(message)
    dire_les_abandons(abandonnes)


def envoyer() -> int:
    """Sends what is due, a lot of fifty; how many went out. Nothing is lost when the server is down.

    Without a mail server configured, everything stays in the outbox.
    """
    if not settings.COURRIER_OUVERT:
        return 0
    maintenant, par = timezone.now(), jeton()
    dus = (
        Message.objects.filter(
            envoye_le__isnull=True, abandonne_le__isnull=True, a_envoyer_des__lte=maintenant
        )
        .exclude(pk__in=prises(GENRE))
        .order_by("a_envoyer_des", "pk")
        .values_list("pk", flat=True)[:LOT]
    )
    numeros = reserver(GENRE, list(dus), par)
    if not numeros:
        return 0
    try:
        return _envoyer(_a_envoyer(numeros, maintenant))
    finally:
        rendre(GENRE, par)


def _envoyer(messages: list[Message]) -> int:
    connexion = get_connection()
    try:
        connexion.open()
    except (OSError, smtplib.SMTPException) as erreur:
        _reporter(messages, erreur)
        return 0
    envoyes = 0
    try:
        for message in messages:
            try:
                _courriel(message, connexion).send()
            except (OSError, smtplib.SMTPException, PieceJointeAbsente, ValueError) as erreur:
                _reporter([message], erreur)
                continue
            efface = {"texte": "", "html": ""} if message.cle.startswith(DE_COMPTE) else {}
            envoyes += Message.objects.filter(pk=message.pk, envoye_le__isnull=True).update(
                envoye_le=timezone.now(), essais=F("essais") + 1, derniere_erreur="", **efface
            )
    finally:
        connexion.close()
    return envoyes
