"""The readable side of the API: its operations one by one, its objects, its errors, its OpenAPI document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.api.corps import lire_texte
from binome.api.debit import ParAdresse
from binome.api.document import openapi
from binome.api.lisible import operations, schemas
from binome.api.operations.dossiers import lire_dossier
from binome.api.operations.positionner import POSITIONNER
from binome.api.operations.prevoir import QUESTIONS
from binome.api.parametres import Parametres
from binome.api.problemes import GENRES, Probleme, en_octets
from binome.api.reponses import donner
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.api.operations.dossiers import Question

A_ESSAYER: Final[Mapping[str, Question[Any]]] = {un.nom: un for un in (POSITIONNER, *QUESTIONS)}
"""The questions that a form of the page may put: one dossier in, one answer out, nothing kept."""


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    Parametres(request).verifier()
    return donner(request, openapi())


@require_safe
def racine(request: HttpRequest) -> HttpResponse:
    """What the API is, and where each operation is described."""
    groupes: dict[str, list[dict[str, Any]]] = {}
    for une in operations():
        groupes.setdefault(une["groupe"], []).append(une)
    contexte = {
        "info": openapi()["info"],
        "groupes": [{"nom": nom, "operations": toutes} for nom, toutes in groupes.items()],
    }
    return render(request, "api/documentation.html", contexte)


@require_safe
def operation(request: HttpRequest, nom: str) -> HttpResponse:
    """One operation: an example to copy, a form to try it, then every parameter and answer. Raises Http404."""
    dite = next((une for une in operations() if une["id"] == nom), None)
    if dite is None:
        raise Http404(f"L’API n’a pas d’opération « {nom[:40]} ». La page /api/ les donne toutes.")
    essai = _essayer(request, A_ESSAYER[nom]) if nom in A_ESSAYER else None
    return render(request, "api/operation.html", {"operation": dite, "essai": essai})


def _essayer(request: HttpRequest, question: Question[Any]) -> dict[str, Any]:
    """The form as it was filled, and what the operation answers to it; counted as any request is."""
    corps = request.GET.get("corps", "")
    if not corps.strip():
        premier = next(iter(question.exemples.values()))["value"]
        return {"corps": json.dumps(premier, ensure_ascii=False, indent=2), "statut": 0}
    try:
        if not ParAdresse().allow_request(request):
            raise Probleme("trop_de_demandes", "Attendez une minute avant d’essayer de nouveau.")
        base = base_courante()
        dossier = lire_dossier(base.vue(question.vue), lire_texte(corps))
        rendu = en_octets(question.repondre(base, dossier).en_json())
    except Probleme as probleme:
        refus = probleme.en_reponse()
        return {"corps": corps, "statut": refus.status_code, "rendu": _joli(refus.content)}
    return {"corps": corps, "statut": 200, "rendu": _joli(rendu)}


def _joli(octets: bytes) -> str:
    return json.dumps(json.loads(octets), ensure_ascii=False, indent=2)


@require_safe
def objets(request: HttpRequest) -> HttpResponse:
    """Every object that is received or given, key by key."""
    return render(request, "api/objets.html", {"schemas": schemas()})


@require_safe
def erreurs(request: HttpRequest) -> HttpResponse:
    """The list of error codes."""
    return render(request, "api/erreurs.html", {"genres": GENRES.values()})


@require_safe
def erreur(request: HttpRequest, code: str) -> HttpResponse:
    """One error: what it means, what to do. Raises Http404."""
    if code not in GENRES:
        raise Http404(f"Le code d’erreur « {code[:40]} » n’existe pas.")
    return render(request, "api/erreur.html", {"genre": GENRES[code]})


def introuvable(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Any other address. Raises Http404."""
    raise Http404("Cette adresse n’existe pas dans l’API. La page /api/ les donne toutes.")
