"""The trainer's tablet, passed round without network: the page of a slot that a device keeps, and the door where its
signatures come in later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.habillage.envois_recus import LotIllisible
from binome.habillage.hors_ligne import gardee
from binome.parcours.models import ModuleSuivi
from binome.presences.codes import ouverture
from binome.presences.models import Signature
from binome.presences.permissions import cotes_de_remise
from binome.presences.recevoir import recevoir
from binome.presences.tablette_lecture import OCTETS, lire_le_lot
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.permissions import cotes_de_creneau, creneau_pour
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from binome.sessions.models import Creneau, Inscription


def creneau_a_signer(request: HttpRequest, uid: UUID) -> Creneau:
    """The slot whose signatures a person gathers. Raises Http404; PermissionDenied to who may only read it."""
    acteur = acteur_de(request)
    creneau = creneau_pour(acteur, uid)
    if not cotes_de_creneau(acteur, creneau):
        raise PermissionDenied(
            "Seule la personne qui anime ce créneau, ou la gestion de l’organisme, recueille les signatures."
        )
    return creneau


def creneau_signe(request: HttpRequest, uid: UUID) -> Creneau:
    """The slot whose signatures come in: also from who was replaced since. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    creneau = creneau_pour(acteur, uid)
    if not cotes_de_remise(acteur, creneau):
        raise PermissionDenied(
            "Seules les personnes qui forment dans cet organisme, ou qui le gèrent, remettent ces signatures."
        )
    return creneau


def pourquoi_ferme(creneau: Creneau) -> str:
    """Why nobody signs this slot here; empty when they may."""
    if creneau.etat == EtatDeCreneau.ANNULE:
        return "Ce créneau est annulé : rien n’est à signer."
    if creneau.etat == EtatDeCreneau.GELE:
        return "Ce créneau est contresigné : une signature de plus passe par une correction."
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        return "Ce créneau se suit à distance, sans horaire : il ne se signe pas sur une tablette."
    return ""


def intitule_du_module(creneau: Creneau, inscriptions: list[Inscription]) -> str:
    """What is taught, as the paths of those expected name it; an épreuve, which no path holds, as its référentiel does."""
    modules = ModuleSuivi.objects.filter(
        parcours__in=[une.parcours_id for une in inscriptions], code=creneau.module
    )
    lu = modules.order_by("pk").values_list("intitule", flat=True).first()
    session = creneau.session
    return lu or intitules(session.certification, session.referentiel).de(creneau.module)


def signees(creneau: Creneau) -> dict[int, Signature]:
    """The first signature that the server has of each path."""
    lues = Signature.objects.filter(creneau=creneau).order_by("-signee_le", "-pk")
    return {une.parcours_id: une for une in lues}


@require_safe
@gardee
def tablette(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list of who is expected, each with a button to sign; kept on the device that opens it."""
    creneau = creneau_a_signer(request, uid)
    inscriptions = attendus(creneau)
    deja = signees(creneau)
    contexte: dict[str, Any] = {
        "creneau": creneau,
        "fuseau": creneau.session.site.fuseau,
        "intitule": intitule_du_module(creneau, inscriptions),
        "gens": [(une, deja.get(une.parcours_id)) for une in inscriptions],
        "ferme": pourquoi_ferme(creneau),
        "ouvre": ouverture(creneau),
        "tot": timezone.now() < ouverture(creneau),
        "porte": reverse("signatures-du-creneau", args=[creneau.uid]),
    }
    return render(request, "presences/tablette.html", contexte)


def _phrase(phrase: str, statut: int) -> JsonResponse:
    return JsonResponse({"phrase": phrase}, status=statut)


@require_POST
def signatures(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Takes the signatures that a tablet kept: one answer a line, and the server's own clock."""
    maintenant = timezone.now()
    try:
        creneau = creneau_signe(request, uid)
    except Http404 as absent:
        return _phrase(str(absent), 404)
    except PermissionDenied as refus:
        return _phrase(str(refus), 403)
    if int(request.META.get("CONTENT_LENGTH") or 0) > OCTETS:
        return _phrase("Cet envoi est trop lourd : envoyez moins de signatures à la fois.", 413)
    try:
        lot = lire_le_lot(request.body, maintenant)
    except LotIllisible as illisible:
        return _phrase(str(illisible), 400)
    rendues = recevoir(acteur_de(request), creneau, lot, maintenant=maintenant)
    envois = [
        {"uid": str(une.uid), "etat": une.issue.value, "phrase": une.phrase} for une in rendues
    ]
    return JsonResponse({"maintenant": maintenant.isoformat(), "envois": envois})
