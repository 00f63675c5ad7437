"""Dossiers that the OpenAPI document shows; the answer to the first of each question is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Exemples = dict[str, dict[str, Any]]

RIEN: Final[Mapping[str, Any]] = {"summary": "On ne sait rien encore", "value": {}}

POSITIONNER: Final[Exemples] = {
    "secretaire": {
        "summary": "Secrétaire médicale titulaire d’un titre, entrée en 2027",
        "value": {
            "date_entree": "2027-01-04",
            "diplomes": ["secretaire_medical"],
            "situation": "salarie_cabinet",
            "afgsu_niveau": 0,
        },
    },
    "infirmier": {
        "summary": "Infirmière, entrée en septembre 2022",
        "value": {"date_entree": "2022-09-05", "diplomes": ["ide"]},
    },
    "rien": {**RIEN},
}
FINANCER: Final[Exemples] = {
    "salariee": {
        "summary": "Secrétaire en CDI dans un cabinet, CQP en septembre 2026",
        "value": {
            "date_entree": "2026-09-07",
            "diplomes": [],
            "niveau_diplome": 4,
            "experience_secretaire_mois": 20,
            "situation": "salarie_cabinet",
            "contrat": "cdi",
            "age": 34,
            "publics": [],
            "duree_parcours_mois": 10,
            "heures_semaine": 35,
        },
    },
    "en_recherche": {
        "summary": "En recherche d’emploi, CQP visé en 2023",
        "value": {
            "date_entree": "2023-09-04",
            "objectif": "cqp",
            "situation": "demandeur_emploi",
            "heures_formation": 279.5,
        },
    },
    "rien": {**RIEN},
}
AIDE: Final[Exemples] = {
    "generaliste": {
        "summary": "Médecin généraliste en zone sous-dense, contrat signé en 2026",
        "value": {
            "date_signature_contrat_aide": "2026-02-02",
            "specialite": "medecine_generale",
            "secteur": "1",
            "option_etp": "un",
            "patientele_mt": 1200,
            "file_active": 1800,
            "bande_activite": "p50_p70",
            "zone_sous_dense": True,
            "salaire_charge_mensuel_cents": 350_000,
        },
    },
    "chirurgien": {
        "summary": "Chirurgienne, 60,5 % d’actes techniques, contrat signé en 2024",
        "value": {
            "date_signature_contrat_aide": "2024-09-02",
            "specialite": "chirurgie",
            "secteur": "2_optam",
            "part_ccam_pct": 60.5,
        },
    },
    "rien": {**RIEN},
}
ECHEANCES: Final[Exemples] = {
    "contrat": {
        "summary": "Contrat d’aide signé en février 2026, prise de fonction en mars",
        "value": {
            "date_signature_contrat_aide": "2026-02-02",
            "date_prise_fonction": "2026-03-02",
            "date_entree": "2026-09-07",
            "diplomes": [],
            "niveau_diplome": 4,
            "secretaire_promue": True,
            "territoire": "metropole",
        },
    },
    "rien": {**RIEN},
}
PROJETER: Final[Exemples] = {
    "un_an": {
        "summary": "De la fin de 2025 à celle de 2026, entrée dans l’année (recommandation 9)",
        "value": {
            "au": "2025-11-30",
            "jusqu_a": "2026-12",
            "reformes": ["igas-9"],
            "hypotheses": {"argent_annuel_euros": 12_000_000, "reserve_euros": 20_000_000},
            "famille": "A",
        },
    },
    "rapport": {
        "summary": "Ce que l’on savait en juin 2023, jusqu’à la fin de 2026",
        "value": {"au": "2023-06-30", "jusqu_a": "2026-12"},
    },
}
