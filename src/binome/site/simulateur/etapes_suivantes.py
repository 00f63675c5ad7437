"""The steps of « Et maintenant », as their file gives them: each with who, where and how long, from a passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from django.urls import reverse

from binome.formations.lecture import sources
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from binome.regles.sources import Citation

Moment = Literal["maintenant", "avant", "ensuite"]
QUINZAINE: Final = 14
CLES: Final = {"id", "reponses", "portes", "quand", "titre", "texte", "sources"}
CLES_LIBRES: Final = {"employeur", "ou", "duree"}


@dataclass(frozen=True, slots=True)
class LieuDEtape:
    """Where a step is done: an address of another site, or a page of this one by its name."""

    nom: str
    lien: str
    vers: str


@dataclass(frozen=True, slots=True)
class EtapeSuivante:
    """One step, for some answers and doors; `employeur` when it asks that the employer be known, or not be."""

    id: str
    reponses: tuple[str, ...]
    portes: tuple[str, ...]
    employeur: bool | None
    quand: Moment
    titre: str
    texte: str
    ou: LieuDEtape | None
    duree: str
    sources: tuple[Citation, ...]

    def en_page(self, quand: str) -> dict[str, Any]:
        """The step as a page shows it, its day in words."""
        return {
            "quand": quand,
            "titre": self.titre,
            "texte": self.texte,
            "ou": self.ou,
            "adresse": "" if self.ou is None else self.ou.lien or reverse(self.ou.vers),
            "duree": self.duree,
            "sources": self.sources,
        }


def _etape(brut: Mapping[str, Any], lieux: Mapping[str, LieuDEtape]) -> EtapeSuivante:
    mauvaises = (set(brut) - CLES - CLES_LIBRES) | (CLES - set(brut))
    if mauvaises:
        msg = f"clés inconnues ou manquantes : {', '.join(sorted(mauvaises))}"
        raise BaseInvalide(msg)
    return EtapeSuivante(
        brut["id"],
        tuple(brut["reponses"]),
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
def lire_les_etapes(fichier: Path) -> tuple[EtapeSuivante, ...]:
    """Every step of a file, in its order. Raises BaseInvalide."""
    brut = lire_yaml(fichier)
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
