"""Who is expected in a slot, and the slots that a path is expected in.

A path enrolled for a bloc is expected in its slots whose module it has to follow, and in those of its épreuves, until it
is taken off, stops or ends: what was expected before that day stays so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, prefetch_related_objects

from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.models import ModuleSuivi
from binome.pliage import plier
from binome.sessions.etats import EtatDeCreneau, RaisonDeRetrait
from binome.sessions.horloge import instant
from binome.sessions.models import Creneau, Inscription
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from binome.parcours.models import Parcours
    from binome.sessions.models import Session


def attendus(creneau: Creneau) -> list[Inscription]:
    """The enrolments expected in a slot, by the person's name; path, dossier and candidate read with them."""
    return attendus_des([creneau])[creneau.pk]


def attendus_des(
    creneaux: Iterable[Creneau], *, annules: bool = False
) -> dict[int, list[Inscription]]:
    """The same for many slots, by the number of each; two queries whatever their number, four when their sessions are to be read.

    Nobody is expected in a cancelled slot, unless `annules` asks who was.
    """
    tous = list(creneaux)
    prefetch_related_objects(tous, "session__site")
    par_session: defaultdict[int, list[Inscription]] = defaultdict(list)
    for une in inscriptions_lues(un.session_id for un in tous):
        par_session[une.session_id].append(une)
    a_suivre = _a_suivre(une.parcours_id for siennes in par_session.values() for une in siennes)
    return {
        un.pk: [
            une
            for une in par_session[un.session_id]
            if (annules or un.etat != EtatDeCreneau.ANNULE) and _attend(une, un, a_suivre)
        ]
        for un in tous
    }


def inscriptions_lues(sessions: Iterable[int]) -> list[Inscription]:
    """The enrolments of sessions that may be expected in some slot, by the person's name, each with its path."""
    lues = (
        Inscription.objects.filter(session__in=set(sessions))
        .exclude(raison=RaisonDeRetrait.ERREUR)
        .select_related("parcours__dossier__candidat", "parcours__organisme")
    )
    return sorted(lues.order_by("pk"), key=_par_nom)


def _par_nom(une: Inscription) -> tuple[str, str, int]:
    dossier = une.parcours.dossier
    return plier(dossier.nom), plier(dossier.prenom), une.pk


def _a_suivre(parcours: Iterable[int]) -> set[tuple[int, str]]:
    modules = ModuleSuivi.objects.filter(parcours__in=set(parcours), statut=Statut.A_SUIVRE)
    return set(modules.order_by("pk").values_list("parcours", "code"))


def _attend(une: Inscription, creneau: Creneau, a_suivre: set[tuple[int, str]]) -> bool:
    return (
        creneau.bloc in une.blocs
        and (
            (une.parcours_id, creneau.module) in a_suivre
            or creneau.module in _epreuves(creneau.session)
        )
        and _suit_encore(une, creneau)
    )


def _epreuves(session: Session) -> frozenset[str]:
    return intitules(session.certification, session.referentiel).epreuves


def _suit_encore(une: Inscription, creneau: Creneau) -> bool:
    """Whether the enrolment and its path run when the slot is taught."""
    if not _suit_deja(une, creneau):
        return False
    parcours = une.parcours
    fins: list[datetime] = [un for un in (une.retiree_le, parcours.fini_le) if un is not None]
    if any(creneau.debut >= fin for fin in fins):
        return False
    arret = parcours.du if parcours.etat == EtatDeParcours.INTERROMPU else None
    return arret is None or creneau.debut.astimezone(creneau.session.site.fuseau).date() < arret


def _suit_deja(une: Inscription, creneau: Creneau) -> bool:
    """Whether the person was there by then: what was taught before they came says nothing of them."""
    if une.depuis is None:
        return creneau.fin > une.inscrite_le
    return creneau.debut.astimezone(creneau.session.site.fuseau).date() >= une.depuis


def _des(une: Inscription) -> Q:
    """The same, as a query asks it."""
    if une.depuis is None:
        return Q(fin__gt=une.inscrite_le)
    return Q(debut__gte=instant(une.session.site.fuseau, une.depuis, 0))


def creneaux_de(parcours: Parcours, *, annules: bool = False) -> QuerySet[Creneau]:
    """The slots that a path is expected in, the first to come first, those of sessions still in preparation included.

    `annules`: those cancelled too.
    """
    siennes = (
        Inscription.objects.filter(parcours=parcours)
        .exclude(raison=RaisonDeRetrait.ERREUR)
        .select_related("session__site")
    )
    a_suivre = parcours.modules.filter(statut=Statut.A_SUIVRE).values("code")
    attendu = Q(pk__in=())
    for une in siennes.order_by("pk"):
        fins = [un for un in (une.retiree_le, parcours.fini_le) if un is not None]
        avant = Q(debut__lt=min(fins)) if fins else Q()
        quoi = Q(module__in=a_suivre) | Q(module__in=_epreuves(une.session))
        attendu |= Q(session=une.session_id, bloc__in=une.blocs) & quoi & avant & _des(une)
    lus = Creneau.objects.filter(attendu).select_related(
        "session__site", "session__organisme", "formateur"
    )
    if not annules:
        lus = lus.exclude(etat=EtatDeCreneau.ANNULE)
    if parcours.etat == EtatDeParcours.INTERROMPU and parcours.du is not None:
        # The day is that of the site: by the clock of each, a day's bound is not one instant.
        arretes = [
            un.pk for un in lus if un.debut.astimezone(un.session.site.fuseau).date() >= parcours.du
        ]
        lus = lus.exclude(pk__in=arretes)
    return lus
