"""The épreuves of a session: its slots, who is planned there, who passed; planning and convoking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.epreuves.convoquer import convoquer_la_session
from binome.epreuves.pages import epreuves_de_la_session
from binome.epreuves.planifier import UN_OU_DEUX, Evaluateurs, creneaux_d_epreuves, planifier
from binome.gestes.refus import GesteImpossible
from binome.sessions.equipe import equipe
from binome.sessions.permissions import session_pour
from binome.sessions.programme import intitules
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.sessions.models import Session


def session_de_l_organisme(request: HttpRequest, numero: int) -> tuple[Acteur, Session]:
    """A session, for who works in its organisation. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero)
    if session.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Les épreuves sont à l’organisme qui forme.")
    if request.method == "POST" and acteur.soutien is not None:
        raise PermissionDenied("Vous regardez seulement.")
    return acteur, session


@require_safe
def epreuves(request: HttpRequest, numero: int) -> HttpResponse:
    """The slots of épreuves by bloc, and where each person stands."""
    acteur, session = session_de_l_organisme(request, numero)
    return _page(request, acteur, session)


@require_POST
def prevoir(request: HttpRequest, numero: int) -> HttpResponse:
    """Plans those expected on the slots of a bloc, each once."""
    acteur, session = session_de_l_organisme(request, numero)
    bloc = lire_entier(request.POST.get("bloc", ""), chiffres=2)
    try:
        evaluateurs = lire_les_evaluateurs(request, session.organisme_id)
        creneaux = [] if bloc is None else creneaux_d_epreuves(session, bloc)
        bilan = planifier(session, creneaux, acteur, evaluateurs)
    except GesteImpossible as impossible:
        return _page(request, acteur, session, impossible, bloc)
    nombre = len(bilan.prevues)
    if nombre:
        messages.success(
            request,
            "Une épreuve est prévue." if nombre == 1 else f"{nombre} épreuves sont prévues.",
        )
    elif not (bilan.laisses or bilan.manque):
        messages.success(request, "Tout est déjà prévu dans ce bloc.")
    for parcours, raison in bilan.laisses:
        messages.warning(request, f"{parcours.dossier.personne} : {raison}")
    for phrase in bilan.manque:
        messages.warning(request, phrase)
    return redirect("epreuves-de-la-session", numero)


@require_POST
def convoquer(request: HttpRequest, numero: int) -> HttpResponse:
    """Convokes those planned who were not told, in one bloc."""
    acteur, session = session_de_l_organisme(request, numero)
    bloc = lire_entier(request.POST.get("bloc", ""), chiffres=2)
    if bloc is None or bloc not in session.blocs:
        return _page(request, acteur, session, GesteImpossible("Choisissez un bloc."))
    bilan = convoquer_la_session(session, bloc, acteur)
    if bilan.convoquees:
        messages.success(request, bilan.dit)
    for raison in bilan.laisses:
        messages.warning(request, raison)
    return redirect("epreuves-de-la-session", numero)


def lire_les_evaluateurs(request: HttpRequest, organisme: int) -> Evaluateurs:
    """How many judge, and who, out of a form. Raises GesteImpossible."""
    combien = lire_entier(request.POST.get("evaluateurs", "1"), chiffres=1)
    if combien not in UN_OU_DEUX:
        raise GesteImpossible("Une épreuve a un ou deux évaluateurs.", champ="evaluateurs")
    premier = _de_l_equipe(request, "evaluateur", organisme)
    second = _de_l_equipe(request, "second", organisme) if combien > 1 else None
    if second is not None and second == premier:
        raise GesteImpossible("Choisissez deux personnes différentes.", champ="second")
    return Evaluateurs(combien, premier, second)


def _de_l_equipe(request: HttpRequest, champ: str, organisme: int) -> Personne | None:
    tape = request.POST.get(champ, "").strip()
    if not tape:
        return None
    numero = lire_entier(tape, chiffres=15)
    personne = None if numero is None else equipe(organisme).filter(pk=numero).first()
    if personne is None:
        raise GesteImpossible("Choisissez une personne de la liste.", champ=champ)
    return personne


def _page(
    request: HttpRequest,
    acteur: Acteur,
    session: Session,
    faute: GesteImpossible | None = None,
    bloc: int | None = None,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "acteur": acteur,
        "session": session,
        "titre": intitules(session.certification, session.referentiel).titre,
        "blocs": epreuves_de_la_session(session),
        "equipe": list(equipe(session.organisme_id)),
        "agit": acteur.soutien is None,
        "faute": str(faute or ""),
        "champ": faute.champ if faute else "",
        "bloc_fautif": bloc,
    }
    return render(request, "epreuves/session.html", contexte, status=422 if faute else 200)
