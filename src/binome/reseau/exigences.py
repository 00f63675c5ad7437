"""What a call asks of who trains, held against those that an answer names: shown to both sides, never a silent refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.reseau.models import Appel, Formateur

REPONSES: Final = {True: "oui", False: "non", None: "à dire"}


@dataclass(frozen=True, slots=True)
class PointDemande:
    """One thing that a call asks; `tenue` is None while what is known does not tell. `compte` says what was counted."""

    demande: str
    tenue: bool | None
    compte: str

    @property
    def reponse(self) -> str:
        """Whether it is met, in a word."""
        return REPONSES[self.tenue]


def compter_les_formateurs(appel: Appel, formateurs: Sequence[Formateur]) -> dict[str, int]:
    """How many they are, and of each thing asked: how many meet it, and of how many nobody said."""
    seuil = appel.annees or 0
    return {
        "formateurs": len(formateurs),
        "pratique": sum(un.annees is not None and un.annees >= seuil for un in formateurs),
        "pratique_non_dite": sum(un.annees is None for un in formateurs),
        "formes": sum(un.forme_a_former is True for un in formateurs),
        "formes_non_dits": sum(un.forme_a_former is None for un in formateurs),
        "soignants": sum(un.soignant is True for un in formateurs),
        "soignants_non_dits": sum(un.soignant is None for un in formateurs),
    }


def exigences(appel: Appel, comptes: Mapping[str, int]) -> list[PointDemande]:
    """What the call asks, each with what these counts say of it."""
    tous = comptes.get("formateurs", 0)
    dites = []
    if appel.annees:
        dites.append(
            PointDemande(
                f"Chaque personne qui forme a au moins {compter(appel.annees, 'an')} de pratique.",
                _tous(tous, comptes.get("pratique", 0), comptes.get("pratique_non_dite", 0)),
                _sur(comptes.get("pratique", 0), tous, comptes.get("pratique_non_dite", 0)),
            )
        )
    if appel.formation_de_formateur:
        dites.append(
            PointDemande(
                "Chaque personne qui forme a suivi une formation de formateur.",
                _tous(tous, comptes.get("formes", 0), comptes.get("formes_non_dits", 0)),
                _sur(comptes.get("formes", 0), tous, comptes.get("formes_non_dits", 0)),
            )
        )
    if appel.part_de_soignants:
        oui, inconnus = comptes.get("soignants", 0), comptes.get("soignants_non_dits", 0)
        dites.append(
            PointDemande(
                f"Au moins {appel.part_de_soignants} % des personnes qui forment sont des professionnels de santé.",
                _une_part(appel.part_de_soignants, tous, oui, inconnus),
                _sur(oui, tous, inconnus),
            )
        )
    return dites


def non_tenues(dites: Iterable[PointDemande]) -> list[str]:
    """What an answer does not meet, or does not say."""
    return [une.demande for une in dites if une.tenue is not True]


def _tous(tous: int, oui: int, inconnus: int) -> bool | None:
    if tous == 0 or (oui + inconnus == tous and inconnus):
        return None
    return oui == tous


def _une_part(part: int, tous: int, oui: int, inconnus: int) -> bool | None:
    """In whole numbers: a quarter of five people is two of them."""
    if tous == 0:
        return None
    if oui * 100 >= part * tous:
        return True
    return None if (oui + inconnus) * 100 >= part * tous else False


def _sur(oui: int, tous: int, inconnus: int) -> str:
    reste = f", non dit pour {inconnus}" if inconnus else ""
    return f"{oui} sur {tous}{reste}"
