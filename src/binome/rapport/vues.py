"""The pages of the report's tables: the same for everyone, and whatever the database answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from binome.donnees_ouvertes.sources_citees import toutes_les_sources
from binome.formations.carte import ATTRIBUTION
from binome.rapport.carte_des_parts import bornes_de, carte_des_parts
from binome.rapport.image import image_de
from binome.rapport.models import ReleveDeTableau
from binome.rapport.page import lignes_de
from binome.rapport.tableau import SorteDeTableau
from binome.rapport.tableaux.tous import TABLEAUX
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.rapport.tableau import TableauDuRapport
    from binome.socle.demande import Demande


@require_safe
def tableaux(request: Demande) -> HttpResponse:
    """Every table, graph and map, with where its value of today comes from."""
    return render(request, "rapport/tableaux.html", {"tableaux": TABLEAUX.values()})


@require_safe
def tableau(request: Demande, code: str) -> HttpResponse:
    """One of them, then and now. Raises Http404."""
    if code not in TABLEAUX:
        raise Http404("Le rapport n’a pas de tableau à cette adresse.")
    lu = TABLEAUX[code]
    releve, illisible = _releve(lu)
    lignes = lignes_de(lu, releve)
    contexte: dict[str, Any] = {
        "tableau": lu,
        "lignes": lignes,
        "image": None if lu.carte else image_de(lignes),
        "releve": releve,
        "illisible": illisible,
        "vivant": lu.sorte == SorteDeTableau.VIVANT,
        "compare": lu.sorte != SorteDeTableau.STATIQUE,
        "citations": [lire_citation(une, toutes_les_sources()) for une in lu.citations],
    }
    if lu.carte:
        parts = {un.code: un.alors for un in lu.lignes if isinstance(un.alors, int)}
        dessin = carte_des_parts(f"{lu.titre}, {lu.alors_le}", parts)
        contexte["carte"] = mark_safe(dessin)  # noqa: S308 - built and escaped by carte_des_parts
        contexte["bornes"] = [
            (classe, bas / 10, haut / 10) for classe, bas, haut in bornes_de(parts)
        ]
        contexte["attribution"] = ATTRIBUTION
    return render(request, "rapport/tableau.html", contexte)


def _releve(lu: TableauDuRapport) -> tuple[ReleveDeTableau | None, bool]:
    """What was shown last of a table that lives; and whether the database did not answer, for the rest needs none."""
    if lu.compter is None:
        return None, False
    try:
        return ReleveDeTableau.objects.filter(tableau=lu.code).order_by("-au", "-pk").first(), False
    except DatabaseError:
        return None, True
