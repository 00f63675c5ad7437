"""What is better in a positioning: the route first, then the employer, then the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.jugement import Note
from binome.regles.metiers.heures import VOIE
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.certification import GenreDeVoie
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier

RANGS: Final[Mapping[GenreDeVoie | None, int]] = {
    "acquise": 0,
    "certification": 1,
    "adaptation": 1,
    None: 2,
    "fermee": 3,
}
ENTREE: Final = "entree"
"""The table of what the entry asks for besides: each "no" is a condition left to meet."""


class JugeDuPositionnement:
    """Grades a positioning: the route first, then the employer, then the hours."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._compter = compteur(base).compter
        self._compte = base.certification.compte
        self._rangs = {un.code: RANGS[un.genre] for un in base.certification.voies.values()}
        self._entieres = base.certification.du_genre("certification")
        table = base.tables.get(ENTREE)
        self._reserves = [] if table is None else [regle.id for regle in table.regles]

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and the minutes of the path."""
        etabli = self._base.moteur.resoudre(dossier)
        minutes = self._compter(etabli)[self._compte]
        voie = etabli.retenues[VOIE]
        # Only an established "no" is a condition left to meet: an unknown is a question to ask.
        reserves = sum(
            etabli.verites.get(regle) is False for regle in self._reserves if voie in self._entieres
        )
        rang = RANGS[None] if voie is None else self._rangs[voie]
        note = Note(rang, reserves, 1_000_000 if minutes is None else minutes)
        return note, etabli, minutes
