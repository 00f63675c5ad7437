"""Noting an opening while reading, bringing the openings into the database, forgetting them."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Organisation, Personne
from binome.lectures import cahier
from binome.lectures.models import Lecture, ObjetLu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_NOTE = logging.getLogger(__name__)
TRANCHE: Final = 600
"""Seconds of a slice of time: opened again within it, an object counts once."""
PAQUET: Final = 500
MEMOIRE: Final = 50_000
"""Openings of the present slice that a process remembers, to write each once."""


@dataclass(frozen=True, slots=True)
class Ouverture:
    """One object opened by one person; the fields of a `Lecture`, by their numbers."""

    genre: ObjetLu
    dossier: str
    personne: int
    pour: int | None = None
    organisation: int | None = None
    role: str = ""
    numero: int | None = None


class _Notees:
    """What this process wrote down in the present slice of time."""

    def __init__(self) -> None:
        self._verrou = Lock()
        self._tranche = 0
        self._cles: set[str] = set()

    def neuves(self, tranche: int, cles: Iterable[str]) -> set[str]:
        with self._verrou:
            if tranche != self._tranche or len(self._cles) > MEMOIRE:
                self._tranche, self._cles = tranche, set()
            return set(cles) - self._cles

    def retenir(self, cles: Iterable[str]) -> None:
        with self._verrou:
            self._cles.update(cles)

    def oublier(self) -> None:
        with self._verrou:
            self._cles.clear()


NOTEES: Final = _Notees()


def noter(*ouvertures: Ouverture) -> None:
    """Appends openings to the notebook. A page opens all the same when it cannot be: the log says so.

    Nothing is asked of the database.
    """
    instant = timezone.now()
    tranche = int(instant.timestamp()) // TRANCHE
    par_cle = {_cle(une, tranche): une for une in ouvertures}
    neuves = NOTEES.neuves(tranche, par_cle)
    if not neuves:
        return
    lignes = (
        json.dumps({"cle": cle, "instant": instant.isoformat(), **asdict(une)})
        for cle, une in par_cle.items()
        if cle in neuves
    )
    try:
        cahier.ajouter(lignes)
    except OSError as panne:
        _NOTE.error("lecture non notée : %s", type(panne).__name__)
        return
    NOTEES.retenir(neuves)


def _cle(une: Ouverture, tranche: int) -> str:
    qui = (une.personne, une.pour, une.organisation, une.role)
    quoi = (une.genre.value, une.dossier, une.numero)
    return hashlib.sha256(json.dumps([tranche, *qui, *quoi]).encode()).hexdigest()[:32]


def verser(vivants: Callable[[set[str]], set[str]]) -> int:
    """One pass of the job: brings the notebook into the database; how many openings were read.

    `vivants` says which of some references still name someone: those of an erased dossier are left out.
    Killed anywhere, it is taken again: a key comes in once, and a notebook goes once it is all in.
    """
    nombre = 0
    for chemin in cahier.detacher():
        try:
            nombre += _verser(chemin, vivants)
        except FileNotFoundError:
            continue  # another runner brought it in
        chemin.unlink(missing_ok=True)
    return nombre


def _verser(chemin: Path, vivants: Callable[[set[str]], set[str]]) -> int:
    nombre = illisibles = 0
    with chemin.open("rb") as fichier:
        lignes = (ligne for ligne in fichier if ligne.strip())
        while paquet := list(islice(lignes, PAQUET)):
            lues = [une for ligne in paquet if (une := _lire(ligne)) is not None]
            illisibles += len(paquet) - len(lues)
            _inserer(lues, vivants)
            nombre += len(lues)
    if illisibles:
        _NOTE.error("lectures illisibles : %d", illisibles)
    return nombre


def _lire(ligne: bytes) -> Lecture | None:
    """The opening that a line holds; None for a line that was cut."""
    try:
        dite: dict[str, Any] = json.loads(ligne)
        return Lecture(
            cle=str(dite["cle"])[:32],
            instant=datetime.fromisoformat(dite["instant"]),
            personne_id=dite["personne"],
            pour_id=dite["pour"],
            organisation_id=dite["organisation"],
            role=dite["role"],
            genre=ObjetLu(dite["genre"]),
            dossier=dite["dossier"],
            numero=dite["numero"],
        )
    except (ValueError, KeyError, TypeError):
        return None


@transaction.atomic
def _inserer(lues: list[Lecture], vivants: Callable[[set[str]], set[str]]) -> None:
    gardes = vivants({une.dossier for une in lues})
    nommees = {pk for une in lues for pk in (une.personne_id, une.pour_id) if pk is not None}
    # Held, so that an account that closes meanwhile waits, then takes its name off these as well.
    ouvertes = Personne.objects.select_for_update(no_key=True).filter(
        pk__in=nommees, is_active=True
    )
    personnes = set(ouvertes.order_by("pk").values_list("pk", flat=True))
    citees = {une.organisation_id for une in lues if une.organisation_id is not None}
    organisations = set(Organisation.objects.filter(pk__in=citees).values_list("pk", flat=True))
    for une in lues:
        # Whoever closed their account since the opening is no longer named.
        une.personne_id = une.personne_id if une.personne_id in personnes else None
        une.pour_id = une.pour_id if une.pour_id in personnes else None
        if une.organisation_id not in organisations:
            une.organisation_id = None
    Lecture.objects.bulk_create(
        [une for une in lues if une.dossier in gardes], ignore_conflicts=True
    )


def effacer_avant(limite: datetime) -> int:
    """Erases the openings older than a moment, some thousands at a time; how many."""
    vieilles = Lecture.objects.filter(instant__lt=limite).order_by("instant", "cle")
    cles = list(vieilles.values_list("cle", flat=True)[: 10 * PAQUET])
    for debut in range(0, len(cles), PAQUET):
        Lecture.objects.filter(cle__in=cles[debut : debut + PAQUET]).delete()
    return len(cles)


def oublier_dossier(reference: str) -> None:
    """Erases the openings of a dossier, with whom it was about. Within the transaction that erases it."""
    Lecture.objects.filter(dossier=reference).delete()


def oublier_personne(numero: int) -> None:
    """Takes a person's name off the openings; which organisation opened stays, for whom it concerns."""
    Lecture.objects.filter(personne=numero).update(personne=None)
    Lecture.objects.filter(pour=numero).update(pour=None)


def lectures_de(*references: str) -> Iterator[Lecture]:
    """The openings of dossiers, the last first; organisations and people come with them."""
    return (
        Lecture.objects.filter(dossier__in=references)
        .select_related("organisation", "personne")
        .order_by("-instant", "cle")
        .iterator(chunk_size=PAQUET)
    )
