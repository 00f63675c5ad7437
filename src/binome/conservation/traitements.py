"""The register of processing, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from binome.regles.lecture import lire_yaml
from binome.socle.durees import avertir_jours, durees

ICI: Final = Path(__file__).parent


@cache
def registre() -> dict[str, Any]:
    """The register as it is written."""
    lu: dict[str, Any] = lire_yaml(ICI / "traitements.yaml")
    return lu


def registre_en_markdown() -> str:
    """The register and the periods, as `docs/registre.md` holds them."""
    lu = registre()
    lignes = [
        "# Registre des traitements",
        "",
        "Écrit par `binome dossiers registre` d’après `src/binome/conservation/traitements.yaml` et `src/binome/socle/durees.yaml` : ne pas modifier ici.",
        "",
        f"Responsable : {lu['responsable']}.",
    ]
    champs = {
        "finalite": "Finalité", "fondement": "Fondement", "personnes": "Personnes", "donnees": "Données",
        "destinataires": "Destinataires", "securite": "Sécurité",
    }  # fmt: skip
    for un in lu["traitements"]:
        lignes += ["", f"## {un['nom']}", ""]
        lignes += [f"- {mot} : {un[cle].rstrip('.')}." for cle, mot in champs.items()]
        quoi = " ; ".join(durees()[code].quoi.lower() for code in un["durees"])
        lignes.append(f"- Durées : {quoi or 'à décider par le responsable'}.")
    lignes += [
        "",
        "## Durées de conservation",
        "",
        "| Quoi | Depuis | Mois | Statut | D’après |",
        "|---|---|---|---|---|",
    ]
    lignes += [
        f"| {un.quoi} | {un.depuis} | {un.mois} | {un.statut_en_clair} | {un.source or un.repere} |"
        for un in durees().values()
    ]
    avis = f"Chacun est averti au moins {avertir_jours()} jours avant l’effacement."
    return "\n".join([*lignes, "", avis, ""])
