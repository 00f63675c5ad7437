"""The simulator in a frame: the same questions and the same answer, and a way out to the whole site.

Only the sites that `BINOME_CADRES` names may frame it; nobody may while it is empty. A frame sets no cookie and
runs no script: every answer is in its own address, that the site around cannot read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.agenda.annonce import phrase as phrase_de_l_aide
from binome.regles.courante import base_courante
from binome.regles.metiers.annonce import phrase
from binome.site.aide.views import lire as lire_le_contrat
from binome.site.simulateur.etape import contexte_de_l_etape
from binome.site.simulateur.parcours import lire
from binome.site.simulateur.portes import PORTES, porte_de
from binome.socle.entetes import politique

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from binome.socle.demande import Demande

AIDE: Final = "aide"
"""The frame of the aid contract; every other one is a door of the simulator."""
CADRES: Final = {
    **{code: porte.titre for code, porte in PORTES.items()},
    AIDE: "Combien l’aide me donne-t-elle ?",
}
FERME: Final = "'none'"


def _lu(code: str, request: Demande) -> dict[str, Any]:
    """The visit of one frame: its question if one is left, its answer, and where the whole site says more."""
    if code == AIDE:
        contrat = lire_le_contrat(request.GET)
        dite, citations = phrase_de_l_aide(contrat.reponse), contrat.reponse.sources_des_annees
        contexte, porte = {"deja": contrat.reponse.aide.signature is not None}, PORTES["employeur"]
        parcours: Any = contrat
        complete = reverse("aide-resultat")
    else:
        porte = porte_de(code)
        parcours = lire(base_courante(), request.GET)
        reponse = parcours.reponse
        fini = parcours.question is None
        dite = phrase(reponse, tiers=porte.tiers, provisoire=not fini)
        citations = reponse.referentiel.sources if reponse.referentiel else ()
        contexte, complete = (
            {"deja": reponse.voie != "indetermine"},
            reverse("resultat", args=[code]),
        )
    nom = parcours.question
    if nom is not None:
        contexte |= contexte_de_l_etape(parcours, nom, porte, request)
    return contexte | {
        "porte": porte,
        "action": reverse("integrer", args=[code]),
        "phrase": dite,
        "citations": citations,
        "fini": nom is None,
        "complete": f"{complete}?{parcours.requete()}",
        "titre_du_cadre": CADRES[code],
    }


@require_safe
def cadre(request: Demande, code: str) -> HttpResponse:
    """One step of a frame, or its answer. Raises Http404 for a frame that is not offered."""
    reponse = render(request, "integrer/cadre.html", _lu(code, request))
    permis = list(settings.CADRES_PERMIS)
    reponse.headers["Content-Security-Policy"] = politique(
        {
            **settings.POLITIQUE_DE_CONTENU,
            "script-src": [FERME],
            "connect-src": [FERME],
            "worker-src": [FERME],
            "form-action": ["'self'"],
            "frame-ancestors": permis or [FERME],
        }
    )
    if permis:
        # The older header knows no list of sites, and would forbid them all.
        reponse.xframe_options_exempt = True
    return reponse
