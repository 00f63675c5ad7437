"""What the schema of the declaration can carry: its names, its lists, its lengths."""

from __future__ import annotations

import re
from typing import Final

ESPACE: Final = "urn:cdc:cpf:pc5:schema:1.0.0"
SANS_ACTION: Final = "1.1.2"
VERSIONS: Final = (SANS_ACTION, "1.1.5")
"""The second, said to be that of 2026, adds `action` and the national identifier; its official text was not read."""
ACTIONS: Final = ("CREATION", "SUPPRESSION")
NIR: Final = re.compile(r"[12][0-9]{4}(?:2[AB]|[0-9]{2})[0-9]{6}")
"""The thirteen characters that are sent: the key is left out."""
TYPE: Final = "RNCP"
NOM: Final = 60
IDENTIFIANT: Final = 255
CLIENT: Final = 8
CONTRAT: Final = 20
CODE_POSTAL: Final = 9
PAYS: Final = 3
PASSAGES: Final = 200_000
"""Passages of a lot, as the questions and answers of the portal say."""
MODALITES: Final = (
    "FORMATION_INITIALE_HORS_APPRENTISSAGE",
    "FORMATION_INITIALE_APPRENTISSAGE",
    "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
    "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
    "VAE",
    "EQUIVALENCE_DIPLOME_ETRANGER",
    "CANDIDAT_LIBRE",
)
SEXES: Final = ("M", "F")
FICHE: Final = re.compile(r"RNCP[0-9]{1,96}")
INSEE: Final = re.compile(r"(?!00)[0-9][0-9AB][0-9]{3}")
ETRANGER: Final = "99"
"""How the INSEE code begins of who was born abroad."""
INTERDIT: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff]"
)
"""What XML 1.0, or a name, cannot hold, and what cannot be seen: refused, never taken out."""
PREMIER_CERTIFICAT: Final = 2018
"""The trade was created that year: no parchemin is older."""
NAISSANCE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
"""A birth whose day, or month, may be unknown."""
MOMENT: Final = re.compile(
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][01][0-9]:[0-5][0-9]"
)
"""When a file was made: the pattern of the schema refuses a fraction of second, and an offset of twenty hours or more."""
ANNEES: Final = (1900, 2099)
"""The only years that the schema takes."""
