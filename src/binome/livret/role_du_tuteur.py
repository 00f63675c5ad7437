"""What the role of tutor asks and gives, each line with its source and how far it can be relied upon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.lecture import Brut
    from binome.regles.sources import Citation

DONNEES: Final = Path(__file__).with_name("role_du_tuteur.yaml")
Theme: TypeAlias = Literal["demande", "nombre", "nomme", "temps", "argent", "formation"]
THEMES: Final[Mapping[Theme, str]] = {
    "demande": "Ce que le rôle demande",
    "nombre": "Combien de personnes",
    "nomme": "Quand nommer le tuteur",
    "temps": "Le temps",
    "argent": "Ce qui peut être payé",
    "formation": "La formation du tuteur",
}
Force: TypeAlias = Literal["certain", "deduit", "conteste", "non_trouve"]
FORCES: Final[Mapping[Force, str]] = {
    "certain": "une source le dit",
    "deduit": "déduit, ou d’une source peu sûre",
    "conteste": "les sources divergent",
    "non_trouve": "non trouvé",
}


@dataclass(frozen=True, slots=True)
class LigneDeRole:
    """A sentence on the role; `voie` is the route it holds for, empty for any; `qui_sait` who would know what was not found."""

    id: str
    theme: Theme
    dit: str
    force: Force
    voie: str
    sources: tuple[Citation, ...]
    regle: str
    qui_sait: str

    @property
    def force_dite(self) -> str:
        """How far it can be relied upon, in words."""
        return majuscule(FORCES[self.force])


@cache
def role_du_tuteur() -> tuple[LigneDeRole, ...]:
    """Every line, by theme, in its order. Raises BaseInvalide on one that stands on nothing."""
    lues = []
    for brut in lire_yaml(DONNEES):
        with dans(f"rôle du tuteur, {brut['id']}"):
            ligne = _ligne(brut)
            fautes = list(_fautes(ligne))
            if fautes:
                raise BaseInvalide(" ; ".join(fautes))
            lues.append(ligne)
    ordre = list(THEMES)
    return tuple(sorted(lues, key=lambda une: ordre.index(une.theme)))


def _ligne(brut: Brut) -> LigneDeRole:
    sources = base_courante().sources
    return LigneDeRole(
        brut["id"],
        brut["theme"],
        brut["dit"],
        brut["force"],
        brut.get("voie", ""),
        tuple(lire_citation(texte, sources) for texte in brut.get("sources", ())),
        brut.get("regle", ""),
        brut.get("qui_sait", ""),
    )


def _fautes(ligne: LigneDeRole) -> Iterator[str]:
    base = base_courante().entiere
    if ligne.theme not in THEMES or ligne.force not in get_args(Force):
        yield "thème ou force inconnus"
    if ligne.voie and ligne.voie not in base.tables:
        yield f"la voie « {ligne.voie} » n’est pas une table de la base"
    if ligne.force == "non_trouve":
        if ligne.sources or not ligne.qui_sait:
            yield "ce qui n’a pas été trouvé n’a pas de source, et dit qui le saurait"
    elif not ligne.sources:
        yield "il lui faut une source"
    if ligne.force == "conteste" and len(ligne.sources) < 2:
        yield "des sources qui divergent sont deux au moins"
    if ligne.force == "certain" and all(un.source.fiabilite == "faible" for un in ligne.sources):
        yield "une source peu sûre ne rend rien certain"
    if ligne.regle:
        if ligne.regle not in base.regles:
            yield f"la règle « {ligne.regle} » n’existe pas"
        elif not {str(un) for un in ligne.sources} & {
            str(un) for un in base.regles[ligne.regle].sources
        }:
            yield f"la règle « {ligne.regle} » ne cite aucune de ses sources"
