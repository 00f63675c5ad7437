"""The whole made-up world, written at once or not at all: its people, then the chapter of each room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from binome.exemples.acces import dresser
from binome.exemples.chapitre import Voulu
from binome.exemples.contrats_d_aide import CHAPITRE as CONTRATS_D_AIDE
from binome.exemples.dossiers.ecriture import CHAPITRE as DOSSIERS
from binome.exemples.epreuves import CHAPITRE as EPREUVES
from binome.exemples.factures import CHAPITRE as FACTURES
from binome.exemples.jurys import CHAPITRE as JURYS
from binome.exemples.lettres import CHAPITRE as LETTRES
from binome.exemples.livret import CHAPITRE as LIVRET
from binome.exemples.parcours import CHAPITRE as PARCOURS
from binome.exemples.passeport import CHAPITRE as PASSEPORT
from binome.exemples.pilotage import CHAPITRE as PILOTAGE
from binome.exemples.presences import CHAPITRE as PRESENCES
from binome.exemples.prises_en_charge import CHAPITRE as PRISES_EN_CHARGE
from binome.exemples.reseau import CHAPITRE as RESEAU
from binome.exemples.sessions import CHAPITRE as SESSIONS
from binome.exemples.titres import CHAPITRE as TITRES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Chapitre

CHAPITRES: Final = (
    DOSSIERS,
    LETTRES,
    PARCOURS,
    RESEAU,
    SESSIONS,
    PRESENCES,
    LIVRET,
    EPREUVES,
    JURYS,
    TITRES,
    PASSEPORT,
    PRISES_EN_CHARGE,
    FACTURES,
    CONTRATS_D_AIDE,
    PILOTAGE,
)
"""In the order in which one leans on the other."""


@transaction.atomic
def charger(
    taille: int,
    *,
    graine: int,
    jour: date,
    mot_de_passe: str,
    avance: Callable[[int], None] = lambda _: None,
    chapitres: Sequence[Chapitre] = CHAPITRES,
) -> Scene:
    """Writes a whole set, or nothing; `avance` is told how many dossiers are written.

    Raises DejaServie.
    """
    for chapitre in chapitres:
        chapitre.verifier()
    scene = dresser(mot_de_passe)
    voulu = Voulu(taille, graine, jour, avance)
    for chapitre in chapitres:
        chapitre.ecrire(scene, voulu)
    return scene
