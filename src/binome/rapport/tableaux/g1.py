"""Graph 1: where assistants come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.compter import repartis
from binome.rapport.tableau import (
    CompteDuRapport,
    LigneDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

if TYPE_CHECKING:
    from binome.trames.cadres import Trames

LIGNES: Final = (
    LigneDuRapport("secretaire", "Secrétaires", 540),
    LigneDuRapport("ide", "Infirmiers et infirmières", 90),
    LigneDuRapport("aide_soignant", "Aides-soignants et aides-soignantes", 20),
    LigneDuRapport("autre", "Autres", 340),
)


def compter(trames: Trames) -> CompteDuRapport:
    """The dossiers filed, by where their person comes from; the other carers are among the others."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    lus = agregats.comptes(agregats.par_code(trames.dossiers, "origine"))
    for code in ("auxiliaire_puericulture", "assistant_dentaire"):
        lus["autre"] = lus.get("autre", 0) + lus.pop(code, 0)
    return repartis(lus, [un.code for un in LIGNES])


TABLEAU: Final = TableauDuRapport(
    "graphique-1",
    "Graphique 1",
    "D’où viennent les assistants médicaux",
    "graphique 1 et ¶78",
    ("igas-2023, ¶78",),
    SorteDeTableau.VIVANT,
    UniteDuRapport.POUR_CENT,
    LIGNES,
    reserve="Alors : les assistants en poste, selon la Caisse nationale de l’assurance maladie. Aujourd’hui : les personnes dont un dossier est déposé, d’autres personnes donc.",
    alors_le="fin 2022",
    compter=compter,
)
