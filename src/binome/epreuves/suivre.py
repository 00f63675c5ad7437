"""What becomes of épreuves planned when their slot moves or falls, or when somebody leaves the session: nothing is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from binome.epreuves.etats import EtatDePassation
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.gestes.auteur import Auteur
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


def _prevues(voulu: Q) -> list[Passation]:
    lues = Passation.objects.filter(voulu, etat=EtatDePassation.PREVUE)
    return list(lues.order_by("pk"))


def _liberer(prevues: Iterable[Passation]) -> None:
    _faire([Passage(une, une.version, dict(SANS_CRENEAU)) for une in prevues])


def _faire(passages: Sequence[Passage[Passation]]) -> None:
    if passages:
        faire_tous(PASSATIONS, "suivre", passages, Maison())
