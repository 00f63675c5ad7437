"""The publics of the kit, as their file gives them: what is said to each is a rule of the day, with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.urls import get_script_prefix, reverse

from binome.formations.lecture import sources
from binome.regles.calendrier import montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.regle import Bareme
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.regle import Regle
    from binome.regles.sources import Citation

FICHIER: Final = Path(__file__).parent / "publics.yaml"
CLES: Final = {"code", "nom", "titre", "accroche", "appel", "vers", "reserve", "points", "sources"}


@dataclass(frozen=True, slots=True)
class PointDuKit:
    """One thing said: the rules that may say it, one for each time, and its line on a poster, empty for none."""

    regles: tuple[Regle, ...]
    court: str

    def du(self, jour: date) -> Regle | None:
        """The rule that says it on a day; None when it is not said that day."""
        return next((une for une in self.regles if une.couvre(jour)), None)


@dataclass(frozen=True, slots=True)
class PublicDuKit:
    """Somebody that the kit speaks to, and the door that it leads to."""

    code: str
    nom: str
    titre: str
    accroche: str
    appel: str
    vers: str
    porte: str
    reserve: str
    points: tuple[PointDuKit, ...]
    sources: tuple[Citation, ...]

    @property
    def adresse(self) -> str:
        """The door, on this site."""
        return reverse(self.vers, args=[self.porte] if self.porte else [])

    @property
    def porte_du_jour(self) -> str:
        """The same door under today's rules, whatever the day of the page: what a paper or a text leads to."""
        return f"/{self.adresse.removeprefix(get_script_prefix())}"

    def dits(self, jour: date) -> tuple[Regle, ...]:
        """What is said on a day, each by its rule."""
        return tuple(une for un in self.points if (une := un.du(jour)) is not None)

    def lignes(self, jour: date) -> tuple[str, ...]:
        """The lines of the poster on a day, their figures those of the rules."""
        return tuple(
            _chiffrer(un.court, une)
            for un in self.points
            if un.court and (une := un.du(jour)) is not None
        )


def _chiffrer(court: str, regle: Regle) -> str:
    """A line with the amounts of its rule in place. Raises KeyError on a cell that the rule has not."""
    cases = regle.effet.cases if isinstance(regle.effet, Bareme) else {}
    connues = {nom: montant_en_clair(un) for nom, un in cases.items() if un is not None}
    return court.format(**connues)


def _public(brut: Mapping[str, Any]) -> PublicDuKit:
    mauvaises = (set(brut) - CLES - {"porte"}) | (CLES - set(brut))
    if mauvaises or not brut["sources"]:
        msg = (
            f"clés inconnues ou manquantes, ou public sans source : {', '.join(sorted(mauvaises))}"
        )
        raise BaseInvalide(msg)
    regles = base_courante().entiere.regles
    return PublicDuKit(
        brut["code"],
        brut["nom"],
        brut["titre"],
        brut["accroche"],
        brut["appel"],
        brut["vers"],
        brut.get("porte", ""),
        brut["reserve"],
        tuple(
            PointDuKit(tuple(regles[nom] for nom in un["regles"]), un.get("court", ""))
            for un in brut["points"]
        ),
        tuple(lire_citation(texte, sources()) for texte in brut["sources"]),
    )


@cache
def publics() -> Mapping[str, PublicDuKit]:
    """The publics by their name. Raises BaseInvalide on one without source, KeyError on a rule that is not there."""
    lus = []
    for un in lire_yaml(FICHIER):
        with dans(f"public {un.get('code', '?')}"):
            lus.append(_public(un))
    return {un.code: un for un in lus}
