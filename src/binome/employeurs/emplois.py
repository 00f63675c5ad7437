"""The jobs of a dossier's candidate: who employs them, for what share of time, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.employeurs.services import emplois_du
from binome.dossiers.flows import GESTES
from binome.dossiers.permissions import cotes, dossier_pour, emploi_suivi_pour
from binome.dossiers.vues.saisie import version_de
from binome.emplois.parts import EXEMPLES, dire
from binome.employeurs import services
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.provenance import suivre

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from binome.dossiers.models import Dossier

LIRE: Final = "finir_l_emploi"
"""Who reads the list may end a job, as long as the dossier may be written."""
FAIRE: Final[dict[str, tuple[str, Callable[..., Dossier]]]] = {
    "preciser_l_emploi": ("part", services.preciser),
    "finir_l_emploi": ("au", services.finir),
}
"""Each gesture on a job: the field that it asks for, and what carries it out."""


def _page(
    request: HttpRequest,
    reference: str,
    *,
    faute: str = "",
    numero: int = 0,
    status: int = 200,
) -> HttpResponse:
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, LIRE)
    jour = timezone.localdate()
    contexte = {
        "acteur": acteur,
        "dossier": dossier,
        "emplois": [
            {
                "suivi": un,
                "employeur": un.emploi.employeur,
                "part": dire(un.emploi.part),
                "du": un.emploi.du,
                "au": un.emploi.au,
                "fini": un.emploi.au is not None and un.emploi.au < jour,
                "faute": faute if un.pk == numero else "",
            }
            for un in emplois_du(dossier)
        ],
        "ouvert": GESTES[LIRE].permis(dossier, cotes(acteur, dossier)),
        "exemples": EXEMPLES,
        "part_tapee": request.POST.get("part", ""),
        "jour_tape": request.POST.get("au", ""),
        "tente": request.POST.get("geste", ""),
    }
    return render(request, "espace/emplois.html", contexte, status=status)


@require_safe
def emplois(request: HttpRequest, reference: str) -> HttpResponse:
    """The jobs that are known, those that are over included."""
    return _page(request, reference)


@require_POST
def emploi(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Says the share of time of a job, or its last day."""
    nom = request.POST.get("geste", "")
    acteur = acteur_de(request)
    dossier, suivi = emploi_suivi_pour(acteur, reference, numero, nom if nom in FAIRE else LIRE)
    if nom not in FAIRE:
        faute = "Dites ce que vous enregistrez : le temps de travail, ou le dernier jour."
        return _page(request, reference, faute=faute, numero=numero, status=422)
    champ, faire = FAIRE[nom]
    donnees: dict[str, Any] = {champ: request.POST.get(champ, "")}
    try:
        faire(dossier, suivi, acteur, version=version_de(request), **donnees)
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page(request, reference, faute=str(impossible), numero=numero, status=status)
    messages.success(request, GESTES[nom].dit)
    return redirect(suivre(request, "emplois", reference))
