"""What becomes of épreuves planned when their slot moves or falls, when somebody leaves the session, or is granted more time: nothing is
lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils import timezone

from binome.epreuves.etats import EtatDePassation
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.programme import epreuve_du_parcours
from binome.epreuves.temps import TempsAccordes
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.gestes.auteur import Auteur
    from binome.parcours.models import Parcours
    from binome.sessions.models import Creneau, Inscription

SANS_CRENEAU: Final[dict[str, Any]] = {"creneau": None, "debut": None, "fin": None}


def suivre_le_creneau(passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    """Moves what was planned there by as much; who no longer fits waits for another slot."""
    deplaces = {un.objet.pk: un for un in passages}
    suivent = []
    for une in _prevues(Q(creneau__in=deplaces)):
        passage = deplaces[une.creneau_id or 0]
        creneau = passage.objet
        ecart = creneau.debut - datetime.fromisoformat(passage.avant["debut"])
        if une.debut is None or une.fin is None:
            continue
        voulu: dict[str, Any] = {"debut": une.debut + ecart, "fin": une.fin + ecart}
        if voulu["fin"] > creneau.fin:
            voulu = dict(SANS_CRENEAU)
        suivent.append(Passage(une, une.version, voulu))
    _faire(suivent)


def tomber_avec_le_creneau(passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    """Leaves without a slot those who were planned there."""
    _liberer(_prevues(Q(creneau__in=[un.objet.pk for un in passages])))


def quitter_la_session(passages: Sequence[Passage[Inscription]], _: Auteur) -> None:
    """The same for who leaves a session."""
    voulu = Q(pk__in=())
    for un in passages:
        voulu |= Q(creneau__session=un.objet.session_id, parcours=un.objet.parcours_id)
    _liberer(_prevues(voulu))


def suivre_le_temps(parcours: Parcours) -> None:
    """Gives what is planned for somebody the minutes that are granted now, from when it begins; what no longer fits waits for
    another slot. What has begun stays."""
    temps, maintenant = TempsAccordes([parcours.pk]), timezone.now()
    lues = Passation.objects.filter(parcours=parcours, etat=EtatDePassation.PREVUE)
    suivent = []
    for une in lues.select_related("creneau").order_by("pk"):
        epreuve = epreuve_du_parcours(parcours, une.epreuve)
        if epreuve is None or (une.debut is not None and une.debut <= maintenant):
            continue
        parties = list(temps.parties(parcours.pk, epreuve))
        if parties == une.parties:
            continue
        suivent.append(Passage(une, une.version, _selon_le_temps(une, parties, tour=epreuve.tour)))
    _faire(suivent)


def _selon_le_temps(une: Passation, parties: list[int], *, tour: bool) -> dict[str, Any]:
    """The hours of an attempt that lasts otherwise: nobody else's turn is moved for it."""
    if une.creneau is None or une.debut is None:
        return {"parties": parties}
    fin = une.debut + timedelta(minutes=sum(parties))
    apres = Passation.objects.filter(
        creneau=une.creneau, etat=EtatDePassation.PREVUE, debut__gte=une.debut, debut__lt=fin
    ).exclude(pk=une.pk)
    if fin > une.creneau.fin or (tour and apres.exists()):
        return {**SANS_CRENEAU, "parties": parties}
    return {"fin": fin, "parties": parties}


def _prevues(voulu: Q) -> list[Passation]:
    lues = Passation.objects.filter(voulu, etat=EtatDePassation.PREVUE)
    return list(lues.order_by("pk"))


def _liberer(prevues: Iterable[Passation]) -> None:
    _faire([Passage(une, une.version, dict(SANS_CRENEAU)) for une in prevues])


def _faire(passages: Sequence[Passage[Passation]]) -> None:
    if passages:
        faire_tous(PASSATIONS, "suivre", passages, Maison())
