"""The mail of the day: what there is to tell a person, gathered, at most once a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.courrier.models import Avis
from binome.courrier.services import AMettre, mettre_en_file
from binome.regles.dire import enumerer
from binome.socle.adresse_du_site import adresse_entiere
from binome.typographie import majuscule

if TYPE_CHECKING:
    from datetime import date

HEURE: Final = time(7, 0)
"""Local time from which the mail of the day is written."""
GENRES: Final = {
    "completer": ("un dossier à compléter", "{} dossiers à compléter"),
    "brouillon": ("un brouillon à déposer", "{} brouillons à déposer"),
    "depose": ("des dossiers déposés", "{} dépôts à examiner"),
    "echeance": ("une échéance", "{} échéances"),
    "file": ("des dossiers qui attendent", "{} files qui attendent"),
    "creneau": ("un créneau qui change", "{} créneaux qui changent"),
    "demain": ("vos créneaux de demain", "{} rappels de créneaux"),
    "apres_coup": ("une signature à accepter", "{} signatures à accepter"),
    "contrat": ("une échéance d’un contrat d’aide", "{} échéances de contrats d’aide"),
    "conservation": ("un effacement prochain", "{} effacements prochains"),
}
"""The kinds of things told in a day, one then several; a test holds that each that is noted is here."""
AUTRE: Final = ("un autre point", "{} autres points")


def _a_dire(maintenant: datetime) -> dict[str, list[Avis]]:
    par_personne: dict[str, list[Avis]] = {}
    for avis in Avis.objects.filter(
        dit_le__isnull=True, caduc_le__isnull=True, des__lte=maintenant
    ).order_by("destinataire", "des", "pk"):
        par_personne.setdefault(avis.destinataire, []).append(avis)
    return par_personne


def _sujet(avis: list[Avis]) -> str:
    """What the mail tells of: the only thing, or each kind with its number."""
    if len(avis) == 1:
        (seul,) = avis
        dit = seul.texte.partition(".")[0]
        return f"{seul.reference} : {dit}" if seul.reference else dit
    nombres = Counter(un.genre for un in avis)
    return majuscule(
        enumerer(
            [
                mot if nombre == 1 else mots.format(nombre)
                for genre, nombre in nombres.items()
                for mot, mots in (GENRES.get(genre, AUTRE),)
            ]
        )
    )


@transaction.atomic
def _resumer(destinataire: str, avis: list[Avis], jour: date, maintenant: datetime) -> bool:
    message = mettre_en_file(
        AMettre(
            cle=f"resume:{jour.isoformat()}:{destinataire}",
            destinataire=destinataire,
            sujet=_sujet(avis),
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
