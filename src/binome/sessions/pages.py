"""What the pages of sessions show: lists in few queries, a session whole, its calendar explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from binome.agenda.calendrier import PAIRES_COMPAREES, DemandeDeCalendrier, calendrier, paires
from binome.agenda.jours import semaine
from binome.agenda.territoires import Lieu, lieu_du_departement
from binome.sessions.conflits import en_conflit
from binome.sessions.convention import hors_convention_des
from binome.sessions.etats import EtatDeCreneau, EtatDeSession
from binome.sessions.horloge import a_l_horloge
from binome.sessions.models import Creneau, Session
from binome.sessions.passages import VIVANTES
from binome.sessions.places import places_des
from binome.sessions.programme import intitules
from binome.sessions.quand import dire_quand, pourquoi_inhabituel

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from binome.agenda.calendrier import CalendrierPose, PaireDeJours
    from binome.sessions.places import Places

NON_ANNULE: Final = ~Q(etat=EtatDeCreneau.ANNULE)


@dataclass(frozen=True, slots=True)
class LigneDeSession:
    """A session as a list shows it: seats, and what is missing."""

    session: Session
    places: Places
    libres: int
    creneaux: int
    sans_formateur: int
    du: datetime | None
    au: datetime | None
    prochain: datetime | None
    manque: tuple[str, ...] = ()

    @property
    def annulee(self) -> bool:
        """Whether nothing can be missing any more, and no seat is free."""
        return self.session.etat == EtatDeSession.ANNULEE


def lignes_de(
    sessions: Sequence[Session], dedans: Container[int] = frozenset()
) -> list[LigneDeSession]:
    """The lines of a page of sessions, in few queries whatever their number; what is missing, of the organisations of `dedans`."""
    a_dire = [une for une in sessions if une.organisme_id in dedans and une.etat in VIVANTES]
    hors, en_double = hors_convention_des(a_dire), en_conflit(a_dire)
    places = places_des(sessions)
    maintenant = timezone.now()
    comptes = {
        un["session"]: un
        for un in Creneau.objects.filter(NON_ANNULE, session__in=sessions)
        .values("session")
        .annotate(
            creneaux=Count("pk"),
            sans_formateur=Count("pk", filter=Q(formateur__isnull=True, fiche__isnull=True)),
            sans_compte=Count("pk", filter=Q(fiche__isnull=False, fiche__compte__isnull=True)),
            du=Min("debut"),
            au=Max("fin"),
            prochain=Min("debut", filter=Q(debut__gt=maintenant)),
        )
        .order_by("session")
    }
    lignes = []
    for une in sessions:
        compte: dict[str, Any] = dict(comptes.get(une.pk, {}))
        fuseau = une.site.fuseau
        bornes = {
            nom: instant.astimezone(fuseau) if (instant := compte.get(nom)) else None
            for nom in ("du", "au", "prochain")
        }
        lignes.append(
            LigneDeSession(
                une,
                places[une.pk],
                places[une.pk].libres(une.blocs),
                compte.get("creneaux", 0),
                compte.get("sans_formateur", 0),
                **bornes,
                manque=tuple(
                    _ce_qui_manque(une, compte, hors.get(une.pk), en_double.get(une.pk, 0))
                )
                if une.organisme_id in dedans
                else (),
            )
        )
    return lignes


def _ce_qui_manque(
    session: Session, compte: Mapping[str, Any], hors: Sequence[str] | None, en_double: int
) -> Iterator[str]:
    """What the page of a session says is missing, in short; `hors` is None for one that changes no more."""
    if session.etat == EtatDeSession.ANNULEE:
        return
    if not compte.get("creneaux"):
        yield "Aucun créneau."
    if sans := compte.get("sans_formateur", 0):
        yield f"{_creneaux(sans)} sans personne pour enseigner."
    if hors is None:
        return
    if sans := compte.get("sans_compte", 0):
        yield f"{_creneaux(sans)} à qui n’a pas encore de compte."
    if en_double:
        yield f"{_creneaux(en_double)} à venir en conflit."
    yield from hors


def _creneaux(nombre: int) -> str:
    return f"{nombre} créneau{'x' if nombre > 1 else ''}"


@dataclass(frozen=True, slots=True)
class LigneDeCreneau:
    """A slot as a page shows it, by the clock of its site."""

    creneau: Creneau
    jour: date
    quand: str
    intitule: str
    inhabituel: str
    annule: bool
    gele: bool
    conflits: tuple[str, ...] = ()


def lignes_des_creneaux(
    creneaux: Iterable[Creneau], conflits: Mapping[int, Sequence[str]] | None = None
) -> list[LigneDeCreneau]:
    """The slots, told; their sessions and sites are read with them."""
    dits = conflits or {}
    return [
        LigneDeCreneau(
            un,
            a_l_horloge(un).jour,
            dire_quand(un),
            intitules(un.session.certification, un.session.referentiel).de(un.module),
            pourquoi_inhabituel(un.session.site.departement, a_l_horloge(un).jour),
            un.etat == EtatDeCreneau.ANNULE,
            un.etat == EtatDeCreneau.GELE,
            tuple(dits.get(un.pk, ())),
        )
        for un in creneaux
    ]


def par_mois(lignes: Sequence[LigneDeCreneau]) -> list[tuple[date, list[LigneDeCreneau]]]:
    """The slots by month, each with its first day."""
    return [
        (jour.replace(day=1), list(siens))
        for (jour, siens) in (
            (groupe[0].jour, groupe)
            for groupe in (
                list(g) for _, g in groupby(lignes, key=lambda un: (un.jour.year, un.jour.month))
            )
        )
    ]


@dataclass(frozen=True, slots=True)
class ModulePose:
    """A module of a session: the minutes laid, and those that its référentiel gives, None where no source does."""

    code: str
    intitule: str
    posees: int
    attendues: int | None

    @property
    def ecart(self) -> int:
        """Minutes laid beyond those of the référentiel, below zero when some are missing; 0 where nobody knows."""
        return 0 if self.attendues is None else self.posees - self.attendues


@dataclass(frozen=True, slots=True)
class BlocPose:
    """A bloc of a session: its modules, the minutes laid, and when it begins, by the clock of the site."""

    numero: int
    intitule: str
    modules: tuple[ModulePose, ...]
    debut: datetime | None
    inscrits: int
    libres: int

    @property
    def posees(self) -> int:
        """Minutes laid."""
        return sum(un.posees for un in self.modules)


def blocs_de(session: Session, creneaux: Sequence[Creneau], places: Places) -> list[BlocPose]:
    """The blocs of a session, in its order; no query."""
    noms = intitules(session.certification, session.referentiel)
    posees: Counter[str] = Counter()
    debuts: defaultdict[int, list[datetime]] = defaultdict(list)
    for un in creneaux:
        if un.etat != EtatDeCreneau.ANNULE:
            posees[un.module] += un.minutes
            debuts[un.bloc].append(un.debut)
    return [
        BlocPose(
            bloc,
            noms.blocs.get(bloc, ""),
            tuple(
                ModulePose(code, noms.de(code), posees[code], noms.minutes[code])
                for code, sien in noms.bloc_de.items()
                if sien == bloc and (posees[code] or code not in noms.epreuves)
            ),
            min(debuts[bloc]).astimezone(session.site.fuseau) if debuts[bloc] else None,
            places.par_bloc.get(bloc, 0),
            places.libres([bloc]),
        )
        for bloc in session.blocs
    ]


@dataclass(frozen=True, slots=True)
class CalendrierExplique:
    """Why a calendar is as it is: the rhythm in words, each day lost, what is not certain, the best pairs of days."""

    rythme: str
    pose: CalendrierPose
    paires: tuple[tuple[str, PaireDeJours], ...]
    rang: int


def expliquer(pose: CalendrierPose) -> CalendrierExplique:
    """The explanation of a calendar that was laid."""
    demande = pose.demande
    toutes = paires(demande) if len(demande.jours) == 2 else ()
    rangs = [une.jours for une in toutes]
    return CalendrierExplique(
        semaine(demande.jours),
        pose,
        tuple((semaine(une.jours), une) for une in toutes[:PAIRES_COMPAREES]),
        rangs.index(demande.jours) + 1 if demande.jours in rangs else 0,
    )


def calendrier_de(session: Session, creneaux: Sequence[Creneau]) -> CalendrierExplique:
    """The same, of a session as it was laid: its minutes, its rhythm, its place."""
    minutes = sum(un.minutes for un in creneaux if un.etat != EtatDeCreneau.ANNULE)
    lieu = lieu_du_departement(session.site.departement)
    par_jour = session.minutes_du_matin + session.minutes_de_l_apres_midi
    return expliquer(
        calendrier(
            DemandeDeCalendrier(
                session.debut, minutes, session.semaine, par_jour, lieu or Lieu(),
                lieu_dit=lieu is not None,
            )
        )
    )  # fmt: skip
