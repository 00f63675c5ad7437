"""A path, and its enrolment: what the tests of sessions stand on, beside `tests.presences.vie`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.gestes.services import naitre
from binome.parcours.models import Parcours
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.models import Inscription
from tests.dossiers.monde import notifiee, propose
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde


@remembre
def un_parcours(monde: Monde) -> Parcours:
    """The path of a dossier just decided."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    return Parcours.objects.get(dossier=notifiee(dossier))


def inscrire(monde: Monde, session: Session, parcours: Parcours, *blocs: int) -> Inscription:
    """A path enrolled, whatever stands in the way."""
    une = Inscription(
        session=session, parcours=parcours, blocs=list(blocs), inscrite_le=timezone.now()
    )
    naitre(INSCRIPTIONS, "inscrire", [une], Acteur(monde.alice))
    return une
