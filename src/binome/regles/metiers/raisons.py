"""Which reasons of a positioning are told first: chosen here for every page, letter and terminal.

The whole list stays in the answer; a person wants what was granted, what decided, what was refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.metiers.heures import VOIE

if TYPE_CHECKING:
    from binome.regles.base import Base

PREREQUIS: Final = "prerequis"
"""The table of what opens the certification: each "no" counts once none opened it."""
ENTREE: Final = "entree"
"""The table of what is asked to enter."""


def est_utile(base: Base, regle: str, issue: str, voie: str) -> bool:
    """Whether what a rule answered is a reason to tell, in an answer whose route is `voie`.

    What a base of another day no longer knows is told when it was answered: nobody can say that it
    did not matter.
    """
    connue = base.regles.get(regle)
    if connue is None:
        return issue in ("oui", "non")
    genre, role = base.certification.genre(voie), base.tables[connue.table].role
    if role == "informe":
        # Whoever holds the certificate already needs not be told what it does not give.
        return issue == "oui" or (issue == "non" and genre != "acquise")
    if issue == "oui":
        return role in ("decide", "prepare")
    refusee = connue.table in base.certification.refus_utiles or (
        connue.table == PREREQUIS and genre == "fermee"
    )
    return issue == "non" and refusee


def explique_un_refus(base: Base, regle: str, issue: str) -> bool:
    """Whether a reason told of an answer is one of its refusal: what was asked and not met, what closed the way.

    An exemption, a document or a delay has no bearing on who does not enter.
    """
    connue = base.regles.get(regle)
    if connue is None:
        return issue == "non"
    if base.tables[connue.table].role == "informe":
        return False
    return connue.table in (PREREQUIS, VOIE, ENTREE) and (issue == "oui") == (connue.table == VOIE)


def informe(base: Base, regle: str) -> bool:
    """Whether a rule only informs: what it answers is neither granted nor refused."""
    connue = base.regles.get(regle)
    return connue is not None and base.tables[connue.table].role == "informe"
