"""The journal held against what was kept outside the database."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from binome.journal import ancres, annonces, chaine, effacements
from binome.journal.fichier_chaine import ORIGINE
from binome.journal.models import Entree
from binome.socle.suite import FauteSuivie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from binome.journal.ancres import Ancre

_NOTE = logging.getLogger(__name__)


class JournalRompu(FauteSuivie):
    """The chain breaks, or is not that of an anchor; its message says where, for the operator."""

    suite = (
        "Gardez cette base telle quelle, et relisez avec binome journal verifier. "
        "Si vous venez de restaurer une sauvegarde plus ancienne que l’ancre, mettez ancres.jsonl à part."
    )


class Confrontation(NamedTuple):
    """What holds: the head, the anchors it was held against, and the days without one."""

    tete: tuple[int, str]
    gardees: list[Ancre]
    jours_sans: list[date]


def confronter(autres: Iterable[tuple[int, str]] = ()) -> Confrontation:
    """Reads the chain and the register of erasures against every anchor kept, and `autres`.

    Raises JournalRompu, AncresAbimees, OSError, DatabaseError.
    """
    # Read first: an anchor laid meanwhile would count entries that we do not read.
    gardees = ancres.lire()
    tete = chaine.tete()
    rupture = chaine.verifier(ancres=[*(une.tete for une in gardees), *autres])
    if rupture is not None:
        raise JournalRompu(f"La chaîne se rompt au rang {rupture.rang} : {rupture.raison}.")
    _confronter_le_registre(gardees)
    try:
        annonces.verifier(
            {une.racine.numero: une.annonce for une in gardees if une.racine is not None}
        )
    except annonces.RacinesRompues as faute:
        raise JournalRompu(str(faute)) from faute
    return Confrontation(tete, gardees, _jours_sans(gardees))


def _confronter_le_registre(gardees: Sequence[Ancre]) -> None:
    """Raises JournalRompu where the register of erasures is not what an anchor says."""
    tetes = [ORIGINE, *effacements.tetes()]
    for ancre in gardees:
        compte, attendue = ancre.effacements
        if compte >= len(tetes) or tetes[compte] != attendue:
            raise JournalRompu(
                f"Le registre des effacements n’est pas celui de l’ancre du {ancre.jour.isoformat()} "
                f"({compte} lignes) : reprenez sa copie gardée ailleurs."
            )


def _jours_sans(gardees: Sequence[Ancre]) -> list[date]:
    """The days before today, from the first entry on, that no anchor tells of."""
    premiere = Entree.objects.order_by("rang").first()
    if premiere is None:
        return []
    jours, fin = {une.jour for une in gardees}, timezone.localdate()
    debut = timezone.localdate(premiere.instant)
    return [
        jour
        for ecart in range((fin - debut).days)
        if (jour := debut + timedelta(days=ecart)) not in jours
    ]


def veiller() -> int:
    """The same for the jobs: says in the log what is wrong, and raises it. Nothing is left to do after."""
    try:
        confronter()
    except (JournalRompu, ancres.AncresAbimees) as faute:
        _NOTE.error("journal : %s", faute)
        raise
    return 0
