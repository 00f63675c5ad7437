"""The cards of the pair: the page that a phone keeps, and the door where what was written without network comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.habillage.envois_recus import LotIllisible
from binome.habillage.hors_ligne import gardee
from binome.livret.envois import OCTETS, lire_les_envois
from binome.livret.etats import CoteDuBinome, Valeur
from binome.livret.lecture import cartes_du, semaines_du
from binome.livret.permissions import livret_pour, tuteur_de
from binome.livret.recevoir import recevoir

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@gardee
def livret(request: HttpRequest, numero: int) -> HttpResponse:
    """This week's card and those of the weeks before; kept on the phone that opens it."""
    parcours, cotes = livret_pour(acteur_de(request), numero)
    semaines = semaines_du(parcours, timezone.localdate())
    contexte = {
        "parcours": parcours,
        "cotes": cotes,
        "cote": next(iter(cotes & set(CoteDuBinome.values)), ""),
        "cartes": cartes_du(parcours, semaines),
        "tutorat": tuteur_de(parcours),
        "valeurs": Valeur.choices,
        "porte": reverse("envois-du-livret", args=[parcours.pk]),
    }
    return render(request, "livret/livret.html", contexte)


def _phrase(phrase: str, statut: int) -> JsonResponse:
    return JsonResponse({"phrase": phrase}, status=statut)


@require_POST
def envois(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes what a phone kept: one answer a sending, and the server's own clock."""
    maintenant = timezone.now()
    acteur = acteur_de(request)
    try:
        parcours, cotes = livret_pour(acteur, numero)
    except Http404 as absent:
        return _phrase(str(absent), 404)
    if int(request.META.get("CONTENT_LENGTH") or 0) > OCTETS:
        return _phrase("Cet envoi est trop lourd : envoyez moins de cartes à la fois.", 413)
    try:
        lot = lire_les_envois(request.body, maintenant)
    except LotIllisible as illisible:
        return _phrase(str(illisible), 400)
    rendus = recevoir(acteur, parcours, cotes, lot, maintenant=maintenant)
    return JsonResponse(
        {
            "maintenant": maintenant.isoformat(),
            "envois": [
                {"uid": str(un.uid), "etat": un.issue, "phrase": un.phrase} for un in rendus
            ],
        }
    )
