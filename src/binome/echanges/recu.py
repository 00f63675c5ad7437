"""A table that comes in: refused whole in a sentence when it is unusable, else read row by row."""

from __future__ import annotations

from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from binome.echanges.entetes import lire_entetes
from binome.lots.avis import ne_rien_dire
from binome.lots.erreurs import TravailImpossible
from binome.lots.inoffensif import sans_garde
from binome.lots.tableaux import lettre_de, lire_rangs
from binome.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from binome.echanges.colonnes import C, Colonnes
    from binome.lots.avis import Dire

SORTES: Final = (".xlsx", ".ods", ".csv")
OCTETS: Final = 20_000_000
LIGNES: Final = 50_000
EXAMINEES: Final = 200
"""Rows that tell which columns hold something."""
NOM: Final = "Votre fichier"
"""What messages call the table: its own name may say who it speaks of."""


def _verifier(chemin: Path) -> None:
    if chemin.suffix.lower() not in SORTES:
        raise TravailImpossible(
            f"{NOM} : ce genre de fichier n’est pas lu. Attendu : {', '.join(SORTES)}."
        )
    if chemin.stat().st_size > OCTETS:
        raise TravailImpossible(f"{NOM} : il dépasse 20 Mo. Coupez-le en plusieurs.")


class Recu:
    """A table that is read: its rows, each with its number and its cells by column, and what was said of its headings.

    `dire` hears what the reader chose. Raises TravailImpossible when the table as a whole is unusable, and
    ColonnesInconnues while headings are to be asked about; `choix` is what was answered of some.
    """

    def __init__(
        self,
        chemin: Path,
        colonnes: Colonnes[C],
        dire: Dire = ne_rien_dire,
        choix: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        _verifier(chemin)
        self._dire = dire
        self._rangs = (
            (numero, ligne)
            for numero, ligne in lire_rangs(chemin, NOM, SORTES, dire)
            if any(cellule.strip() for cellule in ligne)
        )
        self._premiers = list(islice(self._rangs, EXAMINEES))
        if not self._premiers:
            raise TravailImpossible(f"{NOM} : le fichier est vide.")
        self.entetes = lire_entetes(self._premiers, colonnes, choix, NOM)
        numero = self._premiers[self.entetes.rang][0]
        if self.entetes.rang:
            dire(
                f"Les noms des colonnes sont lus à la ligne {int(numero)} de votre tableau. Ce qui est écrit "
                "au-dessus est passé."
            )

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows under the headings."""
        noms, titres = self.entetes.noms, self.entetes.titres
        perdues: set[int] = set()
        lignes = chain(self._premiers[self.entetes.rang + 1 :], self._rangs)
        for rang, (numero, ligne) in enumerate(lignes, start=1):
            if rang > LIGNES:
                raise TravailImpossible(f"{NOM} : plus de {LIGNES} lignes. Coupez-le en plusieurs.")
            perdues.update(
                place
                for place, cellule in enumerate(ligne)
                if (place >= len(titres) or not titres[place]) and cellule.strip()
            )
            cellules = {
                nom: texte
                for nom, cellule in zip(noms, ligne, strict=False)
                if nom is not None and (texte := sans_garde(visible(cellule)).strip())
            }
            yield numero, cellules
        if perdues:
            lettres = ", ".join(lettre_de(place) for place in sorted(perdues))
            self._dire(f"Ce qui est écrit sans titre au-dessus (colonne {lettres}) n’est pas lu.")
