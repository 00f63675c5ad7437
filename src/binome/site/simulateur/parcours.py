"""A visit to the simulator, wholly held by its address: nothing is stored.

The answers are in the query, in the order they were given: `diplomes=ide&date_entree=2026-01-15`.
`inconnu` is an answer too: the question is not asked again. `question=…` asks one again. Answers to
the questions of another door are carried along, unread: who goes there and comes back loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from binome.habillage.questions import AUCUN, INCONNU, a_poser
from binome.habillage.saisie import lire_saisie
from binome.regles.faits import verifier_coherences
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.http import QueryDict

    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.metiers.positionnement import Positionnement

Reponses = dict[str, list[str]]
POSEE: Final = "posee"
"""The fact that the form asked for: without it, nothing ticked would look like nothing asked."""


class Attendue(Protocol):
    """What every answer says: the facts that still matter."""

    @property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter, the one to ask for first in front."""
        ...  # pragma: no cover


R_co = TypeVar("R_co", bound=Attendue, covariant=True)


@dataclass(frozen=True, slots=True)
class ParcoursDeQuestions(Generic[R_co]):
    """What was answered so far, and what it gives. `refus` names the answers that cannot be read.

    `base` has the facts that this door asks for; `portees` are answers to another door's questions.
    """

    base: Base
    reponses: Reponses
    portees: Reponses
    dossier: Dossier
    refus: Mapping[str, str]
    reponse: R_co
    demandee: str

    @property
    def question(self) -> str | None:
        """The fact to ask for next; None when nothing left could change the answer."""
        if self.refus:
            return next(iter(self.refus))
        demandee = self.base.faits.get(self.demandee)
        if demandee is not None and not demandee.interne:
            return self.demandee
        restent = (nom for nom in self.reponse.manquants if a_poser(nom, self.reponses))
        return next(restent, None)

    @property
    def derniere(self) -> str | None:
        """The last question answered: where "back" leads."""
        avant = [nom for nom in self.reponses if nom != self.question]
        return avant[-1] if avant else None

    def paires(self, sans: str | None = "") -> Iterator[tuple[str, str]]:
        """The answers that a form or a link holds, but for one."""
        for nom, dits in (*self.reponses.items(), *self.portees.items()):
            if nom != sans:
                yield from ((nom, un) for un in dits)

    def requete(self, *, sans: str = "", **plus: str) -> str:
        """The query that holds these answers, but for one, with something more."""
        return urlencode([*self.paires(sans), *plus.items()])


def lire_pour(
    base: Base, requete: QueryDict, repondre: Callable[[Base, Dossier], R_co]
) -> ParcoursDeQuestions[R_co]:
    """A visit from its address. Unknown keys are left out; unreadable answers are asked again."""
    dossier: Dossier = base.lire({})
    reponses: Reponses = {}
    portees: Reponses = {}
    refus: dict[str, str] = {}
    for nom in requete:
        saisies = [un for un in requete.getlist(nom) if un.strip()]
        fait = base.faits.get(nom)
        if fait is None or fait.interne or not saisies:
            if saisies and nom in base.entiere.faits and fait is None:
                portees[nom] = saisies
            continue
        if AUCUN in saisies and len(saisies) > 1:
            refus[nom] = "Vous avez coché « aucun » avec autre chose : gardez l’un ou l’autre."
            continue
        if INCONNU in saisies:
            reponses[nom] = [INCONNU]
            continue
        try:
            dossier[nom] = lire_saisie(fait, saisies)
        except ValueError as raison:
            refus[nom] = f"{str(raison).rstrip(' .')}{'' if str(raison).endswith('?') else '.'}"
            continue
        incoherences = verifier_coherences(dossier, base.coherences)
        if incoherences:
            dossier[nom] = None
            refus[nom] = f"{incoherences[0].raison}."
            continue
        reponses[nom] = saisies
    posee = requete.get(POSEE, "")
    if posee in base.faits and posee not in reponses and posee not in refus:
        refus[posee] = "Choisissez une réponse, ou dites que vous ne savez pas."
    reponse = repondre(base, base.completer(dossier))
    demandee = requete.get("question", "")
    return ParcoursDeQuestions(base, reponses, portees, dossier, refus, reponse, demandee)


def lire(base: Base, requete: QueryDict) -> ParcoursDeQuestions[Positionnement]:
    """A visit to the positioning."""
    return lire_pour(base, requete, positionner)
