"""A badge for its holder; and for everyone, the document of our keys and the lists of states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.cadence import trop_souvent
from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import de_ses_yeux
from binome.habillage.en_fichier import en_fichier
from binome.titres.cles import CleAbsente
from binome.titres.credential import badge_signe, document_du_did, etats_signes
from binome.titres.etats import EtatDeTitre
from binome.titres.permissions import noter_le_titre, titre_pour

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.socle.demande import Demande

SANS_CLE = "Les badges ne se signent pas pour l’instant. Revenez dans une minute, ou prévenez la personne qui tient ce site."

GARDE = {"Cache-Control": "public, max-age=300"}
"""Kept by readers for as long as the list says; an answer that asks to wait is not."""


def _sans_cle() -> HttpResponse:
    return HttpResponse(SANS_CLE, status=503, content_type="text/plain; charset=utf-8")


@require_safe
def badge(request: HttpRequest, numero: int, bloc: int) -> HttpResponse:
    """The badge of a title, whole (0) or of a bloc, for who reads the title; a withdrawn one signs no more. Raises Http404."""
    acteur = acteur_de(request)
    titre, _ = titre_pour(acteur, numero)
    de_ses_yeux(acteur)
    noter_le_titre(acteur, titre)
    if titre.etat == EtatDeTitre.REVOQUE:
        return render(request, "titres/badge_retire.html", {"titre": titre}, status=410)
    sien = titre.badges.filter(bloc=bloc if bloc < 2**15 else -1).select_related("titre").first()
    if sien is None:
        raise Http404("Ce titre n’a pas ce badge.")
    try:
        signe = badge_signe(sien)
    except CleAbsente:
        return _sans_cle()
    quoi = f"-bloc-{bloc}" if bloc else ""
    return en_fichier(signe, f"badge-{titre.numero}{quoi}.jwt", "application/vc+jwt")


@require_safe
def cles(request: Demande) -> HttpResponse:
    """The document of our keys, for whoever verifies a badge."""
    return trop_souvent(request, "badges") or HttpResponse(
        json.dumps(document_du_did(), ensure_ascii=False, indent=1),
        content_type="application/did+json",
        headers=GARDE,
    )


@require_safe
def etats(request: Demande, liste: int) -> HttpResponse:
    """The signed states of a list. Raises Http404."""
    if trop := trop_souvent(request, "badges"):
        return trop
    try:
        signes = etats_signes(liste) if liste < 2**15 else None
    except CleAbsente:
        return _sans_cle()
    if signes is None:
        raise Http404("Cette liste n’existe pas.")
    return HttpResponse(signes, content_type="application/vc+jwt", headers=GARDE)
