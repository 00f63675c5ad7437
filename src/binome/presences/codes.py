"""The code that a trainer shows, which turns, and the code of a session, which is one person's.

Both are drawn from the site's secret, and kept nowhere. The first opens one slot, for the turn that it is shown in and
the next: a photograph of it is worth nothing two minutes later. Only the server's clock counts.
"""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from binome.presences.indices import apres, avant, seuil
from binome.sessions.etats import ModaliteDeCreneau
from binome.socle.references import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from binome.sessions.models import Creneau, Inscription

TOUR: Final = 20
"""Seconds of a turn: under fifteen, telephones do not follow."""
CLE: Final = 16
"""Signs of the code in a picture: seventy-eight bits, that nobody tries."""
COURT: Final = 6
"""Signs of the code that one types: at the door that counts who is wrong."""
PERSONNEL: Final = 8
_ADRESSE: Final = re.compile(rf"([A-Za-z0-9_-]{{22}})([{ALPHABET}]{{{CLE}}})")


def ouverture(creneau: Creneau) -> datetime:
    """From when one may sign with the code."""
    return creneau.debut - avant()


def fermeture(creneau: Creneau) -> datetime:
    """Until when."""
    return creneau.fin + apres()


def contresignature(creneau: Creneau) -> datetime:
    """From when its trainer may counter-sign: when it ends, or little before. At a distance, when it begins: it has no hour."""
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        return creneau.debut
    jour = timezone.localdate(creneau.fin, creneau.session.site.fuseau)
    return creneau.fin - timedelta(minutes=seuil("contresignature", jour))


def _signes(sel: str, valeur: str, combien: int) -> str:
    """Signs that are read aloud without doubt, drawn from the site's secret."""
    nombre = int.from_bytes(
        salted_hmac(f"binome.presences.{sel}", valeur, algorithm="sha256").digest()
    )
    signes = []
    for _ in range(combien):
        nombre, rang = divmod(nombre, len(ALPHABET))
        signes.append(ALPHABET[rang])
    return "".join(signes)


def tour(instant: datetime) -> int:
    """The turn that an instant falls in."""
    return int(instant.timestamp()) // TOUR


def reste(instant: datetime) -> int:
    """Seconds until the next turn."""
    return TOUR - int(instant.timestamp()) % TOUR


def cle(creneau: Creneau, instant: datetime) -> str:
    """What stands in the address of the picture, at an instant."""
    return _cle(creneau.uid, tour(instant))


def court(creneau: Creneau, instant: datetime) -> str:
    """The code that one types, at an instant."""
    return _court(creneau.uid, tour(instant))


def _cle(uid: UUID, un_tour: int) -> str:
    return _signes("cle", f"{uid}:{un_tour}", CLE)


def _court(uid: UUID, un_tour: int) -> str:
    return _signes("court", f"{uid}:{un_tour}", COURT)


def fraiche(creneau: Creneau, donnee: str, instant: datetime) -> bool:
    """Whether what was scanned is shown now, or was a turn ago."""
    return any(constant_time_compare(donnee, _cle(creneau.uid, un)) for un in _tours(instant))


def reconnaitre(creneaux: Iterable[Creneau], donne: str, instant: datetime) -> Creneau | None:
    """Which of some slots shows a code that was typed, now or a turn ago."""
    return next(
        (
            creneau
            for creneau in creneaux
            for un in _tours(instant)
            if constant_time_compare(donne, _court(creneau.uid, un))
        ),
        None,
    )


def _tours(instant: datetime) -> tuple[int, int]:
    maintenant = tour(instant)
    return maintenant, maintenant - 1


def adresse(creneau: Creneau, instant: datetime) -> str:
    """The end of the address of the picture: which slot, then its code of the turn."""
    return nom_court(creneau.uid) + cle(creneau, instant)


def nom_court(uid: UUID) -> str:
    """An identifier in twenty-two signs."""
    return base64.urlsafe_b64encode(uid.bytes).decode().rstrip("=")


def lire_l_adresse(dite: str) -> tuple[UUID, str] | None:
    """The slot and the code that an address names; None when it is not one of ours."""
    lue = _ADRESSE.fullmatch(dite)
    return None if lue is None else (UUID(bytes=base64.urlsafe_b64decode(f"{lue[1]}==")), lue[2])


def personnel(inscription: Inscription) -> str:
    """The code of a session: one enrolment's, the same until it is taken off."""
    signes = _signes(
        "personnel",
        f"{inscription.pk}:{inscription.session_id}:{inscription.parcours_id}",
        PERSONNEL,
    )
    return f"{signes[:4]}-{signes[4:]}"


def de_qui(inscriptions: Iterable[Inscription], donne: str) -> Inscription | None:
    """Whose code of the session was typed, among those expected; None for nobody's."""
    dit = nettoyer(donne)
    return next(
        (un for un in inscriptions if constant_time_compare(dit, nettoyer(personnel(un)))), None
    )


def nettoyer(donne: str) -> str:
    """A code as it was typed, without what people put between its signs."""
    return "".join(signe for signe in donne.upper() if signe in ALPHABET)
