"""What is better in a positioning: the route first, then the employer, then the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.jugement import Note
from binome.regles.manquants import inconnus
from binome.regles.metiers.a_confirmer import reserves
from binome.regles.metiers.heures import VOIE
from binome.regles.quantites import compteur_de
from binome.regles.regle import valeur_de
from binome.regles.reprise import Reprise, peut_dire_oui

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.certification import GenreDeVoie
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier
    from binome.regles.jugement import Mobiles

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
        self._compte = base.certification.compte
        self._compter = compteur_de(base, self._compte).compter
        self._rangs = {un.code: RANGS[un.genre] for un in base.certification.voies.values()}
        self._entieres = base.certification.du_genre("certification")
        table = base.tables.get(ENTREE)
        self._reserves = [] if table is None else [regle.id for regle in table.regles]
        self._reprise: Reprise | None = None

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and the minutes of the path."""
        return self._noter(dossier, self._decider(dossier))

    def _decider(self, dossier: Dossier) -> Etabli:
        if self._reprise is None:
            return self._base.moteur.resoudre(dossier)
        return self._reprise.resoudre(dossier)

    def _noter(self, dossier: Dossier, etabli: Etabli) -> tuple[Note, Etabli, int | None]:
        minutes = self._compter(etabli)[self._compte]
        voie = etabli.retenues[VOIE]
        # Only an established "no" is a condition left to meet: an unknown is a question to ask.
        reserves = sum(
            etabli.verites.get(regle) is False for regle in self._reserves if voie in self._entieres
        )
        note = Note(
            RANGS[None] if voie is None else self._rangs[voie],
            reserves,
            1_000_000 if minutes is None else minutes,
        )
        if voie is None and not inconnus(self._base).de(dossier, etabli):
            # An answer that waits for a fact may open; one that no fact settles opens nothing.
            note = Note(RANGS["fermee"], 0, 0)
        return note, etabli, minutes

    def depart(self, dossier: Dossier) -> Note:
        """The note to beat: hours that somebody may still take off are promised by nothing else."""
        self._reprise = Reprise(self._base.moteur, dossier)
        note, etabli, minutes = self._noter(dossier, self._reprise.etabli)
        if minutes is None:
            return note
        for reserve in reserves(self._base, dossier, etabli):
            if reserve.minutes is None:
                return note._replace(minutes=0)
            note = note._replace(minutes=note.minutes - reserve.minutes)
        return note

    def plancher(self, mobiles: Mobiles) -> Note:
        """The best route that a rule may still give, without condition nor hours."""
        if self._reprise is None:
            return Note(0, 0, 0)
        dossier = self._reprise.depart
        possibles = (
            self._rangs[valeur_de(regle)]
            for regle in self._base.tables[VOIE].regles
            if peut_dire_oui(self._base, regle, dossier, mobiles)
        )
        return Note(min(possibles, default=RANGS[None]), 0, 0)
