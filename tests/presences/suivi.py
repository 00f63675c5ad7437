"""A slot taught by Bob, in which Léa is expected, and signatures as they come."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from PIL import Image, ImageDraw

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.gestes.services import naitre
from binome.parcours.models import Parcours
from binome.presences.recevoir import SignatureRecue
from binome.sessions.etats import ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS
from binome.sessions.models import Creneau, Inscription
from tests.dossiers.monde import Monde, notifiee, propose
from tests.presences.vie import une_session
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.sessions.models import Session


@dataclass
class Suivi:
    """Who is there, the slot, and the path of Léa."""

    monde: Monde
    creneau: Creneau
    parcours: Parcours

    @property
    def alice(self) -> Acteur:
        """Who manages the organisation."""
        return Acteur(self.monde.alice)

    @property
    def bob(self) -> Acteur:
        """Who teaches the slot."""
        return Acteur(self.monde.bob)

    @property
    def lea(self) -> Acteur:
        """Who follows it."""
        return Acteur(self.monde.lea)


@remembre
def suivre(monde: Monde) -> Suivi:
    """A path whose first module is taught today by Bob, for three hours and a half: it ends in ten minutes."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    parcours = Parcours.objects.get(dossier=notifiee(dossier))
    session = une_session(monde)
    inscrire(session, parcours, monde)
    return Suivi(monde, poser(session, monde), parcours)


def inscrire(session: Session, parcours: Parcours, monde: Monde) -> Inscription:
    """Enrols a path for all the blocs that it may follow."""
    inscription = Inscription(
        session=session, parcours=parcours, blocs=[1, 2, 3], inscrite_le=timezone.localtime() - timedelta(days=9)
    )  # fmt: skip
    naitre(INSCRIPTIONS, "inscrire", [inscription], Acteur(monde.alice))
    return inscription


def poser(session: Session, monde: Monde, **autres: Any) -> Creneau:
    """A slot of the session: a half-day of Bob's that ends in ten minutes, unless said otherwise: one signs it, and counter-signs it."""
    debut = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=200)
    voulu: dict[str, Any] = {
        "debut": debut, "fin": debut + timedelta(minutes=210), "minutes": 210, "bloc": 1,
        "module": "B1M1", "modalite": ModaliteDeCreneau.SUR_PLACE, "formateur": monde.bob,
    }  # fmt: skip
    creneau = Creneau(session=session, **{**voulu, **autres})
    naitre(CRENEAUX, "poser", [creneau], Acteur(monde.alice))
    return creneau


def dessin(trait: int = 10) -> bytes:
    """A drawn signature, as a tablet sends it; each `trait` is another."""
    vue = Image.new("1", (300, 120), 1)
    ImageDraw.Draw(vue).line([(5, trait), (150, 100), (290, trait)], fill=0, width=3)
    tampon = BytesIO()
    vue.save(tampon, "PNG")
    return tampon.getvalue()


def recue(parcours: Parcours, **autres: Any) -> SignatureRecue:
    """A signature drawn on a tablet a minute ago."""
    voulue: dict[str, Any] = {
        "uid": uuid.uuid4(), "parcours": parcours.pk, "moyen": "tablette",
        "signee_le": timezone.now() - timedelta(minutes=1), "retard_d_horloge": 0,
        "appareil": "tablette-1", "image": dessin(),
    }  # fmt: skip
    return SignatureRecue(**{**voulue, **autres})
