"""Queueing a mail or a notice, and forgetting an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from binome.courrier.models import Avis, Message
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.typographie import typographier
from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

EFFACE = "adresse effacée"
"""What replaces an address once forgotten; no mail can be sent to it."""


def plier(courriel: str) -> str:
    """An address as the outbox keeps it."""
    return courriel.strip().lower()


def mettre_en_file(
    *,
    cle: str,
    destinataire: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, Any],
    pieces_jointes: Sequence[Mapping[str, str]] = (),
    des: datetime | None = None,
) -> Message | None:
    """Queues a mail, in the transaction of what it tells of; None when the same was queued already.

    `gabarit` names the pair `courrier/<gabarit>.txt` and `.html`. Each attachment gives its `nom`, its
    `fichier` under MEDIA_ROOT and its `type`.
    """
    le = timezone.now()
    donnees = {"sujet": sujet, "accueil": adresse_entiere("/espace/"), **contexte}
    texte = typographie(render_to_string(f"courrier/{gabarit}.txt", donnees)).strip() + "\n"
    html = typographier(render_to_string(f"courrier/{gabarit}.html", donnees))
    message, nouveau = Message.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": plier(destinataire),
            "sujet": typographie(sujet),
            "texte": texte,
            "html": html,
            "pieces_jointes": [dict(une) for une in pieces_jointes],
            "cree_le": le,
            "a_envoyer_des": le if des is None else max(des, le),
        },
    )
    return message if nouveau else None


def avertir(
    *,
    cle: str,
    destinataire: str,
    genre: str,
    texte: str,
    reference: str = "",
    adresse: str = "/espace/",
    des: datetime | None = None,
) -> Avis | None:
    """Notes a thing to tell a person in the mail of the day; None when it was noted already.

    `texte` is a short sentence in French that names nobody: the reference says which dossier.
    """
    le = timezone.now()
    avis, nouveau = Avis.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": plier(destinataire),
            "reference": reference,
            "genre": genre,
            "texte": texte,
            "adresse": adresse,
            "des": des or le,
            "cree_le": le,
        },
    )
    return avis if nouveau else None


def rendre_caducs(reference: str, *genres: str) -> int:
    """Drops what there is no longer to tell of a dossier; how many were dropped."""
    return Avis.objects.filter(
        reference=reference, genre__in=genres, dit_le__isnull=True, caduc_le__isnull=True
    ).update(caduc_le=timezone.now())


@transaction.atomic
def oublier_adresse(courriel: str) -> None:
    """Erases an address and what was written to it; the rows stay, so that nothing is sent again."""
    adresse, le = plier(courriel), timezone.now()
    messages = Message.objects.filter(destinataire=adresse)
    messages.filter(envoye_le__isnull=True).update(abandonne_le=le)
    messages.update(destinataire=EFFACE, sujet="", texte="", html="", pieces_jointes=[])
    avis = Avis.objects.filter(destinataire=adresse)
    avis.filter(dit_le__isnull=True).update(caduc_le=le)
    avis.update(destinataire=EFFACE, texte="")
