"""A mail that is given up is told to who answers for it: nobody waits for an answer to what never arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from binome.comptes.permissions import qui_administrent
from binome.comptes.roles import SOUTIEN
from binome.courrier.services import COMPTE, AMettre, cle_pour, mettre_tous_en_file
from binome.courrier.sorts import raison
from binome.regles.calendrier import date_en_clair
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.courrier.models import Message

ABANDON: Final = "abandon:"
TUS: Final = (ABANDON, COMPTE)
"""What is not told again: a mail that tells of another, and the secrets of an account."""


def _a_qui(message: Message) -> list[str]:
    """Who administers the organisation that answers for it; of the house, who helps users."""
    tenus = qui_administrent()
    siens = (
        tenus.filter(organisation__genre=SOUTIEN)
        if message.repondant_id is None
        else tenus.filter(organisation=message.repondant_id)
    )
    adresses = siens.order_by("personne__courriel").values_list("personne__courriel", flat=True)
    return [une for une in adresses.distinct() if une != message.destinataire]


def dire_les_abandons(messages: Sequence[Message]) -> None:
    """Queues a mail about each that was given up, to who answers for it."""
    lettres = []
    for message in messages:
        if message.cle.startswith(TUS):
            continue
        jour = date_en_clair(timezone.localdate(message.cree_le))
        lettres += [
            AMettre(
                cle=cle_pour(f"{ABANDON}{message.pk}:{message.essais}", courriel),
                destinataire=courriel,
                sujet=f"Courriel non arrivé : {message.sujet}",
                gabarit="nouvelle",
                contexte={
                    "phrase": f"Le courriel « {message.sujet} », écrit le {jour}, n’est pas arrivé : {raison(message)}.",
                    "suite": "Vous pouvez corriger l’adresse, l’envoyer de nouveau ou le retirer.",
                    "action": "Voir les courriels qui ne sont pas arrivés",
                    "adresse": adresse_entiere(reverse("envois")),
                    "pourquoi": "vous répondez de ce courriel",
                },
                reference=message.reference,
                repondant=message.repondant_id,
            )
            for courriel in _a_qui(message)
        ]
    mettre_tous_en_file(lettres)
