"""Figures about the house, counted by a connection of their own: never a name, a number of a dossier, an address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Min

from binome.courrier.sorts import en_attente, perdus
from binome.lettres.de_suite import attendent_leur_sceau as suites_a_sceller
from binome.lettres.lettre import attendent_leur_sceau

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet


class FileDAttente(NamedTuple):
    """How many wait, and since when the first does; None when nothing waits."""

    nombre: int
    depuis: datetime | None


def _compter(base: BaseDatabaseWrapper, qui: QuerySet[Any], champ: str, nul: str) -> FileDAttente:
    """Counted by that connection, and not by the pages' own.

    Rows are put together by the field `nul`, which is empty in all of them: one line at most comes back.
    """
    question = qui.order_by().values(nul).annotate(nombre=Count("pk"), depuis=Min(champ)).query
    lignes = list(question.get_compiler(connection=base).results_iter())
    if not lignes:
        return FileDAttente(0, None)
    _, nombre, depuis = lignes[0]
    return FileDAttente(nombre, depuis)


def boite(base: BaseDatabaseWrapper) -> FileDAttente:
    """The mails that are still to leave, since when the oldest was written."""
    return _compter(base, en_attente(), "cree_le", "envoye_le")


def abandonnes(base: BaseDatabaseWrapper) -> FileDAttente:
    """The mails that reached nobody, not erased since, and that nobody withdrew."""
    return _compter(base, perdus(), "abandonne_le", "envoye_le")


def lettres(base: BaseDatabaseWrapper) -> FileDAttente:
    """The letters that wait for their seal, since when the oldest may have it."""
    decisions = _compter(base, attendent_leur_sceau(), "notifiable_des", "notifiee_le")
    suites = _compter(base, suites_a_sceller(), "demandee_le", "scellee_le")
    instants = [un for un in (decisions.depuis, suites.depuis) if un is not None]
    return FileDAttente(decisions.nombre + suites.nombre, min(instants, default=None))


def taille(base: BaseDatabaseWrapper) -> int:
    """Bytes of the database, with what is written ahead of it."""
    if base.vendor == "postgresql":
        with base.cursor() as curseur:
            curseur.execute("SELECT pg_database_size(current_database())")
            return int(curseur.fetchone()[0])
    fichier = Path(str(settings.DATABASES["default"]["NAME"]))
    cotes = (fichier, fichier.with_name(f"{fichier.name}-wal"))
    return sum(un.stat().st_size for un in cotes if un.exists())


def place_libre() -> int:
    """Bytes that the disk of the data folder still takes. Raises OSError."""
    etat = os.statvfs(settings.DONNEES)
    return etat.f_bavail * etat.f_frsize
