"""The rules as pages show them: those of the base, then those that proposed reforms would bring."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from binome.regles.courante import base_courante, reformes
from binome.regles.dire import STATUTS, en_une_phrase, fenetre, mot_a_mot
from binome.site.regles.saisie import trouve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.base import Base, Vue
    from binome.regles.regle import Regle, Table


class RegleDuCatalogue(NamedTuple):
    """A rule with the base it comes from; `reforme` names the overlay that proposes it, if any."""

    regle: Regle
    base: Base
    reforme: str

    @property
    def table(self) -> Table:
        """The table that holds the rule."""
        return self.base.tables[self.regle.table]


class RegleDite(NamedTuple):
    """A rule as a page shows it on a day: what a person wrote of it, and the rule word for word."""

    regle: Regle
    dit: str
    prose: str
    fenetre: str
    etat: str
    en_vigueur: bool


class TableDuCatalogue(NamedTuple):
    """A table and its rules: those of the day, then the others; `vue` is the question it answers."""

    vue: Vue
    table: Table
    du_jour: tuple[RegleDite, ...]
    autres: tuple[RegleDite, ...]


@cache
def catalogue() -> Mapping[str, RegleDuCatalogue]:
    """Every rule by its identifier, in the order of evaluation, the proposed ones last."""
    base = base_courante()
    vues = [base.vue(nom) for nom in base.vues]
    entrees = {
        un: RegleDuCatalogue(regle, vue, "") for vue in vues for un, regle in vue.regles.items()
    }
    for nom in reformes():
        avec = base_courante(nom)
        for vue in (avec.vue(autre) for autre in avec.vues):
            for un, regle in vue.regles.items():
                if un not in base.entiere.regles:
                    entrees[un] = RegleDuCatalogue(regle, vue, nom)
    return entrees


def etat(regle: Regle, jour: date) -> str:
    """What a rule is worth on a day, in words."""
    if regle.statut == "proposee":
        return STATUTS["proposee"]
    if regle.au is not None and regle.au < jour:
        tete = "n’est plus en vigueur"
    elif regle.du is not None and jour < regle.du:
        tete = "pas encore en vigueur"
    elif regle.statut == "en_vigueur":
        return STATUTS["en_vigueur"]
    else:
        tete = "en vigueur"
    return tete if regle.statut == "en_vigueur" else f"{tete} ; {STATUTS[regle.statut]}"


@cache
def prose(identifiant: str) -> str:
    """The rule word for word, without the title that pages put above it."""
    regle, base, _ = catalogue()[identifiant]
    return mot_a_mot(regle, base).removeprefix(f"{regle.titre}. ")


def dire(entree: RegleDuCatalogue, jour: date) -> RegleDite:
    """A rule as a page shows it on that day."""
    regle = entree.regle
    en_vigueur = regle.couvre(jour) and regle.statut != "proposee"
    return RegleDite(
        regle,
        en_une_phrase(regle, entree.base),
        prose(regle.id),
        fenetre(regle),
        etat(regle, jour),
        en_vigueur,
    )


def _parle_de(entree: RegleDuCatalogue, recherche: str) -> bool:
    regle, table = entree.regle, entree.table
    sources = " ".join(un.source.titre for un in regle.sources)
    statut = STATUTS[regle.statut]
    return trouve(
        recherche,
        regle.id,
        regle.titre,
        regle.dit,
        prose(regle.id),
        table.titre,
        table.question,
        statut,
        sources,
    )


def groupes(jour: date, recherche: str = "", vue: str = "") -> list[TableDuCatalogue]:
    """The rules that speak of the words searched for, by table; a table without any is left out.

    `vue` keeps those of one question put to the base; all of them when empty.
    """
    retenues: dict[str, list[RegleDite]] = {}
    base = base_courante()
    tables = base.entiere.tables
    for entree in catalogue().values():
        if vue and entree.table.vue != vue:
            continue
        if not entree.reforme and _parle_de(entree, recherche):
            retenues.setdefault(entree.regle.table, []).append(dire(entree, jour))
    return [
        TableDuCatalogue(
            base.vues[tables[nom].vue],
            tables[nom],
            tuple(un for un in dites if un.en_vigueur),
            tuple(un for un in dites if not un.en_vigueur),
        )
        for nom, dites in retenues.items()
    ]


def proposees(jour: date, recherche: str = "") -> list[RegleDite]:
    """The rules of the proposed reforms that speak of the words searched for."""
    entrees = (un for un in catalogue().values() if un.reforme and _parle_de(un, recherche))
    return [dire(un, jour) for un in entrees]
