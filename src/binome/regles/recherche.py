"""The tasks that a question speaks of: what answers, and what is only proposed.

A wrong yes costs more than a wrong no, so the two are not found alike. A forbidden task answers as soon as its words
are there. Any other answers when every word of the question has been read, and a yes wants its verb too: a verb of
doing that no hand-written line of the permitted task holds is not read. If a word is left, the task is only proposed,
and a proposal says neither yes nor no.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from binome.pliage import plier
from binome.regles.mots import (
    COURT,
    PATIENT,
    ecrits,
    expressions,
    lire_question,
    proches,
    racine,
    racines_connues,
    ressemblantes,
    suites,
)
from binome.regles.taches import taches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.regles.mots import MotDeQuestion
    from binome.regles.taches import StatutDeTache, Tache

PRUDENCE: Final[Mapping[StatutDeTache, int]] = {
    "interdite": 0,
    "condition": 1,
    "contestee": 1,
    "permise": 2,
}
"""What is told first: the gesture that one may not do."""
PROPOSEES: Final = 4
"""Neighbours shown at most."""
FACONS: Final = 32
"""Ways of finding one expression in one demand, at most: more are a text, not a question."""
ASSEZ: Final = 0.5
"""The part of an expression that must be in the question for its task to be a neighbour."""


@dataclass(frozen=True, slots=True)
class Trouvees:
    """What a question finds: tasks that answer it, the most forbidden first, and neighbours without an answer."""

    reponses: tuple[Tache, ...] = ()
    propositions: tuple[Tache, ...] = ()


@dataclass(frozen=True, slots=True)
class Touche:
    """An expression of a task found in a question: the places of its words, (demand, word).

    `en_ordre` says that they come in the order in which the line was written.
    """

    tache: Tache
    places: frozenset[tuple[int, int]]
    en_ordre: bool

    @property
    def permise(self) -> bool:
        """Whether it would say yes alone."""
        return self.tache.statut == "permise"


def chercher(question: str) -> Trouvees:
    """The tasks a question speaks of. A code or a title finds its own task.

    Tolerates accents, plurals and misspellings. What is forbidden comes first, and answers even when words are left
    unread; what is allowed answers only when none is.
    """
    nommee = _par_nom().get(plier(question))
    if nommee is not None:
        return Trouvees((nommee,))
    demandes = lire_question(question)
    touches = _decouvertes(demandes, _touches(demandes))
    entendues = _rangees(touches)
    if _tout_est_lu(demandes, touches) and not _un_petit_mot_trompe(demandes, touches):
        return Trouvees(entendues)
    interdites = tuple(une for une in entendues if une.statut == "interdite")
    autres = tuple(une for une in entendues if une.statut != "interdite")
    if interdites or autres:
        return Trouvees(interdites, autres[:PROPOSEES])
    return Trouvees((), _voisines(demandes))


@cache
def _par_racine() -> Mapping[str, tuple[tuple[Tache, tuple[str, ...]], ...]]:
    """Each expression under one of its roots: it can only be in a question that has that one."""
    par_code = {une.code: une for une in taches()}
    rangees: dict[str, list[tuple[Tache, tuple[str, ...]]]] = {}
    for code, toutes in suites().items():
        for suite in toutes:
            rangees.setdefault(max(suite, key=len), []).append((par_code[code], suite))
    return {cle: tuple(rangees[cle]) for cle in rangees}


@cache
def _par_nom() -> Mapping[str, Tache]:
    return {plier(nom): une for une in taches() for nom in (une.code, une.tache)}


def _touches(demandes: Sequence[Sequence[MotDeQuestion]]) -> list[Touche]:
    touches = []
    for rang, demande in enumerate(demandes):
        places: dict[str, list[tuple[int, int]]] = {}
        for indice, mot in enumerate(demande):
            for lue in mot.racines:
                places.setdefault(lue, []).append((rang, indice))
        touches += [
            Touche(tache, frozenset(facon), facon == tuple(sorted(facon)))
            for offerte in places
            for tache, suite in _par_racine().get(offerte, ())
            if all(mot in places for mot in suite)
            for facon in islice(product(*(places[mot] for mot in suite)), FACONS)
        ]
    return touches


def _decouvertes(
    demandes: Sequence[Sequence[MotDeQuestion]], touches: Sequence[Touche]
) -> list[Touche]:
    """Those that no longer expression covers: « tension oculaire » says nothing of the arm.

    Whom the act is for does not count: « nettoyer la salle après un patient » is not « nettoyer un patient ».
    What may be forbidden stays when the longer one has not earned it: its words in another order (« recevoir le
    patient pour ses résultats »), or an act beside it that no expression took (« faire les vaccins en retard »,
    « vérifier les vaccins puis les faire »).
    """
    mots = {
        (rang, indice): mot
        for rang, demande in enumerate(demandes)
        for indice, mot in enumerate(demande)
    }
    soignees = {place for place, mot in mots.items() if PATIENT in mot.racines}
    prises = {place for une in touches if len(une.places) > 1 for place in une.places}
    lues = {place for une in touches for place in une.places}
    suivies = {rang for rang, _ in lues}
    defendues = {rang for une in touches if not une.permise for rang, _ in une.places}
    actes = [place for place, mot in mots.items() if mot.acte and place not in prises]

    def est_a_cote(longue: Touche, courte: Touche) -> bool:
        """The person is not what the verb acts on: a word of the longer expression comes between."""
        autres = courte.places - soignees
        return bool(autres) and all(
            any(min(autres) < entre < personne for entre in longue.places - courte.places)
            for personne in courte.places & soignees - longue.places
        )

    def porte_ailleurs(acte: tuple[int, int], longue: Touche) -> bool:
        """In front, it bears on the whole expression (« faire la lettre »); elsewhere, on what it found."""
        premiere = min(longue.places)
        return acte < premiere if acte[0] == premiere[0] else acte[0] in suivies

    def est_pris(acte: tuple[int, int], longue: Touche) -> bool:
        """By the expression, or by another on other words: « prendre rendez-vous pour des vaccins en retard »."""
        return acte in longue.places or any(
            acte in une.places and len(une.places) > 1 and not une.places & longue.places
            for une in touches
        )

    def merite(longue: Touche) -> bool:
        """Whether a permitted line answers for all that it holds, so that what it covers may be forgotten."""
        rang, premier = min(longue.places)
        entre = {(rang, indice) for indice in range(premier, max(longue.places)[1])}
        return (
            longue.en_ordre
            and all(mots[une].muet and une not in soignees for une in entre - longue.places)
            and all(
                est_pris(place, longue)
                or (place[0] != rang and (mot.aide or place[0] in defendues))
                for place, mot in mots.items()
                if mot.acte or mot.aide or (mot.verbe and not mot.muet and place not in lues)
            )
        )

    def couvre(longue: Touche, courte: Touche) -> bool:
        sans = courte.places - soignees < longue.places - soignees
        if not (courte.places < longue.places or (sans and est_a_cote(longue, courte))):
            return False
        if longue.permise:
            return courte.permise or merite(longue)
        menace = courte.tache.statut == "interdite" != longue.tache.statut
        return not menace or all(porte_ailleurs(acte, longue) for acte in actes)

    return [courte for courte in touches if not any(couvre(longue, courte) for longue in touches)]


def _tout_est_lu(demandes: Sequence[Sequence[MotDeQuestion]], touches: Sequence[Touche]) -> bool:
    """Whether no word is left. An act needs no line of its own beside what is not simply allowed: no yes follows."""
    lues = {place for une in touches for place in une.places}
    rangs = {rang for rang, _ in lues}
    defendues = {rang for une in touches if not une.permise for rang, _ in une.places}
    return bool(touches) and all(
        mot.muet
        or ((rang, indice) in lues and mot.sur)
        or (mot.acte and rang in defendues)
        or (mot.aide and rang in rangs)
        for rang, demande in enumerate(demandes)
        for indice, mot in enumerate(demande)
    )


@cache
def _pieges(texte: str) -> tuple[frozenset[str], ...]:
    """What a small word, one letter away, would make a task that is not allowed of: « veux » after « tension »."""
    siennes = {racine(texte), PATIENT}
    voisines = frozenset(map(racine, proches(texte, ecrits(), depuis=COURT))) - siennes
    return tuple(
        frozenset(suite) - voisines
        for toutes in _par_racine().values()
        for tache, suite in toutes
        if tache.statut != "permise" and len(suite) > 1 and not voisines.isdisjoint(suite)
    )


def _un_petit_mot_trompe(
    demandes: Sequence[Sequence[MotDeQuestion]], touches: Sequence[Touche]
) -> bool:
    """Whether the last small words of a demand may misspell one that changes its answer."""
    lues = {place for une in touches for place in une.places}
    for rang, demande in enumerate(demandes):
        vues = [mot.racines for mot in demande]
        for indice in range(len(demande) - 1, 0, -1):
            if not demande[indice].muet or (rang, indice) in lues:
                break
            devant = frozenset().union(*vues[:indice])
            if any(reste <= devant for reste in _pieges(demande[indice].texte)):
                return True
    return False


def _rangees(touches: Iterable[Touche]) -> tuple[Tache, ...]:
    """Each task once: the most forbidden first, then the first said."""
    rangs: dict[str, tuple[int, tuple[int, int]]] = {}
    for une in touches:
        rang = (PRUDENCE[une.tache.statut], min(une.places))
        rangs[une.tache.code] = min(rang, rangs.get(une.tache.code, rang))
    return tuple(
        sorted((une for une in taches() if une.code in rangs), key=lambda une: rangs[une.code])
    )


def _voisines(demandes: Sequence[Sequence[MotDeQuestion]]) -> tuple[Tache, ...]:
    """The tasks of which a part of an expression is in the question, or nearly: only ever proposed."""
    portees = [
        mot for demande in demandes for mot in demande if not (mot.muet or mot.acte or mot.aide)
    ]
    presentes = frozenset().union(
        *(mot.racines & racines_connues() or ressemblantes(mot.texte) for mot in portees)
    )
    notes: dict[str, float] = {}
    for code, toutes in expressions().items():
        note = max(len(une & presentes) / len(une) for une in toutes)
        if note >= ASSEZ:
            notes[code] = note
    rangees = sorted(
        (une for une in taches() if une.code in notes), key=lambda une: -notes[une.code]
    )
    return tuple(rangees[:PROPOSEES])
