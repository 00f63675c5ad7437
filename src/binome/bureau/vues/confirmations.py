"""The confirmation of many clear proposals in one gesture, shown before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.bureau.decisions import TOUT_DIT, annuler_confirmation, confirmer, trier
from binome.bureau.filtres import FiltreDeDossiers
from binome.bureau.lignes import lignes
from binome.bureau.voisinage import suite_pour
from binome.comptes.demande import acteur_de
from binome.comptes.roles import EXAMINENT
from binome.dossiers.models import Confirmation
from binome.dossiers.permissions import de_ses_branches, lit_l_examen
from binome.dossiers.portee import CLAIRES
from binome.gestes.refus import GesteImpossible
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur


@require_POST
def confirmer_ensemble(request: HttpRequest) -> HttpResponse:
    """Shows the clear proposals that were ticked, each with its answer; once seen, confirms them.

    What is left is named, with its reason, before and after.
    """
    versions: dict[str, int] = {}
    for coche in request.POST.getlist("dossier"):
        reference, _, version = coche.partition(":")
        vue = lire_entier(version, chiffres=9)
        if vue is not None:
            versions[reference[:20]] = vue
    if not versions:
        messages.warning(request, "Cochez d’abord les propositions à confirmer.")
        return redirect(f"{reverse('dossiers')}?etat={CLAIRES}")
    acteur = acteur_de(request)
    if request.POST.get("vu") != "oui":
        return _montrer(request, acteur, versions)
    try:
        bilan = confirmer(acteur, versions, set(request.POST.getlist("confirme")) & set(TOUT_DIT))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return redirect("dossiers")
    laisses = [{"reference": nom, "raison": raison} for nom, raison in bilan.laisses]
    if bilan.confirmation is None:
        return render(
            request,
            "espace/confirmation.html",
            {"confirmation": None, "laisses": laisses, "annulable": False, "decisions": ()},
            status=409,
        )
    # References say nothing of anyone: what was left may wait in the session for the next page.
    request.session[f"laisses-{bilan.confirmation.pk}"] = laisses
    return redirect("confirmation", bilan.confirmation.pk)


def _montrer(request: HttpRequest, acteur: Acteur, versions: dict[str, int]) -> HttpResponse:
    """What would be confirmed, and what would be left: nothing is written yet."""
    try:
        retenus, laisses = trier(acteur, versions)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return redirect("dossiers")
    for un in retenus:
        un.dossier.examen_lu = True
    dites = lignes([un.dossier for un in retenus], acteur)
    contexte = {
        "acteur": acteur,
        "lignes": [
            replace(une, suspens=un.suspens) for une, un in zip(dites, retenus, strict=True)
        ],
        "suite": suite_pour(FiltreDeDossiers(etat=CLAIRES)),
        "a_lire": any(un.a_lire for un in retenus),
        "suspens": any(un.suspens for un in retenus),
        "laisses": [{"reference": nom, "raison": raison} for nom, raison in laisses],
    }
    return render(request, "espace/a_confirmer.html", contexte)


def _confirmation(acteur: Acteur, numero: int) -> Confirmation:
    """A confirmation, for who examines. Raises Http404."""
    une = Confirmation.objects.select_related("par").filter(pk=numero).first()
    siennes = de_ses_branches(acteur, "dossier__", *EXAMINENT)
    if (
        une is None
        or not acteur.a_role(*EXAMINENT)
        or une.decisions.filter(siennes).count() != une.decisions.count()
    ):
        raise Http404("Cette confirmation n’existe pas, ou ne vous est pas ouverte.")
    return une


@require_safe
def confirmation(request: HttpRequest, numero: int) -> HttpResponse:
    """What one gesture confirmed, what it left, and the button that undoes it for an hour."""
    acteur = acteur_de(request)
    une = _confirmation(acteur, numero)
    decidees = list(une.decisions.select_related("dossier__organisme").order_by("pk"))
    for decision in decidees:
        decision.dossier.examen_lu = lit_l_examen(acteur, decision.dossier)
    contexte = {
        "confirmation": une,
        "decisions": zip(decidees, lignes([un.dossier for un in decidees], acteur), strict=True),
        "laisses": request.session.get(f"laisses-{numero}", []),
        "annulable": une.annulee_le is None and une.annulable_jusqu_a > timezone.now(),
    }
    return render(request, "espace/confirmation.html", contexte)


@require_POST
def annuler(request: HttpRequest, numero: int) -> HttpResponse:
    """Undoes one gesture, within its hour."""
    acteur = acteur_de(request)
    une = _confirmation(acteur, numero)
    try:
        bilan = annuler_confirmation(une, acteur)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        nombre = len(bilan.confirmes)
        pluriel = "s attendent" if nombre > 1 else " attend"
        messages.success(
            request, f"C’est annulé : {nombre} dossier{pluriel} de nouveau une décision."
        )
    return redirect("confirmation", numero)
