"""Retention periods and the register of processing, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.regles.calendrier import ajouter_mois
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from datetime import date

ICI: Final = Path(__file__).parent
STATUTS: Final = {"source": "D’après un texte", "a_decider": "À décider par le responsable"}


@dataclass(frozen=True, slots=True)
class Duree:
    """How long a thing is kept, in months since the day that `depuis` names."""

    code: str
    quoi: str
    depuis: str
    mois: int
    statut: str
    repere: str = ""
    source: str = ""

    @property
    def statut_en_clair(self) -> str:
        """Whether a text gives it."""
        return STATUTS[self.statut]

    def terme(self, depart: date) -> date:
        """The day from which it is no longer kept."""
        return ajouter_mois(depart, self.mois)

    def limite(self) -> date:
        """What started on this day or before has reached its term today."""
        return ajouter_mois(timezone.localdate(), -self.mois)


@cache
def durees() -> dict[str, Duree]:
    """The periods, by code. Raises ValueError for one that neither cites a text nor says it is to decide."""
    lues = {un["code"]: Duree(**un) for un in lire_yaml(ICI / "durees.yaml")["durees"]}
    for une in lues.values():
        if not (une.source if une.statut == "source" else une.repere) or une.mois < 1:
            msg = f"la durée « {une.code} » ne dit ni sa source, ni son repère"
            raise ValueError(msg)
    return lues


@cache
def avertir_jours() -> int:
    """Days between the warning and the erasure, at least."""
    return int(lire_yaml(ICI / "durees.yaml")["avertir_jours"])


@cache
def registre() -> dict[str, Any]:
    """The register as it is written."""
    lu: dict[str, Any] = lire_yaml(ICI / "registre.yaml")
    return lu


def registre_en_markdown() -> str:
    """The register and the periods, as `docs/registre.md` holds them."""
    lu = registre()
    lignes = [
        "# Registre des traitements",
        "",
        "Écrit par `binome dossiers registre` d’après `src/binome/dossiers/conservation/*.yaml` : ne pas modifier ici.",
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
