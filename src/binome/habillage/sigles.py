"""The acronyms and the words of the field, for every page that lists some, or explains them in place."""

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

MOTS: Final[Mapping[str, str]] = {
    "bloc": "une partie du CQP, qui se suit et s’obtient à part",
    "dispense": "des heures de cours, ou une épreuve, que la branche n’exige pas de vous",
    "file active": "les patients différents que le médecin a vus dans l’année",
    "jury": "les personnes qui décident, bloc par bloc, si le CQP est obtenu",
    "patientèle": "les patients qui ont déclaré ce médecin comme médecin traitant",
    "positionnement": "ce que la branche décide pour une personne : sa voie, ses heures, ses dispenses",
    "prise en charge": "ce que l’Opco accepte de payer pour la formation",
    "référentiel": "le texte qui dit ce que le métier demande, et comment on l’évalue",
    "tuteur": "le médecin qui accompagne la personne au cabinet pendant sa formation",
    "zone sous-dense": "un territoire qui manque de médecins, dit aussi zone d’intervention prioritaire",
}
"""The words of the field that are no acronym, and what they mean here; each in the singular."""


def lexique() -> dict[str, str]:
    """Every word that a page may explain in place, acronyms one by one."""
    seuls = {nom: dit for noms, dit in SIGLES.items() for nom in noms.split(", ")}
    return {**seuls, **MOTS}
