"""The embedded base, the overlays that may be laid over it, and bases named by a person."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from binome.regles.charger import construire
from binome.regles.lecture import (
    DONNEES,
    BaseInvalide,
    Brut,
    dans,
    lire_brut,
    lire_export,
    lire_yaml,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base


def appliquer_reforme(brut: Brut, reforme: Brut) -> Brut:
    """A copy of the raw content with an overlay laid over it; the base itself never moves.

    The rules named by `remplace` end the day before the reform; those of `ajoute` come in.
    """
    with dans(f"réforme {reforme['id']}"):
        du: date = reforme["du"]
        remplacees = set(reforme.get("remplace", ()))
        inconnues = remplacees - {r["id"] for table in brut["tables"] for r in table["regles"]}
        ajouts: Mapping[str, list[Brut]] = reforme["ajoute"]
        inconnues |= set(ajouts) - {table["table"] for table in brut["tables"]}
        if inconnues:
            msg = f"règles ou tables inconnues : {', '.join(sorted(inconnues))}"
            raise ValueError(msg)
        tables = []
        for table in brut["tables"]:
            regles = []
            for regle in table["regles"]:
                if regle["id"] in remplacees and (regle.get("au") or du) >= du:
                    if regle.get("du") is None or regle["du"] < du:
                        regles.append({**regle, "au": du - timedelta(days=1)})
                    continue
                regles.append(regle)
            regles += ajouts.get(table["table"], [])
            tables.append({**table, "regles": regles})
        return {**brut, "tables": tables, "reformes": [*brut["reformes"], reforme["id"]]}


@cache
def reformes() -> Mapping[str, Brut]:
    """The overlays that Binôme knows, by identifier; all off by default."""
    lues = [lire_yaml(chemin) for chemin in sorted((DONNEES / "reformes").glob("*.yaml"))]
    return {reforme["id"]: reforme for reforme in lues}


@cache
def base_courante(*avec: str) -> Base:
    """The embedded base, with the named overlays laid over it in that order.

    Raises BaseInvalide when an overlay does not exist.
    """
    brut = lire_brut(DONNEES)
    for nom in avec:
        if nom not in reformes():
            msg = f"la réforme « {nom} » n’existe pas ; connues : {', '.join(reformes())}"
            raise BaseInvalide(msg)
        brut = appliquer_reforme(brut, reformes()[nom])
    return construire(brut)


def ouvrir(designation: str) -> Base:
    """A base named by a person: `courante`, `courante+igas-8`, a folder of YAML, or an export.

    Raises BaseInvalide when nothing there can be read as a base.
    """
    nom, *avec = designation.split("+")
    if nom == "courante":
        return base_courante(*avec)
    chemin = Path(designation)
    with dans(designation):
        try:
            if chemin.is_dir():
                return construire(lire_brut(chemin))
            return construire(lire_export(chemin.read_text(encoding="utf-8")))
        except OSError as erreur:
            raison = erreur.strerror or "lecture impossible"
            msg = (
                f"{raison} ; attendu : « courante », « courante+réforme », un dossier ou un export"
            )
            raise ValueError(msg) from erreur
