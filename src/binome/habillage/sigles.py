"""The acronyms of the field and their words, for every page that lists some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGLES: Final[Mapping[str, str]] = {
    "AFGSU": "attestation de formation aux gestes et soins d’urgence",
    "CPAM": "caisse primaire d’assurance maladie, qui signe et verse l’aide",
    "CPF": "compte personnel de formation",
    "CPNEFP": "commission paritaire de la branche, qui décide d’un positionnement",
    "CQP": "certificat de qualification professionnelle, le titre du métier",
    "FAE": "formation d’adaptation à l’emploi, pour les soignants diplômés",
    "IGAS": "inspection générale des affaires sociales, dont le rapport de 2023 est une source",
    "Opco": "opérateur de compétences, qui gère les fonds de formation",
    "Optam": "option pratique tarifaire maîtrisée",
    "POEI, POEC": "préparation opérationnelle à l’emploi, individuelle ou collective",
    "Pro-A": "reconversion ou promotion par l’alternance",
    "RNCP": "répertoire national des certifications professionnelles",
    "VAE": "validation des acquis de l’expérience",
}
