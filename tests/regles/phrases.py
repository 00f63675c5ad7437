"""The everyday phrases of `phrases_de_taches.yaml`, and what is asked of an answer to each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from binome.regles.recherche import Trouvees


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is typed, the codes that answer (none when a neighbour may only be proposed), and what is at stake."""

    question: str
    reponses: tuple[str, ...]
    connue: bool
    danger: bool

    def manque(self, trouvees: Trouvees) -> str:
        """What is wrong with these findings; empty when nothing is."""
        codes = tuple(une.code for une in trouvees.reponses)
        if self.danger and trouvees.reponses and trouvees.reponses[0].statut == "permise":
            return f"mené par un oui : {codes}"
        if not self.reponses:
            if codes:
                return f"répondu par {codes}"
            return "" if trouvees.propositions or not self.connue else "pas trouvé"
        if codes[:1] != self.reponses[:1] or not set(self.reponses) <= set(codes):
            return f"répondu par {codes}, proposé {[une.code for une in trouvees.propositions]}"
        return ""


def _phrases() -> tuple[Phrase, ...]:
    brutes = lire_yaml(Path(__file__).with_name("phrases_de_taches.yaml"))
    return tuple(
        Phrase(
            une["q"],
            () if isinstance(une["r"], str) else tuple(une["r"]),
            une["r"] != "rien",
            une.get("danger", False),
        )
        for une in brutes
    )


PHRASES: Final = _phrases()
