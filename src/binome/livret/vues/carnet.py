"""The booklet, as a sealed PDF made when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.livret.carnet_scelle import livret_scelle
from binome.livret.permissions import livret_pour
from binome.sceau.cle import SceauAbsent

if TYPE_CHECKING:
    from django.http import HttpRequest

SANS_SCEAU: Final = (
    "Ce livret ne peut pas être scellé pour l’instant. Prévenez la personne qui tient ce site."
)


@require_safe
def carnet(request: HttpRequest, numero: int) -> HttpResponse:
    """The booklet of a path, for who opens its cards; a sentence while nothing can seal it."""
    parcours, _ = livret_pour(acteur_de(request), numero)
    try:
        contenu = livret_scelle(parcours, timezone.localdate())
    except SceauAbsent:
        return HttpResponse(SANS_SCEAU, status=503, content_type="text/plain; charset=utf-8")
    nom = f"livret-{parcours.dossier.reference}"
    return HttpResponse(
        contenu,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{nom}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
