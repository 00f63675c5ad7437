"""The positioning rules as a JDM graph for the ZEN engine: decision tables, a switch, expressions.

JSON has no date, so dates come in as whole numbers (20250625), the fastest form that stays
readable: windows are intervals, and twelve months more is 10 000 more. The tables compare such
a sum only by "at most", which needs no care for 29 February.

Written to be fast: tables stop at the first row that holds, an either-or takes two rows, and only
a dossier of the CQP goes through the exemptions and the AFGSU (the switch). The 40913 exemptions
add up, so that table collects.
"""

from __future__ import annotations

import json
from typing import Any, Final

CLE: Final = "positionnement"
"""The name under which the engine's loader keeps the graph."""

PERIODE_36358: Final = "[20210101..20250424]"
PERIODE_384: Final = "[20210101..20231231]"
PERIODE_279: Final = "[20240101..20250424]"
PERIODE_40913: Final = "[20250625..20300625]"
SOIGNANT: Final = "ide or aide_soignant or auxiliaire_puericulture"
DENTAIRE: Final = "assistant_dentaire or aide_dentaire"


def _h(heures: float) -> str:
    """Hours as minutes, in the language of the cells."""
    return str(round(heures * 60))


def _table(
    nom: str,
    entrees: tuple[str, ...],
    sorties: tuple[str, ...],
    *lignes: tuple[str, ...],
    cumul: bool = False,
) -> dict[str, Any]:
    """A decision table: one field per input column, an empty cell for "whatever"."""
    colonnes = [*(f"e{n}" for n in range(len(entrees))), *(f"s{n}" for n in range(len(sorties)))]
    return {
        "id": nom,
        "name": nom,
        "type": "decisionTableNode",
        "position": {"x": 0, "y": 0},
        "content": {
            "hitPolicy": "collect" if cumul else "first",
            "passThrough": True,
            "inputField": None,
            "outputPath": nom if cumul else None,
            "executionMode": "single",
            "inputs": [
                {"id": f"e{n}", "name": champ, "field": champ} for n, champ in enumerate(entrees)
            ],
            "outputs": [
                {"id": f"s{n}", "name": champ, "field": champ} for n, champ in enumerate(sorties)
            ],
            "rules": [
                {"_id": f"{nom}-{n}", **dict(zip(colonnes, ligne, strict=True))}
                for n, ligne in enumerate(lignes, start=1)
            ],
        },
    }


def _expressions(nom: str, **valeurs: str) -> dict[str, Any]:
    return {
        "id": nom,
        "name": nom,
        "type": "expressionNode",
        "position": {"x": 0, "y": 0},
        "content": {
            "passThrough": True,
            "inputField": None,
            "outputPath": None,
            "executionMode": "single",
            "expressions": [
                {"id": f"{nom}-{cle}", "key": cle, "value": valeur}
                for cle, valeur in valeurs.items()
            ],
        },
    }


def _fleche(source: str, cible: str, poignee: str = "") -> dict[str, Any]:
    fleche = {"id": f"{source}-{cible}", "type": "edge", "sourceId": source, "targetId": cible}
    return {**fleche, "sourceHandle": poignee} if poignee else fleche


