"""What the gestures of a slot read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.sessions.models import Creneau


def geler(passage: Passage[Creneau], par: Auteur) -> None:
    """Writes when its trainer counter-signed: a room above refuses what may not be yet."""
    passage.change |= {
        "gele_le": timezone.now(),
        "gele_par": par.personne if isinstance(par, Acteur) else None,
    }
