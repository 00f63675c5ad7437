"""Examining a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece, MotifDeRefus, Origine
from binome.dossiers.flows import GESTES
from binome.dossiers.natures import libelle_de
from binome.dossiers.permissions import piece_pour
from binome.dossiers.saisie import declares, faits_de_saisie, lire_faits, questions
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.provenance import suivre
from binome.pieces.examen import accepter_piece, refuser_piece
from binome.regles.faits import DossierInvalide
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Piece
    from binome.dossiers.saisie import Saisie
    from binome.regles.base import Base


def _suivante(dossier: Dossier) -> int | None:
    """The next document that waits for an examination."""
    return dossier.pieces.filter(etat=EtatDePiece.RECUE).values_list("pk", flat=True).first()


def a_prouver(piece: Piece, base: Base) -> tuple[str, ...]:
    """The facts that a kind of document proves, in the order of the form."""
    return tuple(nom for nom in faits_de_saisie(base) if base.faits[nom].piece == piece.nature)


def _examen(
    request: HttpRequest,
    piece: Piece,
    acteur: Acteur,
    *,
    lue: Saisie | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    dossier = piece.dossier
    base, dits = base_de(dossier.certification), declares(dossier)
    prouves = {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.PROUVE}
    noms = a_prouver(piece, base)
    typees, erreurs = ({}, {}) if lue is None else (lue.typees, lue.erreurs)
    posees: list[dict[str, Any]] = []
    for question in questions(noms, base, {**dits, **prouves}, typees, erreurs):
        nom = question.fait.nom
        lu = base.lire({nom: dits[nom]})[nom] if nom in dits else None
        posees.append({"question": question, "declare": question.fait.en_mots(lu)})
    contexte = {
        "acteur": acteur,
        "dossier": dossier,
        "piece": piece,
        "libelle": libelle_de(piece.nature, dossier.certification),
        "pages": range(1, piece.pages + 1),
        "posees": posees,
        "motifs": MotifDeRefus.choices,
        "motif": request.POST.get("motif", piece.motif),
        "precision": request.POST.get("precision", piece.precision),
        "faute": faute,
        "fermee": piece.etat == EtatDePiece.RETIREE or dossier.etat not in GESTES["examiner"].de,
    }
    return render(request, "espace/examen.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def examiner(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Accepts a document with the facts that it proves, or refuses it for a reason of the catalogue."""
    acteur = acteur_de(request)
    piece = piece_pour(acteur, reference, numero, "examiner")
    dossier = piece.dossier
    if request.method != "POST":
        return _examen(request, piece, acteur)
    base = base_de(dossier.certification)
    lue = lire_faits(request.POST, a_prouver(piece, base), base)
    try:
        if request.POST.get("avis") == "refuser":
            precision = request.POST.get("precision", "")
            exces = trop_long(precision, 2000)
            if exces:
                return _examen(request, piece, acteur, lue=lue, faute=exces, status=422)
            refuser_piece(
                piece, acteur, version=version_de(request), motif=request.POST.get("motif", ""),
                precision=precision,
            )  # fmt: skip
            messages.success(request, "La pièce est refusée. L’organisme en lira le motif.")
        elif lue.erreurs:
            return _examen(request, piece, acteur, lue=lue, status=422,
                           faute="Une valeur n’est pas possible. Elle est signalée plus bas.")  # fmt: skip
        else:
            faits = {nom: valeur for nom, valeur in lue.faits.items() if valeur is not None}
            accepter_piece(piece, acteur, version=version_de(request), faits=faits)
            messages.success(request, "La pièce est acceptée. Ce qu’elle prouve est enregistré.")
    except DossierInvalide as invalide:
        lue.erreurs.update({une.cle: une.raison for une in invalide.erreurs})
        relue = piece_pour(acteur, reference, numero)
        return _examen(request, relue, acteur, lue=lue, faute=str(invalide),
                       status=422)  # fmt: skip
    except GesteImpossible as impossible:
        relue = piece_pour(acteur, reference, numero)
        return _examen(request, relue, acteur, lue=lue, faute=str(impossible),
                       status=409 if isinstance(impossible, Depasse) else 422)  # fmt: skip
    suivante = _suivante(dossier)
    if suivante is None:
        return redirect(suivre(request, "dossier", reference))
    return redirect(suivre(request, "examiner-piece", reference, suivante))
