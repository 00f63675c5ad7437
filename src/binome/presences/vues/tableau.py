"""The table of attendance of a session and of a person, on a page and as files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.presences.papiers_scelles import releve_scelle
from binome.presences.permissions import parcours_des_presences
from binome.presences.tableau import tableau_de
from binome.presences.tableau_fichiers import (
    DE_LA_SESSION,
    DU_PARCOURS,
    TYPES,
    ecrire,
    lignes_de_la_session,
    lignes_du_parcours,
)
from binome.sceau.a_la_demande import en_pdf
from binome.sessions.permissions import session_pour

if TYPE_CHECKING:
    from typing import IO

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from binome.sessions.models import Session


def _session(request: HttpRequest, numero: int) -> Session:
    """For who works in the organisation. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero)
    if session.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Ce tableau est à l’organisme qui forme.")
    return session


@require_safe
def tableau(request: HttpRequest, numero: int) -> HttpResponse:
    """People by slots."""
    session = _session(request, numero)
    return render(
        request, "presences/tableau.html", {"session": session, "tableau": tableau_de(session)}
    )


@require_safe
def fichier(request: HttpRequest, numero: int, sorte: str) -> HttpResponseBase:
    """The same, a line for each person and slot."""
    session = _session(request, numero)
    lignes = lignes_de_la_session(tableau_de(session))
    return _rendre(ecrire(sorte, "Présences", DE_LA_SESSION, lignes), f"presences-{numero}", sorte)


@require_safe
def releve(request: HttpRequest, numero: int) -> HttpResponse:
    """The sealed statement of a session: each person's minutes."""
    session = _session(request, numero)
    return en_pdf(partial(releve_scelle, tableau_de(session)), f"releve-{numero}")


@require_safe
def du_parcours(request: HttpRequest, numero: int, sorte: str) -> HttpResponseBase:
    """The minutes of a person by module, for them and for who trains them."""
    parcours = parcours_des_presences(acteur_de(request), numero)
    lignes = lignes_du_parcours(parcours)
    nom = f"presences-{parcours.dossier.reference}"
    return _rendre(ecrire(sorte, "Modules", DU_PARCOURS, lignes), nom, sorte)


def _rendre(contenu: IO[bytes], nom: str, sorte: str) -> HttpResponseBase:
    return FileResponse(
        contenu,
        as_attachment=True,
        filename=f"{nom}.{sorte}",
        content_type=TYPES[sorte],
        headers={"Cache-Control": "private, no-store"},
    )
