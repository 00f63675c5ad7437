"""Enrolling people in a session, and taking one off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.vues import dire_le_resultat
from binome.listes.pages import PAR_NUMERO, couper
from binome.regles.jours import lire_jour
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.inscription import dans_une_autre, sans_session
from binome.sessions.inscription import inscrire as inscrire_dans
from binome.sessions.permissions import inscription_pour, session_pour
from binome.sessions.places import debuts_des_blocs, places_des
from binome.sessions.programme import intitules
from binome.sessions.vues.geste import tenter
from binome.sessions.vues.session import page_de_session
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Session

PAR_PAGE: Final = 100
"""Paths that a page lists, which are those that one gesture may take."""


@require_http_methods(["GET", "HEAD", "POST"])
def inscrire(request: HttpRequest, numero: int) -> HttpResponse:
    """The open paths without a session; sent, those ticked are enrolled, and each that is left says why."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero, "regler")
    if request.method != "POST":
        return _page(request, acteur, session)
    parcours, blocs = _nombres(request, "parcours"), _nombres(request, "bloc")
    if not parcours:
        return _page(request, acteur, session, "Cochez d’abord les personnes à inscrire.", 422)
    try:
        bilan = inscrire_dans(
            session,
            parcours,
            blocs,
            acteur,
            quand_meme=bool(request.POST.get("quand_meme")),
            depuis=_depuis(request),
        )
    except GesteImpossible as impossible:
        return _page(request, acteur, session, str(impossible), 422)
    if bilan.inscrites:
        nombre = len(bilan.inscrites)
        dit = "Une personne est inscrite." if nombre == 1 else f"{nombre} personnes sont inscrites."
        messages.success(request, " ".join((dit, *bilan.nouvelles)))
    for laisse, raison in bilan.laisses:
        messages.warning(request, f"{laisse.dossier.personne} : {raison}")
    return redirect("session", numero)


def _depuis(request: HttpRequest) -> date | None:
    """From which day they follow it, where the form says it. Raises GesteImpossible."""
    tape = request.POST.get("depuis", "").strip()
    jour = lire_jour(tape)
    if tape and jour is None:
        raise GesteImpossible("Donnez un jour qui existe, par exemple 31/03/2027.", champ="depuis")
    return jour


def _nombres(request: HttpRequest, nom: str) -> list[int]:
    lus = (lire_entier(un, chiffres=15) for un in request.POST.getlist(nom)[:PAR_PAGE])
    return [un for un in lus if un is not None]


def _page(
    request: HttpRequest, acteur: Acteur, session: Session, faute: str = "", status: int = 200
) -> HttpResponse:
    page = couper(sans_session(acteur, session), PAR_NUMERO, PAR_PAGE)
    ailleurs = dans_une_autre(acteur, session).order_by("pk")[:PAR_PAGE]
    contexte = {
        "acteur": acteur,
        "session": session,
        "page": page,
        "parcours": sorted(page.lignes, key=lambda un: un.dossier.personne),
        "ailleurs": sorted(ailleurs, key=lambda un: un.dossier.personne),
        "coches": set(_nombres(request, "parcours")),
        "blocs": _blocs(request, session),
        "depuis": request.POST.get("depuis", ""),
        "faute": faute,
    }
    return render(request, "sessions/inscrire.html", contexte, status=status)


def _blocs(request: HttpRequest, session: Session) -> list[dict[str, Any]]:
    """Where one may join: each bloc, when it begins, its seats; those to come are ticked at first."""
    debuts = debuts_des_blocs([session]).get(session.pk, {})
    places, noms = (
        places_des([session])[session.pk],
        intitules(session.certification, session.referentiel),
    )
    maintenant, voulus = timezone.now(), set(_nombres(request, "bloc"))
    return [
        {
            "numero": bloc,
            "intitule": noms.blocs.get(bloc, ""),
            "debut": debuts[bloc].astimezone(session.site.fuseau) if bloc in debuts else None,
            "commence": bloc in debuts and debuts[bloc] <= maintenant,
            "libres": places.libres([bloc]),
            "coche": bloc in voulus
            if request.method == "POST"
            else not (bloc in debuts and debuts[bloc] <= maintenant),
        }
        for bloc in session.blocs
    ]


@require_POST
def retirer(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes somebody off a session, with the reason."""
    acteur = acteur_de(request)
    inscription = inscription_pour(acteur, numero, "retirer")
    passage, tente, status = tenter(request, acteur, INSCRIPTIONS, inscription, "retirer")
    session = session_pour(acteur, inscription.session_id)
    if passage is None:
        return page_de_session(request, acteur, session, tente, status)
    page = reverse("session", args=[session.pk])
    dire_le_resultat(request, INSCRIPTIONS, "retirer", passage, page=page)
    return redirect("session", session.pk)
