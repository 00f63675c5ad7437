"""What becomes of enrolments when a path ends: they are taken off, and their seats are free.

One interrupted keeps its seat: it is not expected from that day on, until it is taken up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.sessions.etats import EtatDInscription, RaisonDeRetrait
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.parcours.models import Parcours

FINISSENT: Final = ("transferer", "abandonner", "remplacer", "arreter", "effacer")
"""The gestures after which a path runs no more."""


def oter_du_parcours(passages: Sequence[Passage[Parcours]], _: Auteur) -> None:
    """Takes off the enrolments of paths that ended: what was followed stays, with its slots."""
    inscrites = Inscription.objects.filter(
        parcours__in=[un.objet.pk for un in passages], etat=EtatDInscription.INSCRITE
    ).select_related("session")
    raison = {"raison": RaisonDeRetrait.ARRET}
    if sortent := [Passage(une, une.version, dict(raison)) for une in inscrites.order_by("pk")]:
        faire_tous(INSCRIPTIONS, "oter", sortent, Maison())
