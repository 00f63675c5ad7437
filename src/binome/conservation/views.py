"""« Vos données »: what is kept, how long, and what a person may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.preuve import vient_de_confirmer
from binome.comptes.services import ChangementImpossible
from binome.conservation.cloture import clore_le_compte
from binome.conservation.demande import demander_l_effacement, devenirs
from binome.conservation.export import exporter as exporter_ses_donnees
from binome.conservation.traitements import registre
from binome.dossiers.traces import visites
from binome.gestes.refus import GesteImpossible
from binome.socle.durees import avertir_jours, durees
from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

DERNIERES: Final = 10
"""Openings that the page shows, the last ones."""


def _page(request: HttpRequest, faute: str = "", status: int = 200) -> HttpResponse:
    acteur = acteur_de(request)
    siens = devenirs(acteur)
    references = [un.nom for un in siens]
    contexte = {
        "sorts": siens,
        "effacable": any(un.efface for un in siens),
        "visites": visites(acteur.personne, references)[:DERNIERES] if references else [],
        "durees": durees().values(),
        "traitements": registre()["traitements"],
        "responsable": registre()["responsable"],
        "avertir": avertir_jours(),
        "peut": acteur.soutien is None,
        "faute": faute,
    }
    return render(request, "espace/donnees.html", contexte, status=status)


@require_safe
def donnees(request: HttpRequest) -> HttpResponse:
    """What is kept about the person, how long and why."""
    return _page(request)


@require_POST
def exporter(request: HttpRequest) -> HttpResponseBase:
    """The person's own archive, made at once."""
    try:
        archive = exporter_ses_donnees(acteur_de(request))
    except GesteImpossible as impossible:
        return _page(request, str(impossible), 403)
    return FileResponse(
        archive, as_attachment=True, filename="vos-donnees.zip", content_type="application/zip"
    )


@require_POST
def effacer(request: HttpRequest) -> HttpResponse:
    """Erases what can be, once the person has ticked that they mean it."""
    if request.POST.get("certain") != "oui":
        return _page(request, "Cochez la case : un effacement ne s’annule pas.", 422)
    try:
        faits = demander_l_effacement(acteur_de(request))
    except GesteImpossible as impossible:
        return _page(request, str(impossible), 403)
    except OSError:
        return _page(
            request,
            "Un fichier ne s’efface pas. Rien de plus n’a été changé : réessayez plus tard.",
            503,
        )
    effaces = sum(un.efface for un in faits)
    messages.success(
        request,
        f"Votre demande est écrite. Dossiers effacés : {effaces} ; gardés : {len(faits) - effaces}.",
    )
    return redirect("donnees")


@require_POST
def clore(request: HttpRequest) -> HttpResponse:
    """Closes the person's own account, once they have ticked that they mean it and proven who they are."""
    acteur = acteur_de(request)
    if acteur.soutien is not None:
        return _page(request, "Vous regardez à la place de cette personne : rien ne se ferme.", 403)
    if request.POST.get("certain") != "oui":
        return _page(request, "Cochez la case : un compte clos ne se rouvre pas.", 422)
    if not vient_de_confirmer(request):
        messages.info(request, "Confirmez que c’est bien vous, puis fermez votre compte.")
        return redirect(f"{reverse('account_reauthenticate')}?next={reverse('donnees')}")
    try:
        clore_le_compte(
            acteur.personne, auteur=acteur.nom_au_journal, motif="Demande de la personne"
        )
    except ChangementImpossible as impossible:
        return _page(request, str(impossible), 409)
    except OSError:
        return _page(
            request, "Un fichier ne s’efface pas. Rien n’a changé : réessayez plus tard.", 503
        )
    vider_le_journal_de_sqlite()
    logout(request)
    return redirect("account_inactive")
