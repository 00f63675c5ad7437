"""The alerts that the branch has settled once for all its dossiers, a certification at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from binome.bureau.tranches import lever, trancher
from binome.comptes.permissions import certification_de_la_branche
from binome.dossiers.bases import base_de
from binome.dossiers.models import PointTranche
from binome.gestes.refus import GesteImpossible
from binome.regles.courante import base_courante, certifications, code_par_defaut
from binome.regles.metiers.reponse import textes_des_alertes
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

CERTIFICATION: Final = "certification"
"""The name of the certification in an address, and in a form."""


def _qui_tranche(request: HttpRequest, certification: str) -> tuple[Acteur, str]:
    """Who administers the branch of a certification, and which. Raises Http404, PermissionDenied."""
    acteur, choisie, _ = certification_de_la_branche(request, certification)
    if not _tranche(acteur, choisie):
        raise PermissionDenied("Seule l’administration de la branche tranche un point.")
    return acteur, choisie


def _tranche(acteur: Acteur, certification: str) -> bool:
    return acteur.soutien is None and certification in acteur.certifications("administrateur")


def _page(
    request: HttpRequest,
    certification: str,
    *,
    faute: str = "",
    a_lever: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page; `a_lever` is the point whose lifting was refused, with the reason that was typed."""
    acteur, choisie, siennes = certification_de_la_branche(request, certification)
    textes, connues = textes_des_alertes(base_de(choisie)), certifications()
    points = list(
        PointTranche.objects.filter(certification=choisie)
        .select_related("par")
        .order_by("code", "-le", "pk")
    )
    en_vigueur = {un.code for un in points if un.leve_le is None}
    lignes = [(un, {"point": un, "texte": textes.get(un.code, un.code)}) for un in points]
    contexte = {
        "acteur": acteur,
        "certification": connues[choisie],
        "autres": [connues[code] for code in siennes if code != choisie],
        "en_vigueur": [dite for un, dite in lignes if un.leve_le is None],
        "leves": [dite for un, dite in lignes if un.leve_le is not None],
        "a_trancher": {c: texte for c, texte in textes.items() if c not in en_vigueur},
        "tranche": _tranche(acteur, choisie),
        "code": request.POST.get("code", request.GET.get("code", "")),
        "position": request.POST.get("position", ""),
        "faute": faute,
        "a_lever": a_lever,
        "motif": request.POST.get("motif", ""),
        "empreinte": base_courante(certification=choisie).empreinte,
    }
    return render(request, "espace/points.html", contexte, status=status)


def _retour(certification: str) -> HttpResponse:
    suite = "" if certification == code_par_defaut() else f"?{CERTIFICATION}={certification}"
    return redirect(f"{reverse('points')}{suite}")


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    """What is settled, and the form that settles another alert."""
    if request.method != "POST":
        return _page(request, request.GET.get(CERTIFICATION, ""))
    acteur, certification = _qui_tranche(request, request.POST.get(CERTIFICATION, ""))
    code = request.POST.get("code", "")
    if code not in textes_des_alertes(base_de(certification)):
        return _page(request, certification, faute="Choisissez l’alerte à trancher.", status=422)
    position = request.POST.get("position", "")
    exces = trop_long(position, 5000)
    if exces:
        return _page(request, certification, faute=exces, status=422)
    try:
        trancher(certification, code, position, acteur)
    except GesteImpossible as impossible:
        return _page(request, certification, faute=str(impossible), status=422)
    messages.success(
        request, "Le point est tranché. Il ne retient plus les propositions à préparer."
    )
    return _retour(certification)


@require_POST
def lever_le_point(request: HttpRequest, numero: int) -> HttpResponse:
    """Opens a settled alert again."""
    # One who is of no branch learns nothing of which numbers are taken.
    certification_de_la_branche(request)
    point = PointTranche.objects.filter(pk=numero).first()
    if point is None:
        raise Http404("Ce point n’existe pas.")
    acteur, certification = _qui_tranche(request, point.certification)
    motif = request.POST.get("motif", "").strip()
    exces = trop_long(motif, 2000)
    if exces:
        return _page(request, certification, faute=exces, a_lever=numero, status=422)
    if not motif:
        return _page(
            request, certification, a_lever=numero, status=422,
            faute="Dites pourquoi la position est levée : le motif est gardé.",
        )  # fmt: skip
    try:
        lever(point, acteur, motif)
    except GesteImpossible as impossible:
        return _page(request, certification, faute=str(impossible), a_lever=numero, status=409)
    messages.success(request, "La position est levée. L’alerte retient de nouveau les dossiers.")
    return _retour(certification)
