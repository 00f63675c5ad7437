"""What the real rule base answers for made-up facts; the same facts are answered once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from binome.dossiers.positionnement import Positionnements
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from binome.regles.metiers.positionnement import Positionnement

A_TRANCHER = (
    "niveau_avenant_81",
    "dispense_252_h",
    "delai_2_ou_3_ans",
    "module_bloc3_15_h",
    "fae_heures",
)
"""The points that the made-up branch has settled."""


class ReponsesDExemple(NamedTuple):
    """Both answers as the contract writes them, and what the list shows of them."""

    base: str
    declare: dict[str, Any]
    prouve: dict[str, Any]
    sans_alerte: bool
    alertes: int


def repondre(declares: dict[str, Any], prouves: dict[str, Any]) -> ReponsesDExemple:
    """The proposal that `services.proposer` would prepare."""
    return _repondre(_cle(declares), _cle(prouves))


def _cle(faits: dict[str, Any]) -> str:
    return json.dumps(faits, sort_keys=True)


@lru_cache(maxsize=8192)
def _positionner(faits: str) -> Positionnement:
    base = base_courante().vue("positionnement")
    return positionner(base, base.lire(json.loads(faits)))


@lru_cache(maxsize=8192)
def _en_json(faits: str) -> dict[str, Any]:
    return _positionner(faits).en_json()


@lru_cache(maxsize=8192)
def _repondre(declares: str, prouves: str) -> ReponsesDExemple:
    base = base_courante().vue("positionnement")
    lus = Positionnements(
        base,
        json.loads(declares),
        json.loads(prouves),
        _positionner(declares),
        _positionner(prouves),
        frozenset(A_TRANCHER),
    )
    alertes = len(lus.a_regarder) + len(lus.ecarts)
    return ReponsesDExemple(
        base.empreinte, _en_json(declares), _en_json(prouves), lus.sans_alerte, alertes
    )
