"""The cards of the pair: the page that a phone keeps, the form without a script, and the door of what was written without network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.habillage.envois_recus import LotIllisible
from binome.habillage.hors_ligne import gardee
from binome.livret.envois import OCTETS, lire_les_envois
from binome.livret.etats import CoteDuBinome, EtatDeSignatureDeCarte
from binome.livret.flows import SIGNATURES
from binome.livret.lecture import cartes_du
from binome.livret.models import SignatureDeCarte
from binome.livret.page import nom_complet, page_du_livret
from binome.livret.permissions import livret_pour, livrets_ouverts
from binome.livret.recevoir import REFUSEE, recevoir
from binome.livret.saisie import en_envoi, lire_la_carte
from binome.livret.semaines import lire_un_lundi
from binome.livret.semaines_du_livret import lundis_du, recentes
from binome.livret.signees import cartes_signees_pour, signature_pour
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.parcours.models import Parcours

GABARIT: Final = "livret/livret.html"


@require_safe
@gardee
def livret(request: HttpRequest, numero: int) -> HttpResponse:
    """This week's card and those of the weeks before; kept on the phone that opens it."""
    parcours, cotes = livret_pour(acteur_de(request), numero)
    voulue = None
    if "semaine" in request.GET:
        try:
            voulue = lire_un_lundi(request.GET["semaine"])
        except ValueError:
            raise Http404("Cette semaine n’est pas de ce livret.") from None
        if voulue not in lundis_du(parcours):
            raise Http404("Cette semaine n’est pas de ce livret.")
    return render(request, GABARIT, page_du_livret(parcours, cotes, voulue=voulue))


def _vers_la_carte(parcours: Parcours, semaine: date) -> HttpResponse:
    """Back to the page that shows the card of a week."""
    adresse = reverse("livret", args=[parcours.pk])
    ici = semaine in recentes(parcours) or semaine not in lundis_du(parcours)
    return redirect(adresse if ici else f"{adresse}?semaine={semaine.isoformat()}")


@require_POST
def carte(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes a card as a form without a script sends it: refused, it comes back as it was typed, with why."""
    acteur, maintenant = acteur_de(request), timezone.now()
    parcours, cotes = livret_pour(acteur, numero)
    cote = next(iter(cotes & set(CoteDuBinome.values)), "")
    try:
        saisie = lire_la_carte(request.POST)
    except ValueError:
        messages.error(request, "Cette carte n’est pas lisible : remplissez-la ici.")
        return render(request, GABARIT, page_du_livret(parcours, cotes), status=400)
    lues = cartes_du(parcours, [saisie.semaine])
    envoi = en_envoi(saisie, lues[0], cote, maintenant) if lues else None
    if envoi is not None:
        (rendu,) = recevoir(acteur, parcours, cotes, [envoi], maintenant=maintenant)
        if rendu.issue != REFUSEE:
            if rendu.phrase:
                messages.warning(request, rendu.phrase)
            else:
                dit = "C’est choisi." if saisie.garder else "C’est noté et signé de votre côté."
                messages.success(request, dit)
            return _vers_la_carte(parcours, saisie.semaine)
        saisie.fautes[""] = rendu.phrase
    return render(request, GABARIT, page_du_livret(parcours, cotes, saisie), status=422)


@require_safe
def signees(request: HttpRequest, numero: int) -> HttpResponse:
    """The cards that a person signed, for them alone, also once they follow that training no longer; nothing is written there."""
    parcours, cartes = cartes_signees_pour(acteur_de(request), numero)
    contexte = {"parcours": parcours, "en_formation": nom_complet(parcours), "cartes": cartes}
    return render(request, "livret/signees.html", contexte)


@require_POST
def contester(request: HttpRequest, numero: int, signature: int) -> HttpResponse:
    """Says that a signature drawn in one's name is not one's own."""
    acteur = acteur_de(request)
    parcours = livrets_ouverts(acteur).filter(pk=numero).first()
    if parcours is None:
        sienne = signature_pour(acteur, numero, signature)
    else:
        signatures = SignatureDeCarte.objects.filter(carte__parcours=parcours, pk=signature)
        tenue = signatures.exclude(etat=EtatDeSignatureDeCarte.PERIMEE).first()
        if tenue is None:
            raise Http404("Cette signature n’existe pas, ou ne vaut plus.")
        sienne = tenue
        sienne.carte.parcours = parcours
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        faire(SIGNATURES, "contester", sienne, acteur, version=version)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, SIGNATURES.gestes["contester"].dit)
    if parcours is None:
        return redirect("cartes-signees", numero)
    return _vers_la_carte(parcours, sienne.carte.semaine)


def _phrase(phrase: str, statut: int) -> JsonResponse:
    return JsonResponse({"phrase": phrase}, status=statut)


@require_POST
def envois(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes what a phone kept: one answer a sending, and the server's own clock."""
    maintenant = timezone.now()
    acteur = acteur_de(request)
    try:
        parcours, cotes = livret_pour(acteur, numero)
    except Http404 as absent:
        return _phrase(str(absent), 404)
    if int(request.META.get("CONTENT_LENGTH") or 0) > OCTETS:
        return _phrase("Cet envoi est trop lourd : envoyez moins de cartes à la fois.", 413)
    try:
        lot = lire_les_envois(request.body, maintenant)
    except LotIllisible as illisible:
        return _phrase(str(illisible), 400)
    rendus = recevoir(acteur, parcours, cotes, lot, maintenant=maintenant)
    return JsonResponse(
        {
            # By the end of it, so that a page made since is known to hold it.
            "maintenant": timezone.now().isoformat(),
            "envois": [
                {"uid": str(un.uid), "etat": un.issue, "phrase": un.phrase} for un in rendus
            ],
        }
    )
