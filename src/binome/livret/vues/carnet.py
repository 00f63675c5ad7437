"""The booklet, as a sealed PDF made when it is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.livret.carnet_scelle import livret_scelle
from binome.livret.permissions import livret_pour
from binome.sceau.a_la_demande import en_pdf

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def carnet(request: HttpRequest, numero: int) -> HttpResponse:
    """The booklet of a path, for who opens its cards; a sentence while nothing can seal it, or while many are made."""
    parcours, _ = livret_pour(acteur_de(request), numero)
    nom = f"livret-{parcours.dossier.reference}"
    return en_pdf(partial(livret_scelle, parcours, timezone.localdate()), nom, mot="Ce livret")
