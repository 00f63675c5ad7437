"""Marks and counters that every worker sees: a small table, written only by what asks to write.

A cache of Django's, so that allauth's own limits are shared too. Its keys are covered by the site's secret:
an address or an account that was tried cannot be read in the table.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from binome.comptes.models import Compteur

if TYPE_CHECKING:
    from datetime import datetime

TOUJOURS: Final = timedelta(days=30)
"""How long a mark without a term of its own is kept."""


def couvrir(cle: str) -> str:
    """A key as the table holds it."""
    return salted_hmac("binome.comptes.partage", cle, algorithm="sha256").hexdigest()


def compter(cle: str, duree: timedelta) -> int:
    """Adds one to a counter that starts anew when its time is over; how many it counts now.

    Two who count at once never read the same number.
    """
    maintenant, couverte = timezone.now(), couvrir(cle)
    lignes = Compteur.objects.filter(cle=couverte)
    passee = When(expire_le__lte=maintenant, then=maintenant + duree)
    with transaction.atomic():
        if not _ajouter(lignes, passee, maintenant):
            try:
                with transaction.atomic():
                    Compteur.objects.create(cle=couverte, nombre=1, expire_le=maintenant + duree)
            except IntegrityError:  # another worker made it in between
                _ajouter(lignes, passee, maintenant)
        return lignes.values_list("nombre", flat=True).get()


def _ajouter(lignes: Any, passee: When, maintenant: datetime) -> int:
    nombre: int = lignes.update(
        nombre=Case(When(expire_le__lte=maintenant, then=1), default=F("nombre") + 1),
        expire_le=Case(passee, default=F("expire_le")),
    )
    return nombre


def rendre(cle: str) -> None:
    """Takes back one that was counted."""
    Compteur.objects.filter(cle=couvrir(cle), nombre__gt=0).update(nombre=F("nombre") - 1)


def premiere_fois(cle: str, duree: timedelta) -> bool:
    """Marks a key for a time; whether nobody had, in any worker."""
    maintenant, couverte = timezone.now(), couvrir(cle)
    try:
        with transaction.atomic():
            Compteur.objects.create(cle=couverte, expire_le=maintenant + duree)
    except IntegrityError:
        # Of two who find the same old mark, the second sees the row that the first has renewed.
        perimee = Compteur.objects.filter(cle=couverte, expire_le__lte=maintenant)
        return bool(perimee.update(expire_le=maintenant + duree, nombre=0, valeur=""))
    return True


def oublier_les_passes() -> int:
    """Deletes what is out of date; how many. For the runner."""
    return Compteur.objects.filter(expire_le__lte=timezone.now()).delete()[0]


class Partage(BaseCache):
    """The same table as a cache. Values are JSON: what the database holds is never run."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        del location

    def _cle(self, key: str, version: int | None) -> str:
        return str(self.make_key(key, version))

    def _duree(self, timeout: Any) -> timedelta:
        secondes = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return TOUJOURS if secondes is None else timedelta(seconds=float(secondes))

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Sets a value that nobody set, in any worker; whether it did."""
        cle = self._cle(key, version)
        if not premiere_fois(cle, self._duree(timeout)):
            return False
        Compteur.objects.filter(cle=couvrir(cle)).update(valeur=json.dumps(value))
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default; nothing is written, not even to forget what is out of date."""
        valeur = (
            Compteur.objects.filter(
                cle=couvrir(self._cle(key, version)), expire_le__gt=timezone.now()
            )
            .values_list("valeur", flat=True)
            .first()
        )
        return json.loads(valeur) if valeur else default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Sets the value."""
        Compteur.objects.update_or_create(
            cle=couvrir(self._cle(key, version)),
            defaults={
                "valeur": json.dumps(value),
                "expire_le": timezone.now() + self._duree(timeout),
            },
        )

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keeps a value for longer; whether there was one."""
        lignes = Compteur.objects.filter(
            cle=couvrir(self._cle(key, version)), expire_le__gt=timezone.now()
        )
        return bool(lignes.update(expire_le=timezone.now() + self._duree(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forgets a value; whether there was one."""
        return bool(Compteur.objects.filter(cle=couvrir(self._cle(key, version))).delete()[0])

    def clear(self) -> None:
        """Forgets everything."""
        Compteur.objects.all().delete()
