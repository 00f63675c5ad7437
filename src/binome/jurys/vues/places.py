"""Who sits: what is proposed for one jury or several, each seat given by a person; who is there, and whose voice they bear."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine, File
from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.vues import dire_le_resultat
from binome.jurys.assistant import proposer_des_places
from binome.jurys.composition_exacte import solveur_installe
from binome.jurys.etats import EtatDeJury
from binome.jurys.flows import PLACES
from binome.jurys.models import PlaceAuJury
from binome.jurys.permissions import branche_des_jurys, jury_pour, jurys_visibles
from binome.jurys.services import donner_des_places
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.jurys.models import Jury

ENSEMBLE: Final = 40
"""Juries composed at once."""
RECHERCHE: Final = File("jurys", lambda: 1, 0)
"""One search at a time, whoever asks: it takes a processor for twenty seconds at most."""


def _page(request: HttpRequest, jury: Jury, *, faute: str = "") -> HttpResponse:
    proposees = proposer_des_places([jury])
    contexte = {"jury": jury, "proposition": proposees.jurys[0], "faute": faute}
    return render(request, "jurys/places.html", contexte, status=422 if faute else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, numero: int) -> HttpResponse:
    """The seats proposed, with why; those that a person ticks are given."""
    acteur = acteur_de(request)
    jury = jury_pour(acteur, numero, ecrit=request.method == "POST")
    if request.method != "POST":
        return _page(request, jury)
    lus = (lire_entier(un, chiffres=15) for un in request.POST.getlist("membre")[:100])
    choisis = [un for un in lus if un is not None]
    proposees = proposer_des_places([jury]).jurys[0]
    raisons = {un.membre.pk: un.raisons for un in proposees.pressentis}
    try:
        donnees = donner_des_places(acteur, jury, choisis, raisons)
    except GesteImpossible as impossible:
        return _page(request, jury, faute=str(impossible))
    messages.success(
        request,
        "La place est donnée." if len(donnees) == 1 else f"{len(donnees)} places sont données.",
    )
    return redirect("jury", numero)


@require_safe
def plusieurs(request: HttpRequest) -> HttpResponse:
    """What is proposed for every jury in preparation, together: nobody is counted twice. Asked for, the solver searches longer."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur)
    prepares = jurys_visibles(acteur).filter(
        branche=branche, etat=EtatDeJury.PREPARE, jour__gte=timezone.localdate()
    )
    jurys = list(prepares.order_by("jour", "pk")[:ENSEMBLE])
    au_mieux, occupe = solveur_installe() and request.GET.get("chercher") == "mieux", False
    try:
        with RECHERCHE.place() if au_mieux else nullcontext():
            proposees = proposer_des_places(jurys, au_mieux=au_mieux)
    except CloisonPleine:
        proposees, occupe = proposer_des_places(jurys), True
    contexte = {
        "propositions": proposees,
        "occupe": occupe,
        "cherche_mieux": solveur_installe() and not au_mieux and len(jurys) > 1,
    }
    return render(request, "jurys/plusieurs.html", contexte)


@require_POST
def geste(request: HttpRequest, numero: int, place: int, nom: str) -> HttpResponse:
    """One gesture on a seat."""
    acteur = acteur_de(request)
    jury = jury_pour(acteur, numero, ecrit=True)
    choisi = PLACES.gestes.get(nom)
    trouvee = (
        PlaceAuJury.objects.filter(jury=jury, pk=place)
        .select_related("jury__reglement", "membre")
        .first()
    )
    if choisi is None or not choisi.formulaire or trouvee is None:
        raise Http404("Cette place n’existe pas.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        passage = faire(
            PLACES, nom, trouvee, acteur, version=version,
            donnees=choisi.du_formulaire(request.POST.dict()),
        )  # fmt: skip
    except GesteImpossible as impossible:
        contexte = {"jury": jury, "faute": str(impossible), "qui": trouvee.membre}
        statut = 409 if isinstance(impossible, Depasse) else 422
        return render(request, "jurys/refuse.html", contexte, status=statut)
    dire_le_resultat(request, PLACES, nom, passage)
    return redirect("jury", numero)
