"""Small bases for the tests of the language: the embedded one, with a table of ours added."""

from __future__ import annotations

import pickle
from functools import cache
from typing import Any

from binome.regles.courante import construire, donnees_de
from binome.regles.lecture import Brut, lire_brut

SOURCE = "igas-2023, ¶165"
COLONNES = (
    "voie",
    "referentiel",
    "minutes_formation",
    "minutes_evaluations",
    "minutes_total",
    "minutes_dispensees",
    "minutes_evaluations_dispensees",
)
"""What a batch of positionings decides, in this order: other programs read them by these names."""


@cache
def _lu() -> bytes:
    """The raw base, kept as bytes: a copy comes back from them in a third of the time of a deep copy."""
    return pickle.dumps(lire_brut(donnees_de()))


def brut() -> Brut:
    """A raw base that a test may change as it likes."""
    copie: Brut = pickle.loads(_lu())  # noqa: S301 - written here
    return copie


def regle(nom: str, si: object = "toujours", **champs: Any) -> Brut:
    """A raw rule that only informs, unless told otherwise."""
    depart = {
        "id": nom,
        "titre": nom,
        "dit": "Un essai.",
        "si": si,
        "alors": "constat",
        "sources": [SOURCE],
    }
    return {**depart, **champs}


def table(*regles: Brut, **champs: Any) -> Brut:
    """A raw table named `essai`, decided by the date of entry."""
    depart = {
        "table": "essai",
        "titre": "Essai",
        "question": "Essai ?",
        "decide_par": "date_entree",
        "politique": "cumul",
        "role": "decide",
    }
    return {**depart, **champs, "regles": list(regles)}


def base_avec(*tables: Brut) -> Any:
    """The embedded base with these tables at its end."""
    contenu = brut()
    contenu["tables"] += list(tables)
    return construire(contenu)


def trouver(contenu: Brut, nom: str) -> Brut:
    """The raw rule of that name."""
    for une in contenu["tables"]:
        for candidate in une["regles"]:
            if candidate["id"] == nom:
                trouvee: Brut = candidate
                return trouvee
    raise KeyError(nom)


def trouver_table(contenu: Brut, nom: str) -> Brut:
    """The raw table of that name."""
    resultat: Brut = next(une for une in contenu["tables"] if une["table"] == nom)
    return resultat


def motif(reponse: dict[str, Any], regle: str) -> dict[str, Any]:
    """The reason that an answer gives by that rule."""
    trouve: dict[str, Any] = next(un for un in reponse["motifs"] if un["regle"] == regle)
    return trouve
