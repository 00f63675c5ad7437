"""Contracts whose last day is over: the house says so, whoever forgets to."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from binome.contrats_d_aide.etats import OUVERTS
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.models import Contrat
from binome.gestes.services import faire_par_la_maison

LOT: Final = 500
"""Contracts of one turn, at most: the next takes the others."""


def terminer_les_contrats() -> int:
    """Ends those that reached their term; how many."""
    finis = Contrat.objects.filter(etat__in=OUVERTS, fin__lt=timezone.localdate()).order_by("pk")
    return len(faire_par_la_maison(CONTRATS, "terminer", list(finis[:LOT])).passes)
