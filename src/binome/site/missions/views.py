"""The pages of the job: the search over the whole catalogue, and one task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.regles.courante import base_courante
from binome.regles.recherche import Trouvees, chercher
from binome.regles.taches import STATUTS, VERDICTS, taches
from binome.site.regles.lecture_le import lues_le
from binome.site.regles.saisie import mots_de
from binome.site.simulateur.resultat import signaler
from binome.typographie import majuscule

if TYPE_CHECKING:
    from binome.regles.taches import Tache
    from binome.socle.demande import Demande


def _dite(tache: Tache) -> dict[str, object]:
    lectures = [{"resume": un.resume, "citations": (un,)} for un in tache.sources]
    fins = [" ;"] * (len(tache.gestes) - 1) + ["."]
    gestes = [
        {
            "geste": majuscule(un.geste) if un is tache.gestes[0] else un.geste,
            "verdict": un.verdict,
            "dit": VERDICTS[un.verdict],
            "fin": fin,
        }
        for un, fin in zip(tache.gestes, fins, strict=True)
    ]
    return {
        "tache": tache,
        "statut": STATUTS[tache.statut],
        "gestes": gestes,
        "lectures": lectures,
        "signaler": signaler(f"tâche {tache.code}", base_courante().empreinte),
    }


@require_safe
def missions(request: Demande) -> HttpResponse:
    """May an assistant do this? What is understood answers, what is near is proposed; the catalogue is below."""
    mots = mots_de(request.GET)
    trouvees = chercher(mots) if mots else Trouvees()
    reponses = [_dite(une) for une in trouvees.reponses]
    groupes = [
        {"code": code, "titre": titre, "taches": [un for un in taches() if un.statut == code]}
        for code, titre in STATUTS.items()
    ]
    contexte = {
        "mots": mots,
        "reponse": reponses[0] if reponses else None,
        "voisines": reponses[1:],
        "propositions": trouvees.propositions,
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
