"""Reasons and alerts of a decision, as every answer tells them: words, and where they come from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.conditions import Sortie, parcourir
from binome.regles.dire import enumerer, motif
from binome.regles.manquants import inconnus
from binome.regles.regle import Alerte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from binome.regles.base import Base
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.sources import Citation


SELON: Final = "Selon votre réponse ({faits}), ce point peut vous concerner. {texte}"
"""An alert that hangs on an answer that nobody gave."""
SELON_TIERS: Final = "Selon sa réponse ({faits}), ce point peut concerner cette personne. {texte}"
"""The same, to whoever reads it about somebody else."""


def a_un_tiers(texte: str) -> str:
    """An alert as it is told to somebody else than whom it is about; as it is, where it hangs on nothing."""
    avant, milieu, _ = re.split(r"\{\w+\}", SELON)
    avant_tiers, milieu_tiers, _ = re.split(r"\{\w+\}", SELON_TIERS)
    debut, coupe, suite = texte.partition(milieu)
    if not coupe or not debut.startswith(avant):
        return texte
    return f"{avant_tiers}{debut.removeprefix(avant)}{milieu_tiers}{suite}"


class Motif(NamedTuple):
    """One rule, what it answered, in words, and the places it rests on."""

    etape: Etape
    texte: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the rule comes from."""
        return self.etape.regle.sources

    def en_json(self) -> dict[str, Any]:
        """The reason as the JSON contracts fix it."""
        regle, issue = self.etape
        return {
            "regle": regle.id,
            "issue": issue,
            "texte": self.texte,
            "sources": [citation.texte for citation in regle.sources],
        }


def motifs(base: Base, conclusion: Conclusion, se_dit: Callable[[Etape], bool]) -> Iterator[Motif]:
    """The reasons that are told, in the order of the tables."""
    chercheur, dossier = inconnus(base), conclusion.dossier
    for etape in conclusion.etapes:
        if se_dit(etape):
            indecise = etape.issue == "indetermine"
            inconnues = chercheur.de_l_etape(etape, conclusion) if indecise else ()
            yield Motif(etape, motif(etape, inconnues, dossier, base))


def alertes(base: Base, conclusion: Conclusion) -> Iterator[Alerte]:
    """What the reader must know, in the order of the tables; what hangs on an answer comes last.

    An alert that an unknown fact could raise is told too, and says which answer it hangs on; not while
    what it leans on (the route, say) is itself unknown, or its window: nearly all of them would be.
    """
    ouvertes = []
    for etape in conclusion.etapes:
        effet = etape.regle.effet
        if isinstance(effet, Alerte) and etape.issue == "oui":
            yield effet
        elif isinstance(effet, Alerte) and etape.issue == "indetermine":
            ouvertes.append((etape, effet))
    for etape, effet in ouvertes:
        if _tient_aux_seuls_faits(base, etape, conclusion):
            faits = inconnus(base).de_l_etape(etape, conclusion)
            libelles = [base.faits[nom].libelle for nom in base.faits if nom in faits]
            if libelles:
                yield replace(
                    effet, texte=SELON.format(faits=enumerer(libelles), texte=effet.texte)
                )


def _tient_aux_seuls_faits(base: Base, etape: Etape, conclusion: Conclusion) -> bool:
    """Whether only the rule's own facts keep it open: its window and what it leans on are known."""
    table = base.tables[etape.regle.table]
    if conclusion.dossier[table.decide_par] is None:
        return False
    conditions = [etape.regle.si] if table.quand is None else [etape.regle.si, table.quand]
    etabli = conclusion.etabli
    return not any(
        isinstance(noeud, Sortie) and etabli.retenues[noeud.table] is None
        for condition in conditions
        for noeud in parcourir(condition)
    )


def sources_de(conclusion: Conclusion, alerte: Alerte) -> tuple[Citation, ...]:
    """Where the rule that raised an alert comes from."""
    for etape in conclusion.etapes:
        effet = etape.regle.effet
        if (
            etape.issue in ("oui", "indetermine")
            and isinstance(effet, Alerte)
            and effet.code == alerte.code
            and alerte.texte.endswith(effet.texte)
        ):
            return etape.regle.sources
    return ()


def alerte_en_json(alerte: Alerte, sources: Sequence[Citation]) -> dict[str, Any]:
    """An alert as the JSON contracts fix it."""
    return {
        "code": alerte.code,
        "texte": texte_de_l_alerte(alerte),
        "sources": sorted(
            {c.texte for lecture in alerte.lectures for c in lecture.sources}
            | {c.texte for c in sources}
        ),
    }


def texte_de_l_alerte(alerte: Alerte) -> str:
    """The alert with each of its readings, in one text."""
    if not alerte.lectures:
        return alerte.texte
    lectures = " ; ".join(lecture.valeur for lecture in alerte.lectures)
    return f"{alerte.texte} Les sources disent : {lectures}."
