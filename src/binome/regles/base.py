"""The rule base: everything that decides, immutable, known by the hash of its content.

One base serves several questions (the positioning, the money, the aid contract, the clocks). A
*view* is the same base seen by one of them: its tables, its facts, its amounts, under the same hash.

The language reads, decides, says and counts without knowing what it speaks of. A trade (hours, say)
hands it an `Apport` for the view that it serves: its effects, its amounts, its checks, what it holds for
better; a view without one has the effects and the amounts that its data write.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from binome.regles.calendrier import montant_en_clair
from binome.regles.compter import calcul
from binome.regles.decider import Moteur
from binome.regles.faits import Coherence, DefinitionDeFait, lire_dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from binome.regles.certification import Certification
    from binome.regles.expressions import Expression
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.jugement import Juge
    from binome.regles.referentiels import Referentiel
    from binome.regles.regle import EffetDeMetier, Regle, Statut, Table
    from binome.regles.sources import Citation, Source


@dataclass(frozen=True, slots=True)
class Parametre:
    """One dated value of a parameter, both ends of its window included."""

    id: str
    titre: str
    valeur: int | date | str
    unite: str
    du: date | None
    au: date | None
    sources: tuple[Citation, ...]
    statut: Statut


@dataclass(frozen=True, slots=True)
class PieceAFournir:
    """A document, and why it is asked for."""

    code: str
    libelle: str
    pourquoi: str


@dataclass(frozen=True, slots=True)
class Levier:
    """Something a person can do, or that time does, to change the answer.

    `mode` says which values are tried: `seuils` walks up the thresholds the rules use, `plage`
    every number between two, `attente` walks up the thresholds of an experience and enters so much later, `valeurs` tries the listed values, `ajout` adds one code to a list,
    `plus_tard` moves a date to the days when rules change; a trade may have others. `effort` only sorts the proposals, the smallest first; it is not a figure of any
    source. `vues` names the views where it serves. `oublie`: answers that
    the change undoes, which become unknown again. `ouvre`: worth the effort only where it opens something, never for
    fewer hours. `jour`: the date that `attente` puts off. `patience`: how many months of waiting the change may
    cost, to gain by it (`gagner`) or to open something (`ouvrir`); any number where it does not say.
    """

    id: str
    fait: str
    mode: str
    valeurs: tuple[str | int | bool, ...]
    effort: int
    texte: str
    vues: frozenset[str]
    oublie: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    ouvre: bool = False
    jour: str = ""
    patience: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vue:
    """One question put to the base.

    `cibles` are the tables whose answers are the answer, `sorties` those that a batch writes;
    `mots` are the words for what its tables give and for the cells of its scales.
    """

    nom: str
    titre: str
    cibles: tuple[str, ...]
    sorties: tuple[str, ...]
    mots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Montant:
    """An amount of a view: its formula, and the unit of what comes out."""

    nom: str
    titre: str
    unite: str
    formule: Expression

    def en_clair(self, valeur: int) -> str:
        """A value of this amount in words."""
        return montant_en_clair(valeur) if self.unite == "cents" else f"{valeur} {self.unite}"


LireUnEffet: TypeAlias = "Callable[[object, Mapping[str, Referentiel]], EffetDeMetier | None]"
"""Reads what stands under the name of an effect; None when it is not written as it should."""
Tirer: TypeAlias = "Callable[[Levier, Dossier], Iterator[Mapping[str, Valeur]]]"
"""What a lever can set, from the nearest to the farthest."""
Croiser: TypeAlias = "Callable[[Base], Mapping[str, Sequence[Valeur | None]]]"
"""Facts whose values the boundary grid crosses with every moment."""


def _rien_a_croiser(base: Base) -> Mapping[str, Sequence[Valeur | None]]:  # noqa: ARG001 - called so
    return {}


def _aucune_faute(base: Base) -> Iterable[str]:  # noqa: ARG001 - called so
    return ()


@dataclass(frozen=True, slots=True)
class Apport:
    """What a trade brings to one view.

    `effets` reads its effects by their name; `montants` writes its amounts, those of the data when
    None; `prefixe` begins the name of their columns, and `etroit` says that 32 bits hold them.
    `fautes` are its load checks, on the whole base. `juge` grades its answers, `leviers` pulls the
    levers of its own modes, `croiser` widens the boundary grid.
    """

    vue: str
    effets: Mapping[str, LireUnEffet] = field(default_factory=dict)
    montants: Callable[[Base], Mapping[str, Expression]] | None = None
    prefixe: str = ""
    etroit: bool = False
    fautes: Callable[[Base], Iterable[str]] = _aucune_faute
    juge: Callable[[Base], Juge] | None = None
    leviers: Mapping[str, Tirer] = field(default_factory=dict)
    croiser: Croiser = _rien_a_croiser


SANS_APPORT: Final = Apport("")
"""For a view whose data say everything."""


@dataclass(frozen=True, eq=False)
class Base:
    """Every fact, rule and référentiel in one immutable object, with the text it came from.

    `de` is the view that it is; None for the whole, which is read but decides nothing.
    """

    certification: Certification
    sources: Mapping[str, Source]
    faits: Mapping[str, DefinitionDeFait]
    coherences: tuple[Coherence, ...]
    parametres: tuple[Parametre, ...]
    referentiels: Mapping[str, Referentiel]
    tables: Mapping[str, Table]
    pieces: Mapping[str, PieceAFournir]
    leviers: tuple[Levier, ...]
    reformes: tuple[str, ...]
    brut: Mapping[str, Any] = field(repr=False)
    montants: Mapping[str, Montant] = field(default_factory=dict)
    vues: Mapping[str, Vue] = field(default_factory=dict)
    apports: Mapping[str, Apport] = field(default_factory=dict)
    de: Vue | None = None
    _vues: dict[str, Base] = field(default_factory=dict, repr=False)

    @property
    def question(self) -> Vue:
        """The view that this base is. Raises ValueError for the whole, which decides nothing."""
        if self.de is None:
            msg = "la base entière ne répond à aucune question : prenez une de ses vues"
            raise ValueError(msg)
        return self.de

    @property
    def apport(self) -> Apport:
        """What the trade of this view brings. Raises ValueError for the whole, which decides nothing."""
        return self.apports.get(self.question.nom, SANS_APPORT)

    @property
    def entiere(self) -> Base:
        """The base whose view this is."""
        return self._vues[""]

    def mettre_en_vue(self) -> None:
        """Makes this base the whole that its views are cut from; done once, when it is built."""
        self._vues[""] = self

    def vue(self, nom: str) -> Base:
        """The same base as one question sees it. Raises KeyError when there is no such view."""
        if nom not in self._vues:
            self._vues[nom] = restreindre(self.entiere, self.vues[nom])
        return self._vues[nom]

    def reunir(self, *noms: str) -> Base:
        """The facts of several views together, for who asks on behalf of all; it decides nothing.

        Raises KeyError when there is no such view.
        """
        cle = "+".join(noms)
        if cle not in self._vues:
            partie = avec_les_faits(self.entiere, *(self.vue(nom).question.nom for nom in noms))
            self._vues[cle] = replace(partie, tables={}, leviers=(), montants={})
        return self._vues[cle]

    @cached_property
    def empreinte(self) -> str:
        """`sha256:…` of the canonical content: what a stored decision keeps."""
        if self.de is not None:
            return self.entiere.empreinte
        return "sha256:" + hashlib.sha256(self.exporter().encode()).hexdigest()

    def exporter(self) -> str:
        """The canonical JSON, from which the very same base can be rebuilt years later."""
        return json.dumps(
            self.brut,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=date.isoformat,
        )

    @cached_property
    def regles(self) -> Mapping[str, Regle]:
        """Every rule by its identifier, in the order of evaluation."""
        return {regle.id: regle for table in self.tables.values() for regle in table.regles}

    @cached_property
    def moteur(self) -> Moteur:
        """The compiled scalar evaluator."""
        return Moteur(self.tables)

    def lire(self, objet: Mapping[str, object], *, interne: bool = False) -> Dossier:
        """A checked dossier. Raises DossierInvalide with one error per mistake."""
        lu = lire_dossier(
            objet, self.faits, self.coherences, interne=interne, ailleurs=self.entiere._ouverts
        )
        return self.completer(lu)

    def completer(self, dossier: Dossier) -> Dossier:
        """The dossier with the facts that are worked out from the others (in place)."""
        for nom, compter in self._calculs:
            dossier[nom] = compter(dossier)
        return dossier

    @cached_property
    def _ouverts(self) -> frozenset[str]:
        return frozenset(fait.nom for fait in self.faits.values() if not fait.interne)

    @cached_property
    def _calculs(self) -> tuple[tuple[str, Callable[[Dossier], int | None]], ...]:
        return tuple(
            (fait.nom, calcul(fait.calcul))
            for fait in self.faits.values()
            if fait.calcul is not None
        )

    def en_vigueur(self, jour: date) -> Iterator[Regle]:
        """The rules whose window holds that day."""
        return (regle for regle in self.regles.values() if regle.couvre(jour))


def avec_les_faits(entiere: Base, *noms: str) -> Base:
    """The base with only the facts that some views ask for."""
    vues = frozenset(noms)
    faits = {f.nom: f for f in entiere.faits.values() if not f.vues or f.vues & vues}
    ordres = tuple(un for un in entiere.coherences if faits.keys() >= set(un.faits))
    return replace(entiere, faits=faits, coherences=ordres)


def restreindre(entiere: Base, vue: Vue) -> Base:
    """The base as a view sees it: its own tables, facts, amounts and levers, the same content."""
    return replace(
        avec_les_faits(entiere, vue.nom),
        tables={
            nom: table
            for nom, table in entiere.tables.items()
            if vue.nom in (table.vue, *table.aussi)
        },
        leviers=tuple(levier for levier in entiere.leviers if vue.nom in levier.vues),
        montants={
            nom: montant
            for nom, montant in entiere.montants.items()
            if entiere.brut["montants"][nom]["vue"] == vue.nom
        },
        de=vue,
    )
