"""What a sentence of the booklet says was done beyond the trade: told to the pair, kindly, with its source.

The search of tasks reads questions; here somebody tells of their week. So each clause is read for who did it and whether
it was done: what was prepared, helped with, watched, refused, or done by who may, is no drift. What was done is then
asked of the catalogue, as a question.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from binome.pliage import plier
from binome.regles.lecture import lire_yaml
from binome.regles.recherche import chercher
from binome.regles.taches import taches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from binome.regles.sources import Citation
    from binome.regles.taches import GesteDeTache, Tache

DONNEES: Final = Path(__file__).with_name("derive.yaml")
MOT: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:.!?()\n]")
"""A word, or a sign after which something else is told."""
SIGNES: Final = frozenset(",;:.!?()\n")
LONGUEUR: Final = 600
"""Signs read of a sentence: the booklet asks for one, not for a page."""
EN_PREMIER: Final = "Ce n’est pas cela ? Corrigez la phrase : dans sept jours, la branche compte la tâche, sans nom ni phrase."
"""What the pair may still do, and what the branch then reads: a count."""
JE: Final = frozenset(("j", "je"))
Qui: TypeAlias = Literal["eux", "autre"]


@dataclass(frozen=True, slots=True)
class Derive:
    """A task that the pair says was done; `gestes` are those that no source, or not every source, allows."""

    tache: str
    gestes: tuple[GesteDeTache, ...]
    contestee: bool
    phrase: str
    sources: tuple[Citation, ...]


@dataclass(slots=True)
class MembreDePhrase:
    """A clause: its words, what joins it to the one before, who does, what is done; an empty verb is none of doing.

    `liee`: in the same sentence as the one before; `suite`: it may go on with its list.
    """

    mots: Sequence[str]
    liee: bool
    suite: bool
    qui: Qui | None = None
    verbe: str = ""
    nie: bool = False
    muette: bool = True
    """Without any verb: a list that goes on."""
    dit: list[str] = field(default_factory=list)
    """Its words but those of the verb, of who does and of how."""


def derives(phrase: str, jour: date, *, du_tuteur: bool = False) -> tuple[Derive, ...]:  # noqa: ARG001 - the catalogue has no window yet: every day reads alike
    """Each task done beyond what the catalogue of that day lets an assistant do, the forbidden ones first.

    `du_tuteur`: the tutor writes, a physician; what « je » did there is no drift, what « elle » did may be.
    """
    trouvees: dict[str, Derive] = {}
    for verbe, mots in _faits(phrase, du_tuteur=du_tuteur):
        for tache in _taches_de(verbe, mots):
            trouvees.setdefault(tache.code, _derive(tache))
    return tuple(sorted(trouvees.values(), key=lambda une: une.contestee))


@cache
def _donnees() -> Mapping[str, Any]:
    lues: dict[str, Any] = lire_yaml(DONNEES)
    return lues


@cache
def _mots(nom: str) -> frozenset[str]:
    return frozenset(_donnees()[nom].split())


@cache
def _formes(nom: str) -> Mapping[str, str]:
    """Each written form of a verb, and its infinitive."""
    return {forme: verbe for verbe, formes in _donnees()[nom].items() for forme in formes.split()}


@cache
def _formes_nues() -> Mapping[str, str]:
    return {plier(forme): verbe for forme, verbe in _formes("faits").items()}


# Who did what


def _faits(phrase: str, *, du_tuteur: bool = False) -> Iterator[tuple[str, list[str]]]:
    """The verb and the words of each thing that the pair says it did."""
    avant: MembreDePhrase | None = None
    objet: list[str] = []
    for une in _membres(phrase):
        _lire(une, du_tuteur=du_tuteur)
        if avant is not None and une.liee:
            if une.muette and une.suite:
                une.verbe, une.nie, une.qui = avant.verbe, avant.nie, avant.qui
            elif une.qui is None or _reprend(une, avant):
                une.qui = avant.qui if une.qui is None else "autre"
        if une.verbe and une.qui != "autre" and not une.nie:
            # « Injections : acquis » : what was done stands before, in a clause without a verb.
            annonce = avant is not None and avant.muette and une.liee
            dit = une.dit or (objet if annonce or _pronom(une.mots) else [])
            if dit:
                yield une.verbe, dit
        objet = une.dit or objet
        avant = une


def _membres(phrase: str) -> Iterator[MembreDePhrase]:
    texte = unicodedata.normalize("NFC", phrase[:LONGUEUR]).lower()
    for locution in _donnees()["locutions"]:
        texte = texte.replace(locution, "")
    mots: list[str] = []
    liee = suite = False
    for mot in (*MOT.findall(texte), "."):
        if mot not in SIGNES and mot not in _mots("coupures"):
            mots.append(mot)
            continue
        if mots:
            yield MembreDePhrase(mots, liee, suite)
            mots, liee, suite = [], True, True
        liee = liee and mot not in ".!?\n"
        suite = suite and (mot in ",:" or mot in _mots("listes"))


def _reprend(une: MembreDePhrase, avant: MembreDePhrase) -> bool:
    """Whether its « il » or « elle » is somebody that the clause before named, who may do it."""
    nommes = _mots("autres").intersection(avant.mots)
    qui = next((mot for mot in une.mots if mot in _mots("moi")), "")
    if qui in ("elle", "elles"):
        return bool(nommes & _mots("feminins"))
    return qui in ("il", "ils") and bool(nommes - _mots("feminins"))


def _lire(une: MembreDePhrase, *, du_tuteur: bool) -> None:
    """Finds who does, the verb, and whether it is denied."""
    place = _place_du_verbe(une)
    limite = len(une.mots) if place is None else place
    devant = une.mots[:limite]
    for mot in devant:
        if mot in _mots("autres") or (du_tuteur and mot in JE):
            une.qui = une.qui or "autre"
        elif mot in _mots("moi"):
            une.qui = une.qui or "eux"
    if place is not None and _par_un_autre(une.mots[place:]):
        une.qui = "autre"
    une.nie = bool(_mots("negations") & set(une.mots[: limite + 2]) - _apres(une.mots, limite))
    une.dit = [mot for rang, mot in enumerate(une.mots) if rang != place and mot not in _ecartes()]


@cache
def _ecartes() -> frozenset[str]:
    return frozenset().union(*map(_mots, ("vides", "moi", "autres", "negations", "seuls")))


def _apres(mots: Sequence[str], limite: int) -> set[str]:
    """« plus » right after the verb counts: it denies nothing."""
    return {"plus", "non"} & set(mots[limite + 1 : limite + 2])


def _par_un_autre(suite: Sequence[str]) -> bool:
    if "par" not in suite:
        return False
    rang = suite.index("par")
    return not _mots("autres").isdisjoint(suite[rang : rang + 4])


def _pronom(mots: Sequence[str]) -> bool:
    """« je l’ai faite » : what was done was said before."""
    return not {"l", "la", "le", "les"}.isdisjoint(mots)


def _place_du_verbe(une: MembreDePhrase) -> int | None:
    """Where its verb of doing is; says by `muette` whether there is another one."""
    mots = une.mots
    for rang, mot in enumerate(mots):
        suit = _suit_un_auxiliaire(mots, rang)
        if suit and mot in _mots("malgre"):
            return _infinitif(une, rang)
        verbe = _formes("faits").get(mot) if _se_voit(mot, suit) else None
        if verbe is None and suit:
            verbe = _formes_nues().get(plier(mot))
        if verbe is None and rang and mots[rang - 1] in _mots("moi"):
            verbe = _formes("presents").get(mot)
        if verbe is not None:
            une.verbe, une.muette = verbe, False
            return rang
        if (suit and mot not in _mots("entre") and mot not in _mots("auxiliaires")) or _participe(
            mot
        ):
            une.muette = False
            return None
    if not _mots("seuls").isdisjoint(mots):
        une.verbe, une.muette = "faire", False
    return None


def _infinitif(une: MembreDePhrase, rang: int) -> int | None:
    """« j’ai dû faire une piqûre » : the verb that follows."""
    une.muette = False
    for suivant in range(rang + 1, min(rang + 4, len(une.mots))):
        if une.mots[suivant] in _donnees()["faits"]:
            une.verbe = une.mots[suivant]
            return suivant
    return None


def _suit_un_auxiliaire(mots: Sequence[str], rang: int) -> bool:
    avant = rang - 1
    while avant >= 0 and (mots[avant] in _mots("entre") or mots[avant] in _mots("negations")):
        avant -= 1
    return avant >= 0 and mots[avant] in _mots("auxiliaires")


def _se_voit(mot: str, suit: bool) -> bool:
    """Whether it is a participle by itself: « prise » and « mise » are also names of things."""
    return suit or mot not in {
        "prise",
        "prises",
        "mise",
        "mises",
        "fais",
        "suivi",
        "suivis",
        "reçu",
    }


def _participe(mot: str) -> bool:
    return len(mot) > 3 and mot.endswith(("é", "ée", "és", "ées"))


# What the catalogue says of it


def _taches_de(verbe: str, mots: Sequence[str]) -> Iterator[Tache]:
    """The tasks beyond the trade that this speaks of."""
    if verbe in _donnees()["legers"] and not _mots("a_cote").isdisjoint(mots):
        return
    question = " ".join((verbe, *mots))
    trouvees = chercher(question)
    toutes = trouvees.reponses or tuple(
        une for une in trouvees.propositions if une.code in _donnees()["actes"]
    )
    for une in toutes:
        exiges = _donnees()["exigent"].get(une.code)
        if une.code in _donnees()["jamais"] or (exiges and not set(exiges) & set(mots)):
            continue
        acte = une.code in _donnees()["actes"] and verbe not in _donnees()["sans_acte"]
        if acte or une.statut in ("interdite", "contestee"):
            yield une


def _derive(tache: Tache) -> Derive:
    gestes = tuple(un for un in tache.gestes if un.verdict != "oui")
    contestee = all(un.verdict != "non" for un in gestes)
    return Derive(tache.code, gestes, contestee, _en_mots(tache, gestes), tache.sources)


def _en_mots(tache: Tache, gestes: Sequence[GesteDeTache]) -> str:
    """Kind and short: what was read, what the sources say, what may be done instead, and for how long it may be said otherwise."""
    verdicts = {un.verdict for un in gestes}
    if "non" in verdicts:
        dit = "le médecin fait l’acte" if tache.statut == "condition" else "cela ne se confie pas"
    elif "divergent" in verdicts:
        dit = "les sources ne s’accordent pas, demandez à la branche"
    else:
        dit = "les textes n’en disent rien, demandez à la branche"
    source = tache.sources[0]
    permis = _permis(tache)
    possible = f" Ce qui se peut : {permis}." if permis else ""
    return f"« {tache.tache} » : {dit} ({source.source.court}, {source.passage}).{possible} {EN_PREMIER}"


def _permis(tache: Tache) -> str:
    """What may be done: the other side of the task, or the permitted one that is nearest."""
    par_code = {une.code: une for une in taches()}
    lue = par_code[_donnees()["plutot"].get(tache.code, tache.code)]
    if lue.statut == "permise":
        return f"{lue.tache[0].lower()}{lue.tache[1:]}"
    return " ; ".join(un.geste for un in lue.gestes if un.verdict == "oui")
