"""A question about tasks, read word by word: what each may stand for, and which ask for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
CHEZ: Final = "chez"
DOMICILE: Final = "domicil"
"""What « chez » stands for besides itself, before a person: the place where one lives."""
DOCTEUR: Final = "dr"
"""A short word that says at whose place one is: not at a patient’s."""
INFINITIF: Final = re.compile(r"\w+(?:er|ir|dre|[^ao]ire|ttre|ivre|lure)")
"""The look of a verb that is not conjugated."""
SUR: Final = 7
"""Letters from which it may also answer « oui »: of a shorter word, another one is too near."""


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """Words without a gesture of their own: `vides` and `personnes` ask nothing, `actes` and `aides` only help.

    `actes` gives each form of a verb of doing the verb that expressions know it by.
    """

    locutions: re.Pattern[str]
    graphies: Mapping[str, str]
    liaisons: frozenset[str]
    articles: frozenset[str]
    noms: frozenset[str]
    vides: frozenset[str]
    personnes: frozenset[str]
    chez: frozenset[str]
    actes: Mapping[str, str]
    causatifs: frozenset[str]
    aides: frozenset[str]
    coupures: frozenset[str]

    @property
    def connus(self) -> frozenset[str]:
        """All of them: a word of this list is not the misspelling of another."""
        return self.vides | self.personnes | self.actes.keys() | self.aides


@dataclass(frozen=True, slots=True)
class MotDeQuestion:
    """A word of a question. `racines` is what it may stand for; `sur` is false when that is a guess on a short word.

    `verbe` says that what follows may be what it does something to.
    """

    texte: str
    racines: frozenset[str]
    muet: bool
    acte: bool
    aide: bool
    sur: bool
    verbe: bool = False


@cache
def vocabulaire() -> Vocabulaire:
    """The words of `mots.yaml`, folded."""
    brut = lire_yaml(donnees_de() / "mots.yaml")
    ensembles = {
        nom: frozenset(plier(brut[nom]).split())
        for nom in (
            "liaisons",
            "articles",
            "noms",
            "vides",
            "personnes",
            "chez",
            "causatifs",
            "aides",
            "coupures",
        )
    }
    locutions = "|".join(map(plier, brut["locutions"]))
    actes = {
        forme: racine(plier(verbe))
        for verbe, formes in brut["actes"].items()
        for forme in plier(formes).split()
    }
    return Vocabulaire(
        locutions=re.compile(rf"\b(?:{locutions})\b"),
        graphies={plier(une): plier(dite) for une, dite in brut["graphies"].items()},
        actes=actes,
        **ensembles,
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


@cache
def suites() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The same, each with its words in the order in which they are written."""
    return {
        code: tuple(dict.fromkeys(une for ligne in lignes for une in deplier_en_ordre(ligne)))
        for code, lignes in synonymes().items()
    }


def deplier_en_ordre(ligne: str) -> Iterable[tuple[str, ...]]:
    """Each expression of a line: `prise|prendre sang` is two of them; `prendre? sang` too, with the verb or without."""
    places = (
        (*place[:-1].split("|"), "") if place.endswith("?") else place.split("|")
        for place in ligne.split()
    )
    for mots in product(*places):
        yield tuple(
            racine(mot)
            for mot in plier(" ".join(mots)).split()
            if mot not in vocabulaire().liaisons
        )


def deplier(ligne: str) -> Iterable[frozenset[str]]:
    """The words of each expression of a line, whatever their order."""
    return map(frozenset, deplier_en_ordre(ligne))


@cache
def ecrits() -> frozenset[str]:
    """Every word of every expression, as it is written."""
    lignes = (
        ligne.replace("|", " ").replace("?", " ")
        for toutes in synonymes().values()
        for ligne in toutes
    )
    return frozenset(mot for ligne in lignes for mot in plier(ligne).split())


@cache
def racines_connues() -> frozenset[str]:
    """Every root that some expression holds."""
    return frozenset().union(*(une for toutes in expressions().values() for une in toutes))


@cache
def longs(nom: Literal["connus", "actes"]) -> Mapping[str, str]:
    """The words without a gesture, or the acts, that are long enough to be recognised misspelt, by their root."""
    mots = vocabulaire()
    tous = mots.actes.keys() if nom == "actes" else mots.connus
    return {racine(un): un for un in sorted(tous) if len(un) >= SUR}


