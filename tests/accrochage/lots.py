"""Made-up lots, as another program would ask for them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, Final

NORMES: Final = Path(__file__).parent / "normes"
TITULAIRE: Final[dict[str, Any]] = {
    "nom_naissance": "Exemple",
    "nom_usage": None,
    "prenom1": "Léa",
    "naissance": "1984-05-03",
    "sexe": "F",
    "commune_insee": "40088",
    "commune": None,
    "pays": None,
}
PASSAGE: Final[dict[str, Any]] = {
    "id_technique": "essai-1",
    "rncp": "RNCP40913",
    "date_debut_validite": "2026-11-02",
    "modalite_acces": None,
    "titulaire": TITULAIRE,
}
EMETTEUR: Final[dict[str, Any]] = {
    "id_client": "12ABC345",
    "certificateur": "12ABC345",
    "contrat": "MCFCER000123",
}


def passage(
    rang: int = 1, *, titulaire: dict[str, Any] | None = None, **autres: Any
) -> dict[str, Any]:
    """A passage, what is given put over the usual one."""
    un = {**copy.deepcopy(PASSAGE), "id_technique": f"essai-{rang}", **autres}
    un["titulaire"] |= titulaire or {}
    return un


def lot(*passages: dict[str, Any], **autres: Any) -> dict[str, Any]:
    """A lot of these passages, of one usual passage where none is given."""
    return {
        "emetteur": dict(EMETTEUR),
        "version": "1.1.2",
        "passages": list(passages) or [passage()],
        "id_flux": "0f2b7a1e-6a0c-4d52-9d0e-2f4f7f0c1a11",
        "horodatage": "2026-11-29T10:15:00+01:00",
        **autres,
    }
