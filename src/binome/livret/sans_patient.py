"""What names a person cared for in a sentence of the booklet: found as one types, with the reason, and never kept.

The same lists and patterns serve the browser (`sans_patient.js`): both walk the text alike, and a test holds them to
the same answer. Every pattern is bounded, so that the time grows with the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOTIFS: Final = Path(__file__).with_name("sans_patient.yaml")
AUTREMENT: Final = {"‘": "'", "’": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}  # fmt: skip
"""Signs that a telephone puts for ours."""
INVISIBLE: Final = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
MORCEAU: Final = re.compile(r"[a-zßœæøłđ]+(?:-[a-zßœæøłđ]+)*|[0-9]+|[^ \t]")
"""A word, a number, or a sign alone: between two of them there are only blanks."""
LETTRES: Final = frozenset("abcdefghijklmnopqrstuvwxyzßœæøłđ")
HORS_PLAN: Final = 0xFFFF
"""Beyond it a sign counts for two in the browser: it is read as one that means nothing."""
AGE: Final = re.compile(
    r"[ ,(]{0,3}(?:(?:a|avait|agee?|de|fait) ){0,3}([0-9]{1,3} ?(?:ans|an|mois))(?![a-z])"
)
"""An age, right after a name."""
AVANT: Final = 40
"""Signs before a find where what makes it something else is looked for."""
SIGLE: Final = 4
"""Capitals up to which a word is an acronym."""
MOTS: Final = 3
"""Words of one name, at most."""
FERMENT: Final = frozenset((",", ".", ")", ";", "!", "du", "de", "d", "des"))
"""What comes after the role of somebody named: without it the sentence goes on about somebody else."""
LIENS: Final = frozenset("de du d ' la le l des".split())


@dataclass(frozen=True, slots=True)
class Repere:
    """What was found, from the sign `debut` to the sign `fin`, and why it is refused."""

    debut: int
    fin: int
    genre: str
    raison: str


@dataclass(frozen=True, slots=True)
class Morceau:
    """A word of the text, without accent nor capital, and how it is written."""

    plat: str
    debut: int
    fin: int
    majuscule: bool
    capitales: bool

    @property
    def mot(self) -> bool:
        """Whether it is made of letters."""
        return self.plat[0] in LETTRES


@cache
def motifs() -> Mapping[str, Any]:
    """What both readers read: a page gives it to the browser as it is."""
    lus: dict[str, Any] = lire_yaml(MOTIFS)
    return lus


@cache
def _mots(nom: str) -> frozenset[str]:
    return frozenset(motifs()[nom].split())


@cache
def _civilites(nom: str) -> frozenset[str]:
    return frozenset(motifs()["civilites"][nom].split())


@cache
def _patrons() -> tuple[tuple[str, re.Pattern[str], bool, frozenset[str]], ...]:
    return tuple(
        (
            un["genre"],
            re.compile(un["motif"]),
            un.get("casse", False),
            frozenset(un.get("sauf_apres", ())),
        )
        for un in motifs()["motifs"]
    )


def reperer(texte: str) -> tuple[Repere, ...]:
    """All that names somebody, in the order of the text; nothing in an ordinary sentence."""
    nu, places = _nu(texte)
    plat = "".join(_bas(c) for c in nu)
    trouves: list[tuple[int, int, str]] = []
    pris = bytearray(len(nu))
    for debut, fin, genre in (*_des_motifs(nu, plat), *_des_noms(nu, plat)):
        if not any(pris[debut:fin]):
            pris[debut:fin] = b"x" * (fin - debut)
            trouves.append((debut, fin, genre))
    return tuple(
        Repere(
            places[debut],
            places[fin - 1] + 1,
            genre,
            motifs()["raisons"][genre].replace("{dit}", texte[places[debut] : places[fin - 1] + 1]),
        )
        for debut, fin, genre in sorted(trouves)
    )


def _nu(texte: str) -> tuple[str, list[int]]:
    """The text sign by sign without accents nor what is not seen, and the place of each sign in it."""
    signes, places = [], []
    for place, signe in enumerate(texte):
        seul = INVISIBLE.sub("", unicodedata.normalize("NFKD", AUTREMENT.get(signe, signe)))
        if seul:
            lu = seul if len(seul) == 1 else signe
            signes.append(lu if ord(lu) <= HORS_PLAN else "\ufffd")
            places.append(place)
    return "".join(signes), places


def _bas(signe: str) -> str:
    bas = signe.lower()
    return bas if len(bas) == 1 else signe


def _des_motifs(nu: str, plat: str) -> Iterator[tuple[int, int, str]]:
    for genre, patron, casse, sauf in _patrons():
        depuis = 0
        lu = nu if casse else plat
        while trouve := patron.search(lu, depuis):
            debut, fin = trouve.span(2)
            depuis = fin
            devant = MORCEAU.findall(plat[max(0, debut - AVANT) : debut])
            if sauf.isdisjoint(devant[-4:]):
                yield debut, fin, genre


def _morceaux(nu: str, plat: str) -> list[Morceau]:
    return [
        Morceau(
            un.group(),
            un.start(),
            un.end(),
            nu[un.start()] != plat[un.start()],
            all(nu[i] != plat[i] or plat[i] == "-" for i in range(*un.span())),
        )
        for un in MORCEAU.finditer(plat)
    ]


def _des_noms(nu: str, plat: str) -> Iterator[tuple[int, int, str]]:
    """Names of persons, and the age beside each."""
    lecteur = _Lecteur(nu, plat)
    rang = 0
    while rang < len(lecteur.mots):
        jusque = lecteur.nom_en(rang)
        if jusque > rang:
            fin = lecteur.mots[jusque - 1].fin
            yield lecteur.mots[rang].debut, fin, "nom"
            if age := AGE.match(plat, fin):
                yield *age.span(1), "age"
        rang = max(jusque, rang + 1)


class _Lecteur:
    """Walks a text word by word; `crie` when it is all in capitals, which then say nothing."""

    def __init__(self, nu: str, plat: str) -> None:
        self.plat = plat
        self.mots: Sequence[Morceau] = _morceaux(nu, plat)
        hautes = sum(a != b for a, b in zip(nu, plat, strict=True))
        self.crie = hautes > SIGLE and 2 * hautes > sum(c in LETTRES for c in plat)

    def a(self, rang: int) -> Morceau | None:
        """The word at that place, or none."""
        return self.mots[rang] if 0 <= rang < len(self.mots) else None

    def nom_en(self, rang: int) -> int:
        """Where the name that begins here ends; the same place when there is none, or it is a colleague's."""
        for lire in (self._civil, self._suivi, self._etiquette, self._prenom, self._initiale):
            jusque = lire(rang)
            if jusque > rang:
                return rang if self._collegue(rang, jusque) else jusque
        return rang

    # What makes a name

    def _haut(self, rang: int) -> bool:
        """A word of letters with a capital, where capitals mean something."""
        un = self.a(rang)
        return un is not None and un.mot and len(un.plat) > 1 and un.majuscule and not self.crie

    def _propre(self, rang: int) -> bool:
        """A capitalised word that is no acronym, and that no list knows for something else."""
        un = self.a(rang)
        if un is None or not self._haut(rang):
            return False
        if un.plat in _mots("pas_noms") or un.plat in _mots("sigles"):
            return False
        return not un.capitales or len(un.plat) > SIGLE or un.plat in _mots("prenoms")

    def _lettre(self, rang: int) -> bool:
        un = self.a(rang)
        return un is not None and un.mot and len(un.plat) == 1 and un.majuscule and not self.crie

    def _est(self, rang: int, signe: str) -> bool:
        un = self.a(rang)
        return un is not None and un.plat == signe

    def _famille(self, rang: int, *, propre: bool) -> int:
        """Where a family name that begins here ends, its particles with it."""
        depart = rang
        while (un := self.a(rang)) is not None and rang - depart < 4:
            suite = self._est(rang + 1, "'")
            if un.plat not in _mots("particules") or (
                un.plat in ("la", "le") and not self._suit(rang)
            ):
                break
            rang += 2 if suite else 1
        convient = self._propre if propre else self._haut
        un = self.a(rang)
        if not convient(rang) or un is None or un.plat in _mots("collegues"):
            return depart
        rang += 1
        for _ in range(MOTS - 1):
            if not self._propre(rang):
                break
            rang += 1
        return rang

    def _suit(self, rang: int) -> bool:
        """Whether a capital comes after a particle."""
        return self._haut(rang + 1) or self._est(rang + 1, "'") or self._particule(rang + 1)

    def _particule(self, rang: int) -> bool:
        un = self.a(rang)
        return un is not None and un.plat in _mots("particules")

    def _initiales(self, rang: int) -> int:
        """Where initials that begin here end: « D. », « J.D. », « A. M. »."""
        jusque = rang
        while self._lettre(jusque) and jusque - rang < 6:
            jusque += 2 if self._est(jusque + 1, ".") else 1
        return jusque

    def _civil(self, rang: int) -> int:
        un = self.mots[rang]
        suivant = rang + 1
        if self._est(suivant, "."):
            suivant += 1
        if un.plat == motifs()["civilites"]["point"]:
            if not un.majuscule or (self.crie and suivant == rang + 1):
                return rang
            courte = self.crie
        elif un.plat in _civilites("courtes"):
            courte = True
        elif un.plat in _civilites("longues"):
            courte = self.crie
        else:
            return rang
        apres = self.a(suivant)
        if apres is None or not apres.mot:
            return rang
        jusque = self._famille(suivant, propre=False)
        if jusque > suivant:
            return jusque
        jusque = self._initiales(suivant)
        if jusque > suivant:
            return jusque
        if apres.capitales and not self.crie and len(apres.plat) <= SIGLE:
            return suivant + 1
        bas = not apres.majuscule or self.crie
        if not bas or len(apres.plat) < 3 or not self._inconnu(suivant):
            return rang
        verbe = self.a(suivant + 1)
        sur = courte or (verbe is not None and verbe.plat in _mots("verbes"))
        return suivant + 1 if sur else rang

    def _inconnu(self, rang: int) -> bool:
        """A word that no list of ordinary ones holds."""
        un = self.a(rang)
        if un is None or not un.mot:
            return False
        return un.plat not in _mots("courants") and un.plat not in _mots("collegues")

    def _suivi(self, rang: int) -> int:
        """« le patient Dubois », « la petite Inès », « patient J.D. »."""
        un, suivant = self.mots[rang], rang + 1
        if un.plat not in _mots("suivis"):
            return rang
        jusque = self._famille(suivant, propre=True)
        titre = un.majuscule and un.plat in _mots("titres")
        if any(self._inconnu(mot) for mot in range(suivant, jusque)):
            return jusque if not titre or self.mots[suivant].plat in _mots("prenoms") else rang
        if self._est(suivant, ":"):
            suivant += 1
        jusque = self._initiales(suivant)
        return jusque if jusque > suivant + 1 and self._est(suivant + 1, ".") else rang

    def _etiquette(self, rang: int) -> int:
        """« Nom : Delorme »."""
        if self.mots[rang].plat not in _mots("etiquettes"):
            return rang
        signe = rang + 1
        while (un := self.a(signe)) is not None and signe - rang < 6:
            if un.plat == ":":
                return signe + 2 if self._inconnu(signe + 1) else rang
            if un.plat != "'" and un.plat not in _mots("precisions"):
                break
            signe += 1
        return rang

    def _prenom(self, rang: int) -> int:
        """« Jean Dupont », « DUPONT Jean », « Léa, 4 ans », « Sophie D. »."""
        un = self.mots[rang]
        if not self._haut(rang):
            return rang
        if un.plat in _mots("prenoms"):
            if self._ailleurs(rang):
                return rang
            jusque = self._famille(rang + 1, propre=True)
            if jusque > rang + 1:
                return jusque
            if self._lettre(rang + 1) and self._est(rang + 2, "."):
                return rang + 3
            return rang + 1 if AGE.match(self.plat, un.fin) else rang
        suivant = self.a(rang + 1)
        if suivant is None or not (un.capitales and len(un.plat) > 2 and self._propre(rang)):
            return rang
        connu = suivant.plat in _mots("prenoms")
        etranger = (
            len(un.plat) > SIGLE
            and not suivant.capitales
            and self._propre(rang + 1)
            and self._inconnu(rang + 1)
        )
        return rang + 2 if self._haut(rang + 1) and (connu or etranger) else rang

    def _initiale(self, rang: int) -> int:
        """« J. Dupont », but no item of a list: « A. Installer »."""
        if not (self._lettre(rang) and self._est(rang + 1, ".") and self._propre(rang + 2)):
            return rang
        avant, nom = self.a(rang - 1), self.mots[rang + 2]
        if nom.plat in _mots("courants"):
            return rang
        if avant is None or not avant.mot:
            verbe = self.a(rang + 3)
            return rang + 3 if verbe is not None and verbe.plat in _mots("verbes") else rang
        return rang if avant.plat in _mots("lettrees") else rang + 3

    # What makes it nobody's, or a colleague's

    def _ailleurs(self, rang: int) -> bool:
        """Whether it is the name of a place or of a disease: « hôpital Robert Debré », « syndrome de Claude Bernard »."""
        for avant in range(rang - 1, max(-1, rang - 5), -1):
            if self.mots[avant].plat in _mots("devant"):
                return True
            if self.mots[avant].plat not in LIENS:
                return False
        return False

    def _collegue(self, rang: int, jusque: int) -> bool:
        """Whether a role stands beside the name: before it, or after it between commas."""
        avant = rang - 1
        virgule = self._est(avant, ",")
        if virgule or self._est(avant, "."):
            avant -= 1
        un = self.a(avant)
        ferme = self._est(jusque, ",") or self._est(jusque, ".") or self._est(jusque, ")")
        if un is not None and un.plat in _mots("collegues") and (not virgule or ferme):
            return True
        if not (self._est(jusque, ",") or self._est(jusque, "(")):
            return False
        for apres in range(jusque + 1, jusque + 4):
            role = self.a(apres)
            if role is not None and role.plat in _mots("collegues"):
                suite = self.a(apres + 1)
                return suite is None or suite.plat in FERMENT
        return False
