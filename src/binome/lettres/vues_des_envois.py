"""The page of mails that wait or never arrived, for who answers for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.courrier.services import INVITATION
from binome.courrier.sorts import REFUSEE, raison
from binome.gestes.refus import GesteImpossible
from binome.lettres import envois
from binome.listes.filtres import Filtre, ici, lu, parmi
from binome.listes.pages import PAR_NUMERO, Ordre, compter, couper

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.courrier.models import Message

PAR_PAGE: Final = 50
DERNIERS: Final = Ordre("envoye_le", descend=True)
GESTES: Final = {
    "renvoyer": (envois.renvoyer, "Le courriel repart."),
    "retirer": (envois.retirer, "Le courriel est retiré : il ne partira pas."),
}


@dataclass(frozen=True)
class FiltreDEnvois(Filtre):
    """What the address asks for: what never arrived, or what waits."""

    sorte: str = lu(parmi(envois.SORTES), "perdus")


def _a_corriger(message: Message, acteur: Acteur) -> str:
    """The page where its address is mended; empty when it is nobody's to mend here."""
    if not message.derniere_erreur.startswith(REFUSEE):
        return ""
    if message.reference and acteur.gere:
        return f"{reverse('dossier', args=[message.reference])}#geste-inviter"
    if message.cle.startswith(INVITATION) and message.repondant_id in acteur.organisations():
        return reverse("organisation", args=[message.repondant_id])
    return ""


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """What waits or never arrived, without its text, and what to do about each."""
    acteur = acteur_de(request)
    filtre = FiltreDEnvois.lire(request.GET)
    sorte = filtre.sorte
    ordre = DERNIERS if sorte == "partis" else PAR_NUMERO
    page = couper(envois.envois_pour(acteur, sorte), ordre, PAR_PAGE, **ici(request.GET))
    contexte = {
        "acteur": acteur,
        "sorte": sorte,
        "sortes": [
            (code, mot, compter(envois.envois_pour(acteur, code)))
            for code, mot in envois.SORTES.items()
        ],
        "page": page,
        "peut": acteur.soutien is None and sorte != "partis",
        "courriels": [
            {
                "message": un,
                "raison": raison(un),
                "corriger": _a_corriger(un, acteur),
                "retirable": envois.peut_retirer(acteur, un),
                # Who helps users opens no dossier.
                "lie": un.reference and not acteur.a_role("soutien"),
            }
            for un in page.lignes
        ],
        **filtre.adresses(page),
    }
    return render(request, "espace/envois.html", contexte)


@require_POST
def geste(request: HttpRequest, numero: int, nom: str) -> HttpResponse:
    """Sends a mail again, or withdraws it."""
    if nom not in GESTES:
        raise Http404("Ce geste n’existe pas.")
    faire, dit = GESTES[nom]
    try:
        faire(acteur_de(request), numero)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, dit)
    return redirect("envois")
