"""What may be shown of counts of persons: small ones are hidden, and others with them so that none can be worked out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SEUIL: Final = 11
"""Persons under which a count is hidden: the threshold of the health statistics read in the sources, a hypothesis for the DPO."""


def montrables(comptes: Mapping[str, int], *, seuil: int = SEUIL) -> dict[str, int | None]:
    """Each count of a total that is shown, or None where it is hidden.

    Where some are hidden, their sum is known from the total: the smallest of the others are hidden too until the sum leaves
    each of them in doubt. Where nothing else is left to hide, all are.
    """
    caches = {nom for nom, nombre in comptes.items() if nombre < seuil}
    ordre = sorted(comptes, key=lambda nom: (comptes[nom], nom))
    for nom in ordre:
        if not caches or not _se_devine(comptes, caches, seuil):
            break
        caches.add(nom)
    if caches and _se_devine(comptes, caches, seuil):
        caches = set(comptes)
    return {nom: None if nom in caches else nombre for nom, nombre in comptes.items()}


def _se_devine(comptes: Mapping[str, int], caches: set[str], seuil: int) -> bool:
    """Whether the sum of what is hidden tells too much: of one alone, or of small ones that have no room to differ."""
    return len(caches) < 2 or sum(comptes[nom] for nom in caches) < seuil + len(caches) - 1
