"""The load checks of the hours: the référentiels' sums and windows, each module taken off once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from binome.regles.conditions import Sortie
from binome.regles.metiers.effets import Acquis, Dispense, Forfait
from binome.regles.metiers.heures import (
    REFERENTIEL,
    VOIE,
    durees_marquees,
    regles_acquerant,
    regles_dispensant,
)
from binome.regles.regle import Donne

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base
    from binome.regles.regle import Regle


def fautes(base: Base) -> Iterator[str]:
    """Every fault, as sentences."""
    yield from _voies(base)
    yield from _referentiels(base)
    yield from _modules(base)


def _voies(base: Base) -> Iterator[str]:
    """Every route that the table gives has its kind and its words."""
    for regle in base.tables[VOIE].regles:
        if isinstance(regle.effet, Donne) and regle.effet.valeur not in base.certification.voies:
            yield f"{regle.id} : la voie « {regle.effet.valeur} » n’est pas dans certification.yaml"


def _referentiels(base: Base) -> Iterator[str]:
    for referentiel in base.referentiels.values():
        yield from referentiel.verifier()
    table = base.tables[REFERENTIEL]
    donnes = {
        regle.effet.valeur: (regle.du, regle.au)
        for regle in table.regles
        if isinstance(regle.effet, Donne)
    }
    for referentiel in base.referentiels.values():
        if donnes.get(referentiel.id) != (referentiel.du, referentiel.au):
            yield f"{referentiel.id} : sa fenêtre n’est pas celle de la table « referentiel »"


def _modules(base: Base) -> Iterator[str]:
    """A module is taken off once: an exemption and a held module cannot both count it."""
    for regle in base.regles.values():
        if isinstance(regle.effet, Acquis):
            durees = durees_marquees(base, regle.effet.marque)
            if len(durees) != 1 or None in durees:
                yield f"{regle.id} : les modules « {regle.effet.marque} » n’ont pas une même durée"
        if isinstance(regle.effet, Dispense | Forfait):
            yield from _porte_bien(regle, base)
        if isinstance(regle.effet, Acquis | Dispense | Forfait):
            garde = base.tables[regle.table].quand
            entieres = base.certification.du_genre("certification")
            if garde != Sortie(VOIE, entieres):
                noms = " ou ".join(f"« {une} »" for une in entieres)
                yield f"{regle.id} : sa table doit être réservée à la voie {noms}"
        if isinstance(regle.effet, Forfait) and regle.effet.bloc is not None:
            bloc = base.referentiels[regle.effet.referentiel].bloc(regle.effet.bloc)
            if (regle.effet.formation or 0) > bloc.minutes:
                yield f"{regle.id} : le forfait dépasse les heures du bloc {bloc.numero}"
        if isinstance(regle.effet, Dispense):
            referentiel = base.referentiels[regle.effet.referentiel]
            for code in regle.effet.modules:
                if referentiel.module(code).minutes is None:
                    yield f"{regle.id} : la durée du module {code} est inconnue"
    for referentiel in base.referentiels.values():
        for module in referentiel.modules:
            if regles_acquerant(base, module) and regles_dispensant(base, referentiel, module):
                yield f"{referentiel.id}, {module.code} : dispensé et acquis, compté deux fois"


def _porte_bien(regle: Regle, base: Base) -> Iterator[str]:
    """An exemption may not act outside the référentiel whose hours it takes off."""
    if isinstance(regle.effet, Dispense | Forfait):
        referentiel = base.referentiels[regle.effet.referentiel]
        if (regle.du or date.min) < referentiel.du or (regle.au or date.max) > referentiel.au:
            yield f"{regle.id} : sa fenêtre sort de celle du référentiel {referentiel.id}"
