"""What the jobs do of the openings of dossiers: brought in beside them, erased at their term."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from binome.dossiers.models import Dossier
from binome.lectures import services as lectures
from binome.socle.durees import durees


def verser() -> int:
    """One pass of the job: brings in the openings of the dossiers that still name someone."""

    def vivants(references: set[str]) -> set[str]:
        connus = Dossier.objects.filter(reference__in=references, anonyme_le__isnull=True)
        return set(connus.order_by().values_list("reference", flat=True))

    return lectures.verser(vivants)


def effacer_les_anciennes() -> int:
    """One pass of the job: erases the openings past their term; how many."""
    limite = datetime.combine(durees()["lecture"].limite(), time.min)
    return lectures.effacer_avant(timezone.make_aware(limite))
