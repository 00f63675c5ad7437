"""The coverage of the documents that the rules come from: each numbered statement, and its place.

A statement is held by what the base decides, asks, warns of or records; or it is out of scope, for one
of a few reasons. `tenu` names what holds it and cites it, which is checked; `aussi` what holds it without
citing it: a fact, a row that leans on another document. What a statement says besides, when something
holds the rest, is out of scope too: both are then written. `docs/couverture.md` is rendered from here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.courante import (
    base_courante,
    certifications,
    code_par_defaut,
    donnees_de,
    reformes,
)
from binome.regles.ecarts import controles, ecarts
from binome.regles.lecture import BaseInvalide, lire_yaml
from binome.regles.profils import series
from binome.regles.regle import Alerte
from binome.regles.taches import taches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from binome.regles.base import Base
    from binome.regles.lecture import Brut
    from binome.regles.sources import Citation, Source

RAISONS: Final = "raisons.yaml"
GENRES: Final[Mapping[str, str]] = {
    "regle": "règle",
    "alerte": "alerte",
    "fait": "question",
    "ecart": "écart",
    "tache": "tâche",
    "total": "total",
    "referentiel": "référentiel",
    "parametre": "paramètre",
    "montant": "montant",
    "piece": "pièce",
    "reforme": "réforme",
    "profil": "profil",
    "organisme": "organisme",
    "zone": "zone",
}
"""What may hold a statement, and its word. Organisations and zones are known above this floor."""
AILLEURS: Final = frozenset({"organisme", "zone"})


class Appui(NamedTuple):
    """What holds a statement: its kind, and its name."""

    genre: str
    nom: str

    def __str__(self) -> str:
        return f"{GENRES[self.genre]} `{self.nom}`"


class Tenant(NamedTuple):
    """Something that can hold a statement: what it cites, and whether the sources dispute it."""

    citations: frozenset[str]
    contestee: bool


@dataclass(frozen=True, slots=True)
class EnonceDeSource:
    """One statement of a document: where it stands, what it says, and what becomes of it."""

    lieu: str
    dit: str
    tenu: tuple[Appui, ...]
    aussi: tuple[Appui, ...]
    hors: str

    @property
    def passage(self) -> str:
        """The passage of the register that it is in: « article 4 » for « article 4, alinéa 2 »."""
        return self.lieu.partition(", ")[0]


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of a document, with its statements in their order."""

    source: Source
    titre: str
    enonces: tuple[EnonceDeSource, ...]


def _appui(texte: str) -> Appui:
    genre, _, nom = texte.partition(" ")
    if genre not in GENRES or not nom:
        msg = f"appui « {texte} » : écrivez un genre connu, puis un nom"
        raise BaseInvalide(msg)
    return Appui(genre, nom)


def _enonce(brut: Brut, source: Source) -> EnonceDeSource:
    lieu = brut["ou"]
    autres = set(brut) - {"ou", "dit", "tenu", "aussi", "hors"}
    if autres:
        msg = f"{source.id}, {lieu} : clés inconnues {sorted(autres)}"
        raise BaseInvalide(msg)
    return EnonceDeSource(
        lieu,
        brut.get("dit") or source.passages.get(lieu, ""),
        tuple(map(_appui, brut.get("tenu", ()))),
        tuple(map(_appui, brut.get("aussi", ()))),
        brut.get("hors", ""),
    )


class HorsChamp(NamedTuple):
    """Why a statement may be out of scope: in a word, and in a sentence."""

    nom: str
    dit: str


@cache
def raisons() -> Mapping[str, HorsChamp]:
    """Why a statement may be out of scope, by code."""
    lues = lire_yaml(donnees_de() / "couverture" / RAISONS)
    return {code: HorsChamp(**brut) for code, brut in lues.items()}


def _fichiers() -> Iterator[Brut]:
    for chemin in sorted((donnees_de() / "couverture").glob("*.yaml")):
        if chemin.name != RAISONS:
            yield lire_yaml(chemin)


@cache
def parties() -> tuple[Partie, ...]:
    """Every part of every document, in their order. Raises BaseInvalide on what is badly written."""
    sources = base_courante().sources
    return tuple(
        Partie(
            sources[fichier["source"]],
            fichier["partie"],
            tuple(_enonce(brut, sources[fichier["source"]]) for brut in fichier["enonces"]),
        )
        for fichier in _fichiers()
    )


