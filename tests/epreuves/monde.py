"""Léa's épreuves: a session with slots of épreuves, who judges them, and grids as devices send them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.epreuves.envois import CompetenceJugee, EnvoiDeGrille
from binome.epreuves.etats import Verdict
from binome.epreuves.planifier import Evaluateurs, planifier
from binome.epreuves.programme import blocs_du_parcours
from binome.epreuves.recevoir import GrilleRendue, recevoir_les_grilles
from binome.sessions.models import Inscription
from tests.dossiers.monde import dire
from tests.livret.vie import former
from tests.presences.suivi import poser
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.epreuves.models import Passation
    from binome.parcours.models import Parcours
    from binome.sessions.models import Creneau, Session
    from tests.dossiers.monde import Monde
    from tests.livret.vie import Binome


@dataclass
class Examen:
    """The pair, the session, and its slot of the first oral épreuve of bloc 1."""

    binome: Binome
    session: Session
    creneau: Creneau

    @property
    def monde(self) -> Monde:
        return self.binome.monde

    @property
    def parcours(self) -> Parcours:
        return self.binome.parcours

    @property
    def alice(self) -> Acteur:
        """Who manages the organisation."""
        return Acteur(self.monde.alice)

    @property
    def bob(self) -> Acteur:
        """Who trains there, and teaches the slot."""
        return Acteur(self.monde.bob)


@remembre
def examen(monde: Monde) -> Examen:
    """A slot of two hours for B1E1, next week."""
    binome = former(monde)
    session = Inscription.objects.get(parcours=binome.parcours).session
    return Examen(binome, session, epreuve(session, monde))


def epreuve(session: Session, monde: Monde, module: str = "B1E1", **autres: Any) -> Creneau:
    """A slot of an épreuve, next week at the same hour, Bob there."""
    debut = timezone.now().replace(second=0, microsecond=0) + timedelta(days=7)
    minutes = autres.pop("minutes", 120)
    voulu = {
        "debut": debut, "fin": debut + timedelta(minutes=minutes), "minutes": minutes,
        "bloc": int(module[1]), "module": module,
    }  # fmt: skip
    return poser(session, monde, **{**voulu, **autres})


def prevue(un: Examen, combien: int = 1) -> Passation:
    """Léa's attempt, planned; judged by Bob, and by Alice where they are two."""
    evaluateurs = Evaluateurs(combien, un.monde.bob, un.monde.alice if combien > 1 else None)
    (passation,) = planifier(un.session, [un.creneau], un.alice, evaluateurs).prevues
    return passation


def commencer(passation: Passation) -> Passation:
    """The hour of the épreuve has come: what was planned for later has begun a minute ago."""
    tenue = type(passation).objects.get(pk=passation.pk)
    if tenue.debut is not None and tenue.fin is not None and tenue.debut > timezone.now():
        debut = timezone.now() - timedelta(minutes=1)
        tenue.debut, tenue.fin = debut, debut + (tenue.fin - tenue.debut)
        tenue.save(update_fields=["debut", "fin"])
        dire(tenue.objet, tenue)
    return passation


def grille(passation: Passation, verdict: Verdict = Verdict.ACQUIS, **reste: Any) -> EnvoiDeGrille:
    """A grid that says the same of each competence of the bloc, once its épreuve has begun."""
    commencer(passation)
    bloc = blocs_du_parcours(passation.parcours)[passation.bloc]
    voulue: dict[str, Any] = {
        "uid": uuid.uuid4(), "passation": passation.pk, "remplie_le": timezone.now(), "retard": 0,
        "appareil": "tablette-1", "lignes": tuple(CompetenceJugee(une.code, verdict) for une in bloc.lignes),
    }  # fmt: skip
    return EnvoiDeGrille(**{**voulue, **reste})


def rendre(acteur: Acteur, *lot: EnvoiDeGrille) -> list[GrilleRendue]:
    """Sends them as that person."""
    return recevoir_les_grilles(acteur, lot, maintenant=timezone.now())
