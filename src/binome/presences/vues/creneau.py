"""The page of a slot for who teaches it, and the gestures that it carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.vues import dire_le_resultat
from binome.presences import codes
from binome.presences.a_regarder import a_regarder
from binome.presences.constat import CeQuiSEstPasse, lire
from binome.presences.etats import EtatDePresence, RaisonDeCorrection, RaisonDeMiseDeCote
from binome.presences.feuille import feuille_de
from binome.presences.flows import ACTIVITES, PRESENCES
from binome.presences.gel import TROP_TARD, absentes_a_noter
from binome.presences.gel import corriger as dire_autrement
from binome.presences.gel import noter as dire
from binome.presences.models import Activite, Presence
from binome.presences.passages import sien
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.permissions import creneau_pour
from binome.sessions.programme import intitule_du_creneau, intitules
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Creneau

LE_PLUS_GRAND: Final = 2**63 - 1
"""Beyond, a number is nobody's: the database could not even be asked."""
GESTES: Final = ("ouvrir", "fermer", "geler", "ecourter")
AU_BAS: Final = ("geler", "ecourter")
"""Those that end a slot: at the foot of the page."""
"""What this page does of a slot; its organisation moves and cancels it on the page of its session."""


@dataclass(frozen=True)
class FauteDePresence:
    """Why a gesture did not pass, and the path whose line it was on; 0 for the whole page."""

    dite: str = ""
    parcours: int = 0


