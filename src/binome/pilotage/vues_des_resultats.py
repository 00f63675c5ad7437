"""The page of an organisation's results, and their file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.pilotage.acteurs import vue_du_pilotage
from binome.pilotage.indicateur import ActeurDuPilotage
from binome.pilotage.resultats import contexte_des_resultats

if TYPE_CHECKING:
    from django.http import HttpRequest


def _contexte(request: HttpRequest) -> dict[str, Any]:
    """The results of the organisation that a person manages. Raises PermissionDenied."""
    vue = vue_du_pilotage(acteur_de(request))
    if vue.acteur != ActeurDuPilotage.ORGANISME:
        raise PermissionDenied("Cette page est celle d’un organisme de formation.")
    return contexte_des_resultats(vue.organisation)


@require_safe
def resultats(request: HttpRequest) -> HttpResponse:
    """The results, as a text to publish. Raises PermissionDenied."""
    return render(request, "pilotage/resultats.html", _contexte(request))


@require_safe
def resultats_csv(request: HttpRequest) -> HttpResponse:
    """The same, as a table. Raises PermissionDenied."""
    contexte = _contexte(request)
    flux = io.StringIO()
    ecrivain = csv.writer(flux, lineterminator="\r\n")
    ecrivain.writerow(
        ("code", "indicateurs_qualiopi", "valeur", "effectif", "periode", "texte", "methode")
    )
    for un in contexte["resultats"]:
        numeros = ";".join(str(numero) for numero in un.numeros)
        ecrivain.writerow(
            (
                un.code,
                numeros,
                un.valeur,
                un.effectif,
                contexte["periode"],
                un.texte,
                contexte["methode"],
            )
        )
    return HttpResponse(
        flux.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="resultats.csv"'},
    )
