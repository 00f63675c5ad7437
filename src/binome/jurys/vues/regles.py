"""The rules of the juries of a branch: those it gave, what it must give, and what other branches do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.jurys.flows import REGLEMENTS
from binome.jurys.formulaires import DesRegles
from binome.jurys.lectures_d_ailleurs import A_DEMANDER, LECTURES
from binome.jurys.permissions import branche_des_jurys, reglements_visibles
from binome.jurys.seance import reglement_le
from binome.jurys.services import ecrire_le_reglement
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


def _page(
    request: HttpRequest, form: forms.Form, *, faute: str = "", status: int = 200
) -> HttpResponse:
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur)
    tous = reglements_visibles(acteur).filter(branche=branche)
    contexte = {
        "form": form,
        "branche": branche,
        "reglements": list(tous.order_by("-du", "-pk")),
        "tenu": reglement_le(branche.pk, timezone.localdate()),
        "lectures": LECTURES,
        "a_demander": A_DEMANDER,
        "faute": faute,
    }
    return render(request, "jurys/regles.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def regles(request: HttpRequest) -> HttpResponse:
    """The rules, and the form of others, from a day on."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur, ecrit=request.method == "POST")
    if request.method != "POST":
        return _page(request, DesRegles())
    form = DesRegles(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        ecrire_le_reglement(acteur, branche, {**form.cleaned_data, "essai": branche.exemple})
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, form, status=422)
    messages.success(request, REGLEMENTS.table[0].dit)
    return redirect("regles-de-jury")


@require_POST
def retirer(request: HttpRequest, numero: int) -> HttpResponse:
    """Withdraws rules that no jury sat under."""
    acteur = acteur_de(request)
    branche_des_jurys(acteur, ecrit=True)
    tenu = reglements_visibles(acteur).filter(pk=numero).first()
    if tenu is None:
        raise Http404("Ces règles n’existent pas.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        faire(REGLEMENTS, "retirer", tenu, acteur, version=version)
    except GesteImpossible as impossible:
        statut = 409 if isinstance(impossible, Depasse) else 422
        return _page(request, DesRegles(), faute=str(impossible), status=statut)
    messages.success(request, REGLEMENTS.gestes["retirer"].dit)
    return redirect("regles-de-jury")
