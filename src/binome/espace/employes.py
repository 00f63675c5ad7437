"""What the home page tells who employs: the training days to come, the hours proven so far, those that were missed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.parcours.etats import EN_COURS, Statut
from binome.parcours.models import Parcours
from binome.presences.avancement import dues_hors_epreuves
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.presences.prouvees import prouvees
from binome.sessions.attendus import attendus_des
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    ModaliteDeCreneau,
)
from binome.sessions.models import Creneau, Inscription
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from binome.dossiers.models import Dossier

MIDI: Final = 12
SOIR: Final = 18
"""Hours from which a slot is of the afternoon, then of the evening."""
HORIZON: Final = timedelta(weeks=8)
"""How far ahead the days are read."""
SEMAINE: Final = timedelta(days=7)
JOURS: Final = 6
"""Days to come that the page names of a person, and absences."""


@dataclass(frozen=True)
class HeuresManquees:
    """What was missed of a slot: its day and its part of the day at the site, and how, with the minutes of each."""

    le: date
    moment: str
    minutes: int
    comment: Sequence[tuple[str, int]]


@dataclass
class FormationDEmploye:
    """The training of somebody employed: its path, the days to come, what is proven, what was missed.

    Days are those of the site; `manquees` are slots, the first one first.
    """

    parcours: Parcours
    jours: list[date] = field(default_factory=list)
    prouvees: int = 0
    manquees: list[HeuresManquees] = field(default_factory=list)

    @property
    def prochains(self) -> Sequence[date]:
        """The first days to come."""
        return self.jours[:JOURS]

    @property
    def autres(self) -> int:
        """How many more within the horizon."""
        return max(0, len(self.jours) - JOURS)

    @property
    def dernieres(self) -> Sequence[HeuresManquees]:
        """The last hours that were missed, the last first."""
        return self.manquees[::-1][:JOURS]

    @property
    def en_tout(self) -> int:
        """Minutes missed, all together."""
        return sum(une.minutes for une in self.manquees)

    @property
    def dues(self) -> int | None:
        """Minutes to follow, épreuves left out, as on every page; None while they are not known."""
        suivis = self.parcours.modules.all()
        modules = (un.minutes for un in suivis if un.statut == Statut.A_SUIVRE)
        return dues_hors_epreuves(self.parcours.formation, modules)


def des_employes(
    dossiers: Iterable[Dossier], maintenant: datetime | None = None
) -> dict[int, FormationDEmploye]:
    """The paths in progress of some dossiers, by the number of each; nine queries at most, whatever their number."""
    instant = maintenant or timezone.now()
    lus = Parcours.objects.filter(dossier__in=[un.pk for un in dossiers], etat__in=EN_COURS)
    siens = {
        un.dossier_id: FormationDEmploye(un)
        for un in lus.select_related("organisme", "dossier")
        .prefetch_related("modules")
        .order_by("pk")
    }
    if siens:
        _poser_les_jours(siens, instant)
        _poser_les_presences(siens)
    return siens


def _poser_les_jours(siens: Mapping[int, FormationDEmploye], instant: datetime) -> None:
    inscrites = Inscription.objects.filter(
        parcours__in=[un.parcours.pk for un in siens.values()],
        etat=EtatDInscription.INSCRITE,
        session__etat=EtatDeSession.PUBLIEE,
    )
    creneaux = (
        Creneau.objects.filter(
            session__in=set(inscrites.order_by("pk").values_list("session", flat=True)),
            fin__gt=instant,
            debut__lt=instant + HORIZON,
        )
        .exclude(etat=EtatDeCreneau.ANNULE)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .select_related("session__site")
    )
    tous = list(creneaux.order_by("debut", "pk"))
    jours: defaultdict[int, set[date]] = defaultdict(set)
    attendus = attendus_des(tous)
    for un in tous:
        jour = un.debut.astimezone(un.session.site.fuseau).date()
        for une in attendus[un.pk]:
            jours[une.parcours_id].add(jour)
    for formation in siens.values():
        du = formation.parcours.du
        trouves = jours[formation.parcours.pk]
        formation.jours = sorted(un for un in trouves if du is None or un < du)


def _poser_les_presences(siens: Mapping[int, FormationDEmploye]) -> None:
    """What was followed before a transfer, or a decision revised, stays followed: every path of the dossier counts."""
    tenues = Presence.objects.filter(
        parcours__dossier__in=siens,
        etat=EtatDePresence.EN_VIGUEUR,
        creneau__etat=EtatDeCreneau.GELE,
    ).select_related("creneau__session__site", "parcours__dossier")
    toutes = list(tenues.order_by("creneau__debut", "pk"))
    comptees = prouvees(toutes)
    for une in toutes:
        formation = siens[une.parcours.dossier_id]
        if une.pk in comptees and not _est_une_epreuve(une.creneau):
            formation.prouvees += comptees[une.pk].minutes
        if une.creneau.minutes > une.minutes:
            formation.manquees.append(_manquees(une))


def _manquees(une: Presence) -> HeuresManquees:
    debut = une.creneau.debut.astimezone(une.creneau.session.site.fuseau)
    manque = une.creneau.minutes - une.minutes
    comment = [
        ("retard", une.retard),
        ("départ avant la fin", une.avance),
        ("sortie", une.interruption),
    ]
    if une.nature == NatureDePresence.ABSENT:
        comment = [("absence", manque)]
    return HeuresManquees(
        debut.date(),
        "matin" if debut.hour < MIDI else "après-midi" if debut.hour < SOIR else "soir",
        manque,
        [(mot, minutes) for mot, minutes in comment if minutes],
    )


def _est_une_epreuve(creneau: Creneau) -> bool:
    session = creneau.session
    return creneau.module in intitules(session.certification, session.referentiel).epreuves


def de_la_semaine(
    employes: Iterable[tuple[Dossier, FormationDEmploye | None]], jour: date
) -> list[tuple[date, list[str]]]:
    """Who trains on each of the seven days to come, by name."""
    par_jour: defaultdict[date, list[str]] = defaultdict(list)
    for dossier, formation in employes:
        for un in () if formation is None else formation.jours:
            if un < jour + SEMAINE:
                par_jour[un].append(dossier.personne)
    return [(un, sorted(noms)) for un, noms in sorted(par_jour.items())]
