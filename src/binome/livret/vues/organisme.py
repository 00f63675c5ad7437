"""The list of booklets: an organisation reads who has not begun, and what the pairs ask of it; the others are led to their own.

Nothing of what is written there is shown to the organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.listes.filtres import Filtre, ici, lu, parmi
from binome.listes.pages import Ordre, couper
from binome.livret.models import CarteDeSemaine
from binome.livret.permissions import livrets_ouverts
from binome.livret.signees import livrets_quittes
from binome.livret.suivi import livrets_de, livrets_visibles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

PAR_PAGE: Final = 50
LES_SIENS: Final = 100
"""Booklets that a page of one's own names: no tutor follows as many."""
PAR_OUVERTURE: Final = Ordre("ouvert_le", descend=False, genre=datetime)
PAS_COMMENCE: Final = "pas-commence"
COMMENCE: Final = "commence"
FILTRES: Final = ((PAS_COMMENCE, "Pas commencés"), (COMMENCE, "Commencés"))


@dataclass(frozen=True)
class FiltreDeLivrets(Filtre):
    """What the address of the list asks for: who began, who did not, or everyone."""

    etat: str = lu(parmi((PAS_COMMENCE, COMMENCE)))


@require_safe
def livrets(request: HttpRequest) -> HttpResponse:
    """The booklets of the paths under way, the longest under way first."""
    acteur = acteur_de(request)
    if not acteur.organisations("gestionnaire", "formateur"):
        return _les_siens(request, acteur)
    filtre, coupee = FiltreDeLivrets.lire(request.GET), ici(request.GET)
    lus = livrets_visibles(acteur)
    if filtre.etat:
        commence = Exists(CarteDeSemaine.objects.filter(parcours=OuterRef("pk")))
        lus = lus.filter(commence if filtre.etat == COMMENCE else ~commence)
    page = couper(lus, PAR_OUVERTURE, PAR_PAGE, **coupee)
    contexte = {
        "acteur": acteur,
        "filtre": filtre,
        "filtres": FILTRES,
        "page": page,
        **filtre.adresses(page),
        "livrets": livrets_de(page.lignes),
    }
    return render(request, "livret/livrets.html", contexte)


def _les_siens(request: HttpRequest, acteur: Acteur) -> HttpResponse:
    """The booklets that a person opens, and those where they signed cards; straight to it when there is one."""
    ouverts = livrets_ouverts(acteur).order_by("-ouvert_le", "pk")
    siens = list(ouverts[:LES_SIENS])
    anciens = livrets_quittes(acteur, ouverts)
    signes = list(anciens.order_by("-ouvert_le", "pk")[:LES_SIENS])
    if not siens and not signes:
        raise PermissionDenied("Aucun livret ne vous est ouvert.")
    if len(siens) == 1 and not signes:
        return redirect("livret", siens[0].pk)
    contexte = {"acteur": acteur, "siens": siens, "signes": signes}
    return render(request, "livret/miens.html", contexte)
