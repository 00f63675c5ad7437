"""What the page of a path shows: its modules by bloc, and what is left to follow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.permissions import visibles as dossiers_visibles
from binome.parcours.etats import Statut
from binome.parcours.permissions import visibles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import ModuleSuivi, Parcours


AVEC_PARCOURS: Final = (Etat.DECIDE, Etat.RECOURS, Etat.CLOS)
"""The states where a decision was notified, and may have opened a path."""


@dataclass(frozen=True)
class BlocSuivi:
    """A bloc of a path, its modules in order."""

    numero: int
    modules: tuple[ModuleSuivi, ...]

    @property
    def minutes(self) -> int | None:
        """What is left to follow of it, lumps of the decision not taken off; None where a module's duration is unknown."""
        return somme(un.minutes for un in self.modules if un.statut == Statut.A_SUIVRE)


def somme(minutes: Iterable[int | None]) -> int | None:
    """A sum of minutes; None as soon as one of them is unknown."""
    toutes = list(minutes)
    connues = [une for une in toutes if une is not None]
    return sum(connues) if len(connues) == len(toutes) else None


def modules_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """Its modules, its hours, and the dossier that it comes from for who reads it."""
    modules = list(parcours.modules.order_by("rang"))
    blocs = [
        BlocSuivi(numero, tuple(siens))
        for numero, siens in groupby(modules, key=lambda un: un.bloc)
    ]
    nommees = somme(un.minutes for un in modules if un.statut != Statut.A_SUIVRE)
    en_lot = (
        None if parcours.dispensees is None or nommees is None else parcours.dispensees - nommees
    )
    referentiels = base_de(parcours.dossier.certification).referentiels
    referentiel = referentiels.get(parcours.referentiel)
    lu = dossiers_visibles(acteur).filter(pk=parcours.dossier_id).exists()
    return {
        "parcours": parcours,
        "blocs": blocs,
        "total": somme((parcours.formation, parcours.evaluations)),
        "en_lot": en_lot or 0,
        "referentiel": parcours.referentiel if referentiel is None else referentiel.titre,
        "dossier": parcours.dossier if lu else None,
        "avant": parcours.suite_de_id,
        "organisme": parcours.organisme.nom,
    }


def au_dossier(
    request: HttpRequest,  # noqa: ARG001 - what every part of the page is given
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The last path of a dossier, beside it, for who may read it; nothing before a decision.

    Who examines an appeal has it to read first. Others see the path there as before: some may not know of the appeal.
    """
    if dossier.etat not in AVEC_PARCOURS or (dossier.etat == Etat.RECOURS and acteur.examine):
        return None
    dernier = visibles(acteur).filter(dossier=dossier).order_by("-pk").first()
    return None if dernier is None else {"parcours": dernier}