@cache
def racines_d_actes() -> frozenset[str]:
    """The roots of the verbs of doing: a word that may misspell one may be one."""
    actes = vocabulaire().actes
    return frozenset(map(racine, actes)) | frozenset(actes.values())


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
    acte, aide = texte in mots.actes or nu in racines_d_actes(), texte in mots.aides
    verbe = aide or (not muet and (_a_l_air_d_un_verbe(texte) or _a_l_air_d_un_verbe(nu)))
    if acte:
        nues = frozenset((nu, mots.actes.get(texte, nu)))
        return MotDeQuestion(texte, nues, muet, acte, aide, sur=True, verbe=True)
    if muet or aide or nu in racines_connues():
        return MotDeQuestion(texte, frozenset((nu,)), muet, acte, aide, sur=True, verbe=verbe)
    voisines = proches(nu, racines_connues())
    actes = {longs("actes")[un] for un in proches(nu, longs("actes").keys())}
    acte = bool(actes) or not voisines.isdisjoint(racines_d_actes())
    verbe = verbe or acte or any(map(_a_l_air_d_un_verbe, voisines))
    if voisines:
        # A letter away from an act and from another verb, it may be either: no yes on that.
        sur = len(nu) >= SUR and (not actes or voisines <= racines_d_actes())
        nues = voisines.union(mots.actes[un] for un in actes)
        return MotDeQuestion(texte, nues, muet, acte, aide=False, sur=sur, verbe=verbe)
    nues = frozenset((nu, *(mots.actes[un] for un in actes)))
    muet = not acte and bool(proches(nu, longs("connus").keys()))
    return MotDeQuestion(texte, nues, muet, acte, aide=False, sur=True, verbe=verbe)


def _a_l_air_d_un_verbe(texte: str) -> bool:
    return INFINITIF.fullmatch(texte) is not None and texte not in vocabulaire().noms


def lire_liaison(texte: str) -> MotDeQuestion:
    """A word that ties nothing, at the end of a demand: it is kept, for it may be the misspelling of another."""
    return MotDeQuestion(
        texte, frozenset((racine(texte),)), muet=True, acte=False, aide=False, sur=True
    )


def lire_question(question: str) -> list[list[MotDeQuestion]]:
    """A question as its demands, each a list of words; what ties them is left out, but at their end.

    A demand without a verb has those of the one before: « laver les sols et les malades » washes both.
    """
    mots = vocabulaire()
    demandes: list[list[MotDeQuestion]] = []
    for morceau in PARTAGES.split(SIGLE.sub(r"\1", question)):
        textes: list[str] = []
        for texte in mots.locutions.sub(" ", plier(morceau)).split():
            if texte in mots.coupures:
                demandes.append(_lire_demande(textes))
                textes = []
            else:
                textes += mots.graphies.get(texte, texte).split()
        demandes.append(_lire_demande(textes))
    return _reprendre([une for une in demandes if une])


def _lire_demande(textes: list[str]) -> list[MotDeQuestion]:
    mots = vocabulaire()
    demande: list[MotDeQuestion] = []
    devant = ""
    for n, texte in enumerate(textes):
        if texte not in mots.liaisons:
            mot = lire_mot(texte)
            if mot.verbe and not mot.acte and devant in mots.articles:
                mot = replace(mot, verbe=False)
            if mot.verbe and devant in mots.causatifs:
                # « faire peser » says who weighs: it does nothing to the baby.
                demande[-1] = replace(demande[-1], muet=True, acte=False)
            if texte == CHEZ and _est_quelqu_un(textes[n + 1 :]):
                mot = replace(mot, racines=mot.racines | {DOMICILE})
            demande.append(mot)
        devant = texte
    if textes and devant in mots.liaisons:
        demande.append(lire_liaison(devant))
    return demande


def _est_quelqu_un(suite: list[str]) -> bool:
    """Whether the next word is a person, or stands for one."""
    mots = vocabulaire()
    ecartes = mots.liaisons | mots.articles
    premier = next((un for un in suite if un not in ecartes and not _est_un_article(un)), "")
    qui = mots.personnes | mots.chez
    return premier in qui or not qui.isdisjoint(proches(premier, qui))


def _est_un_article(texte: str) -> bool:
    """Whether a short word says nothing, or is one mistyped: « chez te patient »."""
    mots = vocabulaire()
    return len(texte) < COURT and texte not in mots.chez and texte != DOCTEUR


def _reprendre(demandes: list[list[MotDeQuestion]]) -> list[list[MotDeQuestion]]:
    reprises: list[list[MotDeQuestion]] = []
    verbes: list[MotDeQuestion] = []
    for demande in demandes:
        siens = [mot for mot in demande if mot.verbe]
        repris = [] if any(map(_est_un_verbe, siens)) else verbes
        if all(mot.muet for mot in demande):
            soignee = any(PATIENT in mot.racines for mot in demande)
            repris = list(map(_taire, repris)) if soignee else []
        reprises.append([*(mot if mot.acte else _taire(mot) for mot in repris), *demande])
        verbes = siens or verbes
    return reprises


def _est_un_verbe(mot: MotDeQuestion) -> bool:
    """Whether it is one as it is written, and not only the misspelling of one: « vaccinr » may be a noun."""
    return mot.acte or mot.aide or _a_l_air_d_un_verbe(mot.texte)


def _taire(mot: MotDeQuestion) -> MotDeQuestion:
    """The same word where nobody wrote it: it may be in an expression, and need not be in one."""
    return replace(mot, muet=True, acte=False, aide=False)
