"""How far people are from a place under convention, by département, and where nobody trains under one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.formations.lecture import departements_mal_couverts
from binome.formations.territoires import departements
from binome.formations.voisinage import frontieres
from binome.reseau.annuaire import sites_ouverts
from binome.reseau.etats import EtatDeConvention
from binome.reseau.models import Convention

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from binome.formations.territoires import Departement


@dataclass(frozen=True, slots=True)
class CouvertureDunDepartement:
    """How many open places under convention a département has, and how many borders lead to the nearest one.

    `pas` is None where none leads. `zone_de_2023`: the report of 2023 lists it, whatever is held here.
    """

    departement: Departement
    sites: int
    pas: int | None
    zone_de_2023: bool

    @property
    def phrase(self) -> str:
        """How far the nearest place is, in words."""
        if self.sites:
            return "Ici"
        if self.pas is None:
            return "Aucun que l’on atteigne par la terre"
        return "Département voisin" if self.pas == 1 else f"À {self.pas} départements"


def couverture(jour: date, branches: Collection[int]) -> list[CouvertureDunDepartement]:
    """Every département, under the conventions of some branches that hold on a day; the least covered first."""
    tenues = Convention.objects.filter(
        etat=EtatDeConvention.EN_COURS, du__lte=jour, au__gte=jour,
        candidature__appel__branche__in=branches,
    )  # fmt: skip
    sites = {un.pk: un for siens in sites_ouverts(tenues).values() for un in siens}
    comptes = Counter(un.departement for un in sites.values())
    pas, zones = frontieres(set(comptes)), departements_mal_couverts()
    lignes = [
        CouvertureDunDepartement(un, comptes[code], pas[code], code in zones)
        for code, un in departements().items()
    ]
    # Nobody leads there: before the farthest one.
    loin = len(lignes)
    return sorted(lignes, key=lambda un: -(loin if un.pas is None else un.pas))
