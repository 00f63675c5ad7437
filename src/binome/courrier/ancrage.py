"""The anchor of the day: written outside the database, and mailed to who keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from binome.courrier.models import Message
from binome.courrier.services import AMettre, mettre_en_file
from binome.journal import ancres, annonces

if TYPE_CHECKING:
    from binome.journal.ancres import Ancre


def ancrer() -> int:
    """Writes the anchor of the day unless it is written, and mails it; how many were written.

    Raises AncresAbimees, OSError.
    """
    posee = ancres.poser_du_jour()
    # A kill may have come between the anchor and its mail.
    derniere = posee or ancres.derniere()
    if derniere is not None:
        envoyer(derniere)
    return int(posee is not None)


def envoyer(ancre: Ancre) -> None:
    """Queues the mail of an anchor, once, when someone is to receive them."""
    cle = f"ancre:{ancre.somme}"
    if not settings.ANCRE_COURRIEL or Message.objects.filter(cle=cle).exists():
        return
    mettre_en_file(
        AMettre(
            cle=cle,
            destinataire=settings.ANCRE_COURRIEL,
            sujet=f"Binôme : ancre du journal du {ancre.jour.isoformat()}",
            gabarit="ancre",
            contexte={
                "jour": ancre.jour,
                "ancre": ancres.en_texte(ancre.tete),
                "effacements": ancres.en_texte(ancre.effacements),
                "rang": ancre.rang,
                "somme": ancre.somme,
                "empreinte": annonces.empreinte(ancre.annonce) if ancre.annonce else "",
                "horodatee": ancre.horodatage != ancres.NON_HORODATE,
            },
        )
    )
