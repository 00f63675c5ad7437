"""The lines of what the rule base holds: rules, sources, discrepancies, tasks, référentiels."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.donnees_ouvertes.sources_citees import toutes_les_sources
from binome.regles.courante import base_courante, certifications, reformes
from binome.regles.dire import mot_a_mot
from binome.regles.ecarts import ecarts
from binome.regles.sources import lire_citation
from binome.regles.taches import taches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.donnees_ouvertes.colonnes import Case
    from binome.regles.referentiels import Referentiel
    from binome.regles.sources import Citation

ENTRE: Final = " ; "


def citees(citations: Iterable[Citation]) -> str:
    """The citations of a line, in one cell."""
    return ENTRE.join(map(str, citations))


def citations_de(case: str) -> list[Citation]:
    """The citations behind such a cell."""
    sources = toutes_les_sources()
    return [lire_citation(texte, sources) for texte in case.split(ENTRE)] if case else []


def regles() -> Iterator[tuple[Case, ...]]:
    """Every rule of every certification, then those that its reforms would bring."""
    for code in certifications():
        for nom in ("", *reformes(code)):
            yield from _regles(code, nom)


def _regles(code: str, reforme: str) -> Iterator[tuple[Case, ...]]:
    """The rules of a certification, or those that a reform adds to them; a rule of several questions comes once."""
    connues = base_courante(certification=code).entiere.regles if reforme else {}
    base = base_courante(*[reforme] if reforme else [], certification=code)
    dites: set[str] = set()
    for vue in map(base.vue, base.vues):
        for une in vue.regles.values():
            if une.id in connues or une.id in dites:
                continue
            dites.add(une.id)
            yield (
                code, une.id, reforme or None, vue.tables[une.table].vue, une.table, une.titre, une.dit or None,
                mot_a_mot(une, vue).removeprefix(f"{une.titre}. "), une.statut, une.du, une.au,
                citees(une.sources),
            )  # fmt: skip


def sources() -> Iterator[tuple[Case, ...]]:
    """Every source that the house cites."""
    for une in toutes_les_sources().values():
        yield (
            une.id, une.court, une.titre, une.editeur, une.du, une.lien, date.fromisoformat(une.consulte_le), une.fiabilite
        )  # fmt: skip


def passages() -> Iterator[tuple[Case, ...]]:
    """Every passage that may be cited, summed up in our words."""
    for une in toutes_les_sources().values():
        for passage, resume in une.passages.items():
            yield une.id, passage, resume


def lectures_des_ecarts() -> Iterator[tuple[Case, ...]]:
    """Every rival reading of every discrepancy; one line for a discrepancy that has none."""
    for un in ecarts():
        for rang, lecture in enumerate(un.lectures or (None,), start=1):
            yield (
                un.id, rang, un.sujet, un.certitude, lecture.valeur if lecture else None,
                citees(lecture.sources) if lecture else None, un.traitement,
            )  # fmt: skip


def gestes_des_taches() -> Iterator[tuple[Case, ...]]:
    """Every gesture of every task, with its answer."""
    for une in taches():
        for geste in une.gestes:
            yield (
                une.code, une.tache, geste.geste, geste.verdict, une.condition or None,
                citees(une.sources),
            )  # fmt: skip


def _referentiels() -> Iterator[tuple[str, Referentiel]]:
    for code in certifications():
        for un in base_courante(certification=code).referentiels.values():
            yield code, un


def referentiels() -> Iterator[tuple[Case, ...]]:
    """Every version of every certification."""
    for code, un in _referentiels():
        yield (
            code, un.id, un.titre, un.rncp, un.du, un.au, un.formation, un.pratique, un.evaluations,
            un.total, citees(un.sources),
        )  # fmt: skip


def modules() -> Iterator[tuple[Case, ...]]:
    """Every module of every version whose blocs a source lists."""
    for _, un in _referentiels():
        for bloc in un.blocs:
            for module in bloc.modules:
                yield (
                    un.id,
                    bloc.numero,
                    bloc.intitule,
                    module.code,
                    module.intitule,
                    module.minutes,
                )


def epreuves() -> Iterator[tuple[Case, ...]]:
    """Every épreuve of every version whose épreuves a source lists."""
    for _, un in _referentiels():
        for une in un.epreuves:
            yield un.id, une.bloc, une.code, une.intitule, une.minutes, une.forme or None
