"""The page where documents are added and taken out, by who files the dossier or by the candidate."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.depot.refus import RAISONS
from binome.dossiers.etats import Etat
from binome.dossiers.flows import GESTES, ORGANISME
from binome.dossiers.natures import LE_DOSSIER, natures_de
from binome.dossiers.permissions import cotes, dossier_pour, piece_pour
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.provenance import suivre
from binome.pieces.arrivees import Arrivee, deposer_les_fichiers
from binome.pieces.cartes import A_REFAIRE, ATTENDUE, FACULTATIVE, cartes_de
from binome.pieces.conseils import ACCEPTES, FORMES, LIMITES
from binome.pieces.services import retirer_piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

SANS_NATURE = "Dites quel document vous ajoutez."
SANS_FICHIER = "Choisissez un fichier : un PDF, une photo ou une image."


def _contexte(
    acteur: Acteur,
    dossier: Dossier,
    *,
    ouverte: str = "",
    arrivees: Mapping[str, Sequence[Arrivee]] | None = None,
) -> dict[str, Any]:
    cartes = cartes_de(dossier, ouverte=ouverte, arrivees=arrivees)
    organisme = ORGANISME in cotes(acteur, dossier)
    return {
        "acteur": acteur,
        "dossier": dossier,
        "candidat": dossier.candidat_id == acteur.personne.pk,
        "cartes": [une for une in cartes if une.rang != FACULTATIVE or une.ouverte],
        "autres": [une for une in cartes if une.rang == FACULTATIVE and not une.ouverte],
        "toutes": cartes,
        "a_recopier": organisme
        and dossier.etat in GESTES["accueillir"].de
        and any(une.code == LE_DOSSIER for une in cartes),
        "reste": [une for une in cartes if une.rang in (A_REFAIRE, ATTENDUE)],
        "a_deposer": organisme and dossier.etat == Etat.BROUILLON,
        "a_renvoyer": organisme and dossier.etat == Etat.A_COMPLETER,
        "formes": FORMES,
        "limites": LIMITES,
        "acceptes": ACCEPTES,
        "refus": RAISONS,
    }


def _page(
    request: HttpRequest,
    acteur: Acteur,
    dossier: Dossier,
    *,
    ouverte: str = "",
    arrivees: Mapping[str, Sequence[Arrivee]] | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte = _contexte(acteur, dossier, ouverte=ouverte, arrivees=arrivees)
    if arrivees:  # each file has its line, which says what became of it
        contexte["fichiers_a_rejoindre"] = []
    return render(request, "espace/depot.html", {**contexte, "faute": faute}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def joindre(request: HttpRequest, reference: str) -> HttpResponse:
    """The kinds of document, what is awaited of each; and taking files in, each by itself."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, "joindre")
    if request.method != "POST":
        if not GESTES["joindre"].permis(dossier, cotes(acteur, dossier)):
            return redirect(suivre(request, "dossier", reference))
        return _page(request, acteur, dossier, ouverte=request.GET.get("nature", ""))
    fichiers, nature = request.FILES.getlist("fichier"), request.POST.get("nature", "")
    remplace = request.POST.get("remplace", "")[:18]
    connue = nature in natures_de(dossier.certification)
    if not connue or not fichiers:
        faute = SANS_FICHIER if connue else SANS_NATURE
        return _page(request, acteur, dossier, ouverte=nature, faute=faute,
                     status=HTTPStatus.UNPROCESSABLE_ENTITY)  # fmt: skip
    arrivees = deposer_les_fichiers(
        dossier, nature, fichiers, acteur,
        remplace=int(remplace) if remplace.isdecimal() else None, version=version_de(request),
    )  # fmt: skip
    relu = dossier_pour(acteur, reference)
    if request.headers.get("Accept") == "application/json":
        return _en_json(request, acteur, relu, nature, arrivees)
    statut = max(une.statut for une in arrivees)
    if statut == HTTPStatus.OK:
        messages.success(request, _dites(arrivees))
        return redirect(f"{suivre(request, 'joindre-piece', reference)}#nature-{nature}")
    return _page(request, acteur, relu, ouverte=nature, arrivees={nature: arrivees}, status=statut)


def _dites(arrivees: Sequence[Arrivee]) -> str:
    if len(arrivees) > 1:
        return f"{len(arrivees)} fichiers sont ajoutés."
    return " ".join((GESTES["joindre"].dit, arrivees[0].dit.removeprefix("Ajouté."))).strip()


def _en_json(
    request: HttpRequest,
    acteur: Acteur,
    dossier: Dossier,
    nature: str,
    arrivees: Sequence[Arrivee],
) -> JsonResponse:
    """The same for a page that sends each file as soon as it is chosen: what became of it, and what changes."""
    contexte = _contexte(acteur, dossier)
    carte = next(une for une in contexte["toutes"] if une.code == nature)
    return JsonResponse(
        {
            "arrivees": [une._asdict() for une in arrivees],
            "version": dossier.version,
            "carte": render_to_string(
                "espace/depot_carte.html", {**contexte, "carte": carte}, request
            ),
            "reste": render_to_string("espace/depot_reste.html", contexte, request),
        }
    )


@require_POST
def retirer(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Takes a document out, or says why it stays."""
    acteur = acteur_de(request)
    piece = piece_pour(acteur, reference, numero, "retirer_une_piece")
    try:
        retirer_piece(piece, acteur, version_de(request))
    except GesteImpossible as refus:
        dossier = dossier_pour(acteur, reference)
        statut = (
            HTTPStatus.CONFLICT if isinstance(refus, Depasse) else HTTPStatus.UNPROCESSABLE_ENTITY
        )
        return _page(request, acteur, dossier, ouverte=piece.nature, faute=str(refus),
                     status=statut)  # fmt: skip
    messages.success(request, f"Le fichier « {piece.nom} » est retiré du dossier.")
    return redirect(f"{suivre(request, 'joindre-piece', reference)}#nature-{piece.nature}")
