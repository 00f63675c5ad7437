"""What becomes of a mail, in words: it waits, it was given up, its address was refused, it was withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from binome.courrier.models import RETIRE, Message
from binome.courrier.services import EFFACE
from binome.typographie import compter

if TYPE_CHECKING:
    from django.db.models import QuerySet

REFUSEE: Final = "SMTPRecipientsRefused"
ABSENTE: Final = "PieceJointeAbsente"
PERDUS: Final = Q(abandonne_le__isnull=False, envoye_le__isnull=True) & ~Q(derniere_erreur=RETIRE)
"""Given up, and nobody said that it was well so."""


def perdus() -> QuerySet[Message]:
    """The mails that reached nobody, and that somebody may still send."""
    return Message.objects.filter(PERDUS).exclude(destinataire=EFFACE)


def en_attente() -> QuerySet[Message]:
    """The mails that are still to leave."""
    return Message.objects.filter(envoye_le__isnull=True, abandonne_le__isnull=True)


def partis() -> QuerySet[Message]:
    """The mails about a dossier that a server took."""
    return Message.objects.filter(envoye_le__isnull=False).exclude(reference="")


def raison(message: Message) -> str:
    """Why a mail has not left, in words; never an address."""
    faute = message.derniere_erreur
    if faute.startswith(REFUSEE):
        return "l’adresse est refusée"
    if faute.startswith(ABSENTE):
        return "une pièce jointe n’est plus là"
    if faute:
        return f"le serveur de courriel ne l’a pas pris ({compter(message.essais, 'essai')})"
    if message.a_envoyer_des > timezone.now():
        return "son heure n’est pas venue"
    return "il attend son tour"
