"""Reads the raw content of a base: a folder of YAML files, or its own export."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

DONNEES: Final = Path(__file__).parent / "donnees"
"""One folder a certification, under its code."""
FICHE: Final = "certification"
"""The sheet of a certification: in its folder, and in what was read of it."""

Brut = dict[str, Any]
NON_TROUVE: Final = "non trouvé"
"""What is written for a figure that no source gives: it is unknown, and never zero."""


class BaseInvalide(ValueError):
    """Raised when the rule base cannot be loaded; says where and why."""


@contextmanager
def dans(lieu: str) -> Iterator[None]:
    """Says where in the base an error stands."""
    try:
        yield
    except (KeyError, TypeError, AttributeError) as erreur:
        msg = f"{lieu} : champ manquant ou mal formé ({erreur})"
        raise BaseInvalide(msg) from erreur
    except ValueError as erreur:
        msg = f"{lieu} : {erreur}"
        raise BaseInvalide(msg) from erreur


class _Lecteur(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc] # one of two classes, by what is installed
    """The safe YAML loader, which also refuses a key written twice."""


def _table_sans_doublon(lecteur: _Lecteur, noeud: yaml.MappingNode) -> Brut:
    resultat: Brut = {}
    for noeud_cle, noeud_valeur in noeud.value:
        cle = lecteur.construct_object(noeud_cle, deep=True)
        if cle in resultat:
            msg = f"la clé « {cle} » est écrite deux fois (ligne {noeud_cle.start_mark.line + 1})"
            raise ValueError(msg)
        resultat[cle] = lecteur.construct_object(noeud_valeur, deep=True)
    return resultat


_Lecteur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _table_sans_doublon)


def lire_yaml(chemin: Path) -> Any:
    """The content of a YAML file. Raises BaseInvalide, naming the file and the place."""
    with dans(chemin.name):
        try:
            return yaml.load(chemin.read_text(encoding="utf-8"), Loader=_Lecteur)  # noqa: S506 - derives from the safe loader
        except yaml.YAMLError as erreur:
            raise ValueError(str(erreur)) from erreur


def lire_brut(dossier: Path) -> Brut:
    """The raw content of a base kept as a folder of YAML files.

    The sheet of the certification by default stays out: what was read without one is of it.
    """
    brut: Brut = {
        nom: lire_yaml(dossier / f"{nom}.yaml")
        for nom in ("vues", "sources", "parametres", "pieces", "leviers", "montants")
    }
    brut.update(lire_yaml(dossier / "faits.yaml"))
    for nom in ("referentiels", "tables"):
        brut[nom] = [lire_yaml(chemin) for chemin in sorted((dossier / nom).rglob("*.yaml"))]
    brut["reformes"] = []
    fiche = lire_fiche(dossier)
    if not fiche.get("par_defaut"):
        brut[FICHE] = fiche
    return brut


def lire_fiche(dossier: Path) -> Brut:
    """The raw sheet of the certification whose base this folder holds."""
    fiche: Brut = lire_yaml(dossier / f"{FICHE}.yaml")
    return fiche


def lire_export(texte: str) -> Brut:
    """The raw content of a base exported as canonical JSON, its dates restored."""

    def dates(objet: Brut) -> Brut:
        for cle in ("du", "au", "le", "consulte_le"):
            if isinstance(objet.get(cle), str):
                objet[cle] = date.fromisoformat(objet[cle])
        return objet

    brut: Brut = json.loads(texte, object_hook=dates)
    return brut
