"""« Et maintenant » : the next three steps of an answer, dated, each with who, where and how long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from django.urls import reverse

from binome.formations.lecture import sources
from binome.regles.calendrier import date_en_clair
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.sources import Citation
    from binome.site.simulateur.portes import Porte

FICHIER: Final = Path(__file__).parent / "etapes.yaml"
EMPLOYEUR: Final = "entree.employeur"
"""The rule that says whether the person has the employer that the training asks for."""
Moment = Literal["maintenant", "avant", "entree"]
QUINZAINE: Final = 14
CLES: Final = {"id", "voies", "portes", "quand", "titre", "texte", "sources"}
CLES_LIBRES: Final = {"employeur", "ou", "duree"}


@dataclass(frozen=True, slots=True)
class LieuDEtape:
    """Where a step is done: an address of another site, or a page of this one by its name."""

    nom: str
    lien: str
    vers: str


@dataclass(frozen=True, slots=True)
class EtapeSuivante:
    """One step, for some routes and doors; `employeur` when it asks that the employer be known, or not be."""

    id: str
    voies: tuple[str, ...]
    portes: tuple[str, ...]
    employeur: bool | None
    quand: Moment
    titre: str
    texte: str
    ou: LieuDEtape | None
    duree: str
    sources: tuple[Citation, ...]


def _etape(brut: Mapping[str, Any], lieux: Mapping[str, LieuDEtape]) -> EtapeSuivante:
    mauvaises = (set(brut) - CLES - CLES_LIBRES) | (CLES - set(brut))
    if mauvaises:
        msg = f"clés inconnues ou manquantes : {', '.join(sorted(mauvaises))}"
        raise BaseInvalide(msg)
    return EtapeSuivante(
        brut["id"],
        tuple(brut["voies"]),
        tuple(brut["portes"]),
        brut.get("employeur"),
        cast("Moment", brut["quand"]),
        brut["titre"],
        brut["texte"],
        lieux[brut["ou"]] if "ou" in brut else None,
        brut.get("duree", ""),
        tuple(lire_citation(texte, sources()) for texte in brut["sources"]),
    )


@cache
def etapes() -> tuple[EtapeSuivante, ...]:
    """Every step, in the order of the file. Raises BaseInvalide."""
    brut = lire_yaml(FICHIER)
    lieux = {
        nom: LieuDEtape(un["nom"], un.get("lien", ""), un.get("vers", ""))
        for nom, un in brut["lieux"].items()
    }
    lues = []
    for une in brut["etapes"]:
        with dans(f"étape {une.get('id', '?')}"):
            lues.append(_etape(une, lieux))
    return tuple(lues)


def dans_combien(jour: date, aujourd_hui: date) -> str:
    """How far a coming day is, in words: in days below a fortnight, then in weeks."""
    jours = (jour - aujourd_hui).days
    if jours < QUINZAINE:
        return "demain" if jours == 1 else f"dans {jours} jours"
    return f"dans {jours // 7} semaines"


def _quand(moment: Moment, entree: date | None, aujourd_hui: date) -> str:
    if moment == "maintenant":
        return f"Dès aujourd’hui, {date_en_clair(aujourd_hui)}"
    if entree is None:
        return "Avant d’entrer en formation"
    if entree <= aujourd_hui:
        return f"L’entrée était le {date_en_clair(entree)}"
    dit = f"{date_en_clair(entree)}, {dans_combien(entree, aujourd_hui)}"
    return f"Avant le {dit}" if moment == "avant" else f"À partir du {date_en_clair(entree)}"


def maintenant(reponse: Positionnement, porte: Porte, aujourd_hui: date) -> list[dict[str, Any]]:
    """The steps of an answer for who asks it; none where the route asks for nothing."""
    employeur = EMPLOYEUR in reponse.aussi
    return [
        {
            "quand": _quand(une.quand, reponse.au, aujourd_hui),
            "titre": une.titre,
            "texte": une.texte,
            "ou": une.ou,
            "adresse": "" if une.ou is None else une.ou.lien or reverse(une.ou.vers),
            "duree": une.duree,
            "sources": une.sources,
        }
        for une in etapes()
        if reponse.voie in une.voies
        and porte.code in une.portes
        and (une.employeur is None or une.employeur == employeur)
    ]
