"""Slots as a calendar file: of a session, of a path, of who teaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.http import HttpResponse
from django.utils import timezone

from binome.agenda.ics import Seance, ics_des_seances
from binome.parcours.etats import Statut
from binome.parcours.models import Parcours
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, ModaliteDeCreneau
from binome.sessions.models import Creneau, Inscription
from binome.sessions.permissions import enseignes_par
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.acteur import Acteur


@dataclass(frozen=True, slots=True)
class CreneauSuivi:
    """A slot in a calendar; `quitte` when its path is expected there no more, `entre` for who goes in its virtual class."""

    creneau: Creneau
    quitte: bool = False
    entre: bool = True


def revisions_des(sessions: Iterable[int]) -> dict[int, int]:
    """What the enrolments of sessions add to the revisions of their slots.

    Of everybody, so that a slot has one revision in every file; taken off and enrolled again, it only rises.
    """
    lues = Inscription.objects.filter(session__in=set(sessions)).order_by().values_list("session")
    return dict(lues.annotate(Sum("version")))


def seance(suivi: CreneauSuivi, revisions: int) -> Seance:
    """A slot, as a calendar tells it; the link of a virtual class is only for who goes in."""
    creneau = suivi.creneau
    session, site = creneau.session, creneau.session.site
    sur_place = creneau.modalite == ModaliteDeCreneau.SUR_PLACE
    noms = intitules(session.certification, session.referentiel)
    ou = ", ".join(un for un in (creneau.salle, site.nom, site.adresse, site.commune) if un)
    return Seance(
        uid=creneau.uid,
        revision=creneau.version + revisions,
        debut=creneau.debut,
        fin=creneau.fin,
        resume=f"{creneau.module} · {noms.de(creneau.module)}",
        texte=f"{session.organisme.nom}. {noms.titre}. {creneau.get_modalite_display()}.",
        lieu=ou if sur_place else "",
        adresse=creneau.lien if suivi.entre and not suivi.quitte else "",
        ferme=session.etat != EtatDeSession.PREPAREE,
        annulee=suivi.quitte or creneau.etat == EtatDeCreneau.ANNULE,
        occupe=creneau.modalite != ModaliteDeCreneau.A_DISTANCE,
    )


def fichier(creneaux: Sequence[CreneauSuivi], titre: str) -> HttpResponse:
    """The file, to keep or to open in any calendar."""
    revisions = revisions_des(un.creneau.session_id for un in creneaux)
    seances = [seance(un, revisions.get(un.creneau.session_id, 0)) for un in creneaux]
    contenu = ics_des_seances(seances, titre=titre, cree_le=timezone.now())
    return HttpResponse(
        contenu,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="creneaux.ics"'},
    )


def enseignes(acteur: Acteur) -> list[Creneau]:
    """The slots that a person teaches where they still may, cancelled ones included."""
    lus = enseignes_par(acteur).select_related("session__site", "session__organisme", "formateur")
    return list(lus.order_by("debut", "pk"))


def suivis(acteur: Acteur) -> list[Creneau]:
    """The slots of published sessions that a person is expected in, those cancelled included."""
    lus = {un.pk: un for parcours in _ses_parcours(acteur) for un in du_parcours(parcours)}
    return sorted(lus.values(), key=lambda un: (un.debut, un.pk))


def tout_suivi(acteur: Acteur) -> list[CreneauSuivi]:
    """The same, and those that the person left."""
    return [un for parcours in _ses_parcours(acteur) for un in calendrier_du_parcours(parcours)]


def _ses_parcours(acteur: Acteur) -> list[Parcours]:
    siens = Parcours.objects.filter(dossier__candidat=acteur.personne, inscriptions__isnull=False)
    return list(siens.distinct().order_by("pk"))


def du_parcours(parcours: Parcours) -> list[Creneau]:
    """The slots of published sessions that a path is expected in, those cancelled included."""
    publies = ~Q(session__etat=EtatDeSession.PREPAREE)
    lus = creneaux_de(parcours, annules=True).filter(publies)
    return list(lus.order_by("debut", "pk"))


def calendrier_du_parcours(parcours: Parcours, *, entre: bool = True) -> list[CreneauSuivi]:
    """The same with those that it left, so that a calendar that holds them takes them off."""
    voulus = Q(pk__in=())
    a_suivre = parcours.modules.filter(statut=Statut.A_SUIVRE).values("code")
    siennes = Inscription.objects.filter(parcours=parcours).select_related("session")
    for une in siennes.order_by("pk"):
        epreuves = intitules(une.session.certification, une.session.referentiel).epreuves
        quoi = Q(module__in=a_suivre) | Q(module__in=epreuves)
        voulus |= Q(session=une.session_id, bloc__in=une.blocs) & quoi
    attendus = {un.pk: un for un in du_parcours(parcours)}
    quittes = (
        Creneau.objects.filter(voulus)
        .exclude(Q(session__etat=EtatDeSession.PREPAREE) | Q(pk__in=attendus))
        .select_related("session__site", "session__organisme", "formateur")
    )
    tous = [
        *(CreneauSuivi(un, False, entre) for un in attendus.values()),
        *(CreneauSuivi(un, True, entre) for un in quittes.order_by("pk")),
    ]
    return sorted(tous, key=lambda un: (un.creneau.debut, un.creneau.pk))


def fichier_de_la_personne(acteur: Acteur) -> HttpResponse:
    """What a person teaches and follows, the past and what is cancelled included."""
    enseigne = {un.pk: CreneauSuivi(un) for un in enseignes(acteur)}
    # Who teaches a slot is there, whatever they left as a trainee; one kept by a path is not left by another.
    suivi = sorted(tout_suivi(acteur), key=lambda un: not un.quitte)
    tous = {un.creneau.pk: un for un in suivi} | enseigne
    dans_l_ordre = sorted(tous.values(), key=lambda un: (un.creneau.debut, un.creneau.pk))
    return fichier(dans_l_ordre, "Vos créneaux")
