"""The clock of a site: what its walls show, and the instants that it stands for.

A session is planned by the clock of its site: when the hour changes, nothing moves on it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils import timezone

from binome.regles.calendrier import heure_du_jour

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from binome.sessions.models import Creneau

UNE_HEURE: Final = 60
_HEURE: Final = re.compile(
    r"(?P<h>\d{1,2})\s*(?:[:hH.]\s*(?P<m>\d{2})?)?(?:\s*(?:min|mn))?(?::00)?"
)


class ALHorloge(NamedTuple):
    """When a slot is, by the clock of its site: its first day and hour, its last ones."""

    jour: date
    de: time
    jour_de_fin: date
    a: time


def instant(fuseau: ZoneInfo, jour: date, minute: int) -> datetime:
    """The instant, in UTC, at which a clock shows so many minutes after midnight of a day."""
    jours, reste = divmod(minute, 24 * UNE_HEURE)
    heure = time(reste // UNE_HEURE, reste % UNE_HEURE)
    ici = datetime.combine(jour + timedelta(days=jours), heure, tzinfo=fuseau)
    return ici.astimezone(UTC)


def a_l_horloge(creneau: Creneau) -> ALHorloge:
    """When a slot is, by the clock of its site."""
    fuseau = creneau.session.site.fuseau
    debut, fin = creneau.debut.astimezone(fuseau), creneau.fin.astimezone(fuseau)
    return ALHorloge(debut.date(), debut.time(), fin.date(), fin.time())


def aujourd_hui(fuseau: ZoneInfo) -> date:
    """Today, where that clock is."""
    return timezone.now().astimezone(fuseau).date()


def lire_heure(texte: str) -> int:
    """Minutes after midnight of an hour as people write it (`9 h 30`, `9:30`, `13h`). Raises ValueError."""
    dite = _HEURE.fullmatch(" ".join(texte.split()))
    heures, minutes = (int(dite["h"]), int(dite["m"] or 0)) if dite else (-1, 0)
    if not 0 <= heures < 24 or minutes >= UNE_HEURE:
        raise ValueError(f"« {texte[:20]} » n’est pas une heure ; écrivez par exemple 9 h 30.")
    return heures * UNE_HEURE + minutes


def heure_en_clair(minute: int) -> str:
    """Minutes after midnight as an hour: `9 h 30`."""
    return heure_du_jour(*divmod(minute, UNE_HEURE))


def dire_l_heure(instant: datetime, fuseau: ZoneInfo) -> str:
    """The hour that a clock shows at an instant: `9 h 30`."""
    ici = instant.astimezone(fuseau)
    return heure_du_jour(ici.hour, ici.minute)
