"""That a letter can be printed as it was typed: what no font of ours draws is refused before, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.impression.dessin import sans_dessin

if TYPE_CHECKING:
    from collections.abc import Mapping


def indessinable(textes: Mapping[str, str]) -> str | None:
    """Why the first of these texts cannot be printed, as a French sentence; None when all can be.

    Each text comes under what it is, in words: « La réserve ».
    """
    for quoi, texte in textes.items():
        manquent = sans_dessin(texte)
        if manquent:
            cites = ", ".join(f"« {un} »" for un in manquent[:5])
            return (
                f"{quoi} contient {cites} : aucune lettre ne peut l’imprimer. Écrivez-le autrement."
            )
    return None
