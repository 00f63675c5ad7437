"""The mail of the day: what there is to tell a person, gathered, at most once a day."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.courrier.models import Avis
from binome.courrier.services import mettre_en_file
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from datetime import date

HEURE: Final = time(7, 0)
"""Local time from which the mail of the day is written."""


def _a_dire(maintenant: datetime) -> dict[str, list[Avis]]:
    par_personne: dict[str, list[Avis]] = {}
    for avis in Avis.objects.filter(
        dit_le__isnull=True, caduc_le__isnull=True, des__lte=maintenant
    ).order_by("destinataire", "des", "pk"):
        par_personne.setdefault(avis.destinataire, []).append(avis)
    return par_personne


def _sujet(nombre: int) -> str:
    return "Binôme : un point à voir" if nombre == 1 else f"Binôme : {nombre} points à voir"


@transaction.atomic
def _resumer(destinataire: str, avis: list[Avis], jour: date, maintenant: datetime) -> bool:
    message = mettre_en_file(
        cle=f"resume:{jour.isoformat()}:{destinataire}",
        destinataire=destinataire,
        sujet=_sujet(len(avis)),
        gabarit="resume",
        contexte={
            "points": [
                {
                    "reference": un.reference,
                    "texte": un.texte,
                    "adresse": adresse_entiere(un.adresse),
                }
                for un in avis
            ]
        },
    )
    if message is None:
        return False  # today's was written: what came since waits for tomorrow's
    Avis.objects.filter(pk__in=[un.pk for un in avis], dit_le__isnull=True).update(
        message=message, dit_le=maintenant
    )
    return True


def resumer() -> int:
    """Writes the mails of the day, from seven in the morning; how many were written."""
    maintenant = timezone.now()
    ici = timezone.localtime(maintenant)
    if ici.time() < HEURE:
        return 0
    return sum(
        _resumer(destinataire, avis, ici.date(), maintenant)
        for destinataire, avis in _a_dire(maintenant).items()
    )
