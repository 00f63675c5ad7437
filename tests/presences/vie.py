"""A slot that somebody follows: what other tests stand on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import naitre
from binome.parcours.models import Parcours
from binome.presences.etats import MoyenDeSignature, NatureDePresence
from binome.presences.flows import ACTIVITES, PRESENCES, SIGNATURES
from binome.presences.models import Activite, Presence, Signature
from binome.reseau.flows import SITES
from binome.reseau.models import SiteDeFormation
from binome.sessions.abonnement import ABONNEMENTS, empreinte
from binome.sessions.etats import EtatDeSession, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS, SESSIONS
from binome.sessions.models import AbonnementAuxCreneaux, Creneau, Inscription, Session
from tests.dossiers.monde import dire
from tests.presences.feuilles import une_feuille

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def un_site(monde: Monde, nom: str = "Site du centre") -> SiteDeFormation:
    """A made-up place of the organisation, in Mayenne."""
    site = SiteDeFormation(
        organisme=monde.organisme, nom=nom, commune="Laval", departement="53", places=15
    )
    naitre(SITES, "ouvrir", [site], Acteur(monde.alice))
    return site


def une_session(
    monde: Monde, site: SiteDeFormation | None = None, *, publiee: bool = True
) -> Session:
    """A session of the first bloc, on Tuesdays and Wednesdays from 11 January 2027, published, unless said otherwise."""
    session = Session(
        organisme=monde.organisme, site=site or un_site(monde), certification="assistant-medical",
        referentiel="rncp40913", blocs=[1], debut=date(2027, 1, 11), jours="12", capacite=12,
        ouverte_le=timezone.now(),
    )  # fmt: skip
    naitre(SESSIONS, "preparer", [session], Acteur(monde.alice))
    if publiee:
        Session.objects.filter(pk=session.pk).update(etat=EtatDeSession.PUBLIEE)
        session.etat = EtatDeSession.PUBLIEE
        dire(session.objet, session)
    return session


def un_creneau(monde: Monde, session: Session) -> Creneau:
    """Its first slot: a half-day that begins now."""
    debut = timezone.now()
    creneau = Creneau(
        session=session, debut=debut, fin=debut + timedelta(minutes=210), minutes=210, bloc=1, module="B1M1",
        modalite=ModaliteDeCreneau.SUR_PLACE,
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [creneau], Acteur(monde.alice))
    return creneau


def suivre_un_creneau(monde: Monde) -> Presence:
    """The first path of the world enrolled, signed, and said to be there."""
    alice = Acteur(monde.alice)
    parcours = Parcours.objects.filter(organisme=monde.organisme).earliest("pk")
    session = une_session(monde)
    inscription = Inscription(
        session=session, parcours=parcours, blocs=[1], inscrite_le=timezone.now()
    )
    naitre(INSCRIPTIONS, "inscrire", [inscription], alice)
    creneau = un_creneau(monde, session)
    maintenant = timezone.now()
    signature = Signature(
        creneau=creneau, parcours=parcours, moyen=MoyenDeSignature.TABLETTE, signee_le=maintenant,
        recue_le=maintenant, par=monde.alice,
    )  # fmt: skip
    naitre(SIGNATURES, "signer", [signature], alice)
    presence = Presence(
        creneau=creneau, parcours=parcours, nature=NatureDePresence.PRESENT, minutes=210, signee=True,
        par=monde.alice, dite_le=maintenant,
    )  # fmt: skip
    naitre(PRESENCES, "constater", [presence], alice)
    activite = Activite(
        creneau=creneau, parcours=parcours, duree=210, preuve="J’ai relu le module.", rendue_le=maintenant
    )  # fmt: skip
    candidat = parcours.dossier.candidat
    assert candidat is not None
    naitre(ACTIVITES, "rendre", [activite], Acteur(candidat))
    abonnement = AbonnementAuxCreneaux(personne=candidat, jeton=empreinte("essai"))
    naitre(ABONNEMENTS, "commencer", [abonnement], Acteur(candidat))
    une_feuille(creneau, alice)
    return presence
