"""What cannot be at once: a trainer who teaches elsewhere, a room taken, a person expected in two slots.

The database finds them, by who teaches, by room and by instants: of a slot, for each reason, what comes first elsewhere is
named, and whether there is more. So much is read whatever the number of slots elsewhere; how many of the session are in
conflict, and why, stays whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.utils import timezone

from binome.pliage import plier
from binome.sessions.attendus import attendus_des
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    ModaliteDeCreneau,
)
from binome.sessions.models import LE_PLUS_LONG, Creneau, Inscription
from binome.sessions.quand import dire_quand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.sessions.models import Session

DITS: Final = 20
"""Conflicts that a page shows, the first ones."""
AU_PLUS: Final = timedelta(minutes=LE_PLUS_LONG)
Partagees: TypeAlias = "Mapping[int, set[int]]"
"""By session, the others where somebody of it is enrolled too."""
SUR_PLACE: Final = Q(modalite=ModaliteDeCreneau.SUR_PLACE)
QUI, SALLE = "qui", "salle"
"""The reasons that the database finds alone."""


@dataclass(frozen=True, slots=True)
class Conflit:
    """A slot that cannot be as it is, and why, in a sentence."""

    creneau: Creneau
    phrase: str


class _Trouve(NamedTuple):
    """A slot of the session, and the first ones elsewhere at the same time, for one reason; None for no second."""

    creneau: int
    raison: str
    premier: int
    second: int | None


def conflits(session: Session, seul: Creneau | None = None) -> list[Conflit]:
    """The conflicts of the slots of a session, of one of them when it is named, the first to come first.

    What has no timetable is in nobody's way. Few queries, whatever the number of slots and of people.
    """
    siens = _lus(_a_l_heure().filter(Q(session=session) & (Q() if seul is None else Q(pk=seul.pk))))
    if not siens:
        return []
    trouves = list(_ailleurs(session, siens))
    if partagees := _partagees([session]):
        trouves += map(_dire_la_personne, _des_personnes(siens, partagees))
    return sorted(trouves, key=lambda un: (un.creneau.debut, un.creneau.pk))


def _a_l_heure() -> QuerySet[Creneau]:
    """The slots that take place at an hour."""
    return (
        Creneau.objects.exclude(etat=EtatDeCreneau.ANNULE)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .exclude(session__etat=EtatDeSession.ANNULEE)
    )


def _lus(creneaux: QuerySet[Creneau]) -> list[Creneau]:
    lus = creneaux.select_related("session__site", "session__organisme", "formateur", "fiche")
    return list(lus.order_by("debut", "pk"))


def _ailleurs(session: Session, siens: Sequence[Creneau]) -> Iterator[Conflit]:
    """A trainer who teaches elsewhere, a room taken: the pairs are met in the database, two of each slot at most."""
    numeros = [un.pk for un in siens]
    ailleurs = _en_meme_temps(_a_l_heure()).exclude(session=session)
    demandes = []
    if any(un.formateur_id for un in siens):
        demandes.append(_premiers(numeros, QUI, ailleurs.filter(formateur=OuterRef("formateur"))))
    if any(un.fiche_id for un in siens):
        demandes.append(_premiers(numeros, QUI, ailleurs.filter(fiche=OuterRef("fiche"))))
    for ecrites in _salles(session, siens):
        ici = [un.pk for un in siens if _sur_place(un) and un.salle in ecrites]
        la = ailleurs.filter(SUR_PLACE, salle__in=ecrites, session__site=session.site_id)
        demandes.append(_premiers(ici, SALLE, la))
    if not demandes:
        return
    # One question to the database, whatever the number of rooms.
    trouves = [_Trouve(*un) for un in demandes[0].union(*demandes[1:], all=True)]
    par_numero = {un.pk: un for un in siens}
    autres = {
        un.pk: un for un in _lus(Creneau.objects.filter(pk__in={un.premier for un in trouves}))
    }
    for un in sorted(trouves, key=lambda un: un.raison):
        dire = _dire_qui if un.raison == QUI else _dire_la_salle
        yield Conflit(
            par_numero[un.creneau],
            dire(par_numero[un.creneau], autres[un.premier], encore=un.second is not None),
        )


def _en_meme_temps(creneaux: QuerySet[Creneau]) -> QuerySet[Creneau]:
    """Those that are at the same time as one of an outer query, the last to begin first: an index ends at it."""
    return creneaux.filter(
        debut__lt=OuterRef("fin"),
        fin__gt=OuterRef("debut"),
        # A slot lasts twelve hours at most: what began before is over, and the index skips it.
        debut__gt=OuterRef("debut") - AU_PLUS,
    ).order_by("-debut", "-pk")


def _premiers(siens: Sequence[int], raison: str, autres: QuerySet[Creneau]) -> QuerySet[Any, Any]:
    numeros = autres.values("pk")
    return (
        Creneau.objects.filter(pk__in=siens)
        .order_by()
        .annotate(
            raison=Value(raison), premier=Subquery(numeros[:1]), second=Subquery(numeros[1:2])
        )
        .filter(premier__isnull=False)
        .values_list("pk", "raison", "premier", "second")
    )


def _sur_place(un: Creneau) -> bool:
    return bool(un.salle) and un.modalite == ModaliteDeCreneau.SUR_PLACE


def _salles(session: Session, siens: Sequence[Creneau]) -> list[set[str]]:
    """The rooms of slots, each by every way in which its site writes it over these days."""
    tenues = {plier(un.salle) for un in siens if _sur_place(un)}
    if not tenues:
        return []
    lues = Creneau.objects.filter(
        session__site=session.site_id,
        debut__lt=max(un.fin for un in siens),
        fin__gt=min(un.debut for un in siens),
    ).exclude(salle="")
    par_nom: defaultdict[str, set[str]] = defaultdict(set)
    for une in lues.order_by().values_list("salle", flat=True).distinct():
        par_nom[plier(une)].add(une)
    return [par_nom[nom] for nom in sorted(tenues)]


def _dire_qui(un: Creneau, autre: Creneau, *, encore: bool) -> str:
    # Where somebody teaches for another organisation is not told.
    ou = (
        f"dans la {autre.session.nom}"
        if autre.session.organisme_id == un.session.organisme_id
        else "pour un autre organisme"
    )
    return f"{un.enseigne} enseigne déjà {ou}, {dire_quand(autre)}{_suite(encore=encore)}."


def _dire_la_salle(un: Creneau, autre: Creneau, *, encore: bool) -> str:
    return (
        f"La salle {un.salle} est prise par la {autre.session.nom}, {dire_quand(autre)}"
        f"{_suite(encore=encore)}."
    )


def _suite(*, encore: bool) -> str:
    return ", et ailleurs encore" if encore else ""


class _DeuxFois(NamedTuple):
    """Somebody expected in a slot, and in another at the same time."""

    ici: Creneau
    la: Creneau
    personne: str


def _des_personnes(siens: Sequence[Creneau], partagees: Partagees) -> Iterator[_DeuxFois]:
    """The people expected in two slots at once, each told once of a slot: only the sessions that share somebody are read."""
    siens = [un for un in siens if un.session_id in partagees]
    dedans = _en_meme_temps(Creneau.objects.filter(pk__in=[un.pk for un in siens]))
    autres = _lus(_a_l_heure().filter(Exists(dedans), session__in=_toutes(partagees)))
    if not autres:
        return
    attendus = {
        numero: {une.parcours_id: une.parcours.dossier.personne for une in inscrites}
        for numero, inscrites in attendus_des([*siens, *autres]).items()
    }
    par_jour: defaultdict[date, list[Creneau]] = defaultdict(list)
    for autre in autres:
        for jour in {autre.debut.date(), autre.fin.date()}:
            par_jour[jour].append(autre)
    for un in siens:
        ici, dits = attendus[un.pk], set[int]()
        for autre in (
            la for jour in sorted({un.debut.date(), un.fin.date()}) for la in par_jour[jour]
        ):
            if autre.session_id not in partagees[un.session_id] or not _ensemble(un, autre):
                continue
            for parcours in sorted(ici.keys() & attendus[autre.pk].keys() - dits):
                dits.add(parcours)
                yield _DeuxFois(un, autre, ici[parcours])


def _ensemble(un: Creneau, autre: Creneau) -> bool:
    return un.debut < autre.fin and autre.debut < un.fin


def _dire_la_personne(une: _DeuxFois) -> Conflit:
    return Conflit(
        une.ici,
        f"{une.personne} a déjà un créneau à cette heure dans la {une.la.session.nom}, {dire_quand(une.la)}.",
    )


def _partagees(sessions: Iterable[Session]) -> Partagees:
    """The other sessions where the people enrolled in each are enrolled too; those that share nobody are left out."""
    inscrits = Inscription.objects.filter(session__in=sessions, etat=EtatDInscription.INSCRITE)
    leurs = Inscription.objects.filter(
        parcours__in=inscrits.values("parcours"), etat=EtatDInscription.INSCRITE
    )
    de_chacun: defaultdict[int, set[int]] = defaultdict(set)
    for parcours, session in leurs.order_by().values_list("parcours", "session"):
        de_chacun[parcours].add(session)
    ici = {une.pk for une in sessions}
    partagees: defaultdict[int, set[int]] = defaultdict(set)
    for siennes in de_chacun.values():
        for une in siennes & ici if len(siennes) > 1 else ():
            partagees[une] |= siennes - {une}
    return dict(partagees)


def _toutes(partagees: Partagees) -> set[int]:
    return {une for autres in partagees.values() for une in autres}


def en_conflit(sessions: Sequence[Session]) -> dict[int, int]:
    """How many slots to come of many sessions are in conflict, by the number of each session; few queries, whatever their number."""
    if not sessions:
        return {}
    a_venir = _a_l_heure().filter(session__in=sessions, debut__gt=timezone.now())
    ailleurs = _en_meme_temps(_a_l_heure()).exclude(session=OuterRef("session"))
    premiers = {
        nom: Subquery(ailleurs.filter(**{nom: OuterRef(nom)}).values("pk")[:1])
        for nom in ("formateur", "fiche")
    }
    pris = Q(formateur__isnull=False, par_compte__isnull=False)
    pris |= Q(fiche__isnull=False, par_fiche__isnull=False)
    la = ailleurs.filter(SUR_PLACE, session__site=OuterRef("session__site"))
    pris_ailleurs = a_venir.alias(
        par_compte=premiers["formateur"],
        par_fiche=premiers["fiche"],
        par_salle=Subquery(la.filter(salle=OuterRef("salle")).values("pk")[:1]),
    ).filter(pris | _salle_prise(la, sessions))
    trouves = set(pris_ailleurs.order_by().values_list("session", "pk"))
    if partagees := _partagees(sessions):
        la = _en_meme_temps(_a_l_heure().filter(session__in=_toutes(partagees)))
        siens = _lus(a_venir.filter(Exists(la), session__in=partagees))
        trouves |= {(une.ici.session_id, une.ici.pk) for une in _des_personnes(siens, partagees)}
    return dict(Counter(session for session, _ in trouves))


def _salle_prise(la: QuerySet[Creneau], sessions: Iterable[Session]) -> Q:
    """Whose room is taken; asked only of the slots that share a room with another session."""
    sites = {une.site_id for une in sessions}
    lues = Creneau.objects.filter(session__site__in=sites, fin__gt=timezone.now()).exclude(salle="")
    dites = lues.order_by().values_list("session__site", "session", "salle").distinct()
    ecrites: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    tenues: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for site, session, salle in dites:
        ecrites[site, plier(salle)].add(salle)
        tenues[site, plier(salle)].add(session)
    partagees = [une for une, siennes in tenues.items() if len(siennes) > 1]
    prise = Q(par_salle__isnull=False)
    for une in partagees:
        if len(ecrites[une]) > 1:
            prise |= Q(salle__in=ecrites[une]) & Q(Exists(la.filter(salle__in=ecrites[une])))
    return prise & Q(
        SUR_PLACE,
        session__in={une for salle in partagees for une in tenues[salle]},
        salle__in={une for salle in partagees for une in ecrites[salle]},
    )


def en_phrases(trouves: Iterable[Conflit]) -> list[str]:
    """The conflicts as a page tells them: when, then why."""
    return [f"{dire_quand(un.creneau)} : {un.phrase}" for un in trouves]
