"""What an import made: the dossiers, how many are filed, and what the drafts still lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, When

from binome.dossiers import gardes
from binome.dossiers.etats import Etat
from binome.dossiers.receptions import EtatDeLigne

if TYPE_CHECKING:
    from django.core.paginator import Page

    from binome.dossiers.receptions import Import, LigneImportee

PAGE: Final = 50
"""Dossiers on a page."""
FAITES: Final = (EtatDeLigne.CREEE, EtatDeLigne.CHANGEE)


class LigneFaite(NamedTuple):
    """A row that made or corrected a dossier; `manque`, why it is still a draft that cannot be filed."""

    rang: LigneImportee
    manque: str


class BilanDImport(NamedTuple):
    """How many dossiers were made and corrected; of them, how many are filed and how many are drafts."""

    crees: int
    changes: int
    deposes: int
    brouillons: int

    @property
    def faits(self) -> int:
        """How many rows did something."""
        return self.crees + self.changes


def bilan(importation: Import) -> BilanDImport:
    """What an import made, as its dossiers stand now."""
    faites = importation.rangs.filter(etat__in=FAITES)
    return BilanDImport(
        **faites.aggregate(
            crees=Count("pk", filter=Q(etat=EtatDeLigne.CREEE)),
            changes=Count("pk", filter=Q(etat=EtatDeLigne.CHANGEE)),
            deposes=Count("pk", filter=Q(dossier__depose_le__isnull=False)),
            brouillons=Count("pk", filter=Q(dossier__etat=Etat.BROUILLON)),
        )
    )


def faites(importation: Import, numero: str | None) -> tuple[Page[LigneImportee], list[LigneFaite]]:
    """A page of what was made, the drafts first."""
    rangs = (
        importation.rangs.filter(etat__in=FAITES)
        .select_related("dossier")
        .prefetch_related("dossier__faits")
        .order_by(Case(When(dossier__etat=Etat.BROUILLON, then=0), default=1), "numero")
    )
    page = Paginator(rangs, PAGE).get_page(numero)
    return page, [LigneFaite(rang, _manque(rang)) for rang in page]


def _manque(rang: LigneImportee) -> str:
    dossier = rang.dossier
    if dossier is None or dossier.etat != Etat.BROUILLON:
        return ""
    return gardes.complet(dossier) or ""
