"""The forms of a place and of a trainer, to add or to correct one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, naitre
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.formulaires import UnFormateur, UnSite
from binome.reseau.models import Formateur, SiteDeFormation
from binome.reseau.passages import DU_FORMATEUR, DU_SITE, compte_libre, nom_libre
from binome.reseau.permissions import a_corriger_pour, organisme_gere
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi
    from binome.gestes.table import Flux

TITRES: Final = {
    "sites": ("Ajouter un site", "Corriger le site"),
    "formateurs": ("Ajouter une personne qui forme", "Corriger ce qui est dit d’elle"),
}


def _page(
    request: HttpRequest,
    flux: Flux[Any],
    form: forms.Form,
    objet: Suivi | None,
    *,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "titre": TITRES[flux.nom][objet is not None],
        "flux": flux.nom,
        "form": form,
        "objet": objet,
        "faute": faute,
        "bouton": "Enregistrer" if objet else TITRES[flux.nom][0],
    }
    return render(request, "reseau/fiche.html", contexte, status=status)


def _ajouter(
    request: HttpRequest,
    flux: Flux[Any],
    form: forms.Form,
    faire_naitre: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, flux, form, None)
    if not form.is_valid():
        return _page(request, flux, form, None, status=422)
    try:
        faire_naitre(form.cleaned_data)
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, flux, form, None, status=422)
    messages.success(request, flux.table[0].dit)
    return redirect("reseau")


def _corriger(
    request: HttpRequest,
    acteur: Acteur,
    flux: Flux[Any],
    numero: int,
    fabrique: Callable[..., forms.Form],
    champs: Sequence[str],
) -> HttpResponse:
    objet = a_corriger_pour(acteur, flux, numero)
    if request.method != "POST":
        form = fabrique(objet, None, {un: getattr(objet, un) for un in champs})
        return _page(request, flux, form, objet)
    form = fabrique(objet, request.POST, None)
    if not form.is_valid():
        return _page(request, flux, form, objet, status=422)
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        faire(flux, "corriger", objet, acteur, version=version, donnees=form.cleaned_data)
    except GesteImpossible as impossible:
        if impossible.champ:
            form.add_error(impossible.champ, str(impossible))
        status = 409 if isinstance(impossible, Depasse) else 422
        faute = "" if impossible.champ else str(impossible)
        return _page(request, flux, form, objet, faute=faute, status=status)
    messages.success(request, flux.gestes["corriger"].dit)
    return redirect("suivi", flux.nom, numero)


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter_un_site(request: HttpRequest) -> HttpResponse:
    """The form of a new place of the organisation that one manages."""
    acteur = acteur_de(request)
    organisme = organisme_gere(acteur)

    def naissance(donnees: dict[str, Any]) -> None:
        site = SiteDeFormation(organisme=organisme, **donnees)
        nom_libre(site)
        naitre(SITES, "ouvrir", [site], acteur)

    form = UnSite(request.POST if request.method == "POST" else None)
    return _ajouter(request, SITES, form, naissance)


@require_http_methods(["GET", "HEAD", "POST"])
def corriger_un_site(request: HttpRequest, numero: int) -> HttpResponse:
    """The form of a place as it is."""
    return _corriger(
        request, acteur_de(request), SITES, numero,
        lambda _, recu, initial: UnSite(recu, initial=initial), DU_SITE,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter_un_formateur(request: HttpRequest) -> HttpResponse:
    """The form of somebody more who trains."""
    acteur = acteur_de(request)
    organisme = organisme_gere(acteur)

    def naissance(donnees: dict[str, Any]) -> None:
        un = Formateur(organisme=organisme, ajoute_le=timezone.now(), **donnees)
        compte_libre(un)
        naitre(FORMATEURS, "ajouter", [un], acteur)

    recu = request.POST if request.method == "POST" else None
    return _ajouter(request, FORMATEURS, UnFormateur(recu, organisme=organisme), naissance)


@require_http_methods(["GET", "HEAD", "POST"])
def corriger_un_formateur(request: HttpRequest, numero: int) -> HttpResponse:
    """The form of what is said of who trains."""
    return _corriger(
        request, acteur_de(request), FORMATEURS, numero,
        lambda un, recu, initial: UnFormateur(recu, initial=initial, organisme=un.organisme), DU_FORMATEUR,
    )  # fmt: skip
