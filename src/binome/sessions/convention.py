"""Whether the branch agreed with an organisation for the days and the place of a session: told by its day, never a refusal.

No text that we read makes a convention a condition of a session: the organisation is told, and says that it goes on.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import date_en_clair
from binome.reseau.etats import EtatDeConvention
from binome.reseau.models import Convention
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.horloge import a_l_horloge
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from binome.sessions.models import Session

ONT_COURU: Final = (EtatDeConvention.EN_COURS, EtatDeConvention.ECHUE)
"""The states of a convention that holds, or held, between its two days."""


def jours_de(session: Session, creneaux: Iterable[Creneau] | None = None) -> list[date]:
    """The days when a session is taught, by the clock of its site; its first day while no slot is laid."""
    tous = Creneau.objects.filter(session=session) if creneaux is None else creneaux
    lus = []
    for un in tous:
        un.session = session
        if un.etat != EtatDeCreneau.ANNULE:
            lus.append(a_l_horloge(un).jour)
    return sorted(set(lus)) or [session.debut]


def hors_convention(session: Session, creneaux: Iterable[Creneau] | None = None) -> list[str]:
    """What of a session no convention covers, a sentence each; one query beside its slots."""
    siennes = Convention.objects.filter(organisme=session.organisme_id)
    return _hors(session, jours_de(session, creneaux), siennes.order_by("du", "pk"))


def hors_convention_des(sessions: Sequence[Session]) -> dict[int, list[str]]:
    """The same of many sessions, by the number of each; two queries, whatever their number."""
    if not sessions:
        return {}
    instants: defaultdict[int, list[datetime]] = defaultdict(list)
    lus = Creneau.objects.filter(session__in=sessions).exclude(etat=EtatDeCreneau.ANNULE)
    for numero, debut in lus.order_by().values_list("session", "debut"):
        instants[numero].append(debut)
    organismes = {une.organisme_id for une in sessions}
    toutes = list(Convention.objects.filter(organisme__in=organismes).order_by("du", "pk"))
    return {
        une.pk: _hors(
            une,
            sorted({un.astimezone(une.site.fuseau).date() for un in instants[une.pk]})
            or [une.debut],
            toutes,
        )
        for une in sessions
    }


def _hors(session: Session, jours: Sequence[date], conventions: Iterable[Convention]) -> list[str]:
    siennes = [
        une
        for une in conventions
        if (une.organisme_id, une.certification, une.referentiel)
        == (session.organisme_id, session.certification, session.referentiel)
    ]
    tenues = [
        une
        for une in siennes
        if une.etat in ONT_COURU and une.du <= jours[-1] and une.au >= jours[0]
    ]
    nus = [jour for jour in jours if not any(une.du <= jour <= une.au for une in tenues)]
    if nus == jours:
        return [_aucune(siennes, jours[0])]
    debut, fin = min(une.du for une in tenues), max(une.au for une in tenues)
    avant, apres = [un for un in nus if un < debut], [un for un in nus if un > fin]
    entre = [un for un in nus if debut <= un <= fin]
    dites = []
    if avant:
        dites.append(
            f"La convention ne commence que le {date_en_clair(debut)} : {_combien(avant)} avant, dès le "
            f"{date_en_clair(avant[0])}."
        )
    if entre:
        dites.append(
            f"Entre deux conventions, {_combien(entre)} sans, dès le {date_en_clair(entre[0])}."
        )
    if apres:
        dites.append(
            f"La convention finit le {date_en_clair(fin)} : {_combien(apres)} après, dès le "
            f"{date_en_clair(apres[0])}."
        )
    if not any(session.site_id in une.sites for une in tenues):
        dites.append(
            f"Le site {session.site.nom} n’est pas dans la convention en vigueur le {date_en_clair(jours[0])}."
        )
    return dites


def _aucune(siennes: Iterable[Convention], jour: date) -> str:
    suspendue = any(une.etat == EtatDeConvention.SUSPENDUE for une in siennes)
    commence = f"la session commence le {date_en_clair(jour)}"
    return (
        f"Votre convention avec la branche est suspendue, et {commence}."
        if suspendue
        else f"Aucune convention avec la branche n’est en vigueur pour ce référentiel, et {commence}."
    )


def _combien(jours: list[date]) -> str:
    return "un jour est" if len(jours) == 1 else f"{len(jours)} jours de la session sont"
