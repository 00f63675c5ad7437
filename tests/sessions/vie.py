"""A path, and its enrolment: what the tests of sessions stand on, beside `tests.presences.vie`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.gestes.services import faire, naitre
from binome.parcours.models import Parcours
from binome.reseau.models import SiteDeFormation
from binome.sessions.flows import INSCRIPTIONS, SESSIONS
from binome.sessions.models import Inscription
from binome.sessions.pose import Horaire
from binome.sessions.preparation import DemandeDeSession, preparer
from binome.sessions.programme import referentiel_de
from tests.dossiers.monde import notifiee, propose
from tests.presences.vie import un_site
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


def publier(session: Session, monde: Monde, *, version: int = 1) -> None:
    """Published, whatever the conventions of these days."""
    donnees = {"sans_convention": "oui"}
    faire(SESSIONS, "publier", session, Acteur(monde.alice), version=version, donnees=donnees)


def annuler(session: Session, monde: Monde, *, version: int) -> None:
    """Cancelled, with a reason and a word."""
    donnees = {"raison": "effectif", "motif": "Trois personnes seulement."}
    faire(SESSIONS, "annuler", session, Acteur(monde.alice), version=version, donnees=donnees)


@remembre
def preparee(monde: Monde) -> Session:
    """A session of the first two blocs, épreuves left out, on Tuesdays and Wednesdays from 11 January 2027, in Mayenne."""
    acteur = Acteur(monde.alice)
    site = SiteDeFormation.objects.filter(organisme=monde.organisme).first() or un_site(monde)
    referentiel = referentiel_de("assistant-medical", "rncp40913")
    assert referentiel is not None
    demande = DemandeDeSession(
        site=site, certification="assistant-medical", referentiel=referentiel, blocs=(1, 2), debut=date(2027, 1, 11),
        jours=(1, 2), horaire=Horaire(540, 210, 810, 210), capacite=2, salle="Salle 1", epreuves=False,
        formateur=monde.bob,
    )  # fmt: skip
    return preparer(demande, acteur)
