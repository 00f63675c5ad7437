"""The task catalogue: what may an assistant do, gesture by gesture, and the sentence that says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import BaseInvalide, lire_yaml
from binome.regles.sources import lire_citation
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.lecture import Brut
    from binome.regles.sources import Citation, Source

Verdict: TypeAlias = Literal["oui", "non", "divergent", "silence"]
VERDICTS: Final[Mapping[Verdict, str]] = {
    "oui": "oui",
    "non": "non",
    "divergent": "les sources divergent",
    "silence": "les textes n’en disent rien",
}
StatutDeTache: TypeAlias = Literal["permise", "condition", "interdite", "contestee"]
STATUTS: Final[Mapping[StatutDeTache, str]] = {
    "permise": "permise",
    "condition": "une partie seulement",
    "interdite": "interdite",
    "contestee": "les sources divergent ou se taisent",
}


@dataclass(frozen=True, slots=True)
class GesteDeTache:
    """One side of a task, named in the infinitive, and whether it may be entrusted."""

    geste: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Tache:
    """A task a physician may think of entrusting, each of its gestures with its answer."""

    code: str
    tache: str
    gestes: tuple[GesteDeTache, ...]
    condition: str
    sources: tuple[Citation, ...]

    @property
    def statut(self) -> StatutDeTache:
        """The task as a whole: allowed or forbidden when every gesture is, contested when none is allowed."""
        verdicts = {un.verdict for un in self.gestes}
        if verdicts == {"oui"}:
            return "permise"
        if verdicts == {"non"}:
            return "interdite"
        return "condition" if "oui" in verdicts else "contestee"

    @property
    def reponse(self) -> str:
        """The sentence that answers: every gesture by its name, so that no « oui » stands alone."""
        dits = " ; ".join(f"{un.geste} : {VERDICTS[un.verdict]}" for un in self.gestes)
        return f"{majuscule(dits)}."

    @property
    def disputee(self) -> bool:
        """Whether a gesture of it has no answer that the sources share."""
        return any(un.verdict in ("divergent", "silence") for un in self.gestes)


@cache
def taches() -> tuple[Tache, ...]:
    """The whole catalogue, in its order. Raises BaseInvalide on an answer that is not one."""
    sources = base_courante().sources
    return tuple(_tache(brut, sources) for brut in lire_yaml(donnees_de() / "taches.yaml"))


def _tache(brut: Brut, sources: Mapping[str, Source]) -> Tache:
    if not brut["gestes"] or not brut["sources"]:
        msg = f"tâche {brut['code']} : il lui faut un geste et une source"
        raise BaseInvalide(msg)
    for verdict in brut["gestes"].values():
        if verdict not in get_args(Verdict):
            msg = f"tâche {brut['code']} : réponse inconnue « {verdict} »"
            raise BaseInvalide(msg)
    return Tache(
        brut["code"],
        brut["tache"],
        tuple(GesteDeTache(geste, verdict) for geste, verdict in brut["gestes"].items()),
        brut.get("condition", ""),
        tuple(lire_citation(texte, sources) for texte in brut["sources"]),
    )