@cache
def numeros() -> Mapping[str, Mapping[str, int]]:
    """For each source, the last number of what it numbers: « ¶ » up to 218."""
    lus: dict[str, Mapping[str, int]] = {}
    for fichier in _fichiers():
        if "numeros" in fichier:
            lus[fichier["source"]] = fichier["numeros"]
    return lus


def _citations(citations: Iterable[Citation]) -> frozenset[str]:
    return frozenset(map(str, citations))


def _regles(base: Base, prefixe: str = "") -> Iterator[tuple[Appui, Tenant]]:
    for regle in base.entiere.regles.values():
        lectures = regle.effet.lectures if isinstance(regle.effet, Alerte) else ()
        lues = (*regle.sources, *(une for lecture in lectures for une in lecture.sources))
        genre = "alerte" if isinstance(regle.effet, Alerte) else "regle"
        porte = Tenant(_citations(lues), regle.statut == "contestee")
        yield Appui(genre, f"{prefixe}{regle.id}"), porte


@cache
def tenants() -> Mapping[Appui, Tenant]:
    """Everything in the rule base that may hold a statement."""
    base, defaut = base_courante(), code_par_defaut()
    connues = dict(_regles(base))
    for nom, brut in reformes().items():
        connues |= {un: p for un, p in _regles(base_courante(nom)) if un not in connues}
        connues[Appui("reforme", nom)] = Tenant(frozenset(brut["sources"]), False)
    for code in certifications():
        if code != defaut:
            connues |= _regles(base_courante(certification=code), f"{code}/")
    rien: frozenset[str] = frozenset()
    connues |= {Appui("fait", nom): Tenant(rien, False) for nom in base.entiere.faits}
    connues |= {Appui("montant", nom): Tenant(rien, False) for nom in base.entiere.montants}
    connues |= {Appui("piece", nom): Tenant(rien, False) for nom in base.pieces}
    for nom, un in base.referentiels.items():
        connues[Appui("referentiel", nom)] = Tenant(_citations(un.sources), False)
    for parametre in base.parametres:
        appui = Appui("parametre", parametre.id)
        connues[appui] = Tenant(
            _citations(parametre.sources)
            | (connues[appui].citations if appui in connues else rien),
            parametre.statut == "contestee",
        )
    for ecart in ecarts():
        lues = _citations(c for lecture in ecart.lectures for c in lecture.sources)
        connues[Appui("ecart", ecart.id)] = Tenant(lues, ecart.certitude == "conteste")
    for tache in taches():
        contestee = tache.statut == "contestee"
        connues[Appui("tache", tache.code)] = Tenant(_citations(tache.sources), contestee)
    for controle in controles():
        connues[Appui("total", controle.objet)] = Tenant(_citations([controle.source]), False)
    for serie in series():
        connues[Appui("profil", serie.titre)] = Tenant(_citations([serie.source]), False)
    return connues


def conteste(enonce: EnonceDeSource) -> bool:
    """Whether what holds the statement says that the sources dispute it."""
    return any(un in tenants() and tenants()[un].contestee for un in (*enonce.tenu, *enonce.aussi))


