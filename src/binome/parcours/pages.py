"""What the page of a path shows: its modules by bloc, and what is left to follow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.flows import GESTES
from binome.dossiers.permissions import cotes, lit_tout
from binome.dossiers.permissions import visibles as dossiers_visibles
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.models import Parcours
from binome.parcours.permissions import visibles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import ModuleSuivi


AVEC_PARCOURS: Final = (Etat.DECIDE, Etat.RECOURS, Etat.CLOS, Etat.AILLEURS)
"""The states where a decision was notified, or taken elsewhere, and may have opened a path."""


@dataclass(frozen=True)
class BlocSuivi:
    """A bloc of a path, its modules in order; `retirees` are minutes that the decision takes off without naming a module."""

    numero: int
    intitule: str
    modules: tuple[ModuleSuivi, ...]
    retirees: int

    @property
    def minutes(self) -> int | None:
        """What is left to follow of it; None where a module's duration is unknown."""
        modules = somme(un.minutes for un in self.modules if un.statut == Statut.A_SUIVRE)
        return None if modules is None else modules - self.retirees


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
    dossier = parcours.dossier
    referentiel = base_de(dossier.certification).referentiels.get(parcours.referentiel)
    titres = {} if referentiel is None else {un.numero: un.intitule for un in referentiel.blocs}
    decision = parcours.decision
    forfaits = (
        {un["bloc"]: un["formation"] for un in decision.reponse["forfaits"]} if decision else {}
    )
    blocs = [
        BlocSuivi(numero, titres.get(numero, ""), tuple(siens), forfaits.get(numero) or 0)
        for numero, siens in groupby(modules, key=lambda un: un.bloc)
    ]
    lu = dossiers_visibles(acteur).filter(pk=dossier.pk).exists()
    voisins = visibles(acteur).filter(Q(pk=parcours.suite_de_id) | Q(suite_de=parcours))
    lies = {un.pk: un for un in voisins}
    suivant = next((un for un in lies.values() if un.suite_de_id == parcours.pk), None)
    return {
        "parcours": parcours,
        "blocs": blocs,
        "fini": parcours.fini_le is not None,
        "source": "Ce que dit la lettre" if parcours.ailleurs else "Ce que dit la décision",
        "total": somme((parcours.formation, parcours.evaluations)),
        "referentiel": parcours.referentiel if referentiel is None else referentiel.titre,
        "dossier": dossier if lu else None,
        "avant": lies.get(parcours.suite_de_id or 0),
        "suivant": suivant,
        "ailleurs": _qui_continue(parcours) if parcours.etat == EtatDeParcours.TRANSFERE else "",
        # An employer knows nothing of an appeal, nor of what it does to a decision.
        "revue": parcours.fini_le is None
        and decision is not None
        and decision.annulee_le is not None
        and lit_tout(acteur, dossier),
        "organisme": parcours.organisme.nom,
    }


def _qui_continue(parcours: Parcours) -> str:
    suite = Parcours.objects.filter(suite_de=parcours).select_related("organisme").first()
    return "" if suite is None else suite.organisme.nom


def a_accueillir(
    request: HttpRequest,  # noqa: ARG001 - what every part of the page is given
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """Where the organisation says that the decision was taken elsewhere, or copies the letter again."""
    geste = GESTES["accueillir"]
    if dossier.etat not in geste.de or dossier.clos_le is not None:
        return None
    if cotes(acteur, dossier).isdisjoint(geste.qui):
        return None
    return {"dossier": dossier, "encore": dossier.etat == geste.vers}


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
