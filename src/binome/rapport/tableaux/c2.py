"""Map 2: where people can train."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.tableau import (
    CompteDuRapport,
    LigneDuRapport,
    SeuilDuRapport,
    SorteDeTableau,
    TableauDuRapport,
    UniteDuRapport,
)

if TYPE_CHECKING:
    from binome.trames.cadres import Trames


def compter(trames: Trames) -> CompteDuRapport:
    """The organisations that published a session, which the directory shows by name."""
    organismes = trames.sessions.select("organisme").unique().collect()
    return CompteDuRapport({"organismes": len(organismes)}, len(organismes), len(organismes))


TABLEAU: Final = TableauDuRapport(
    "carte-2",
    "Carte 2",
    "Les organismes de formation",
    "carte 2, ¶172 et ¶177",
    ("igas-2023, ¶172", "igas-2023, ¶177"),
    SorteDeTableau.VIVANT,
    UniteDuRapport.NOMBRE,
    (LigneDuRapport("organismes", "Organismes agréés", 12),),
    reserve="Aujourd’hui : les organismes qui ont publié une session ici. La carte des lieux est dans l’annuaire, avec les zones que le rapport disait mal couvertes.",
    seuil=SeuilDuRapport.ORGANISMES,
    compter=compter,
)
