"""Who is the tutor of a path, and when a person wants a word about the card."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.livret.etats import CoteDuBinome, EtatDAbonnement, EtatDeRappel
from binome.livret.models import AbonnementDAppareil, RappelDeCarte
from binome.livret.notifications import cle_publique, fermer, ouvrir
from binome.livret.permissions import EMPLOIE, livret_pour, tuteur_de
from binome.livret.rappels import HEURES, arreter, demander
from binome.livret.role_du_tuteur import THEMES, role_du_tuteur
from binome.livret.tutorats import nommer, pressenties
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours

JOURS = (
    (1, "Lundi"), (2, "Mardi"), (3, "Mercredi"), (4, "Jeudi"), (5, "Vendredi"), (6, "Samedi"), (7, "Dimanche"),
)  # fmt: skip


def _page(
    request: HttpRequest,
    acteur: Acteur,
    parcours: Parcours,
    cotes: frozenset[str],
    *,
    faute: GesteImpossible | None = None,
) -> HttpResponse:
    rappel = RappelDeCarte.objects.filter(
        parcours=parcours, personne=acteur.personne, etat=EtatDeRappel.ACTIF
    ).first()
    tape = request.POST
    contexte = {
        "acteur": acteur,
        "parcours": parcours,
        "personne": parcours.dossier.personne,
        "ecrit": not cotes.isdisjoint(CoteDuBinome.values),
        "emploie": EMPLOIE in cotes,
        "tutorat": tuteur_de(parcours),
        "pressenties": pressenties(acteur, parcours) if EMPLOIE in cotes else [],
        "rappel": rappel,
        "jours": JOURS,
        "heures": list(HEURES),
        "jour": lire_entier(tape.get("jour", ""), chiffres=1) or (rappel.jour if rappel else 5),
        "heure": lire_entier(tape.get("heure", ""), chiffres=2) or (rappel.heure if rappel else 18),
        "role": [
            (THEMES[theme], list(lignes))
            for theme, lignes in groupby(role_du_tuteur(), key=lambda une: une.theme)
        ],
        "cle": cle_publique(),
        "appareils": AbonnementDAppareil.objects.filter(
            personne=acteur.personne, etat=EtatDAbonnement.OUVERT
        ).count(),
        "faute": str(faute or ""),
        "champ": faute.champ if faute else "",
    }
    return render(request, "livret/reglages.html", contexte, status=422 if faute else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tuteur(request: HttpRequest, numero: int) -> HttpResponse:
    """Who is the tutor, and the form that names another; the reminder of who reads."""
    acteur = acteur_de(request)
    parcours, cotes = livret_pour(acteur, numero)
    if request.method != "POST":
        return _page(request, acteur, parcours, cotes)
    if EMPLOIE not in cotes:
        raise PermissionDenied("L’employeur seul dit qui est le tuteur ou la tutrice.")
    try:
        tutorat = nommer(
            acteur, parcours, lire_entier(request.POST.get("tuteur", ""), chiffres=9) or 0
        )
    except GesteImpossible as impossible:
        return _page(request, acteur, parcours, cotes, faute=impossible)
    messages.success(request, f"{tutorat.tuteur} suit maintenant cette formation.")
    return redirect("tuteur-du-livret", numero)


@require_POST
def rappel(request: HttpRequest, numero: int) -> HttpResponse:
    """Sets or stops the reminder of one of the pair."""
    acteur = acteur_de(request)
    parcours, cotes = livret_pour(acteur, numero)
    if cotes.isdisjoint(CoteDuBinome.values):
        raise PermissionDenied("Le rappel est pour les deux personnes du binôme.")
    if "arreter" in request.POST:
        arreter(acteur, parcours)
        messages.success(request, "Vous ne recevrez plus ce rappel.")
        return redirect("tuteur-du-livret", numero)
    try:
        demander(
            acteur,
            parcours,
            lire_entier(request.POST.get("jour", ""), chiffres=1) or 0,
            lire_entier(request.POST.get("heure", ""), chiffres=2) or 0,
        )
    except GesteImpossible as impossible:
        return _page(request, acteur, parcours, cotes, faute=impossible)
    messages.success(request, "Le rappel est noté.")
    return redirect("tuteur-du-livret", numero)


@require_POST
def notifications(request: HttpRequest, numero: int) -> HttpResponse:
    """Lets us knock on the device that asks, or on none any more."""
    acteur = acteur_de(request)
    _, cotes = livret_pour(acteur, numero)
    if cotes.isdisjoint(CoteDuBinome.values):
        raise PermissionDenied("Le rappel est pour les deux personnes du binôme.")
    if "arreter" in request.POST:
        fermer(acteur.personne)
        messages.success(request, "Aucun appareil ne vous préviendra plus.")
        return redirect("tuteur-du-livret", numero)
    try:
        adresse = json.loads(request.body)["adresse"]
        if not isinstance(adresse, str) or not cle_publique():
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError, RawPostDataException):
        return JsonResponse({"phrase": "Cette demande n’est pas lisible."}, status=400)
    try:
        ouvrir(acteur, adresse)
    except GesteImpossible as impossible:
        return JsonResponse({"phrase": str(impossible)}, status=422)
    return JsonResponse({"phrase": "Ce téléphone vous préviendra, au jour et à l’heure choisis."})
