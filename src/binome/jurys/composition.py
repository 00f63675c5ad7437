"""Composing juries: who sits where, near and fairly, never in conflict; each choice has its reason, each empty seat too. Pure.

Greedy, the hardest jury first, then mended by exchanges: two seconds for forty juries. A person validates; nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.jurys.conflits import COLLEGES, raisons_d_ecart
from binome.jurys.quorum import manque_au_quorum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from binome.jurys.conflits import Jure, Presente
    from binome.jurys.quorum import ReglesDeJury


class Poids(NamedTuple):
    """What weighs in a choice, in the unit of the distances that are given: `charge` is one more jury of the same person, which
    makes the load fair; `inconnue` a distance that nobody knows."""

    charge: int
    inconnue: int


EN_KILOMETRES: Final = Poids(150, 400)
EN_FRONTIERES: Final = Poids(2, 5)
"""Where a distance is the borders of départements that one crosses."""


@dataclass(frozen=True)
class JuryACompo:
    """A jury to compose: its day and who is presented there."""

    code: int
    jour: date
    candidats: tuple[Presente, ...]


@dataclass(frozen=True)
class Disponibilite:
    """A juror, the days when they are free, and how many juries they accept."""

    jure: Jure
    jours: frozenset[date]
    au_plus: int = 4


@dataclass(frozen=True)
class Siege:
    """Who sits, how far from there (None: unknown), and who nearer was passed over, by number, with why."""

    jure: Jure
    distance: int | None
    raisons: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class JuryCompose:
    """A jury as it is proposed; `manque` says what it lacks, in sentences, and is empty when it may sit for everyone."""

    jury: JuryACompo
    sieges: tuple[Siege, ...]
    manque: tuple[str, ...]


@dataclass(frozen=True)
class Composition:
    """What is proposed, with its fairness and its distance beside each other."""

    jurys: tuple[JuryCompose, ...]

    @property
    def charges(self) -> Counter[int]:
        """How many juries each person sits in."""
        return Counter(un.jure.code for jury in self.jurys for un in jury.sieges)

    @property
    def ecart(self) -> int:
        """The most juries of one person less the fewest, among those who sit."""
        charges = self.charges
        return max(charges.values()) - min(charges.values()) if charges else 0

    @property
    def distance(self) -> int:
        """One way, for all of them, those that are known."""
        return sum(un.distance or 0 for jury in self.jurys for un in jury.sieges)

    @property
    def inconnues(self) -> int:
        """Seats whose distance nobody knows."""
        return sum(1 for jury in self.jurys for un in jury.sieges if un.distance is None)

    @property
    def complets(self) -> int:
        """Juries that may sit for everyone."""
        return sum(1 for un in self.jurys if not un.manque)


class SiegesEnCours:
    """The seats while they are being given."""

    def __init__(
        self,
        jurys: Sequence[JuryACompo],
        gens: Sequence[Disponibilite],
        regles: ReglesDeJury,
        distances: Mapping[tuple[int, int], int],
        poids: Poids,
    ) -> None:
        self.regles, self.distances, self.poids = regles, distances, poids
        self.gens = {un.jure.code: un for un in sorted(gens, key=lambda un: un.jure.code)}
        self.en_conflit = {
            jury.code: {
                code: raisons
                for code, un in self.gens.items()
                if (raisons := raisons_d_ecart(un.jure, jury.candidats))
            }
            for jury in jurys
        }
        self.libres = {
            jury.code: [
                code
                for code, un in self.gens.items()
                if jury.jour in un.jours and code not in self.en_conflit[jury.code]
            ]
            for jury in jurys
        }
        self.charge: Counter[int] = Counter()
        self.pris: dict[date, set[int]] = {}
        self.sieges: dict[int, list[int]] = {jury.code: [] for jury in jurys}

    def cout(self, code: int, jury: JuryACompo) -> tuple[int, int]:
        """What a person weighs in a jury: the way, and what they already bear; their number breaks a tie."""
        return self.loin(code, jury) + self.poids.charge * self.charge[code], code

    def loin(self, code: int, jury: JuryACompo) -> int:
        """How far a person is from a jury, or what is taken for it."""
        return self.distances.get((code, jury.code), self.poids.inconnue)

    def peut(self, code: int, jury: JuryACompo) -> bool:
        """Whether a person, free and without tie, is not taken elsewhere that day, nor full."""
        return self.charge[code] < self.gens[code].au_plus and code not in self.pris.get(
            jury.jour, set()
        )

    def asseoir(self, code: int, jury: JuryACompo) -> None:
        """Gives a seat."""
        self.sieges[jury.code].append(code)
        self.charge[code] += 1
        self.pris.setdefault(jury.jour, set()).add(code)

    def lever(self, code: int, jury: JuryACompo) -> None:
        """Takes it back."""
        self.sieges[jury.code].remove(code)
        self.charge[code] -= 1
        self.pris[jury.jour].discard(code)


def composer(
    jurys: Iterable[JuryACompo],
    gens: Iterable[Disponibilite],
    regles: ReglesDeJury,
    distances: Mapping[tuple[int, int], int],
    poids: Poids = EN_KILOMETRES,
) -> Composition:
    """Who sits in each jury, the same for the same facts whatever their order; `distances` are by juror and jury, one way.

    A jury that cannot be filled is given with what it lacks.
    """
    tous = sorted(jurys, key=lambda un: un.code)
    travail = SiegesEnCours(tous, list(gens), regles, distances, poids)
    for jury in sorted(tous, key=lambda un: (len(travail.libres[un.code]), un.code)):
        _remplir(travail, jury)
    for jury in tous:
        _emprunter(travail, jury, tous)
    return rendre(travail, tous)


def rendre(travail: SiegesEnCours, jurys: Sequence[JuryACompo]) -> Composition:
    """The seats as they stand, with the reasons of each and what each jury lacks."""
    return Composition(tuple(_rendu(travail, un) for un in jurys))


def places_de_college(regles: ReglesDeJury) -> dict[str, int]:
    """The seats of each college: what the rules ask for, and as many more as the number of those present needs."""
    chacun = max(regles.par_college, -(-regles.presents // len(COLLEGES)))
    return dict.fromkeys(COLLEGES, chacun)


def _remplir(travail: SiegesEnCours, jury: JuryACompo) -> None:
    """The cheapest of each college, then outsiders in the place of insiders until their share is met."""
    for college, places in places_de_college(travail.regles).items():
        siens = [
            code
            for code in travail.libres[jury.code]
            if travail.gens[code].jure.college == college and travail.peut(code, jury)
        ]
        for code in sorted(siens, key=lambda code: travail.cout(code, jury))[:places]:
            travail.asseoir(code, jury)
    _ouvrir_au_dehors(travail, jury)


def _ouvrir_au_dehors(travail: SiegesEnCours, jury: JuryACompo) -> None:
    """Exchanges insiders for outsiders of the same college, the least costly exchange first."""
    while True:
        assis = travail.sieges[jury.code]
        dehors = sum(1 for code in assis if travail.gens[code].jure.exterieur)
        if not assis or dehors >= travail.regles.exterieurs * len(assis):
            return
        echanges = [
            (travail.cout(entrant, jury)[0] - travail.cout(sortant, jury)[0], sortant, entrant)
            for sortant in assis
            if not travail.gens[sortant].jure.exterieur
            for entrant in travail.libres[jury.code]
            if travail.gens[entrant].jure.exterieur
            and travail.gens[entrant].jure.college == travail.gens[sortant].jure.college
            and travail.peut(entrant, jury)
        ]
        if not echanges:
            return
        _, sortant, entrant = min(echanges)
        travail.lever(sortant, jury)
        travail.asseoir(entrant, jury)


def _emprunter(travail: SiegesEnCours, jury: JuryACompo, tous: Sequence[JuryACompo]) -> None:
    """Fills an empty seat with somebody who is full or taken that day, where another can take their seat there."""
    for college, places in places_de_college(travail.regles).items():
        while _assis(travail, jury, college) < places and _un_emprunt(travail, jury, college, tous):
            pass
    _ouvrir_au_dehors(travail, jury)


def _assis(travail: SiegesEnCours, jury: JuryACompo, college: str) -> int:
    return sum(
        1 for code in travail.sieges[jury.code] if travail.gens[code].jure.college == college
    )


def _un_emprunt(
    travail: SiegesEnCours, jury: JuryACompo, college: str, tous: Sequence[JuryACompo]
) -> bool:
    for code in travail.libres[jury.code]:
        if travail.gens[code].jure.college != college or code in travail.sieges[jury.code]:
            continue
        for autre in tous:
            if code not in travail.sieges[autre.code]:
                continue
            travail.lever(code, autre)
            relais = [
                un
                for un in travail.libres[autre.code]
                if un != code
                and travail.gens[un].jure.college == college
                and travail.gens[un].jure.exterieur >= travail.gens[code].jure.exterieur
                and travail.peut(un, autre)
            ]
            if relais and travail.peut(code, jury):
                travail.asseoir(min(relais, key=lambda un: travail.cout(un, autre)), autre)
                travail.asseoir(code, jury)
                return True
            travail.asseoir(code, autre)
    return False


def _rendu(travail: SiegesEnCours, jury: JuryACompo) -> JuryCompose:
    assis = sorted(travail.sieges[jury.code])
    presents = [travail.gens[code].jure for code in assis]
    manque = manque_au_quorum(travail.regles, presents)
    if manque:
        manque = (*manque, *(_pourquoi(travail, jury, college) for college in COLLEGES))
    return JuryCompose(jury, tuple(_siege(travail, jury, code) for code in assis), manque)


def _siege(travail: SiegesEnCours, jury: JuryACompo, code: int) -> Siege:
    """A seat with why it is not somebody nearer's: the three nearest of the same college who do not sit."""
    sienne = travail.distances.get((code, jury.code))
    ici = travail.loin(code, jury)
    sien = travail.gens[code].jure
    plus_pres = [
        un
        for un in travail.gens.values()
        if un.jure.college == sien.college
        and un.jure.code not in travail.sieges[jury.code]
        and travail.loin(un.jure.code, jury) < ici
    ]
    plus_pres.sort(key=lambda un: (travail.loin(un.jure.code, jury), un.jure.code))
    return Siege(
        sien, sienne, tuple((un.jure.code, _empeche(travail, jury, un)) for un in plus_pres[:3])
    )


