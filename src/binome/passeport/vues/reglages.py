"""The settings of the branch: its numbers, its schema, and whether the number of social security is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.refus import PieceRefusee
from binome.gestes.refus import GesteImpossible
from binome.passeport.a_part import FichierDuPasseportRefuse
from binome.passeport.arrivees import octets_de
from binome.passeport.formulaires import FormulaireDeReglages, FormulaireDeSchema
from binome.passeport.permissions import branche_qui_declare
from binome.passeport.reglages import (
    QUI_A_LE_SCHEMA,
    choisir_le_schema,
    reglages_de,
    regler,
)
from binome.passeport.vues.branche import OCCUPE, PLEIN

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.models import Organisation


def _page(
    request: HttpRequest,
    branche: Organisation,
    *,
    form: FormulaireDeReglages | None = None,
    du_schema: FormulaireDeSchema | None = None,
    status: int = 200,
) -> HttpResponse:
    reglages = reglages_de(branche.pk)
    dits = (
        {nom: getattr(reglages, nom) for nom in ("id_client", "certificateur", "contrat", "nir")}
        if reglages
        else {}
    )
    contexte = {
        "branche": branche,
        "reglages": reglages,
        "form": form or FormulaireDeReglages(initial=dits),
        "du_schema": du_schema or FormulaireDeSchema(),
        "qui_a_le_schema": QUI_A_LE_SCHEMA,
    }  # fmt: skip
    return render(request, "passeport/reglages.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reglages_du_passeport(request: HttpRequest) -> HttpResponse:
    """The numbers of the portal, and the number of social security."""
    acteur = acteur_de(request)
    branche = branche_qui_declare(acteur, agir=request.method == "POST")
    if request.method != "POST":
        return _page(request, branche)
    form = FormulaireDeReglages(request.POST)
    if not form.is_valid():
        return _page(request, branche, form=form, status=422)
    try:
        regler(branche, acteur, form.cleaned_data)
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, branche, form=form, status=422)
    messages.success(request, "Les réglages sont enregistrés.")
    return redirect("reglages-du-passeport")


@require_POST
def schema_du_passeport(request: HttpRequest) -> HttpResponse:
    """The schema that the branch took on the portal."""
    acteur = acteur_de(request)
    branche = branche_qui_declare(acteur)
    form = FormulaireDeSchema(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, branche, du_schema=form, status=422)
    recu = form.cleaned_data["fichier"]
    try:
        choisir_le_schema(branche, acteur, octets_de(recu), recu.name, form.cleaned_data["du"])
    except (FichierDuPasseportRefuse, GesteImpossible, PieceRefusee) as refus:
        form.add_error("fichier", str(refus))
        return _page(request, branche, du_schema=form, status=422)
    except CloisonPleine:
        form.add_error("fichier", OCCUPE)
        return _page(request, branche, du_schema=form, status=503)
    except OSError:
        form.add_error("fichier", PLEIN)
        return _page(request, branche, du_schema=form, status=507)
    messages.success(request, "Le schéma est gardé : les prochains lots le suivront.")
    return redirect("reglages-du-passeport")
