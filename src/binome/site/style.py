"""`/style`: every component in every state, for who builds a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.habillage.questions import poser
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from binome.site.simulateur.image import LARGEUR, dessiner
from binome.site.simulateur.portes import PORTES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.socle.demande import Demande


@require_safe
def style(request: Demande) -> HttpResponse:
    """The components, on a real answer of the rule base."""
    base = base_courante()
    exemple = {"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"], "afgsu_niveau": 0}
    reponse = positionner(base, base.lire(exemple))
    porte = PORTES["candidat"]
    noms = (
        "diplomes",
        "afgsu_niveau",
        "date_entree",
        "experience_secretaire_mois",
        "exercice_regroupe",
        "salaire_charge_mensuel_cents",
        "part_ccam_pct",
    )
    faits = base.entiere.faits
    contexte = {
        "reponse": reponse,
        "image": dessiner(reponse),
        "largeur": LARGEUR,
        "raison": reponse.motifs[0],
        "alerte": next(un for un in reponse.alertes if un.lectures),
        "questions": [poser(faits[nom], porte, [], "") for nom in noms],
        "fautes_d_exemple": [
            {
                "vers": "champ-afgsu_date",
                "champ": "La date",
                "raison": "Le 31 février n’existe pas.",
            }
        ],
        "fautive": poser(
            base.faits["afgsu_date"], porte, ["31/02/2025"], "Le 31 février n’existe pas."
        ),
    }
    return render(request, "pages/style.html", contexte)
