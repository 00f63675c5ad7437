"""What each published total is worth, judged by reading: equal, rounded, not comparable, false.

A program sees that two numbers differ; it does not see that one was rounded twice, or that they do not count the same thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.ecarts import Controle

Verdict = Literal["égal", "arrondi", "non comparable", "faux"]
LUS: Final[Mapping[str, Verdict]] = {
    "aides-119": "arrondi",
    "origines-99": "arrondi",
    "tableau-5-arrondis": "arrondi",
    "cout-75": "arrondi",
    "bilan-cnam": "arrondi",
    "cible-15000": "arrondi",
    # Carers may have followed the CQP: the two shares do not count the same people.
    "soignants-fae": "non comparable",
    # The average cost also holds what is neither teaching nor wages.
    "cout-12-600": "non comparable",
    # The options of the contracts are not the hours that people work.
    "etp-contrats": "non comparable",
    # « Tripler » takes other periods than those that are written beside it.
    "tripler": "non comparable",
    "tableau-1-etats-unis": "faux",
    "bloc-3-15-h": "faux",
    "part-generalistes": "faux",
}
"""By discrepancy, each read beside its source."""


def verdict(un: Controle) -> Verdict:
    """What a total is worth. Raises KeyError where it differs and nobody has read why."""
    if not un.juste:
        return LUS[un.ecart]
    return "égal" if un.calcule == un.imprime else "arrondi"
