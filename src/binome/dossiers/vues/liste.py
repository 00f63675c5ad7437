"""Lists of dossiers, their filters, and the confirmation of many in one gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.comptes.roles import EXAMINENT
from binome.dossiers.decisions import annuler_confirmation, confirmer
from binome.dossiers.etats import Etat
from binome.dossiers.listes import ALERTES, FILES, TRIS, FiltreDeDossiers, feuilleter
from binome.dossiers.models import Confirmation
from binome.dossiers.permissions import a_lister, de_ses_branches, peut_exporter
from binome.dossiers.portee import CLAIRES, DE_L_EXAMEN, portee_de
from binome.gestes.refus import GesteImpossible
from binome.listes.filtres import ici
from binome.listes.pages import couper
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

PAR_PAGE: Final = 50
MINUTE: Final = 60
PAR_GESTE: Final = 100
"""What one page offers to confirm together."""


def _etats(acteur: Acteur) -> list[tuple[str, Mapping[str, str]]]:
    """The queues, then the states, that mean something to the person."""
    files = {
        code: mot for code, mot in FILES.items() if acteur.de_la_branche or code not in DE_L_EXAMEN
    }
    etats = {
        code: mot
        for code, mot in Etat.choices
        if code != (Etat.BROUILLON if acteur.de_la_branche else Etat.ARRETE)
    }
    return [("Files", files), ("États", etats)]


def _organismes() -> list[tuple[int, str]]:
    """The organisations that the branch may filter by, read again every minute."""
    lus: list[tuple[int, str]] | None = caches["processus"].get("organismes")
    if lus is None:
        organismes = Organisation.objects.filter(genre="organisme").order_by("nom", "pk")
        lus = list(organismes.values_list("pk", "nom"))
        caches["processus"].set("organismes", lus, MINUTE)
    return lus


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers that the address asks for; six queries at most, whatever their number."""
    acteur = acteur_de(request)
    filtre = FiltreDeDossiers.lire(request.GET)
    a_confirmer = filtre.etat == CLAIRES and acteur.examine
    coupee = ici(request.GET)
    portee = portee_de(acteur)
    lus, ordre = feuilleter(
        portee.sur(a_lister(acteur)).select_related("organisme"), filtre, portee
    )
    page = couper(lus, ordre, PAR_GESTE if a_confirmer else PAR_PAGE, **coupee)
    contexte = {
        "acteur": acteur,
        "filtre": filtre,
        "page": page,
        "titre": FILES.get(filtre.etat) or dict(Etat.choices).get(filtre.etat) or "Les dossiers",
        "etats": _etats(acteur),
        "alertes": ALERTES.items(),
        "tris": TRIS.items(),
        "organismes": _organismes() if acteur.de_la_branche else [],
        "a_confirmer": a_confirmer,
        "tout_coche": request.GET.get("cocher") == "tout",
        "cocher": filtre.requete(**coupee, cocher="tout"),
        "decocher": filtre.requete(**coupee),
        **filtre.adresses(page),
        "exporte": peut_exporter(acteur),
        "gere": acteur.gere,
    }
    return render(request, "espace/dossiers.html", contexte)


@require_POST
def confirmer_ensemble(request: HttpRequest) -> HttpResponse:
    """Confirms the clear proposals that were ticked, and names what was left."""
    versions: dict[str, int] = {}
    for coche in request.POST.getlist("dossier"):
        reference, _, version = coche.partition(":")
        vue = lire_entier(version, chiffres=9)
        if vue is not None:
            versions[reference[:20]] = vue
    if not versions:
        messages.warning(request, "Cochez d’abord les propositions à confirmer.")
        return redirect(f"{reverse('dossiers')}?etat={CLAIRES}")
    try:
        bilan = confirmer(acteur_de(request), versions)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return redirect("dossiers")
    laisses = [{"reference": nom, "raison": raison} for nom, raison in bilan.laisses]
    if bilan.confirmation is None:
        return render(
            request,
            "espace/confirmation.html",
            {"confirmation": None, "laisses": laisses, "annulable": False},
            status=409,
        )
    # References say nothing of anyone: what was left may wait in the session for the next page.
    request.session[f"laisses-{bilan.confirmation.pk}"] = laisses
    return redirect("confirmation", bilan.confirmation.pk)


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
    une = _confirmation(acteur_de(request), numero)
    decidees = une.decisions.select_related("dossier").order_by("pk")
    contexte = {
        "confirmation": une,
        "decisions": decidees,
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
