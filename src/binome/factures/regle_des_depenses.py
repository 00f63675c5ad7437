"""What the rules say of an expense before a payer answers: meals without condition; travel and lodging, only to the near organisation.

The rule is the branch's of July 2021, as the report tells it (¶178), and the document of 4 April 2023, whose page 14
writes « restauration » where « hébergement » is to be read: the report says so, in its notes 31 and 50.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from binome.factures.etats import NatureDeDepense

SOURCE: Final = "Rapport de l’Igas, paragraphe 178 et notes 31 et 50"
COQUILLE: Final = (
    "Le document « Critères de financement 2023 » écrit, page 14, « déplacement et restauration » ; le rapport y lit "
    "« déplacement et hébergement », et la même page dit que la restauration est prise en charge sans condition."
)
AVANCE: Final = (
    "Des stagiaires doivent avancer eux-mêmes les frais, leur employeur attendant les fonds de l’Opco : « ce qui n’est pas "
    "conforme au droit du travail » (rapport de l’Igas, encadré de la partie 2.3.2)."
)


@dataclass(frozen=True)
class AvisSurDepense:
    """Whether a payer pays it by the rules read, and why."""

    ouverte: bool
    dit: str
    source: str = SOURCE


def avis(nature: str, *, proche: bool | None) -> AvisSurDepense:
    """What the rules say of an expense; `proche` says whether the organisation is near the home or the workplace."""
    if nature == NatureDeDepense.REPAS:
        return AvisSurDepense(True, "Un repas est pris en charge sans condition, sur justificatif.")
    if proche:
        return AvisSurDepense(
            True,
            "Le trajet et l’hébergement sont pris en charge : l’organisme est proche du domicile ou du lieu de travail.",
        )
    return AvisSurDepense(
        False,
        "Le trajet et l’hébergement ne sont pris en charge que vers l’organisme proche du domicile ou du lieu de travail.",
    )
