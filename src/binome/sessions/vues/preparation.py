"""Preparing a session: the form, its calendar as it would be, then the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.regles.courante import code_par_defaut
from binome.sessions.flows import SESSIONS
from binome.sessions.formulaires import FormulaireDeSession, sites_ouverts
from binome.sessions.pages import expliquer
from binome.sessions.preparation import preparer
from binome.sessions.programme import en_vigueur, offerts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.regles.referentiels import Referentiel
    from binome.sessions.pose import SessionPosee


def _initial(acteur: Acteur, referentiel: Referentiel) -> dict[str, Any]:
    """What most sessions are: every bloc in order, two half-days of three hours and a half."""
    seuls = list(sites_ouverts(acteur)[:2])
    return {
        "site": seuls[0].pk if len(seuls) == 1 else None,
        "epreuves": True,
        "jours": ["0", "1"],
        "matin_de": "09:00",
        "matin_a": "12:30",
        "apres_midi_de": "13:30",
        "apres_midi_a": "17:00",
        "capacite": 12,
        **{f"bloc_{rang}": str(un.numero) for rang, un in enumerate(referentiel.blocs, 1)},
    }


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request: HttpRequest) -> HttpResponse:
    """The form; sent, its calendar as it would be, or the session in preparation."""
    acteur = acteur_de(request)
    if not acteur.gere:
        raise PermissionDenied("Qui gère un organisme de formation prépare ses sessions.")
    certification, tous = code_par_defaut(), offerts()
    voulu = request.POST.get("referentiel") or request.GET.get("referentiel", "")
    referentiel = tous.get(voulu) or en_vigueur(timezone.localdate())
    if referentiel is None:
        raise PermissionDenied("Aucun référentiel enregistré ne dit ses blocs.")
    regles: dict[str, Any] = {
        "acteur": acteur,
        "certification": certification,
        "referentiel": referentiel,
    }
    if request.method != "POST":
        form = FormulaireDeSession(initial=_initial(acteur, referentiel), **regles)
        return _page(request, form)
    form = FormulaireDeSession(request.POST, **regles)
    if not form.is_valid():
        return _page(request, form, status=422)
    demande = form.demande()
    try:
        if request.POST.get("geste") != "preparer":
            return _page(request, form, pose=demande.poser())
        session = preparer(demande, acteur)
    except (ValueError, GesteImpossible) as refus:
        return _page(request, form, faute=str(refus), status=422)
    messages.success(request, SESSIONS.gestes["preparer"].dit)
    return redirect("session", session.pk)


def _page(
    request: HttpRequest,
    form: FormulaireDeSession,
    *,
    pose: SessionPosee | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "acteur": acteur_de(request),
        "form": form,
        "referentiel": form.referentiel,
        "autres": [un for un in offerts().values() if un.id != form.referentiel.id],
        "des_sites": sites_ouverts(acteur_de(request)).exists(),
        "explique": None if pose is None else expliquer(pose.calendrier),
        "pose": pose,
        "minutes": 0 if pose is None else sum(un.minutes for un in pose.creneaux),
        "faute": faute,
    }
    return render(request, "sessions/nouvelle.html", contexte, status=status)
