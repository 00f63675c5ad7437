"""What the room does after gestures of rooms below, and its own: months that are said again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from binome.presences.models import Presence
from binome.prises_en_charge.etablir import a_redire, etablir, mois_finis
from binome.prises_en_charge.etats import TENUES
from binome.prises_en_charge.models import PriseEnCharge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.sessions.models import Creneau


def apres_une_correction(passages: Sequence[Passage[Presence]], _: Auteur) -> None:
    """A presence of a month that is over was said again: so is the month."""
    a_redire(
        {un.objet.parcours_id for un in passages},
        [_jour(un.objet.creneau) for un in passages],
    )


def apres_un_gel(passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    """A slot of a month that is over was counter-signed late."""
    ce_mois = timezone.localdate().replace(day=1)
    tardifs = [un.objet for un in passages if _jour(un.objet) < ce_mois]
    if not tardifs:
        return
    presents = Presence.objects.filter(creneau__in=[un.pk for un in tardifs]).order_by()
    a_redire(set(presents.values_list("parcours", flat=True)), [_jour(un) for un in tardifs])


def apres_un_accord(passages: Sequence[Passage[PriseEnCharge]], _: Auteur) -> None:
    """What was followed before the agreement, or the amendment, was answered: its months are said at once.

    Those after the last day of a shorter amendment too, as far as the versions before it went: nothing pays them any more.
    """
    prises = [un.objet for un in passages]
    chaines = {une.chaine for une in prises}
    versions = PriseEnCharge.objects.filter(
        Q(pk__in=chaines) | Q(premiere__in=chaines), etat__in=TENUES
    )
    fins: defaultdict[int, date] = defaultdict(lambda: date.min)
    for une in versions.order_by("pk"):
        fins[une.chaine] = max(fins[une.chaine], une.fin)
    mois = {
        mois for une in prises for mois in mois_finis(une.depuis, max(une.fin, fins[une.chaine]))
    }
    etablir(mois, {une.parcours_id for une in prises})


def _jour(creneau: Creneau) -> date:
    return timezone.localdate(creneau.debut, creneau.session.site.fuseau)
