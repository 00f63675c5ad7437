"""The cost that the report of 2023 prints, explained to the euro, and its totals computed again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import duree_ou_inconnue, montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.ecarts import Controle, Ecart, controles, ecarts
from binome.regles.metiers.financement import VUE
from binome.regles.regle import Bareme
from binome.site.financement.baremes import cellule
from binome.site.financement.jour import referentiel_du, voies_pour

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.metiers.financement import VoieDeFinancement
    from binome.regles.referentiels import Referentiel
    from binome.regles.sources import Citation

ECART: Final = "cout-12-600"
"""The entry of the ledger that sets the printed cost beside the computed one."""
BAREME: Final = "taux-pdc"
VOIE: Final = "voie-pdc"
EMPLOYEUR: Final = "salarie_cabinet"


class Terme(NamedTuple):
    """One heading of the cost: how it is computed, and what it comes to in cents."""

    sorte: str
    titre: str
    calcul: str
    cents: int

    @property
    def montant(self) -> str:
        """The amount in words."""
        return montant_en_clair(self.cents)


class CoutDuRapport(NamedTuple):
    """The printed cost, the two headings that are computed, and what remains between them."""

    jour: date
    referentiel: Referentiel
    termes: tuple[Terme, ...]
    reste: Terme
    imprime: int
    citations: tuple[Citation, ...]
    ecart: Ecart

    @property
    def somme(self) -> str:
        """What the two computed headings come to."""
        return montant_en_clair(sum(un.cents for un in self.termes))

    @property
    def total(self) -> str:
        """The printed cost."""
        return montant_en_clair(self.imprime)


def jours_du_bareme() -> list[date]:
    """The days from which a scale of the training plan gives every cell, in order."""
    regles = base_courante().vue(VUE).tables[BAREME].regles
    return sorted(
        regle.du
        for regle in regles
        if regle.du is not None
        and isinstance(regle.effet, Bareme)
        and None not in regle.effet.cases.values()
    )


def _terme(voie: VoieDeFinancement, referentiel: Referentiel, poste: str, titre: str) -> Terme:
    heure = cellule(voie, poste)
    calcul = f"{duree_ou_inconnue(referentiel.total)} × {heure.texte if heure else ''}"
    return Terme(poste, titre, calcul, voie.montants[poste] or 0)


@cache
def cout_du_rapport() -> CoutDuRapport | None:
    """The cost of a trainee in the report; None when the base has lost its scale or its référentiel."""
    jours = jours_du_bareme()
    referentiel = referentiel_du(jours[0]) if jours else None
    controle = next((un for un in controles() if un.ecart == ECART), None)
    if referentiel is None or controle is None:
        return None
    voies = voies_pour(jours[0], referentiel, EMPLOYEUR)
    voie = next(une for une in voies if une.cible == VOIE)
    termes = (
        _terme(voie, referentiel, "pedagogie", "Frais pédagogiques, hors taxes"),
        _terme(voie, referentiel, "salaire", "Part de salaire"),
    )
    imprime = round(controle.imprime) * 100
    reste = Terme(
        "annexes",
        "Frais annexes, par différence",
        "déduit, le rapport ne le dit pas",
        imprime - sum(un.cents for un in termes),
    )
    ecart = next(un for un in ecarts() if un.id == ECART)
    lues = tuple(citation for lecture in ecart.lectures for citation in lecture.sources)
    citations = (*lues, *referentiel.sources)
    return CoutDuRapport(jours[0], referentiel, termes, reste, imprime, citations, ecart)


class TotalRefait(NamedTuple):
    """A printed total of the report, with the same computed again."""

    objet: str
    imprime: str
    calcule: str
    juste: bool
    ecart: Ecart | None
    citations: tuple[Citation, ...]


def totaux() -> list[TotalRefait]:
    """The totals printed in the paragraph of the cost, each computed again."""
    registre = {un.id: un for un in ecarts()}
    lu = registre[ECART].lectures[0].sources[0]
    return [
        _refaire(un, registre.get(un.ecart))
        for un in controles()
        if (un.source.source.id, un.source.passage) == (lu.source.id, lu.passage)
    ]


def _refaire(un: Controle, ecart: Ecart | None) -> TotalRefait:
    imprime, calcule = (un.en_clair(valeur) for valeur in (un.imprime, un.calcule))
    return TotalRefait(un.objet, imprime, calcule, un.juste, ecart, (un.source,))


def annees_sans_bareme(jour: date) -> list[int]:
    """The years from the first trainings to a day for which no scale of the training plan was read."""
    vue = base_courante().vue(VUE)
    connues = {
        annee
        for regle in vue.tables[BAREME].regles
        if isinstance(regle.effet, Bareme)
        and any(un is not None for un in regle.effet.cases.values())
        and regle.du is not None
        and regle.au is not None
        for annee in range(regle.du.year, regle.au.year + 1)
    }
    premiere = min(un.du.year for un in base_courante().referentiels.values())
    return [annee for annee in range(premiere, jour.year + 1) if annee not in connues]
