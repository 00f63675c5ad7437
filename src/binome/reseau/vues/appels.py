"""The pages of a call, and of the answer of an organisation to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.formations.appels import appel_de_2020
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, naitre
from binome.reseau.appels import APPELS, CANDIDATURES
from binome.reseau.etats import A_ECRIRE
from binome.reseau.formulaires import UnAppel, UneCandidature
from binome.reseau.models import Appel, Candidature
from binome.reseau.offres import manques
from binome.reseau.passages_d_appel import DE_L_APPEL
from binome.reseau.permissions import a_corriger_pour, appel_ouvert_pour, branche_examinee
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

ENVOYER: Final = "envoyer"
"""The button that also sends the answer to the branch."""


def _version(request: HttpRequest) -> int:
    return lire_entier(request.POST.get("version", ""), chiffres=9) or 0


def _page_de_l_appel(
    request: HttpRequest, form: UnAppel, appel: Appel | None, *, faute: str = "", status: int = 200
) -> HttpResponse:
    contexte = {"form": form, "appel": appel, "faute": faute, "connu": appel_de_2020()}
    return render(request, "reseau/appel_a_ecrire.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def preparer_un_appel(request: HttpRequest) -> HttpResponse:
    """The form of a new call; it proposes what the call of 2020 asked, with its source."""
    acteur = acteur_de(request)
    branche = branche_examinee(acteur)
    if request.method != "POST":
        connu = appel_de_2020()
        propose = {
            "annees": connu.annees,
            "formation_de_formateur": connu.formation_de_formateur,
            "part_de_soignants": connu.part_de_soignants,
        }
        form = UnAppel(certification=branche.delivre, initial=propose)
        return _page_de_l_appel(request, form, None)
    form = UnAppel(request.POST, certification=branche.delivre)
    if not form.is_valid():
        return _page_de_l_appel(request, form, None, status=422)
    appel = Appel(branche=branche, certification=branche.delivre, **form.cleaned_data)
    naitre(APPELS, "preparer", [appel], acteur)
    messages.success(request, APPELS.gestes["preparer"].dit)
    return redirect("suivi", APPELS.nom, appel.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def corriger_un_appel(request: HttpRequest, numero: int) -> HttpResponse:
    """The form of a call that is not published yet."""
    acteur = acteur_de(request)
    appel = a_corriger_pour(acteur, APPELS, numero)
    if request.method != "POST":
        initial = {un: getattr(appel, un) for un in DE_L_APPEL}
        form = UnAppel(certification=appel.certification, initial=initial)
        return _page_de_l_appel(request, form, appel)
    form = UnAppel(request.POST, certification=appel.certification)
    if not form.is_valid():
        return _page_de_l_appel(request, form, appel, status=422)
    try:
        faire(
            APPELS, "corriger", appel, acteur, version=_version(request), donnees=form.cleaned_data
        )
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page_de_l_appel(request, form, appel, faute=str(impossible), status=status)
    messages.success(request, APPELS.gestes["corriger"].dit)
    return redirect("suivi", APPELS.nom, numero)


@require_POST
def repondre(request: HttpRequest, numero: int) -> HttpResponse:
    """Begins the answer of one's organisation, or leads to the one that it has."""
    acteur = acteur_de(request)
    appel, organisme = appel_ouvert_pour(acteur, numero, timezone.localdate())
    une = Candidature.objects.filter(appel=appel, organisme=organisme).first()
    if une is None:
        une = Candidature(appel=appel, organisme=organisme, ouverte_le=timezone.now())
        try:
            with transaction.atomic():
                naitre(CANDIDATURES, "commencer", [une], acteur)
        except IntegrityError:
            # Somebody of the organisation began it at the same moment.
            une = Candidature.objects.get(appel=appel, organisme=organisme)
    if une.etat in A_ECRIRE:
        return redirect("candidature", une.pk)
    return redirect("suivi", CANDIDATURES.nom, une.pk)


def _page_de_la_candidature(
    request: HttpRequest,
    une: Candidature,
    form: UneCandidature,
    *,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    connu = appel_de_2020()
    contexte: dict[str, Any] = {
        "une": une,
        "form": form,
        "faute": faute,
        "manques": manques(une),
        "ouvert": une.appel.ouvert_le(timezone.localdate()) or une.deposee_le is not None,
        "connu": connu,
    }
    return render(request, "reseau/candidature.html", contexte, status=status)


def _garder(acteur: Acteur, une: Candidature, form: UneCandidature, version: int) -> None:
    """Keeps what could be read; nothing to do where nothing changed. Raises GesteImpossible."""
    donnees = form.a_garder(une)
    if all(getattr(une, un) == valeur for un, valeur in donnees.items()) and version == une.version:
        return
    faire(CANDIDATURES, "ecrire", une, acteur, version=version, donnees=donnees)


@require_http_methods(["GET", "HEAD", "POST"])
def candidature(request: HttpRequest, numero: int) -> HttpResponse:
    """The answer as it is written: what can be read is kept, the rest named; then sent, when asked."""
    acteur = acteur_de(request)
    une = a_corriger_pour(acteur, CANDIDATURES, numero, "ecrire")
    if une.etat not in A_ECRIRE:
        return redirect("suivi", CANDIDATURES.nom, numero)
    if request.method != "POST":
        return _page_de_la_candidature(request, une, UneCandidature.de(une))
    form = UneCandidature(request.POST, candidature=une)
    bon = form.is_valid()
    try:
        _garder(acteur, une, form, _version(request))
        if not bon:
            return _page_de_la_candidature(request, une, form, status=422)
        if ENVOYER not in request.POST:
            messages.success(request, CANDIDATURES.gestes["ecrire"].dit)
            return redirect("candidature", numero)
        faire(CANDIDATURES, "deposer", une, acteur, version=une.version)
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page_de_la_candidature(request, une, form, faute=str(impossible), status=status)
    messages.success(request, CANDIDATURES.gestes["deposer"].dit)
    return redirect("suivi", CANDIDATURES.nom, numero)