def verifier_couverture(ailleurs: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """What the coverage owes, as sentences: a place for each statement, and places that exist.

    `ailleurs` gives the names known above this floor, by kind; without it they are taken as they come.
    """
    connus = {genre: frozenset(noms) for genre, noms in (ailleurs or {}).items()}
    fautes = [
        f"{partie.source.id}, {enonce.lieu} : {faute}"
        for partie in parties()
        for enonce in partie.enonces
        for faute in _fautes(enonce, partie.source, connus)
    ]
    return [*fautes, *_manques(), *_raisons_de_trop()]


def _fautes(
    enonce: EnonceDeSource, source: Source, ailleurs: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    if not enonce.dit.endswith((".", "»", "?")):
        yield "dites ce que dit l’énoncé, en une phrase finie"
    if not (enonce.tenu or enonce.aussi or enonce.hors):
        yield "rien ne le tient, et aucune raison n’est donnée"
    if enonce.hors and enonce.hors not in raisons():
        yield f"la raison « {enonce.hors} » n’est pas au catalogue"
    for un in (*enonce.tenu, *enonce.aussi):
        if un.genre in AILLEURS:
            if un.genre in ailleurs and un.nom not in ailleurs[un.genre]:
                yield f"{GENRES[un.genre]} « {un.nom} » n’existe pas"
        elif un not in tenants():
            yield f"{GENRES[un.genre]} « {un.nom} » n’existe pas"
    for un in enonce.tenu:
        citation = f"{source.id}, {enonce.passage}"
        if un in tenants() and citation not in tenants()[un].citations:
            yield f"{GENRES[un.genre]} « {un.nom} » ne cite pas ce passage"


def _manques() -> Iterator[str]:
    """Numbers without a statement, and passages of the register without one."""
    presents: dict[str, set[str]] = {}
    for partie in parties():
        presents.setdefault(partie.source.id, set()).update(un.passage for un in partie.enonces)
    for source, compteurs in numeros().items():
        for mot, dernier in compteurs.items():
            for numero in range(1, dernier + 1):
                lieu = f"¶{numero}" if mot == "¶" else f"{mot} {numero}"
                if lieu not in presents[source]:
                    yield f"{source}, {lieu} : aucun énoncé"
    for source, lieux in presents.items():
        for passage in base_courante().sources[source].passages:
            if passage not in lieux:
                yield f"{source}, {passage} : passage du registre sans énoncé"
    comptes = Counter((p.source.id, un.lieu, un.dit) for p in parties() for un in p.enonces)
    yield from (
        f"{s}, {lieu} : énoncé donné deux fois" for (s, lieu, _), n in comptes.items() if n > 1
    )


def _raisons_de_trop() -> Iterator[str]:
    servies = {un.hors for partie in parties() for un in partie.enonces}
    yield from (
        f"raison « {code} » : aucun énoncé ne s’en sert"
        for code in raisons()
        if code not in servies
    )


def _sort(enonce: EnonceDeSource) -> str:
    """What becomes of a statement, in the last column of the page."""
    appuis = " ; ".join(map(str, (*enonce.tenu, *enonce.aussi)))
    hors = f"hors champ, {raisons()[enonce.hors].nom}" if enonce.hors else ""
    if not appuis:
        return hors
    tenu = f"**contesté** : {appuis}" if conteste(enonce) else appuis
    return f"{tenu} (le reste : {hors})" if hors else tenu


def _compte(enonces: Iterable[EnonceDeSource]) -> tuple[int, int, int, int]:
    """How many statements, held without dispute, disputed, out of scope."""
    tous = list(enonces)
    tenus = [un for un in tous if un.tenu or un.aussi]
    disputes = sum(map(conteste, tenus))
    return len(tous), len(tenus) - disputes, disputes, len(tous) - len(tenus)


def comptes() -> tuple[int, int, int, int]:
    """Of all the documents: statements, held without dispute, disputed, out of scope."""
    return _compte(un for partie in parties() for un in partie.enonces)


def _synthese() -> Iterator[str]:
    yield "| Document | Énoncés | Tenus | Contestés | Hors champ |"
    yield "|---|---:|---:|---:|---:|"
    for source in dict.fromkeys(partie.source.id for partie in parties()):
        siennes = [partie for partie in parties() if partie.source.id == source]
        nombres = _compte(un for partie in siennes for un in partie.enonces)
        yield f"| {siennes[0].source.titre} | {' | '.join(map(str, nombres))} |"
    yield f"| **Ensemble** | {' | '.join(map(str, comptes()))} |"


def en_markdown() -> str:
    """`docs/couverture.md`, whole."""
    lignes = [
        "# La couverture des sources",
        "",
        "Chaque énoncé des cinq documents du dispositif, redit avec nos mots, et ce qui le tient dans la",
        "base, ou pourquoi rien ne le tient. Page écrite par",
        "`./binome regles couvrir --sortie docs/couverture.md` ; un test la compare.",
        "",
        *_synthese(),
        "",
        "## Hors champ",
        "",
        *(f"- *{raison.nom}* : {raison.dit}" for raison in raisons().values()),
        "",
    ]
    for partie in parties():
        lignes += [
            f"## {partie.source.court} : {partie.titre}",
            "",
            "| Énoncé | Ce qu’il dit | Où il est tenu |",
            "|---|---|---|",
            *(
                f"| {un.lieu} | {_cellule(un.dit)} | {_cellule(_sort(un))} |"
                for un in partie.enonces
            ),
            "",
        ]
    return "\n".join(lignes)


def _cellule(texte: str) -> str:
    return texte.replace("|", "\\|")
