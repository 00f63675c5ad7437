"""Who may teach for an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.models import Appartenance, Personne
from binome.comptes.roles import ORGANISME as ORGANISME_DE_FORMATION
from binome.comptes.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from binome.comptes.models import Organisation

ENSEIGNENT = tuple(un.code for un in ROLES.values() if un.genre == ORGANISME_DE_FORMATION)


def equipe(*organismes: Organisation | int) -> QuerySet[Personne]:
    """The people of organisations, who may be given slots, by name."""
    tenus = Appartenance.objects.filter(
        organisation__in=organismes,
        role__in=ENSEIGNENT,
        close_le__isnull=True,
        personne__is_active=True,
    )
    return Personne.objects.filter(pk__in=tenus.values("personne")).order_by("nom", "prenom", "pk")


def choix(personnes: Iterable[Personne]) -> tuple[tuple[str, str], ...]:
    """The same, as a form offers them."""
    return tuple((str(une.pk), str(une)) for une in personnes)
