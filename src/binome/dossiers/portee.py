"""What a reader may know of dossiers whose decision is not notified yet: the branch alone knows that there is one.

Nor does who employs the candidate know of an appeal: to them the decision stands. Lists, counters, exports and pages all ask here. A dossier shows its state as anyone may read it unless the one who
fetched it said otherwise (`examen_lu`, `recours_lu`): a door that forgets to ask tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import BooleanField, ExpressionWrapper, Q

from binome.dossiers.etats import Etat
from binome.dossiers.impartialite import les_siens
from binome.dossiers.permissions import de_ses_branches
from binome.emplois.permissions import employe

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

CLAIRES: Final = "claires"
A_REGARDER: Final = "a_regarder"
DE_L_EXAMEN: Final = frozenset({CLAIRES, A_REGARDER, Etat.ARRETE})
"""The queues and states that only exist for who examines."""


@dataclass(frozen=True)
class Portee:
    """How a person reads a list: `juges` are the dossiers whose examination they read, None when there are none.

    `partage`: their lists also hold dossiers whose examination is not theirs to read. `recours` are the dossiers
    whose appeals they may know of, None when all are.
    """

    juges: Q | None
    partage: bool = False
    recours: Q | None = None

    def sur(self, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """The same dossiers, each with whether its examination is read, and its appeal."""
        lus = {"examen_lu": self.juges, "recours_lu": self.recours or TOUS}
        # Each row sets what its class says by default.
        return dossiers.annotate(
            **{
                nom: ExpressionWrapper(un, BooleanField())
                for nom, un in lus.items()
                if un is not None
            }
        )

    def etats(self, etat: str) -> tuple[str, ...]:
        """The states that a state stands for, in a list of this person that no condition cuts."""
        if etat == Etat.PROPOSITION and self.juges is None:
            return (Etat.PROPOSITION, Etat.ARRETE)
        return (etat,)

    def parmi(self, etats: tuple[Etat, ...]) -> Q:
        """The dossiers that are in one of some states, as this person may know it."""
        if self.recours is None or Etat.RECOURS not in etats:
            return Q(etat__in=etats)
        return Q(etat__in=etats) & (~Q(etat=Etat.RECOURS) | self.recours)

    def de_l_etat(self, etat: str) -> Q:
        """The dossiers that are in a state, or in a queue of the examination, as this person may know it."""
        if self.recours is not None and etat in (Etat.RECOURS, Etat.DECIDE):
            if etat == Etat.RECOURS:
                return Q(etat=etat) & self.recours
            return Q(etat=etat) | Q(etat=Etat.RECOURS) & ~self.recours
        if self.juges is None:
            return Q(pk__in=()) if etat in DE_L_EXAMEN else Q(etat__in=self.etats(etat))
        if etat == Etat.PROPOSITION and self.partage:
            return Q(etat=etat) | Q(etat=Etat.ARRETE) & ~self.juges
        siens = Q() if etat not in DE_L_EXAMEN or not self.partage else self.juges
        if etat in (CLAIRES, A_REGARDER):
            return siens & Q(claire=etat == CLAIRES, etat=Etat.PROPOSITION)
        return siens & Q(etat=etat)


TOUS: Final = Q(pk__isnull=False)
TOUT: Final = Portee(TOUS)
"""The branch's own, for what is worked out in its place."""


def portee_de(acteur: Acteur) -> Portee:
    """How a person reads lists of dossiers."""
    recours = None
    if employe(acteur):
        recours = Q(candidat=acteur.personne) | Q(
            organisme__in=acteur.organisations("gestionnaire", "formateur")
        )
        if acteur.de_la_branche:
            recours |= de_ses_branches(acteur)
    if not acteur.de_la_branche:
        return Portee(None, recours=recours)
    branches = acteur.branches()
    partage = any(un.organisation_id not in branches for un in acteur.liens)
    return Portee(de_ses_branches(acteur) & ~les_siens(acteur), partage, recours)
