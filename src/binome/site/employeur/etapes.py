"""The steps of an employer, as their file gives them: who, which form, when, and from which passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.formations.lecture import sources
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.regle import Regle
    from binome.regles.sources import Citation

FICHIER: Final = Path(__file__).parent / "etapes.yaml"
CLES: Final = {"id", "moment", "titre", "texte", "qui", "sources"}
CLES_LIBRES: Final = {
    "formulaire",
    "ou",
    "inconnu",
    "regles",
    "echeances",
    "jours",
    "repere",
    "connus",
}
REPERES: Final = {"", "fiche", "salaire"}


@dataclass(frozen=True, slots=True)
class LieuDeDemarche:
    """Where a step is done: another site, or a page of this one, behind a door where it has one."""

    nom: str
    lien: str
    vers: str
    porte: str


@dataclass(frozen=True, slots=True)
class FaitDate:
    """Something that is known of a step, with its day in its words, and the passage that says it."""

    dit: str
    source: Citation

    @property
    def en_liste(self) -> tuple[Citation, ...]:
        """Its passage, as a page marks sources."""
        return (self.source,)


@dataclass(frozen=True, slots=True)
class EtapeDEmployeur:
    """One step. `jours`: from and to how many days after the hiring, both included; `inconnu`: what nobody told us."""

    id: str
    moment: str
    titre: str
    texte: str
    qui: str
    formulaire: str
    inconnu: str
    ou: LieuDeDemarche | None
    regles: tuple[Regle, ...]
    echeances: tuple[str, ...]
    jours: tuple[int, int] | None
    repere: str
    connus: tuple[FaitDate, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Etapes:
    """Every step, and the moments that they belong to, in order."""

    moments: Mapping[str, str]
    toutes: tuple[EtapeDEmployeur, ...]

    @property
    def connues(self) -> frozenset[str]:
        """The names of the steps, as an address holds those that are done."""
        return frozenset(une.id for une in self.toutes)


def _etape(brut: Mapping[str, Any], lieux: Mapping[str, LieuDeDemarche]) -> EtapeDEmployeur:
    mauvaises = (set(brut) - CLES - CLES_LIBRES) | (CLES - set(brut))
    if mauvaises or brut.get("repere", "") not in REPERES or not brut["sources"]:
        msg = f"clés inconnues ou manquantes, ou étape sans source : {', '.join(sorted(mauvaises))}"
        raise BaseInvalide(msg)
    regles = base_courante().entiere.regles
    jours = brut.get("jours")
    return EtapeDEmployeur(
        brut["id"],
        brut["moment"],
        brut["titre"],
        brut["texte"],
        brut["qui"],
        brut.get("formulaire", ""),
        brut.get("inconnu", ""),
        lieux[brut["ou"]] if "ou" in brut else None,
        tuple(regles[nom] for nom in brut.get("regles", ())),
        tuple(brut.get("echeances", ())),
        (jours[0], jours[1]) if jours else None,
        brut.get("repere", ""),
        tuple(
            FaitDate(un["dit"], lire_citation(un["source"], sources()))
            for un in brut.get("connus", ())
        ),
        tuple(lire_citation(texte, sources()) for texte in brut["sources"]),
    )


@cache
def etapes() -> Etapes:
    """The steps of the file. Raises BaseInvalide on a step without source, a rule or a passage that is not there."""
    brut = lire_yaml(FICHIER)
    lieux = {
        nom: LieuDeDemarche(un["nom"], un.get("lien", ""), un.get("vers", ""), un.get("porte", ""))
        for nom, un in brut["lieux"].items()
    }
    lues = []
    for une in brut["etapes"]:
        with dans(f"étape {une.get('id', '?')}"):
            if une.get("moment") not in brut["moments"]:
                msg = f"moment inconnu : {une.get('moment')}"
                raise BaseInvalide(msg)
            lues.append(_etape(une, lieux))
    return Etapes(brut["moments"], tuple(lues))
