"""A question about tasks, read word by word: what each may stand for, and which ask for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final, Literal

from binome.pliage import plier
from binome.regles.courante import donnees_de
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

PARTAGES: Final = re.compile(r"[,;:.!?+&/()\[\]\n«»\"…]")
"""Signs after which another demand begins."""
SIGLE: Final = re.compile(r"\b(\w)\.(?=\w\b)")
"""An acronym written with its points."""
COURT: Final = 3
"""Letters up to which a word is never what another one misspells."""
RECONNU: Final = 5
"""Letters from which a misspelt word is recognised."""
PATIENT: Final = "patient"
"""What expressions call the person cared for, whoever it is."""
SUR: Final = 7
"""Letters from which it may also answer « oui »: of a shorter word, another one is too near."""


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """Words without a gesture of their own: `vides` and `personnes` ask nothing, `actes` and `aides` only help."""

    locutions: re.Pattern[str]
    liaisons: frozenset[str]
    vides: frozenset[str]
    personnes: frozenset[str]
    actes: frozenset[str]
    aides: frozenset[str]
    coupures: frozenset[str]

    @property
    def connus(self) -> frozenset[str]:
        """All of them: a word of this list is not the misspelling of another."""
        return self.vides | self.personnes | self.actes | self.aides


@dataclass(frozen=True, slots=True)
class MotDeQuestion:
    """A word of a question. `racines` is what it may stand for; `sur` is false when that is a guess on a short word."""

    texte: str
    racines: frozenset[str]
    muet: bool
    acte: bool
    aide: bool
    sur: bool


@cache
def vocabulaire() -> Vocabulaire:
    """The words of `mots.yaml`, folded."""
    brut = lire_yaml(donnees_de() / "mots.yaml")
    ensembles = {
        nom: frozenset(plier(brut[nom]).split())
        for nom in ("liaisons", "vides", "personnes", "actes", "aides", "coupures")
    }
    locutions = "|".join(map(plier, brut["locutions"]))
    return Vocabulaire(
        re.compile(rf"\b(?:{locutions})\b"),
        ensembles["liaisons"],
        ensembles["vides"],
        ensembles["personnes"],
        ensembles["actes"],
        ensembles["aides"],
        ensembles["coupures"],
    )


def racine(mot: str) -> str:
    """A folded word without the marks of its plural and its feminine, when it is long enough to lose them."""
    nu = mot[:-1] if len(mot) > COURT and mot[-1] in "sx" else mot
    return nu[:-1] if len(nu) > 4 and nu[-1] == "e" and nu[-2] not in "ao" else nu


@cache
def synonymes() -> Mapping[str, tuple[str, ...]]:
    """The hand-written lines that lead to each task, by its code."""
    lus: dict[str, tuple[str, ...]] = {}
    for chemin in sorted((donnees_de() / "synonymes").glob("*.yaml")):
        lus |= {code: tuple(lignes) for code, lignes in lire_yaml(chemin).items()}
    return lus


@cache
def expressions() -> Mapping[str, tuple[frozenset[str], ...]]:
    """The words that lead to each task, by its code: each expression a set of roots, all of which are needed."""
    return {
        code: tuple(dict.fromkeys(une for ligne in lignes for une in deplier(ligne)))
        for code, lignes in synonymes().items()
    }


def deplier(ligne: str) -> Iterable[frozenset[str]]:
    """Each expression of a line: `prise|prendre sang` is two of them."""
    for mots in product(*(place.split("|") for place in ligne.split())):
        yield frozenset(
            racine(mot)
            for mot in plier(" ".join(mots)).split()
            if mot not in vocabulaire().liaisons
        )


@cache
def ecrits() -> frozenset[str]:
    """Every word of every expression, as it is written."""
    lignes = (ligne.replace("|", " ") for toutes in synonymes().values() for ligne in toutes)
    return frozenset(mot for ligne in lignes for mot in plier(ligne).split())


@cache
def racines_connues() -> frozenset[str]:
    """Every root that some expression holds."""
    return frozenset().union(*(une for toutes in expressions().values() for une in toutes))


@cache
def longs(nom: Literal["connus", "actes"]) -> frozenset[str]:
    """The roots of the words without a gesture, or of the acts, that are long enough to be recognised misspelt."""
    mots = vocabulaire()
    return frozenset(
        racine(un) for un in (mots.actes if nom == "actes" else mots.connus) if len(un) >= SUR
    )


def proches(
    mot: str, parmi: Collection[str], *, depuis: int = RECONNU, lettres: int = 1
) -> frozenset[str]:
    """The words that so many slips of the finger make of this one, when it is long enough for that."""
    from rapidfuzz import process  # noqa: PLC0415 - only a misspelt word pays for it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(mot) < depuis:
        return frozenset()
    trouves = process.extract(mot, parmi, scorer=OSA.distance, score_cutoff=lettres, limit=None)
    return frozenset(un for un, *_ in trouves if len(un) > COURT)


def ressemblantes(mot: str) -> frozenset[str]:
    """The known roots that a word may be near: one letter, two in a long one. They only ever propose."""
    return proches(mot, racines_connues(), depuis=COURT, lettres=2 if len(mot) >= SUR else 1)


def lire_mot(texte: str) -> MotDeQuestion:
    """A folded word with all that it may stand for; a word that is known stands for itself alone."""
    nu = racine(texte)
    mots = vocabulaire()
    if texte in mots.personnes:
        return MotDeQuestion(
            texte, frozenset((nu, PATIENT)), muet=True, acte=False, aide=False, sur=True
        )
    muet = texte in mots.vides
    acte, aide = texte in mots.actes, texte in mots.aides
    if muet or acte or aide or nu in racines_connues():
        return MotDeQuestion(texte, frozenset((nu,)), muet, acte, aide, sur=True)
    voisines = proches(nu, racines_connues())
    if voisines:
        return MotDeQuestion(
            texte, voisines, muet=False, acte=False, aide=False, sur=len(nu) >= SUR
        )
    acte = bool(proches(nu, longs("actes")))
    muet = not acte and bool(proches(nu, longs("connus")))
    return MotDeQuestion(texte, frozenset((nu,)), muet, acte, aide=False, sur=True)


def lire_liaison(texte: str) -> MotDeQuestion:
    """A word that ties nothing, at the end of a demand: it is kept, for it may be the misspelling of another."""
    return MotDeQuestion(
        texte, frozenset((racine(texte),)), muet=True, acte=False, aide=False, sur=True
    )


def lire_question(question: str) -> list[list[MotDeQuestion]]:
    """A question as its demands, each a list of words; what ties them is left out, but at their end."""
    mots = vocabulaire()
    demandes: list[list[MotDeQuestion]] = []
    for morceau in PARTAGES.split(SIGLE.sub(r"\1", question)):
        demande: list[MotDeQuestion] = []
        for texte in mots.locutions.sub(" ", plier(morceau)).split():
            if texte in mots.coupures:
                demandes.append(demande)
                demande = []
            elif texte not in mots.liaisons:
                demande.append(lire_mot(texte))
        if demande and texte in mots.liaisons:
            demande.append(lire_liaison(texte))
        demandes.append(demande)
    return [une for une in demandes if une]
