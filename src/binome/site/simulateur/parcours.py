"""A visit to the simulator, wholly held by its address: nothing is stored.

The answers are in the query, in the order they were given: `diplomes=ide&date_entree=2026-01-15`.
`inconnu` is an answer too: the question is not asked again. `question=…` asks one again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from binome.regles.faits import lire_texte, lire_valeur, verifier_coherences
from binome.regles.positionnement import positionner
from binome.site.simulateur.questions import AUCUN, INCONNU, a_poser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from binome.regles.base import Base
    from binome.regles.faits import Dossier, Fait, Valeur
    from binome.regles.positionnement import Positionnement

Reponses = dict[str, list[str]]
POSEE: Final = "posee"
"""The fact that the form asked for: without it, nothing ticked would look like nothing asked."""


@dataclass(frozen=True, slots=True)
class Parcours:
    """What was answered so far, and what it gives. `refus` names the answers that cannot be read."""

    base: Base
    reponses: Reponses
    dossier: Dossier
    refus: Mapping[str, str]
    reponse: Positionnement
    demandee: str

    @property
    def question(self) -> str | None:
        """The fact to ask for next; None when nothing left could change the answer."""
        if self.refus:
            return next(iter(self.refus))
        if self.demandee in self.base.faits:
            return self.demandee
        restent = (nom for nom in self.reponse.manquants if a_poser(nom, self.reponses))
        return next(restent, None)

    @property
    def derniere(self) -> str | None:
        """The last question answered: where "back" leads."""
        avant = [nom for nom in self.reponses if nom != self.question]
        return avant[-1] if avant else None

    def requete(self, *, sans: str = "", **plus: str) -> str:
        """The query that holds these answers, but for one, with something more."""
        paires = [(nom, un) for nom, dits in self.reponses.items() if nom != sans for un in dits]
        return urlencode([*paires, *plus.items()])

    def requete_avec(self, changements: Mapping[str, Valeur | None]) -> str:
        """The query of these answers once some facts have changed."""
        nouvelles = {nom: [] if v is None else en_saisie(v) for nom, v in changements.items()}
        reponses = {**self.reponses, **nouvelles}
        return urlencode([(nom, un) for nom, dits in reponses.items() for un in dits])


def en_saisie(valeur: Valeur) -> list[str]:
    """A value as the address holds it."""
    if isinstance(valeur, frozenset):
        return sorted(valeur) or [AUCUN]
    return [str(valeur)]


def _lire(fait: Fait, saisies: Sequence[str]) -> Valeur | None:
    """Raises ValueError with a French reason."""
    if fait.type == "liste":
        gardees = [un for un in saisies if un != AUCUN]
        return lire_valeur(fait, gardees) if gardees else frozenset()
    return lire_valeur(fait, lire_texte(fait, saisies[-1].strip()))


def lire(base: Base, requete: QueryDict) -> Parcours:
    """A visit from its address. Unknown keys are left out; unreadable answers are asked again."""
    dossier: Dossier = base.lire({})
    reponses: Reponses = {}
    refus: dict[str, str] = {}
    for nom in requete:
        saisies = [un for un in requete.getlist(nom) if un.strip()]
        fait = base.faits.get(nom)
        if fait is None or not saisies:
            continue
        if AUCUN in saisies and len(saisies) > 1:
            refus[nom] = "Vous avez coché « aucun » avec autre chose : gardez l’un ou l’autre."
            continue
        if INCONNU in saisies:
            reponses[nom] = [INCONNU]
            continue
        try:
            dossier[nom] = _lire(fait, saisies)
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
    return Parcours(
        base, reponses, dossier, refus, positionner(base, dossier), requete.get("question", "")
    )
