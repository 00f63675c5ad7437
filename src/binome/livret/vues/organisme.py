"""The booklets of an organisation: who has not begun, and what the pairs ask of it; nothing of what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.listes.filtres import Filtre, ici, lu, parmi
from binome.listes.pages import Ordre, couper
from binome.livret.models import CarteDeSemaine
from binome.livret.suivi import livrets_de, livrets_visibles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAR_PAGE: Final = 50
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
        raise PermissionDenied("Cette page est celle des organismes de formation.")
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