@require_safe
def creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is expected, who signed, what is noted of each, and what may be done now."""
    acteur = acteur_de(request)
    return _page(request, acteur, creneau_pour(acteur, uid, "ouvrir"))


def _page(
    request: HttpRequest,
    acteur: Acteur,
    un: Creneau,
    faute: FauteDePresence | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    cotes = CRENEAUX.cotes(acteur, un)
    maintenant = timezone.now()
    distance = un.modalite == ModaliteDeCreneau.A_DISTANCE
    tard = maintenant > codes.fermeture(un)
    ouverts = [une for une in CRENEAUX.ouverts(un, cotes) if une.nom in GESTES]
    recueil = [une for une in ouverts if une.nom not in AU_BAS and not distance]
    contresignature = codes.contresignature(un)
    contexte: dict[str, Any] = {
        "creneau": un,
        "intitule": intitule_du_creneau(un),
        "epreuve": un.module
        in intitules(un.session.certification, un.session.referentiel).epreuves,
        "feuille": feuille_de(un),
        "recueille": bool(recueil),
        "gestes": [une for une in recueil if not (tard and une.nom == "ouvrir")],
        "trop_tard": TROP_TARD if tard else "",
        "absentes": absentes_a_noter(un) if maintenant >= un.debut else 0,
        "contresigner": next((une for une in ouverts if une.nom == "geler"), None),
        "ecourter": next((une for une in ouverts if une.nom == "ecourter" and not distance), None)
        if un.debut <= maintenant < un.fin
        else None,
        "contresignature": contresignature,
        "se_contresigne": maintenant >= contresignature,
        "gele": un.etat == EtatDeCreneau.GELE,
        "distance": distance,
        "note": not distance and un.etat in {EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT},
        "commence": maintenant >= un.debut,
        "en_cours": un.debut <= maintenant < un.fin,
        "tot": maintenant < codes.ouverture(un),
        "ouvre": codes.ouverture(un),
        "raisons": RaisonDeCorrection.choices,
        "siennes": sien(acteur),
        "ecarts": RaisonDeMiseDeCote.choices,
        "indices": a_regarder([un]),
        "faute": faute or FauteDePresence(),
    }
    return render(request, "presences/creneau.html", contexte, status=status)


def rendre_le_refus(
    request: HttpRequest, acteur: Acteur, uid: UUID, impossible: GesteImpossible, parcours: int = 0
) -> HttpResponse:
    """The page of the slot again, with why a gesture did not pass, on the line of a path when one is named."""
    status = 409 if isinstance(impossible, Depasse) else 422
    faute = FauteDePresence(str(impossible), parcours)
    return _page(request, acteur, creneau_pour(acteur, uid, "ouvrir"), faute, status=status)


def version_lue(request: HttpRequest) -> int:
    """The version that a form saw; 0 for none."""
    return lire_entier(request.POST.get("version", ""), chiffres=9) or 0


@require_POST
def geste(request: HttpRequest, uid: UUID, nom: str) -> HttpResponse:
    """Opens the signature, closes it, says that the slot ended early, or counter-signs; what changed meanwhile is said."""
    if nom not in GESTES:
        raise Http404("Ce geste n’existe pas.")
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, nom)
    if nom == "geler" and un.etat == EtatDeCreneau.GELE:
        # A second tap, or another tab: what was asked for is done, once.
        messages.info(request, "Ce créneau était déjà contresigné.")
        return redirect("presences-du-creneau", un.uid)
    try:
        donnees = CRENEAUX.gestes[nom].du_formulaire(request.POST.dict())
        faire(CRENEAUX, nom, un, acteur, version=version_lue(request), donnees=donnees)
    except GesteImpossible as impossible:
        return rendre_le_refus(request, acteur, uid, impossible)
    messages.success(request, CRENEAUX.gestes[nom].dit)
    return redirect("code-du-creneau" if nom == "ouvrir" else "presences-du-creneau", un.uid)


@require_POST
def noter(request: HttpRequest, uid: UUID, parcours: int) -> HttpResponse:
    """Notes what happened for a person, before the slot is counter-signed."""
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, "ouvrir")
    try:
        constat = lire(request.POST, un, timezone.now(), _constat_de(un, parcours))
        dire(acteur, un, parcours, constat, version=version_lue(request))
    except GesteImpossible as impossible:
        return rendre_le_refus(request, acteur, uid, impossible, parcours)
    return revenir(un, parcours)


def _constat_de(un: Creneau, parcours: int) -> CeQuiSEstPasse:
    if parcours > LE_PLUS_GRAND:
        raise Http404("Cette personne n’existe pas.")
    une = Presence.objects.filter(creneau=un, parcours=parcours, etat=EtatDePresence.NOTEE).first()
    return (
        CeQuiSEstPasse()
        if une is None
        else CeQuiSEstPasse("present", une.retard, une.avance, une.interruption)
    )


def revenir(un: Creneau, parcours: int) -> HttpResponse:
    """Back to the line of a path, on the page of the slot."""
    return redirect(f"{reverse('presences-du-creneau', args=[un.uid])}#personne-{parcours}")


@require_POST
def corriger(request: HttpRequest, uid: UUID, numero: int) -> HttpResponse:
    """Says again what a counter-signed slot holds of a person, with why."""
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, "ouvrir")
    presence = (
        Presence.objects.filter(creneau=un, pk=numero)
        .select_related("creneau__session", "parcours__dossier__candidat", "parcours__organisme")
        .first()
    )
    if presence is None:
        raise Http404("Cette présence n’existe pas.")
    try:
        constat = lire(request.POST, un, timezone.now(), CeQuiSEstPasse())
        passage = dire_autrement(
            acteur, presence, constat, request.POST.get("raison", ""), version=version_lue(request)
        )
    except GesteImpossible as impossible:
        return rendre_le_refus(request, acteur, uid, impossible, presence.parcours_id)
    dire_le_resultat(request, PRESENCES, "corriger", passage)
    return revenir(un, presence.parcours_id)


@require_POST
def evaluer(request: HttpRequest, uid: UUID, numero: int, nom: str) -> HttpResponse:
    """Credits the minutes of an activity, or asks for it again."""
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, "ouvrir")
    activite = (
        Activite.objects.filter(creneau=un, pk=numero)
        .select_related("creneau__session", "parcours__dossier")
        .first()
    )
    if activite is None or nom not in {"evaluer", "renvoyer"}:
        raise Http404("Cette activité n’existe pas.")
    choisi = ACTIVITES.gestes[nom]
    donnees = choisi.du_formulaire(request.POST.dict())
    try:
        faire(ACTIVITES, nom, activite, acteur, version=version_lue(request), donnees=donnees)
    except GesteImpossible as impossible:
        return rendre_le_refus(request, acteur, uid, impossible, activite.parcours_id)
    messages.success(request, choisi.dit)
    return revenir(un, activite.parcours_id)
