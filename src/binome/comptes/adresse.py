"""The pages where a person changes the address of their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binome.comptes import changement_d_adresse
from binome.comptes.formulaires import NouvelleAdresse
from binome.comptes.models import Personne
from binome.comptes.preuve import vient_de_confirmer
from binome.comptes.services import ChangementImpossible

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = "compte/adresse.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest) -> HttpResponse:
    """Asks for the new address, from who has just proven who they are; a POST sends the link."""
    personne = cast("Personne", request.user)
    if not vient_de_confirmer(request):
        return redirect(f"{reverse('account_reauthenticate')}?next={reverse('changer-adresse')}")
    if request.method != "POST":
        return render(request, PAGE, {"form": NouvelleAdresse(), "voulu": None})
    formulaire = NouvelleAdresse(request.POST)
    if formulaire.is_valid():
        try:
            changement_d_adresse.demander(personne, formulaire.cleaned_data["courriel"])
        except ChangementImpossible as impossible:
            formulaire.add_error("courriel", str(impossible))
    if formulaire.errors:
        return render(request, PAGE, {"form": formulaire, "voulu": None}, status=422)
    messages.success(
        request,
        "Un courriel part à la nouvelle adresse : suivez son lien dans l’heure. L’ancienne est prévenue. Si rien "
        "n’arrive, vérifiez l’adresse, ou qu’elle n’a pas déjà un compte.",
    )
    return redirect("mfa_index")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirmer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Says what the link would change, then changes it."""
    personne = cast("Personne", request.user)
    voulu = changement_d_adresse.lire(jeton)
    if voulu is None or voulu.personne != personne:
        return render(request, PAGE, {"form": None, "voulu": None}, status=410)
    if request.method != "POST":
        return render(request, PAGE, {"form": None, "voulu": voulu})
    try:
        fait = changement_d_adresse.changer(jeton, personne)
    except ChangementImpossible:
        return render(request, PAGE, {"form": None, "voulu": None}, status=410)
    update_session_auth_hash(request, Personne.objects.get(pk=personne.pk))
    messages.success(request, f"C’est fait : votre compte est à l’adresse {fait.apres}.")
    return redirect("mfa_index")
