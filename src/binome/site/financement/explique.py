"""What the page of the funding explained shows, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.regles.courante import base_courante
from binome.regles.dire import enumerer
from binome.regles.ecarts import ecarts
from binome.regles.metiers.financement import VUE
from binome.regles.regle import Alerte
from binome.regles.sources import lire_citation
from binome.site.financement.image import dessiner
from binome.site.financement.jour import du_jour, referentiel_du
from binome.site.financement.rapport import (
    BAREME,
    VOIE,
    annees_sans_bareme,
    cout_du_rapport,
    totaux,
)
from binome.site.financement.voies import formalites

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from binome.regles.ecarts import Ecart
    from binome.regles.sources import Citation
    from binome.site.financement.jour import VoieDuJour

CONSTAT: Final = "igas-2023, ¶113"
"""Where the inspection says that no document explains the funding."""
PAIEMENT: Final = "igas-2023, encadré Opco EP"
"""Where the way the money travels is told."""


def _alertes(voies: Iterable[VoieDuJour]) -> list[dict[str, Any]]:
    """What must be known of the routes of the day, each once."""
    trouvees = {
        alerte.code: {"alerte": alerte, "sources": une.voie.sources_de(alerte)}
        for une in voies
        for alerte in une.voie.alertes
    }
    return list(trouvees.values())


def _ecarts_du_financement() -> list[tuple[Ecart, list[Citation]]]:
    """The discrepancies that the alerts of the funding speak of, with where they were read."""
    regles = base_courante().vue(VUE).regles.values()
    codes = {un.effet.code for un in regles if isinstance(un.effet, Alerte)}
    return [
        (un, [citation for lecture in un.lectures for citation in lecture.sources])
        for un in ecarts()
        if un.alerte in codes
    ]


def _sources_des_baremes() -> list[Citation]:
    """Where the scales of the training plan were read, or looked for."""
    regles = base_courante().vue(VUE).tables[BAREME].regles
    return [citation for regle in regles for citation in regle.sources]


def contexte(jour: date) -> dict[str, Any]:
    """The context of the page."""
    referentiel = referentiel_du(jour)
    voies = du_jour(jour)
    cout = cout_du_rapport()
    sources = base_courante().sources
    plan = next(une for une in voies if une.voie.cible == VOIE)
    return {
        "cqp": referentiel,
        "voies": voies,
        "comparees": [une for une in voies if une.groupes],
        "fermees": [une for une in voies if not une.groupes],
        "cout": cout,
        "image": dessiner(cout, voies, referentiel.total if referentiel else None),
        "sources_de_l_image": [
            *(cout.citations if cout else ()),
            *(citation for une in voies if une.chiffree for citation in une.citations),
        ],
        "totaux": totaux(),
        "circuit": formalites(plan.voie),
        "sources_du_circuit": [lire_citation(PAIEMENT, sources)],
        "sources_du_constat": [lire_citation(CONSTAT, sources)],
        "annees_sans_bareme": enumerer([str(annee) for annee in annees_sans_bareme(jour)]),
        "sources_des_baremes": _sources_des_baremes(),
        "alertes": _alertes(voies),
        "ecarts": _ecarts_du_financement(),
    }