def _empeche(travail: SiegesEnCours, jury: JuryACompo, un: Disponibilite) -> str:
    """Why somebody nearer does not sit."""
    code = un.jure.code
    if code in travail.en_conflit[jury.code]:
        return ", ".join(travail.en_conflit[jury.code][code])
    if jury.jour not in un.jours:
        return "pas libre ce jour-là"
    if code in travail.pris.get(jury.jour, set()):
        return "siège ailleurs ce jour-là"
    if travail.charge[code] >= un.au_plus:
        return f"a déjà {un.au_plus} jurys"
    return f"siège déjà {travail.charge[code]} fois, ou ne vient pas de l’extérieur"


def _pourquoi(travail: SiegesEnCours, jury: JuryACompo, college: str) -> str:
    """Where the people of a college are, for a jury that is not filled."""
    siens = [un for un in travail.gens.values() if un.jure.college == college]
    comptes = Counter(
        "en conflit"
        if un.jure.code in travail.en_conflit[jury.code]
        else "pas libres ce jour-là"
        if jury.jour not in un.jours
        else "assises ici"
        if un.jure.code in travail.sieges[jury.code]
        else "assises ailleurs ce jour-là"
        if un.jure.code in travail.pris.get(jury.jour, set())
        else "déjà prises autant qu’elles l’acceptent"
        if travail.charge[un.jure.code] >= un.au_plus
        else "libres"
        for un in siens
    )
    dits = ", ".join(f"{nombre} {mot}" for mot, nombre in sorted(comptes.items()))
    return f"Collège « {COLLEGES[college].lower()} », {len(siens)} personnes : {dits or 'aucune'}."
