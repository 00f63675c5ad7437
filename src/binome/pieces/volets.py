"""What documents add to the page of a dossier: those that are awaited, sending it back, an appeal with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers import gardes
from binome.dossiers.etats import Etat
from binome.dossiers.flows import CANDIDAT, GESTES
from binome.dossiers.natures import a_envoyer, a_joindre, natures_de
from binome.dossiers.permissions import cotes
from binome.gestes.volets import ACTE, Volet, declarer_volets
from binome.pieces.conseils import ACCEPTES, FORMES, LIMITES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente

ATTENDENT: Final = (Etat.DEPOSE,)
"""The states where what is awaited is said in a part of its own: a request to complete says it itself."""


def attendu(
    request: HttpRequest,  # noqa: ARG001 - a part of a page
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The documents that who reads may still add, before anything else."""
    siens = cotes(acteur, dossier)
    if dossier.etat not in ATTENDENT or not GESTES["joindre"].permis(dossier, siens):
        return None
    pieces = a_envoyer(dossier)
    return {"dossier": dossier, "pieces": pieces, "candidat": CANDIDAT in siens} if pieces else None


def renvoi(
    request: HttpRequest,  # noqa: ARG001 - a part of a page
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,
) -> Mapping[str, Any] | None:
    """Sending a dossier back to the branch, and what would be missing from it."""
    geste = GESTES["completer"]
    if dossier.etat not in geste.de or cotes(acteur, dossier).isdisjoint(geste.qui):
        return None
    return {
        "dossier": dossier,
        "geste": geste,
        "empeche": geste.garde(dossier) or "",
        "manquent": a_envoyer(dossier),
        "faute": tentative.de(geste.nom).faute,
    }


def recours(
    request: HttpRequest,  # noqa: ARG001 - a part of a page
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,
) -> Mapping[str, Any] | None:
    """The form of an appeal: its text, its documents, and until when."""
    geste = GESTES["contester"]
    if not geste.permis(dossier, cotes(acteur, dossier)):
        return None
    tente, fin = tentative.de(geste.nom), gardes.fin_du_recours(dossier)
    return {
        "dossier": dossier,
        "geste": geste,
        "texte": tente.tape.get("texte", ""),
        "faute": tente.faute,
        "fin": fin,
        "passee": fin is not None and timezone.localdate() > fin,
        "natures": a_joindre(natures_de(dossier.certification).values()),
        "formes": FORMES,
        "limites": LIMITES,
        "acceptes": ACCEPTES,
    }


def declarer() -> None:
    """Makes them known to the page."""
    declarer_volets(
        Volet(ACTE, "espace/attendu.html", attendu),
        Volet(ACTE, "espace/renvoi.html", renvoi),
        Volet(ACTE, "espace/contester.html", recours),
    )
