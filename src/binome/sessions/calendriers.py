"""Slots as a calendar file: of a session, of a path, of who teaches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone

from binome.agenda.ics import Seance, ics_des_seances
from binome.parcours.etats import Statut
from binome.parcours.models import Parcours
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, ModaliteDeCreneau
from binome.sessions.models import Creneau, Inscription
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.acteur import Acteur


@dataclass(frozen=True, slots=True)
class CreneauSuivi:
    """A slot in the calendar of a path; `quitte` when it is expected there no more, `revisions` of its enrolments."""

    creneau: Creneau
    quitte: bool = False
    revisions: int = 0


def seance(suivi: CreneauSuivi, *, avec_le_lien: bool = True) -> Seance:
    """A slot, as a calendar tells it; the link of a virtual class is only for who goes in."""
    creneau = suivi.creneau
    session, site = creneau.session, creneau.session.site
    sur_place = creneau.modalite == ModaliteDeCreneau.SUR_PLACE
    noms = intitules(session.certification, session.referentiel)
    ou = ", ".join(un for un in (creneau.salle, site.nom, site.adresse, site.commune) if un)
    return Seance(
        uid=creneau.uid,
        revision=creneau.version + suivi.revisions,
        debut=creneau.debut,
        fin=creneau.fin,
        resume=f"{creneau.module} · {noms.de(creneau.module)}",
        texte=f"{session.organisme.nom}. {noms.titre}. {creneau.get_modalite_display()}.",
        lieu=ou if sur_place else "",
        adresse=creneau.lien if avec_le_lien else "",
        ferme=session.etat != EtatDeSession.PREPAREE,
        annulee=suivi.quitte or creneau.etat == EtatDeCreneau.ANNULE,
        occupe=creneau.modalite != ModaliteDeCreneau.A_DISTANCE,
    )


def fichier(
    creneaux: Iterable[CreneauSuivi], titre: str, *, avec_le_lien: bool = True
) -> HttpResponse:
    """The file, to keep or to open in any calendar."""
    seances = [seance(un, avec_le_lien=avec_le_lien) for un in creneaux]
    contenu = ics_des_seances(seances, titre=titre, cree_le=timezone.now())
    return HttpResponse(
        contenu,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="creneaux.ics"'},
    )


def enseignes(acteur: Acteur) -> list[Creneau]:
    """The slots that a person teaches, cancelled ones included."""
    lus = Creneau.objects.filter(formateur=acteur.personne).select_related(
        "session__site", "session__organisme", "formateur"
    )
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


def calendrier_du_parcours(parcours: Parcours) -> list[CreneauSuivi]:
    """The same with those that it left, so that a calendar that holds them takes them off.

    Taken off and enrolled again, a revision only rises: each enrolment counts in it.
    """
    revisions: Counter[int] = Counter()
    voulus = Q(pk__in=())
    a_suivre = parcours.modules.filter(statut=Statut.A_SUIVRE).values("code")
    siennes = Inscription.objects.filter(parcours=parcours).select_related("session")
    for une in siennes.order_by("pk"):
        revisions[une.session_id] += une.version
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
        *(CreneauSuivi(un, False, revisions[un.session_id]) for un in attendus.values()),
        *(CreneauSuivi(un, True, revisions[un.session_id]) for un in quittes.order_by("pk")),
    ]
    return sorted(tous, key=lambda un: (un.creneau.debut, un.creneau.pk))