REFERENTIEL: Final = _table(
    "referentiel",
    ("date_entree",),
    ("referentiel", "formation_cqp", "evaluations_cqp", "heures_fae"),
    (PERIODE_384, '"rncp36358-384"', _h(371), _h(13), _h(112)),
    (PERIODE_279, '"rncp36358-279"', _h(266), _h(13), _h(98)),
    (PERIODE_40913, '"rncp40913"', _h(264), _h(15), _h(75)),
    ("", '"aucun"', "null", "null", "null"),
)
PREREQUIS: Final = _table(
    "prerequis",
    (
        "date_entree",
        "niveau_diplome",
        "secretaire_medical",
        "experience_secretaire_mois",
        "assistant_dentaire or sage_femme",
    ),
    ("prerequis",),
    (PERIODE_36358, ">= 4", "", "", "", '"36358.niveau-4"'),
    (PERIODE_36358, "", "true", "", "", '"36358.secretaire-certifiee"'),
    (PERIODE_36358, "", "", ">= 36", "", '"36358.secretaire-trois-ans"'),
    (PERIODE_36358, "", "", "", "true", '"36358.assistant-dentaire"'),
    (PERIODE_40913, ">= 4", "", "", "", '"40913.niveau-4"'),
    (PERIODE_40913, "", "true", "", "", '"40913.secretaire-certifiee"'),
    (PERIODE_40913, "", "", ">= 12", "", '"40913.secretaire-un-an"'),
    (PERIODE_40913, "", "", "", "true", '"40913.assistant-dentaire"'),
    ("", "", "", "", "", '"aucun"'),
)
VOIE: Final = _table(
    "voie",
    ("cqp_assistant_medical", SOIGNANT, "date_entree", "referentiel", "prerequis"),
    ("voie",),
    ("true", "", "", "", "", '"deja_certifie"'),
    ("", "true", ">= 20210101", "", "", '"fae"'),
    ("", "", "< 20210101", "", "", '"refus"'),
    ("", "", "", '"aucun"', "", '"indetermine"'),
    ("", "", "", "", '$ != "aucun"', '"cqp"'),
    ("", "", "< 20220317", "", "", '"indetermine"'),
    ("", "", "", "", "", '"refus"'),
)
DISPENSES_384: Final = _table(
    "dispenses_384",
    (
        "date_entree",
        "secretaire_medical",
        DENTAIRE,
        "experience_secretaire_mois",
        "experience_dentaire_mois",
    ),
    ("forfait", "forfait_evaluations"),
    (PERIODE_384, "true", "", ">= 12", "", _h(98), _h(2.5)),
    (PERIODE_384, "", "true", "", ">= 12", _h(70), _h(2.75)),
    (PERIODE_384, "", "true", "", "", _h(49), _h(2.25)),
    (PERIODE_384, "true", "", "", "", _h(49), _h(2)),
    ("", "", "", "", "", "0", "0"),
)
DISPENSES_40913: Final = _table(
    "dispenses_40913",
    ("date_entree", "secretaire_medical or experience_secretaire_mois >= 24", DENTAIRE),
    ("minutes",),
    (PERIODE_40913, "true", "", _h(63)),
    (PERIODE_40913, "", "true", _h(21)),
    cumul=True,
)
# Level 1 only: nobody has confirmed that level 2 is accepted.
AFGSU: Final = _table(
    "afgsu",
    ("afgsu_niveau", "afgsu_date", "date_jury", "date_entree"),
    ("acquis",),
    (
        "1",
        "$ != null",
        "$ != null and $ >= afgsu_date and $ <= afgsu_date + 40000",
        "$ >= afgsu_date and $ <= afgsu_date + 40000",
        _h(14),
    ),
    ("1", "$ != null", "$ == null", "$ >= afgsu_date and $ <= afgsu_date + 10000", _h(14)),
    ("", "", "", "", "0"),
)
HEURES_CQP: Final = _expressions(
    "heures_cqp",
    dispensees="forfait + (len(dispenses_40913) == 0 ? 0 : sum(map(dispenses_40913, #.minutes)))",
    formation="formation_cqp - $.dispensees - acquis",
    evaluations="evaluations_cqp - forfait_evaluations",
    total="$.formation + $.evaluations",
    evaluations_dispensees="forfait_evaluations",
)
HEURES_AUTRES: Final = _table(
    "heures_autres",
    ("voie", "attestation_fae"),
    ("formation", "evaluations", "total", "dispensees", "evaluations_dispensees"),
    ('"fae"', "false", "heures_fae", "0", "heures_fae", "0", "0"),
    ('"indetermine"', "", "null", "null", "null", "null", "null"),
    ("", "", "0", "0", "0", "0", "0"),
)


def schema() -> dict[str, Any]:
    """What a dossier must look like, so that a bad one is refused instead of falling through."""
    entier = {"type": "integer"}
    booleen = {"type": "boolean"}
    proprietes = {
        "date_entree": entier,
        "afgsu_date": {"type": ["integer", "null"]},
        "date_jury": {"type": ["integer", "null"]},
        "niveau_diplome": {"type": "integer", "minimum": 0, "maximum": 8},
        "experience_secretaire_mois": {"type": "integer", "minimum": 0},
        "experience_dentaire_mois": {"type": "integer", "minimum": 0},
        "afgsu_niveau": {"type": "integer", "minimum": 0, "maximum": 2},
        "ide": booleen,
        "aide_soignant": booleen,
        "auxiliaire_puericulture": booleen,
        "secretaire_medical": booleen,
        "assistant_dentaire": booleen,
        "aide_dentaire": booleen,
        "sage_femme": booleen,
        "cqp_assistant_medical": booleen,
        "attestation_fae": booleen,
    }
    return {"type": "object", "properties": proprietes, "required": list(proprietes)}


def graphe(*, avec_schema: bool) -> dict[str, Any]:
    """The whole graph, with or without the check of its input."""
    entree: dict[str, Any] = {
        "id": "dossier",
        "name": "dossier",
        "type": "inputNode",
        "position": {"x": 0, "y": 0},
    }
    if avec_schema:
        entree["content"] = {"schema": json.dumps(schema())}
    aiguillage = {
        "id": "aiguillage",
        "name": "aiguillage",
        "type": "switchNode",
        "position": {"x": 0, "y": 0},
        "content": {
            "hitPolicy": "first",
            "statements": [
                {"id": "cqp", "condition": "voie == 'cqp'", "isDefault": False},
                {"id": "sinon", "condition": "", "isDefault": True},
            ],
        },
    }
    sortie = {
        "id": "reponse",
        "name": "reponse",
        "type": "outputNode",
        "position": {"x": 0, "y": 0},
    }
    return {
        "nodes": [
            entree,
            REFERENTIEL,
            PREREQUIS,
            VOIE,
            aiguillage,
            DISPENSES_384,
            DISPENSES_40913,
            AFGSU,
            HEURES_CQP,
            HEURES_AUTRES,
            sortie,
        ],
        "edges": [
            _fleche("dossier", "referentiel"),
            _fleche("referentiel", "prerequis"),
            _fleche("prerequis", "voie"),
            _fleche("voie", "aiguillage"),
            _fleche("aiguillage", "dispenses_384", "cqp"),
            _fleche("dispenses_384", "dispenses_40913"),
            _fleche("dispenses_40913", "afgsu"),
            _fleche("afgsu", "heures_cqp"),
            _fleche("heures_cqp", "reponse"),
            _fleche("aiguillage", "heures_autres", "sinon"),
            _fleche("heures_autres", "reponse"),
        ],
    }
