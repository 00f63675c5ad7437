"""The alerts that the branch has settled once for all its dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.dossiers.annonce import textes_des_alertes
from binome.dossiers.models import PointTranche
from binome.dossiers.permissions import acteur_de_la_branche
from binome.dossiers.points import lever, trancher
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur


def _qui_tranche(request: HttpRequest) -> Acteur:
    """Who administers the branch. Raises Http404, PermissionDenied."""
    acteur = acteur_de_la_branche(request)
    if not _tranche(acteur):
        raise PermissionDenied("Seule l’administration de la branche tranche un point.")
    return acteur


def _tranche(acteur: Acteur) -> bool:
    return acteur.soutien is None and acteur.a_role("administrateur")


def _page(
    request: HttpRequest, acteur: Acteur, *, faute: str = "", status: int = 200
) -> HttpResponse:
    textes = textes_des_alertes()
    points = list(PointTranche.objects.select_related("par").order_by("code", "-le", "pk"))
    en_vigueur = {un.code for un in points if un.leve_le is None}
    lignes = [(un, {"point": un, "texte": textes.get(un.code, un.code)}) for un in points]
    contexte = {
        "acteur": acteur,
        "en_vigueur": [dite for un, dite in lignes if un.leve_le is None],
        "leves": [dite for un, dite in lignes if un.leve_le is not None],
        "a_trancher": {c: texte for c, texte in textes.items() if c not in en_vigueur},
        "tranche": _tranche(acteur),
        "code": request.POST.get("code", request.GET.get("code", "")),
        "position": request.POST.get("position", ""),
        "faute": faute,
    }
    return render(request, "espace/points.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    """What is settled, and the form that settles another alert."""
    if request.method != "POST":
        return _page(request, acteur_de_la_branche(request))
    acteur = _qui_tranche(request)
    code = request.POST.get("code", "")
    if code not in textes_des_alertes():
        return _page(request, acteur, faute="Choisissez l’alerte à trancher.", status=422)
    try:
        trancher(code, request.POST.get("position", "")[:5000], acteur)
    except GesteImpossible as impossible:
        return _page(request, acteur, faute=str(impossible), status=422)
    messages.success(
        request, "Le point est tranché. Il ne retient plus les propositions à préparer."
    )
    return redirect("points")


@require_POST
def lever_le_point(request: HttpRequest, numero: int) -> HttpResponse:
    """Opens a settled alert again."""
    acteur = _qui_tranche(request)
    point = PointTranche.objects.filter(pk=numero).first()
    if point is None:
        raise Http404("Ce point n’existe pas.")
    motif = request.POST.get("motif", "").strip()[:2000]
    if not motif:
        return _page(
            request, acteur, faute="Dites pourquoi la position est levée : le motif est gardé.",
            status=422,
        )  # fmt: skip
    try:
        lever(point, acteur, motif)
    except GesteImpossible as impossible:
        return _page(request, acteur, faute=str(impossible), status=409)
    messages.success(request, "La position est levée. L’alerte retient de nouveau les dossiers.")
    return redirect("points")
