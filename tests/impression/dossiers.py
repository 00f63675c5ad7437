"""Dossiers to print: every published profile, and one for each other route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.agenda.plan import plan
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series

if TYPE_CHECKING:
    from binome.agenda.plan import Plan
    from binome.regles.metiers.positionnement import Positionnement

SECRETAIRE: dict[str, Any] = {
    "date_entree": "2026-01-15",
    "diplomes": ["secretaire_medical"],
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
}
AUTRES: dict[str, dict[str, Any]] = {
    "déjà certifiée": {"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]},
    "refus": {
        "date_entree": "2026-01-15",
        "diplomes": [],
        "niveau_diplome": 3,
        "experience_secretaire_mois": 0,
    },
    "indéterminé": {"date_entree": "2026-01-15"},
    "rien de connu": {},
    "aucun référentiel": {"date_entree": "2025-05-10", "diplomes": [], "niveau_diplome": 4},
    "FAE sans référentiel": {"date_entree": "2025-05-10", "diplomes": ["ide"]},
}
DOSSIERS = {
    **{f"{serie.titre} : {un.nom}": un.objet for serie in series() for un in serie.profils},
    **AUTRES,
}


def repondre(objet: Any) -> Positionnement:
    """The answer to a dossier."""
    base = base_courante()
    return positionner(base, base.lire(objet))


def calendrier(reponse: Positionnement) -> Plan | None:
    """The plan of a CQP whose length and entry are known."""
    total = reponse.minutes["total"]
    if reponse.voie != "cqp" or total is None or reponse.au is None:
        return None
    return plan(reponse.au, total, "A")
