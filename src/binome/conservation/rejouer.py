"""Erasing again, in a database brought back to an earlier day, what was erased since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.conservation.cloture import refaire_la_cloture
from binome.conservation.detenteurs import DETENTEURS
from binome.conservation.travail import purger_apres_un_effacement
from binome.journal import trousseau
from binome.journal.effacements import Effacement, lire
from binome.journal.services import SYSTEME, parfaire
from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from binome.conservation.detenteurs import Refaire

MOTIF: Final = "Effacement refait après une restauration"


class EffacementsRefaits(NamedTuple):
    """How many erasures were done again, were there already, and concern nobody here."""

    refaits: int
    deja: int
    absents: int


def rejouer_les_effacements(registre: Path | None = None) -> EffacementsRefaits:
    """Erases again everyone that a register names, this machine's unless another is given.

    Run twice, it does nothing twice. Whoever does not exist in this database is skipped, and so is
    whoever was given the same number since. Raises RegistreAbime before anything is erased, OSError.
    """
    faits = [_refaire(effacement) for effacement in lire(registre)]
    # What the database already knew as forgotten may still have its key: an older key store came back.
    while parfaire():
        pass
    vider_le_journal_de_sqlite()
    # The site is not open yet: what the night would do is done at once.
    purger_apres_un_effacement()
    return EffacementsRefaits(faits.count(True), faits.count(False), faits.count(None))


def _refaire(effacement: Effacement) -> bool | None:
    """True once erased, False when it was already, None for who is not here."""
    refaire = refaire_par_genre().get(effacement.genre)
    numero = effacement.sujet.partition(":")[2]
    if not numero.isdecimal():
        # A key whose name was drawn by chance is nobody else's: an older key store brought it back.
        trousseau.detruire([effacement.sujet])
        return None
    if refaire is None:
        return None
    fait = refaire(int(numero), effacement.repere, auteur=SYSTEME, motif=MOTIF)
    if fait is False:
        trousseau.detruire([effacement.sujet])
    return fait


def refaire_par_genre() -> dict[str, Refaire]:
    """What erases again each kind of subject: accounts here, the rest in its room."""
    trouves: dict[str, Refaire] = {"personne": refaire_la_cloture}
    for un in DETENTEURS:
        trouves.update(un.refaire)
    return trouves
