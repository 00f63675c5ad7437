"""What was opened, gathered by day and by side, in words: what whom it concerns reads of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.roles import ROLES, SOUTIEN
from binome.lectures.models import ObjetLu

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from binome.comptes.models import Personne
    from binome.lectures.models import Lecture


@dataclass
class Visite:
    """What one side opened of a dossier on one day; `personnes` are the names, for whom may read them."""

    jour: date
    dossier: str
    qui: str
    personnes: set[str] = field(default_factory=set)
    _objets: set[tuple[str, int | None]] = field(default_factory=set)

    @property
    def quoi(self) -> str:
        """What was opened, in words."""
        lues = {
            numero for genre, numero in self._objets if genre in (ObjetLu.PIECE, ObjetLu.APERCU)
        }
        prises = {numero for genre, numero in self._objets if genre == ObjetLu.FICHIER}
        genres = {genre for genre, _ in self._objets}
        dits = ["le dossier"] if ObjetLu.DOSSIER in genres else []
        dits += [_compter(len(lues), "pièce lue")] if lues else []
        dits += [_compter(len(prises), "pièce téléchargée")] if prises else []
        dits += ["la lettre de décision"] if ObjetLu.LETTRE in genres else []
        dits += ["un export"] if ObjetLu.EXPORT in genres else []
        return ", ".join(dits)

    def ajouter(self, lecture: Lecture) -> None:
        """Counts one opening in."""
        self._objets.add((lecture.genre, lecture.numero))
        if lecture.personne is not None:
            self.personnes.add(str(lecture.personne))


def _compter(nombre: int, mots: str) -> str:
    return f"{nombre} {mots}" if nombre == 1 else f"{nombre} {mots.replace(' ', 's ')}s"


def qui(lecture: Lecture, personne: Personne) -> str:
    """By which side a dossier was opened, said to a person."""
    if lecture.role == SOUTIEN:
        a_la_place = lecture.pour_id == personne.pk
        return f"{ROLES[SOUTIEN].mot}, à {'votre place' if a_la_place else 'la place d’une autre personne'}"
    role = ROLES[lecture.role].mot if lecture.role in ROLES else "Rôle inconnu"
    return f"{lecture.organisation.nom}, {role.lower()}" if lecture.organisation else role


def rassembler(personne: Personne, lectures: Iterable[Lecture]) -> list[Visite]:
    """Openings by day and by side, in the order in which they come; said to one person."""
    par_cle: dict[tuple[date, str, str], Visite] = {}
    for lecture in lectures:
        cle = (timezone.localdate(lecture.instant), lecture.dossier, qui(lecture, personne))
        par_cle.setdefault(cle, Visite(*cle)).ajouter(lecture)
    return list(par_cle.values())
