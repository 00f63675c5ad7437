"""Who reads sessions and slots, and on which side of them they stand; permission and fetch in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.gestes.registre import flux_nomme
from binome.sessions.equipe import ENSEIGNENT
from binome.sessions.etats import EtatDeSession, EtatDInscription
from binome.sessions.models import Creneau, Inscription, Session

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi

ORGANISME: Final = "organisme"
FORMATEUR: Final = "formateur"


def sessions_visibles(acteur: Acteur) -> QuerySet[Session]:
    """The sessions that a person may read: those of their organisation; published, those that they teach or follow.

    The branch reads those published for what it delivers.
    """
    suivies = Inscription.objects.filter(
        parcours__dossier__candidat=acteur.personne, etat=EtatDInscription.INSCRITE
    )
    dehors = Q(pk__in=suivies.values("session")) | Q(pk__in=enseignes_par(acteur).values("session"))
    for code, exemple in sorted(acteur.delivrances()):
        dehors |= Q(certification=code, organisme__exemple=exemple)
    dedans = Q(organisme__in=acteur.organisations("gestionnaire", "formateur"))
    return Session.objects.filter(dedans | dehors & ~Q(etat=EtatDeSession.PREPAREE)).select_related(
        "site", "organisme"
    )


def enseigne_chez(acteur: Acteur) -> frozenset[int]:
    """The organisations where a person may teach today, whichever they chose to act for: a role that was withdrawn opens nothing."""
    return frozenset(un.organisation_id for un in acteur.toutes if un.role in ENSEIGNENT)


def enseignes_par(acteur: Acteur) -> QuerySet[Creneau]:
    """The slots that a person teaches, where they still may."""
    return Creneau.objects.filter(
        formateur=acteur.personne, session__organisme__in=enseigne_chez(acteur)
    )


def creneaux_visibles(acteur: Acteur) -> QuerySet[Creneau]:
    """The slots of the sessions that a person may read."""
    return Creneau.objects.filter(session__in=sessions_visibles(acteur)).select_related(
        "session__site", "session__organisme", "formateur"
    )


def session_pour(acteur: Acteur, numero: int, geste: str = "") -> Session:
    """The session of a number, for a person, and for a gesture when one is named.

    Raises Http404 when the person may not even know that it exists, PermissionDenied when they may read it but not do this.
    """
    session = sessions_visibles(acteur).filter(pk=numero).first()
    if session is None:
        raise Http404("Cette session n’existe pas, ou ne vous est pas ouverte.")
    _permettre(acteur, "sessions", session, geste)
    return session


def creneau_pour(acteur: Acteur, uid: UUID, geste: str = "") -> Creneau:
    """The slot of an identifier, for a person, and for a gesture when one is named; its session and site read with it.

    Raises Http404 when the person may not even know that it exists, PermissionDenied when they may read it but not do this.
    """
    creneau = creneaux_visibles(acteur).filter(uid=uid).first()
    if creneau is None:
        raise Http404("Ce créneau n’existe pas, ou ne vous est pas ouvert.")
    _permettre(acteur, "creneaux", creneau, geste)
    return creneau


def inscription_pour(acteur: Acteur, numero: int, geste: str) -> Inscription:
    """The enrolment of a number, for a gesture, where a person reads its session as those who work there do.

    Raises Http404, PermissionDenied as the others do.
    """
    dedans = acteur.organisations("gestionnaire", "formateur")
    inscription = (
        Inscription.objects.filter(pk=numero, session__organisme__in=dedans)
        .select_related("session__site", "parcours__dossier")
        .first()
    )
    if inscription is None:
        raise Http404("Cette inscription n’existe pas, ou ne vous est pas ouverte.")
    _permettre(acteur, "inscriptions", inscription, geste)
    return inscription


def _permettre(acteur: Acteur, nom: str, objet: Suivi, geste: str) -> None:
    flux = flux_nomme(nom)
    if geste and flux is not None and flux.cotes(acteur, objet).isdisjoint(flux.gestes[geste].qui):
        raise PermissionDenied(flux.pourquoi_pas(acteur, objet))


def _gere(acteur: Acteur, organisme: int) -> bool:
    return acteur.soutien is None and organisme in acteur.organisations("gestionnaire")


def cotes_de_session(acteur: Acteur, session: Session) -> frozenset[str]:
    """Who manages the organisation acts on its sessions; not who looks through their eyes."""
    return frozenset({ORGANISME}) if _gere(acteur, session.organisme_id) else frozenset()


def cotes_de_creneau(acteur: Acteur, creneau: Creneau) -> frozenset[str]:
    """Who manages the organisation, and who teaches the slot while they have a role there."""
    siens = {ORGANISME} if _gere(acteur, creneau.session.organisme_id) else set()
    if acteur.soutien is None and enseigne(acteur, creneau):
        siens.add(FORMATEUR)
    return frozenset(siens)


def enseigne(acteur: Acteur, creneau: Creneau) -> bool:
    """Whether a person teaches a slot, and still may."""
    return (
        creneau.formateur_id == acteur.personne.pk
        and creneau.session.organisme_id in enseigne_chez(acteur)
    )


def cotes_d_inscription(acteur: Acteur, inscription: Inscription) -> frozenset[str]:
    """Who manages the organisation of the session."""
    return cotes_de_session(acteur, inscription.session)
