"""A signed sheet that was scanned: what other tests stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.depot.controle import Document
from binome.presences.etats import LectureDeFeuille
from binome.presences.papier import CodeLu, numeriser

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.presences.models import FeuilleScannee
    from binome.sessions.models import Creneau

SCAN = b"\x89PNG\r\n\x1a\n une feuille"


def une_feuille(creneau: Creneau, par: Acteur) -> FeuilleScannee:
    """A scan that waits to be confirmed."""
    code = CodeLu(str(creneau.uid), "0a1b2c", LectureDeFeuille.CARRE)
    document = Document(SCAN, "png", "image/png", 1)
    return numeriser(creneau, document, code, par, maintenant=timezone.now())
