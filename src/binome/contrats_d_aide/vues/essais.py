"""What the next signature would give: read beside the contract, and kept nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.contrats_d_aide.essais_lus import signatures_essayees
from binome.contrats_d_aide.formulaires_des_gens import FormulaireDEssai
from binome.contrats_d_aide.permissions import contrat_pour

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def essayer(request: HttpRequest, numero: int) -> HttpResponse:
    """The next signature under each option. Raises Http404."""
    contrat, _ = contrat_pour(acteur_de(request), numero)
    jour = timezone.localdate()
    if contrat.fin is not None:
        jour = max(jour, contrat.fin + timedelta(days=1))
    dits = {"jour": jour.isoformat(), **request.GET.dict()}
    form = FormulaireDEssai(dits)
    lus = []
    if form.is_valid():
        jour = form.cleaned_data["jour"]
        lus = signatures_essayees(contrat, jour, form.cleaned_data["etp"])
    contexte = {"contrat": contrat, "form": form, "essais": lus, "jour": jour}
    return render(request, "contrats_d_aide/essais.html", contexte)
