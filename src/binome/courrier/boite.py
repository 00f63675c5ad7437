"""Whether the outbox empties: a mail that waits for long says that the mail server, or the jobs, do not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from binome.courrier.sorts import en_attente

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ATTENTE: Final = timedelta(minutes=15)
"""How long a mail that is due may wait its turn."""
ESSAIS: Final = 5
"""Failures after which it is no longer an accident: half an hour of them."""
DE_CE_MESSAGE: Final = ("SMTPRecipientsRefused", "PieceJointeAbsente", "ValueError")
"""The faults of one mail, which say nothing of the others."""


def bloquee(base: BaseDatabaseWrapper) -> str:
    """What is wrong with the outbox, read by that connection; empty when mails leave, or none should."""
    if not settings.COURRIER_OUVERT:
        return ""
    d_un_seul = Q()
    for faute in DE_CE_MESSAGE:
        d_un_seul |= Q(derniere_erreur__startswith=faute)
    bloques = en_attente().filter(
        Q(a_envoyer_des__lt=timezone.now() - ATTENTE) | (~d_un_seul & Q(essais__gte=ESSAIS))
    )
    ordre, valeurs = (
        bloques.order_by().values_list("pk")[:1].query.get_compiler(connection=base).as_sql()
    )
    with base.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        return "bloqué" if curseur.fetchone() else ""
