"""A pair: Léa in training, Tara her tutor at a made-up practice, and what their phones send."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.depot.controle import Document
from binome.gestes.services import naitre
from binome.livret.envois import Dit, EnvoiDeCarte, SignatureDite
from binome.livret.etats import CoteDuBinome, Valeur
from binome.livret.flows import TUTORATS
from binome.livret.models import Tutorat
from binome.livret.notifications import ouvrir
from binome.livret.papier import numeriser
from binome.livret.permissions import livret_pour
from binome.livret.rappels import demander
from binome.livret.recevoir import EnvoiRendu, recevoir
from binome.livret.semaines import lundi
from binome.parcours.models import Parcours
from tests.dossiers.monde import Monde, personne, suivi_par
from tests.presences.suivi import suivre
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from datetime import date, datetime

    from binome.comptes.models import Organisation, Personne
    from binome.livret.models import CarteScannee


@dataclass
class Binome:
    """The two, their practice, and the path."""

    monde: Monde
    parcours: Parcours
    cabinet: Organisation
    tara: Personne

    @property
    def lea(self) -> Acteur:
        """Who is in training."""
        return Acteur(self.monde.lea)

    @property
    def tutrice(self) -> Acteur:
        """Who answers for the practice, and is its tutor."""
        return Acteur(self.tara)

    @property
    def semaine(self) -> date:
        """This week's Monday."""
        return lundi(timezone.localdate())


@remembre
def former(monde: Monde) -> Binome:
    """A path under way, whose employer follows it."""
    parcours = suivre(monde).parcours
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    tara = personne("tara")
    donner_role(tara, cabinet, "employeur")
    suivi_par(parcours.dossier, cabinet)
    return Binome(monde, parcours, cabinet, tara)


def dit(competence: str = "B1M1C1", valeur: str = Valeur.AIDE, **reste: Any) -> Dit:
    """What a phone says of a competence."""
    return Dit(uid=uuid.uuid4(), competence=competence, valeur=str(valeur), **reste)


def envoi(binome: Binome, *dits: Dit, **reste: Any) -> EnvoiDeCarte:
    """What a phone sends of this week's card."""
    return EnvoiDeCarte(
        uid=uuid.uuid4(),
        semaine=reste.pop("semaine", binome.semaine),
        dits=dits,
        signature=reste.pop("signature", None),
        dit_le=reste.pop("dit_le", timezone.now()),
        appareil="telephone-1",
        **reste,
    )


def signe(cote: CoteDuBinome, *vues: Dit, image: bytes = b"") -> SignatureDite:
    """A signature of what was seen."""
    return SignatureDite(uuid.uuid4(), cote.value, frozenset(une.uid for une in vues), image)


def rendre(
    binome: Binome, acteur: Acteur, *lot: EnvoiDeCarte, maintenant: datetime | None = None
) -> list[EnvoiRendu]:
    """Sends it as that person, and gives what became of it."""
    parcours, cotes = livret_pour(acteur, binome.parcours.pk)
    return recevoir(acteur, parcours, cotes, lot, maintenant=maintenant or timezone.now())


def encore(un: EnvoiDeCarte, **change: Any) -> EnvoiDeCarte:
    """The same sending, changed."""
    return replace(un, **change)


def une_page(parcours: Parcours, par: Acteur) -> CarteScannee:
    """A scan of a printed card that waits to be read."""
    document = Document(b"\x89PNG\r\n\x1a\n une carte", "png", "image/png", 1)
    semaines = {lundi(timezone.localdate()).isoformat(): ["B1M1C1", "B1M1C2", "B1M2C1"]}
    return numeriser(parcours, document, semaines, par, maintenant=timezone.now())


def vivre_le_livret(monde: Monde) -> None:
    """One row at least in every table of the room, on the first path of the world."""
    parcours = Parcours.objects.filter(organisme=monde.organisme).earliest("pk")
    cabinet = creer_organisation("cabinet", "Cabinet du livret", exemple=True)
    tara = personne("tara")
    donner_role(tara, cabinet, "employeur")
    suivi_par(parcours.dossier, cabinet)
    binome = Binome(monde, parcours, cabinet, tara)
    tutorat = Tutorat(parcours=parcours, tuteur=tara, employeur=cabinet, nomme_le=timezone.now())
    naitre(TUTORATS, "nommer", [tutorat], binome.tutrice)
    une = dit(phrase="J’ai fait une injection seule.")
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))
    demander(binome.lea, parcours, jour=5, heure=18)
    ouvrir(binome.lea, "https://fcm.googleapis.com/fcm/send/essai")
    une_page(parcours, binome.lea)
