"""Handing over a sealed letter, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers import rayons
from binome.dossiers.permissions import lettre_pour

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def lettre(request: HttpRequest, numero: int) -> HttpResponse:
    """The letter of a decision; a file that is no longer what was sealed is not handed over."""
    decision = lettre_pour(acteur_de(request), numero)
    contenu = rayons.LETTRES.intact(decision.sceau, decision.sceau_empreinte)
    if contenu is None:
        raise Http404("Le fichier de cette lettre est abîmé. Demandez-la à la branche.")
    return HttpResponse(
        contenu,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="decision-{decision.dossier.reference}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
