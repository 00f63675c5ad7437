"""Slots by hand: one moved, changed, cancelled; one added; those that a person teaches or follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.volets import RIEN_TENTE, GesteTente
from binome.gestes.vues import dire_le_resultat
from binome.sessions.attendus import attendus
from binome.sessions.conflits import conflits, en_phrases
from binome.sessions.equipe import choix, code_de
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.horloge import a_l_horloge
from binome.sessions.pages import lignes_des_creneaux
from binome.sessions.passages import VIVANTES
from binome.sessions.permissions import creneau_pour, session_pour
from binome.sessions.preparation import AJOUT, blocs_des_unites
from binome.sessions.preparation import ajouter as ajouter_un_creneau
from binome.sessions.programme import intitules
from binome.sessions.sans_compte import sans_compte
from binome.sessions.vues.geste import ouverts, tenter

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Creneau, Session


def _dit(creneau: Creneau) -> dict[str, str]:
    """What a slot is now, as its forms show it."""
    ici = a_l_horloge(creneau)
    return {
        "jour": ici.jour.isoformat(),
        "de": f"{ici.de:%H:%M}",
        "a": f"{ici.a:%H:%M}",
        "jour_de_fin": ici.jour_de_fin.isoformat(),
        "duree": f"{creneau.minutes} min",
        "formateur": code_de(creneau),
        "modalite": creneau.modalite,
        "salle": creneau.salle,
        "lien": creneau.lien,
    }


@require_safe
def creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One slot, for who may move it."""
    acteur = acteur_de(request)
    return _page(request, acteur, creneau_pour(acteur, uid, "deplacer"))


@require_POST
def geste(request: HttpRequest, uid: UUID, nom: str) -> HttpResponse:
    """One gesture on a slot; what was typed comes back with the reason when it does not pass."""
    acteur = acteur_de(request)
    trouve = creneau_pour(acteur, uid, nom if nom in CRENEAUX.gestes else "deplacer")
    passage, tente, status = tenter(request, acteur, CRENEAUX, trouve, nom)
    if passage is None:
        return _page(request, acteur, creneau_pour(acteur, uid), tente, status)
    dire_le_resultat(
        request, CRENEAUX, nom, passage, page=reverse("creneau-de-session", args=[uid])
    )
    _dire_les_conflits(request, trouve)
    return redirect("creneau-de-session", uid)


def _dire_les_conflits(request: HttpRequest, creneau: Creneau) -> None:
    for phrase in en_phrases(conflits(creneau.session, creneau)):
        messages.warning(request, phrase)


def _page(
    request: HttpRequest,
    acteur: Acteur,
    creneau: Creneau,
    tente: GesteTente = RIEN_TENTE,
    status: int = 200,
) -> HttpResponse:
    (ligne,) = lignes_des_creneaux([creneau])
    contexte = {
        "acteur": acteur,
        "session": creneau.session,
        "creneau": creneau,
        "ligne": ligne,
        "gestes": ouverts(CRENEAUX, acteur, creneau),
        "a_fermer": creneau.etat == EtatDeCreneau.OUVERT and creneau.session.etat in VIVANTES,
        "dit": {**_dit(creneau), **(tente.tape if tente.geste else {})},
        "tente": tente,
        "attendus": attendus(creneau),
        "sans_compte": sans_compte([creneau]),
        "conflits": [un.phrase for un in conflits(creneau.session, creneau)],
        "moments": recit(CRENEAUX, creneau, interne=True),
        **_choix(creneau.session, a_distance=creneau.modalite == ModaliteDeCreneau.A_DISTANCE),
    }
    return render(request, "sessions/creneau.html", contexte, status=status)


def _choix(session: Session, *, a_distance: bool | None = None) -> dict[str, Any]:
    """What the lists of a form offer: a slot keeps its timetable, or has none."""
    sans_horaire = ModaliteDeCreneau.A_DISTANCE.value
    return {
        "a_distance": a_distance,
        "equipe": choix(session.organisme_id),
        "modalites": [
            (code, mot)
            for code, mot in ModaliteDeCreneau.choices
            if a_distance is None or (code == sans_horaire) == a_distance
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, numero: int) -> HttpResponse:
    """Adds a slot to a session by hand."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero, "regler")
    if request.method != "POST":
        return _a_ajouter(request, acteur, session)
    try:
        creneau = ajouter_un_creneau(session, acteur, request.POST.dict())
    except GesteImpossible as impossible:
        tape = {cle: str(valeur) for cle, valeur in request.POST.items()}
        tente = GesteTente("poser", tape, str(impossible), impossible.champ)
        return _a_ajouter(request, acteur, session, tente, 422)
    messages.success(request, CRENEAUX.gestes["poser"].dit)
    _dire_les_conflits(request, creneau)
    return redirect("session", numero)


def _a_ajouter(
    request: HttpRequest,
    acteur: Acteur,
    session: Session,
    tente: GesteTente = RIEN_TENTE,
    status: int = 200,
) -> HttpResponse:
    noms = intitules(session.certification, session.referentiel)
    contexte = {
        "acteur": acteur,
        "session": session,
        "dit": {un.nom: "" for un in AJOUT} | {"modalite": session.modalite} | dict(tente.tape),
        "tente": tente,
        "modules": [(code, f"{code} · {noms.de(code)}") for code in blocs_des_unites(session)],
        **_choix(session),
    }
    return render(request, "sessions/ajouter.html", contexte, status=status)
