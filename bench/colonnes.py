"""A set of dossiers, or of answers, as plain columns of 32-bit integers in a folder.

Every engine lives in its own process and its own environment; raw integers are the one format
that all of them read without a further library, and that two answers compare in byte by byte.
"""

from __future__ import annotations

from array import array
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Colonnes: TypeAlias = "Mapping[str, array[int]]"

INCONNU: Final = -(2**31)
"""An unknown fact. The timed dossiers have none; a check has dossiers without date of jury."""

EPOQUE: Final = date(1970, 1, 1).toordinal()
"""Dates are days since 1970, as NumPy and Polars count them."""

DATES: Final = ("date_entree", "afgsu_date", "date_jury")
DIPLOMES: Final = (
    "ide",
    "aide_soignant",
    "auxiliaire_puericulture",
    "secretaire_medical",
    "assistant_dentaire",
    "aide_dentaire",
    "sage_femme",
    "cqp_assistant_medical",
    "attestation_fae",
    "bloc_cqp",
)
ENTIERS: Final = (
    "niveau_diplome",
    "experience_secretaire_mois",
    "experience_dentaire_mois",
    "afgsu_niveau",
)
FAITS: Final = (*DATES, *ENTIERS, *DIPLOMES)
"""What the positioning depends on; the peers read no bloc held, which somebody else must confirm."""

AUTRES_DATES: Final = (
    "date_prise_fonction",
    "date_signature_contrat_aide",
    "date_depot",
    "date_naissance",
)
SANS_PAIRS: Final = ("bloc_cqp",)
"""What no peer reads."""
SITUATIONS: Final = (
    "salarie_cabinet",
    "salarie_centre_sante",
    "salarie_autre",
    "demandeur_emploi",
    "autre",
)
CONTRATS: Final = ("cdi", "cdd", "cui_cdi", "contrat_professionnalisation", "aucun")
EMPLOYEURS: Final = ("cabinet", "centre_sante", "autre")
AUTRES_FAITS: Final = (
    *AUTRES_DATES,
    "situation",
    "contrat",
    "employeur_contrat",
    "heures_experience_vae",
)
"""The rest of a complete dossier. Only Binôme reads it, for its alerts and its deadlines."""

VOIES: Final = ("cqp", "fae", "deja_certifie", "refus", "indetermine")
REFERENTIELS: Final = ("aucun", "rncp36358-384", "rncp36358-279", "rncp40913")
MINUTES: Final = ("formation", "evaluations", "total", "dispensees", "evaluations_dispensees")
REPONSES: Final = ("voie", "referentiel", *MINUTES)
"""What every engine answers: two positions in the lists above, then minutes."""

SANS_MINUTES: Final = -1
"""Minutes that the rules leave unknown."""


def en_jours(jour: date) -> int:
    """A date as the columns keep it."""
    return jour.toordinal() - EPOQUE


def en_date(jours: int) -> date:
    """The date back."""
    return date.fromordinal(jours + EPOQUE)


def ecrire(dossier: Path, colonnes: Mapping[str, Iterable[int]]) -> None:
    """Writes each column in its own file, in a new or existing folder."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, valeurs in colonnes.items():
        contenu = valeurs if isinstance(valeurs, array) else array("i", valeurs)
        (dossier / nom).write_bytes(contenu.tobytes())


def lire(dossier: Path, noms: Sequence[str]) -> dict[str, array[int]]:
    """The named columns of a folder."""
    colonnes = {}
    for nom in noms:
        colonnes[nom] = array("i")
        colonnes[nom].frombytes((dossier / nom).read_bytes())
    return colonnes


def nombre_de(dossier: Path) -> int:
    """How many rows a folder holds."""
    return (dossier / FAITS[0]).stat().st_size // array("i").itemsize
