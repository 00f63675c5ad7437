"""Claims: of two runners at once, one works on a row; of one that was killed, another takes over."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.courrier.models import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

BAIL: Final = timedelta(minutes=2)
"""How long a claim holds; a batch takes a few seconds."""


def jeton() -> str:
    """A name for one runner's turn."""
    return secrets.token_hex(16)


def prises(genre: str) -> QuerySet[Reservation, int]:
    """The numbers that some runner holds now, for an `exclude(pk__in=…)`."""
    return Reservation.objects.filter(genre=genre, jusqu_a__gt=timezone.now()).values_list(
        "numero", flat=True
    )


@transaction.atomic
def reserver(genre: str, numeros: Iterable[int], par: str) -> list[int]:
    """Claims what may be among these rows, in one transaction; those obtained, in the order asked."""
    voulus = list(numeros)
    maintenant = timezone.now()
    fin = maintenant + BAIL
    Reservation.objects.filter(genre=genre, numero__in=voulus, jusqu_a__lte=maintenant).update(
        par=par, jusqu_a=fin
    )
    Reservation.objects.bulk_create(
        [Reservation(genre=genre, numero=numero, par=par, jusqu_a=fin) for numero in voulus],
        ignore_conflicts=True,
    )
    obtenus = set(
        Reservation.objects.filter(genre=genre, numero__in=voulus, par=par).values_list(
            "numero", flat=True
        )
    )
    return [numero for numero in voulus if numero in obtenus]


def rendre(genre: str, par: str, sauf: Iterable[int] = ()) -> None:
    """Gives back what a runner's turn had claimed, but for what it leaves aside until its claim ends."""
    Reservation.objects.filter(genre=genre, par=par).exclude(numero__in=list(sauf)).delete()
