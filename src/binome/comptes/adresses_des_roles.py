"""The addresses of who holds a role today, in some organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.models import Appartenance

if TYPE_CHECKING:
    from collections.abc import Iterable


def adresses_de(organisations: Iterable[int], *roles: str, exemples: bool = True) -> list[str]:
    """Each once, in order; nobody whose account is closed, nor of made-up organisations where `exemples` is False."""
    tenus = Appartenance.objects.filter(
        organisation__in=list(organisations), role__in=roles, close_le__isnull=True,
        personne__is_active=True,
    )  # fmt: skip
    if not exemples:
        tenus = tenus.filter(organisation__exemple=False)
    adresses = tenus.order_by("personne__courriel").values_list("personne__courriel", flat=True)
    return list(adresses.distinct())
