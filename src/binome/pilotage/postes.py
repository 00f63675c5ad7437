"""Who works under a contract in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes, PosteCompte


def en_poste(faits: FaitsComptes) -> list[PosteCompte]:
    """The posts whose contract is in force on the day."""
    courants = {un.numero for un in faits.contrats if un.en_vigueur(faits.au)}
    return [un for un in faits.postes if un.contrat in courants]
