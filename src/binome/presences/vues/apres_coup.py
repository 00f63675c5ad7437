"""A signature that was forgotten: the person makes it from the page of their path, who teaches accepts it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.vues import dire_le_resultat
from binome.presences.apres_coup import accepter, presence_de, proposee, proposer, refuser
from binome.presences.constat import CeQuiSEstPasse, lire
from binome.presences.flows import SIGNATURES
from binome.presences.vues.creneau import rendre_le_refus, revenir, version_lue
from binome.sessions.permissions import creneau_pour
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def signer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Signs after the fact, in one's own name, from one's own account."""
    acteur = acteur_de(request)
    presence = presence_de(acteur, uid)
    try:
        proposer(acteur, presence)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, SIGNATURES.gestes["proposer"].dit)
    return redirect("suivi", "parcours", presence.parcours_id)


@require_POST
def repondre(request: HttpRequest, uid: UUID, numero: int, nom: str) -> HttpResponse:
    """Accepts it, which corrects the presence, or sets it aside."""
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, "ouvrir")
    signature = proposee(uid, numero)
    version = version_lue(request)
    try:
        if nom == "refuser":
            dits = refuser(acteur, signature, request.POST.get("raison", ""), version=version)
            dire_le_resultat(request, SIGNATURES, "refuser", dits)
            return revenir(un, signature.parcours_id)
        constat = lire(request.POST, un, timezone.now(), CeQuiSEstPasse())
        tenue = lire_entier(request.POST.get("presence", ""), chiffres=9) or 0
        fait = accepter(acteur, signature, constat, version=version, de_la_presence=tenue)
    except GesteImpossible as impossible:
        return rendre_le_refus(request, acteur, uid, impossible, signature.parcours_id)
    messages.success(request, SIGNATURES.gestes["accepter"].dit)
    for phrase in (*fait.nouvelles, *fait.sans_nouvelles):
        messages.info(request, phrase)
    return revenir(un, signature.parcours_id)
