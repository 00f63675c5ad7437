"""The pages of the job: the search over the whole catalogue, and one task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.regles.taches import STATUTS, chercher, taches
from binome.site.regles.lecture_le import lues_le
from binome.site.regles.saisie import mots_de

if TYPE_CHECKING:
    from binome.regles.taches import Tache
    from binome.socle.demande import Demande


def _dite(tache: Tache) -> dict[str, object]:
    lectures = [{"resume": un.resume, "citations": (un,)} for un in tache.sources]
    return {"tache": tache, "statut": STATUTS[tache.statut], "lectures": lectures}


@require_safe
def missions(request: Demande) -> HttpResponse:
    """May an assistant do this? The nearest task answers; the whole catalogue is below."""
    mots = mots_de(request.GET)
    trouvees = [_dite(une) for une in chercher(mots)] if mots else []
    groupes = [
        {"code": code, "titre": titre, "taches": [un for un in taches() if un.statut == code]}
        for code, titre in STATUTS.items()
    ]
    contexte = {
        "mots": mots,
        "reponse": trouvees[0] if trouvees else None,
        "voisines": trouvees[1:],
        "groupes": groupes,
        "lues_le": lues_le(citation for une in taches() for citation in une.sources),
    }
    return render(request, "missions/missions.html", contexte)


@require_safe
def mission(request: Demande, code: str) -> HttpResponse:
    """One task. Raises Http404."""
    toutes = taches()
    rang = next((n for n, un in enumerate(toutes) if un.code.casefold() == code.casefold()), None)
    if rang is None:
        raise Http404(f"Aucune tâche ne porte le code « {code[:20]} ».")
    contexte = {
        "reponse": _dite(toutes[rang]),
        "precedente": toutes[rang - 1] if rang else None,
        "suivante": toutes[rang + 1] if rang + 1 < len(toutes) else None,
        "lues_le": lues_le(toutes[rang].sources),
    }
    return render(request, "missions/mission.html", contexte)
