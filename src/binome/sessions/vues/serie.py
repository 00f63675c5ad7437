"""The page of a gesture on many slots of a session: asked, shown before it is done, done whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.sessions.equipe import choix
from binome.sessions.permissions import session_pour
from binome.sessions.quand import JOURS
from binome.sessions.serie import GESTES, BilanDeSerie, accomplir, lire_la_serie, prevoir
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from binome.sessions.models import Session

CHAMPS: Final = (
    "quoi",
    "jour",
    "du",
    "au",
    "vers",
    "sens",
    "minutes",
    "formateur",
    "salle",
    "confirme",
)


AUCUN: Final = "Gardez au moins un créneau, ou revenez à la session."
CHANGE: Final = "Rien n’est fait : un créneau a changé entre-temps. Relisez ce qui va se passer."
RESTE_PRIS: Final = (
    "Rien n’est fait : avec ceux que vous laissez, un créneau gardé ne passe plus, ou a changé entre-temps. "
    "Relisez ce qui va se passer."
)


@require_http_methods(["GET", "HEAD", "POST"])
def serie(request: HttpRequest, numero: int) -> HttpResponse:
    """The form; what would become of each slot; then the gesture."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero, "regler")
    if request.method != "POST":
        return _page(request, session)
    try:
        voulue = lire_la_serie(request.POST.dict())
        vus = _vus(request.POST, "creneau")
        laisses = _vus(request.POST, "montre").keys() - vus.keys()
        if request.POST.get("faire") and not vus:
            return _page(
                request, session, prevoir(session, voulue, acteur, laisses), faute=AUCUN, status=422
            )
        if request.POST.get("faire"):
            bilan = accomplir(session, voulue, acteur, vus)
            if not bilan.refuses:
                messages.success(request, _fait(voulue.quoi, len(bilan.passent)))
                if bilan.conflits:
                    messages.warning(request, _en_conflit(len(bilan.conflits)))
                return redirect("session", numero)
            faute = RESTE_PRIS if laisses else CHANGE
            return _page(
                request, session, prevoir(session, voulue, acteur, laisses), faute=faute, status=409
            )
        return _page(request, session, prevoir(session, voulue, acteur))
    except GesteImpossible as impossible:
        return _page(request, session, faute=str(impossible), champ=impossible.champ, status=422)


def _vus(recu: QueryDict, champ: str) -> dict[int, int]:
    """The slots that a field names, each with its version: those that were shown, those that are kept."""
    vus = {}
    for dit in recu.getlist(champ):
        numero, _, version = dit.partition(":")
        lus = lire_entier(numero, chiffres=15), lire_entier(version, chiffres=9)
        if lus[0] is not None and lus[1] is not None:
            vus[lus[0]] = lus[1]
    return vus


def _fait(quoi: str, combien: int) -> str:
    mot = {"deplacer": "déplacé", "changer": "changé", "annuler": "annulé"}[quoi]
    return f"{combien} créneaux sont {mot}s." if combien > 1 else f"Un créneau est {mot}."


def _en_conflit(combien: int) -> str:
    """What the page of the session tells one by one."""
    dit = f"{combien} conflits sont" if combien > 1 else "Un conflit est"
    return f"{dit} à régler depuis : la page de la session le dit, créneau par créneau."


def _page(
    request: HttpRequest,
    session: Session,
    bilan: BilanDeSerie | None = None,
    *,
    faute: str = "",
    champ: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "session": session,
        "bilan": bilan,
        "gestes": GESTES.items(),
        "jours": [(str(rang), jour) for rang, jour in enumerate(JOURS)],
        "equipe": choix(session.organisme_id),
        "dit": {nom: request.POST.get(nom, "") for nom in CHAMPS},
        "faute": faute,
        "champ": champ,
    }
    return render(request, "sessions/serie.html", contexte, status=status)
