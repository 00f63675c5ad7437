"""The schemas of `POST /projeter`: the question and the answer, as the JSON contract fixes them."""

from __future__ import annotations

from typing import Final

from binome.api.decrire import TEXTES, Schema, objet

COURBES: Final = ("contrats", "personnes", "entrees", "certifies", "euros")
MOIS: Final[Schema] = {"type": "string", "pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])$"}


def schemas_de_la_projection() -> dict[str, Schema]:
    """The question and the answer, as the JSON contract fixes them."""
    nombres: Schema = {"type": "array", "items": {"type": "integer"}}
    centiles = objet(p10=nombres, p50=nombres, p90=nombres)
    part: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    return {
        "DemandeDeProjection": {
            "type": "object",
            "additionalProperties": False,
            "required": ["au", "jusqu_a"],
            "properties": {
                "au": {
                    "type": "string",
                    "format": "date",
                    "description": "Le jour jusqu’où l’on sait, de 2019 à 2040.",
                },
                "jusqu_a": {**MOIS, "description": "Le dernier mois voulu, en 2040 au plus tard."},
                "reformes": {
                    **TEXTES,
                    "description": "Les recommandations de l’IGAS à essayer : igas-1 à igas-17, et leurs variantes.",
                },
                "hypotheses": {
                    "type": "object",
                    "additionalProperties": {"type": "number"},
                    "description": (
                        "Ce que vous posez, entre les bornes de chaque inconnue ; au moins "
                        "argent_annuel_euros et reserve_euros."
                    ),
                },
                "famille": {
                    "type": "string",
                    "enum": ["A", "B"],
                    "default": "A",
                    "description": "Le compte des contrats ; les deux ne se suivent pas.",
                },
            },
        },
        "Projection": objet(
            "Les centiles de chaque courbe, mois après mois.",
            mois={"type": "array", "items": MOIS},
            **dict.fromkeys(COURBES, centiles),
            contrainte={
                "type": "array",
                "description": "La part des tirages où chacun arrête les entrées, mois après mois.",
                "items": objet(demande=part, places=part, argent=part),
            },
            sources=TEXTES,
        ),
    }
