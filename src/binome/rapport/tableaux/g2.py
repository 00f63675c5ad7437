"""Graph 2: which doctors sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.compter import repartis
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

LIGNES: Final = (
    LigneDuRapport("medecine_generale", "Médecine générale", 770),
    LigneDuRapport("autres", "Autres spécialités", 230),
)


def compter(trames: Trames) -> CompteDuRapport:
    """The contracts in force by specialty of their doctor; a collective one has none."""
    from binome.trames import agregats  # noqa: PLC0415 - only a count pays for its engine

    vivants = agregats.en_vigueur(trames.contrats, trames.au)
    lus = agregats.comptes(agregats.par_code(vivants, "specialite"))
    generale, inconnus = lus.pop("medecine_generale", 0), lus.pop("", 0)
    par_code = {"medecine_generale": generale, "autres": sum(lus.values()), "": inconnus}
    return repartis(par_code, [un.code for un in LIGNES])


TABLEAU: Final = TableauDuRapport(
    "graphique-2",
    "Graphique 2",
    "La spécialité des médecins qui ont signé",
    "graphique 2, ¶90 et ¶91",
    (),
    SorteDeTableau.VIVANT,
    UniteDuRapport.POUR_CENT,
    LIGNES,
    reserve="Le graphique est une image sans nombre dans notre copie : nous prenons ceux du paragraphe voisin. Le nombre de médecins éligibles n’est pas connu ici : nous ne donnons pas de taux de recours.",
    alors_le="fin 2022",
    seuil=SeuilDuRapport.CONTRATS,
    compter=compter,
)
