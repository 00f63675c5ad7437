"""What cannot be at once: a trainer who teaches elsewhere, a room taken, a person expected in two slots."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from django.db.models import Q

from binome.pliage import plier
from binome.sessions.attendus import attendus_des
from binome.sessions.equipe import code_de
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    ModaliteDeCreneau,
)
from binome.sessions.models import Creneau, Inscription
from binome.sessions.quand import dire_quand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from binome.sessions.models import Session

Paire: TypeAlias = tuple[Creneau, Creneau]
"""A slot of the session, and one elsewhere at the same time."""
DITS: Final = 20
"""Conflicts that a page shows, the first ones."""


@dataclass(frozen=True, slots=True)
class Conflit:
    """A slot that cannot be as it is, and why, in a sentence."""

    creneau: Creneau
    phrase: str


def conflits(session: Session, seul: Creneau | None = None) -> list[Conflit]:
    """The conflicts of the slots of a session, of one of them when it is named, the first to come first.

    What has no timetable is in nobody's way. Few queries, whatever the number of slots and of people.
    """
    siens = _a_l_heure(Q(session=session) & (Q() if seul is None else Q(pk=seul.pk)))
    if not siens:
        return []
    debut, fin = min(un.debut for un in siens), max(un.fin for un in siens)
    pendant = Q(debut__lt=fin, fin__gt=debut)
    formateurs = {un.formateur_id for un in siens if un.formateur_id}
    fiches = {un.fiche_id for un in siens if un.fiche_id}
    salles = any(un.salle for un in siens)
    personnes = _leurs_sessions(session)
    ailleurs = Q(formateur__in=formateurs) | Q(fiche__in=fiches) | Q(session__in=personnes)
    if salles:
        ailleurs |= Q(session__site=session.site_id) & ~Q(salle="")
    autres = _a_l_heure(pendant & ailleurs & ~Q(session=session))
    tous = {un.pk: un for un in (*siens, *autres)}
    attendus = attendus_des(tous.values()) if personnes else {}
    paires = list(_paires(siens, autres))
    trouves = [
        *_du_formateur(paires),
        *_de_la_salle(paires),
        *_des_personnes(paires, {
            numero: {une.parcours_id: une.parcours.dossier.personne for une in inscrites}
            for numero, inscrites in attendus.items()
        }),
    ]  # fmt: skip
    return sorted(trouves, key=lambda un: (un.creneau.debut, un.creneau.pk))


def _a_l_heure(condition: Q) -> list[Creneau]:
    lus = (
        Creneau.objects.filter(condition)
        .exclude(etat=EtatDeCreneau.ANNULE)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .exclude(session__etat=EtatDeSession.ANNULEE)
        .select_related("session__site", "session__organisme", "formateur", "fiche")
    )
    return list(lus.order_by("debut", "pk"))


def _leurs_sessions(session: Session) -> set[int]:
    """The other sessions where the people enrolled in this one are enrolled too."""
    inscrits = Inscription.objects.filter(session=session, etat=EtatDInscription.INSCRITE)
    autres = Inscription.objects.filter(
        parcours__in=inscrits.values("parcours"), etat=EtatDInscription.INSCRITE
    ).exclude(session=session)
    return set(autres.order_by("pk").values_list("session", flat=True))


def _ensemble(un: Creneau, autre: Creneau) -> bool:
    return un.debut < autre.fin and autre.debut < un.fin


def _paires(siens: Sequence[Creneau], autres: Sequence[Creneau]) -> Iterator[Paire]:
    """The slots of the session that are at the same time as another one, elsewhere."""
    par_jour: defaultdict[object, list[Creneau]] = defaultdict(list)
    for autre in autres:
        # A slot lasts twelve hours at most: it touches two days, by whatever clock.
        for jour in {autre.debut.date(), autre.fin.date()}:
            par_jour[jour].append(autre)
    for un in siens:
        voisins = {
            autre.pk: autre for jour in {un.debut.date(), un.fin.date()} for autre in par_jour[jour]
        }
        for autre in voisins.values():
            if _ensemble(un, autre):
                yield un, autre


def _du_formateur(paires: Iterable[Paire]) -> Iterator[Conflit]:
    for un, autre in paires:
        if code_de(un) and code_de(un) == code_de(autre):
            # Where somebody teaches for another organisation is not told.
            ou = (
                f"dans la {autre.session.nom}"
                if autre.session.organisme_id == un.session.organisme_id
                else "pour un autre organisme"
            )
            yield Conflit(un, f"{un.enseigne} enseigne déjà {ou}, {dire_quand(autre)}.")


def _de_la_salle(paires: Iterable[Paire]) -> Iterator[Conflit]:
    for un, autre in paires:
        meme = un.session.site_id == autre.session.site_id and un.modalite == autre.modalite
        if (
            meme
            and un.modalite == ModaliteDeCreneau.SUR_PLACE
            and un.salle
            and plier(un.salle) == plier(autre.salle)
        ):
            yield Conflit(
                un,
                f"La salle {un.salle} est prise par la {autre.session.nom}, {dire_quand(autre)}.",
            )


def _des_personnes(
    paires: Iterable[Paire], attendus: dict[int, dict[int, str]]
) -> Iterator[Conflit]:
    for un, autre in paires:
        ici, la = attendus.get(un.pk, {}), attendus.get(autre.pk, {})
        for parcours in sorted(ici.keys() & la.keys()):
            yield Conflit(
                un,
                f"{ici[parcours]} a déjà un créneau à cette heure dans la {autre.session.nom}, {dire_quand(autre)}.",
            )


def en_phrases(trouves: Iterable[Conflit]) -> list[str]:
    """The conflicts as a page tells them: when, then why."""
    return [f"{dire_quand(un.creneau)} : {un.phrase}" for un in trouves]
