"""Examining every document of a dossier that waits, on one page and in one gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat, EtatDePiece, MotifDeRefus
from binome.dossiers.flows import GESTES
from binome.dossiers.natures import libelle_de
from binome.dossiers.permissions import pieces_a_examiner
from binome.dossiers.saisie import declares, lire_faits, questions
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.volets import HAUT, volets_de
from binome.habillage.provenance import suivre
from binome.pieces.examen import AvisDePiece, examiner_ensemble
from binome.pieces.vues.examen import a_prouver
from binome.regles.faits import DossierInvalide, lire_valeur
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Piece, Proposition
    from binome.dossiers.saisie import Saisie
    from binome.regles.base import Base

PRECISION: Final = 2000
ACCEPTEE: Final = "acceptee"
"""Said of a document that was seen; a reason of the catalogue refuses it, and nothing leaves it for later."""
RIEN_DIT: Final = "Vous n’avez encore rien dit : faites défiler chaque pièce, ou choisissez."


def _premieres(pieces: list[Piece], base: Base) -> dict[int, tuple[str, ...]]:
    """What each document proves: of two of one kind, a front and a back, the first asks for both."""
    prouves: dict[int, tuple[str, ...]] = {}
    natures: set[str] = set()
    for piece in pieces:
        prouves[piece.pk] = () if piece.nature in natures else a_prouver(piece, base)
        natures.add(piece.nature)
    return prouves


def _page(
    request: HttpRequest,
    dossier: Dossier,
    acteur: Acteur,
    pieces: list[Piece],
    *,
    lue: Saisie | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    base, dits = base_de(dossier.certification), declares(dossier)
    typees, erreurs = ({}, {}) if lue is None else (lue.typees, lue.erreurs)
    fiches: list[dict[str, Any]] = []
    premieres = _premieres(pieces, base)
    for piece in pieces:
        noms = premieres[piece.pk]
        fiches.append(
            {
                "piece": piece,
                "libelle": libelle_de(piece.nature, dossier.certification),
                "pages": range(1, piece.pages + 1),
                "avis": request.POST.get(f"avis-{piece.pk}", ""),
                "precision": request.POST.get(f"precision-{piece.pk}", ""),
                "faute": any(nom in erreurs for nom in noms),
                "posees": [
                    {
                        "question": question,
                        "declare": question.fait.en_mots(
                            lire_valeur(question.fait, dits[question.fait.nom])
                        )
                        if question.fait.nom in dits
                        else "",
                    }
                    for question in questions(noms, base, dits, typees, erreurs)
                ],
            }
        )
    contexte = {
        "acteur": acteur,
        "dossier": dossier,
        "fiches": fiches,
        "motifs": MotifDeRefus.choices,
        "faute": faute,
        "fermee": dossier.etat not in GESTES["examiner"].de,
        "volets": volets_de(request, acteur, dossier, lieux=(HAUT,)),
    }
    return render(request, "espace/examens.html", contexte, status=status)


def _avis(
    request: HttpRequest, pieces: list[Piece], base: Base, lue: Saisie
) -> tuple[list[AvisDePiece], str]:
    """What was said of each document, and what is wrong with it."""
    dits: list[AvisDePiece] = []
    prouves = _premieres(_acceptees(request, pieces), base)
    for piece in pieces:
        avis = request.POST[f"avis-{piece.pk}"]
        motif = "" if avis == ACCEPTEE else avis
        precision = request.POST.get(f"precision-{piece.pk}", "").strip()
        exces = trop_long(precision, PRECISION)
        if exces:
            return [], exces
        noms = prouves.get(piece.pk, ())
        faits = {nom: lue.faits[nom] for nom in noms if lue.faits.get(nom) is not None}
        dits.append(AvisDePiece(piece, faits, motif, precision))
    return dits, ""


def _acceptees(request: HttpRequest, pieces: list[Piece]) -> list[Piece]:
    return [un for un in pieces if request.POST.get(f"avis-{un.pk}") == ACCEPTEE]


def _ensuite(
    dossier: Dossier, avis: list[AvisDePiece], proposition: Proposition | None
) -> tuple[str, str]:
    """What to say once it is kept, and where on the page of the dossier the next gesture is."""
    attendent = dossier.pieces.filter(etat=EtatDePiece.RECUE).count()
    if attendent:
        suite = "une pièce attend" if attendent == 1 else f"{attendent} pièces attendent"
        return f"L’examen est enregistré : {suite} encore.", "#pieces"
    if dossier.etat == Etat.RECOURS:
        return "L’examen est enregistré. Vous pouvez répondre au recours.", "#repondre"
    if any(un.motif for un in avis):
        return "L’examen est enregistré. Demandez maintenant ce qui manque.", "#geste-demander"
    if proposition is None:
        return "L’examen est enregistré.", ""
    return "Les pièces sont acceptées, et la réponse est prête.", ""


@require_http_methods(["GET", "HEAD", "POST"])
def examiner(request: HttpRequest, reference: str) -> HttpResponse:
    """Every document that waits, under one another; what was said of some is kept as one, the others still wait."""
    acteur = acteur_de(request)
    dossier, pieces = pieces_a_examiner(acteur, reference)
    if request.method != "POST":
        return _page(request, dossier, acteur, pieces)
    lues = [piece for piece in pieces if request.POST.get(f"avis-{piece.pk}")]
    base = base_de(dossier.certification)
    acceptees = _premieres(_acceptees(request, lues), base)
    noms = tuple(nom for siens in acceptees.values() for nom in siens)
    lue = lire_faits(request.POST, noms, base)
    avis, faute = _avis(request, lues, base, lue)
    if not lues:
        faute = RIEN_DIT if pieces else "Aucune pièce n’attend l’examen."
    elif lue.erreurs and not faute:
        faute = "Une valeur n’est pas possible. Elle est signalée plus bas."
    if faute:
        return _page(request, dossier, acteur, pieces, lue=lue, faute=faute, status=422)
    try:
        proposition = examiner_ensemble(dossier, acteur, avis, version=version_de(request))
    except (DossierInvalide, GesteImpossible) as impossible:
        if isinstance(impossible, DossierInvalide):
            lue.erreurs.update({une.cle: une.raison for une in impossible.erreurs})
        relu, restent = pieces_a_examiner(acteur, reference)
        return _page(
            request, relu, acteur, restent, lue=lue, faute=str(impossible),
            status=409 if isinstance(impossible, Depasse) else 422,
        )  # fmt: skip
    dit, ancre = _ensuite(dossier, avis, proposition)
    messages.success(request, dit)
    return redirect(f"{suivre(request, 'dossier', reference)}{ancre}")
