"""From a form to the service that carries a gesture out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.dateparse import parse_date

from binome.dossiers import decisions, services
from binome.dossiers.etats import Nature
from binome.dossiers.flows import PASSAGES
from binome.dossiers.passage import GesteImpossible, passer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

    Execution = Callable[[Dossier, Acteur, int, Mapping[str, str]], object]


def _decider(dossier: Dossier, acteur: Acteur, version: int, donnees: Mapping[str, str]) -> object:
    nature = donnees.get("nature", "")
    if nature and nature not in Nature.values:
        raise GesteImpossible("Choisissez une décision.")
    return decisions.decider(
        dossier,
        acteur,
        version=version,
        nature=Nature(nature) if nature else None,
        reserve=donnees.get("reserve", ""),
        ecart=donnees.get("ecart", ""),
    )


def _demander(dossier: Dossier, acteur: Acteur, version: int, donnees: Mapping[str, str]) -> object:
    dit, avant = donnees.get("avant", "").strip(), None
    if dit:
        try:
            avant = parse_date(dit)
        except ValueError:
            avant = None
        if avant is None:
            raise GesteImpossible("Donnez un jour qui existe, ou laissez la date vide.")
    return services.demander(
        dossier, acteur, version=version, motif=donnees.get("motif", ""), avant=avant
    )


def _clore(dossier: Dossier, acteur: Acteur, version: int, _: Mapping[str, str]) -> object:
    return passer(dossier, "clore", acteur, version=version, change={"clos_le": timezone.now()})


EXECUTIONS: Final[Mapping[str, Execution]] = {
    "deposer": lambda un, par, version, _: services.deposer(un, par, version=version),
    "completer": lambda un, par, version, _: services.completer(un, par, version=version),
    "demander": _demander,
    "proposer": lambda un, par, version, _: services.proposer(un, par, version=version),
    "decider": _decider,
    "annuler": lambda un, par, version, dit: decisions.annuler(
        un, par, version=version, motif=dit.get("motif", "")
    ),
    "contester": lambda un, par, version, dit: decisions.contester(
        un, par, version=version, texte=dit.get("texte", "")
    ),
    "maintenir": lambda un, par, version, dit: decisions.repondre(
        un, par, version=version, revue=False, reponse=dit.get("reponse", "")
    ),
    "revoir": lambda un, par, version, dit: decisions.repondre(
        un, par, version=version, revue=True, reponse=dit.get("reponse", "")
    ),
    "clore": _clore,
    "retirer": lambda un, par, version, dit: services.retirer(
        un, par, version=version, motif=dit.get("motif", "")
    ),
}
"""The gestures that one form carries out; writing, joining and examining have pages of their own."""


def executer(
    geste: str, dossier: Dossier, acteur: Acteur, *, version: int, donnees: Mapping[str, str]
) -> str:
    """Carries a gesture out and says what it did. Raises GesteImpossible, Depasse."""
    EXECUTIONS[geste](dossier, acteur, version, donnees)
    return PASSAGES[geste].dit
