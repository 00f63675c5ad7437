"""A table that comes in: refused whole in a sentence when it is unusable, else read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.lots.avis import ne_rien_dire
from binome.lots.erreurs import TravailImpossible
from binome.lots.inoffensif import sans_garde
from binome.lots.tableaux import lire_tableau
from binome.regles.faits import plus_proche
from binome.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from binome.echanges.colonnes import C, Colonnes
    from binome.lots.avis import Dire

SORTES: Final = (".xlsx", ".ods", ".csv")
OCTETS: Final = 20_000_000
LIGNES: Final = 50_000
NOM: Final = "Votre fichier"
"""What messages call the table: its own name may say who it speaks of."""


def _verifier(chemin: Path) -> None:
    if chemin.suffix.lower() not in SORTES:
        raise TravailImpossible(
            f"{NOM} : ce genre de fichier n’est pas lu. Attendu : {', '.join(SORTES)}."
        )
    if chemin.stat().st_size > OCTETS:
        raise TravailImpossible(f"{NOM} : il dépasse 20 Mo. Coupez-le en plusieurs.")


def lire_recu(
    chemin: Path, colonnes: Colonnes[C], dire: Dire = ne_rien_dire
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows, each with its number and its cells by column.

    `dire` hears, before the first, what the reader chose. Raises TravailImpossible when the table as a whole is unusable.
    """
    _verifier(chemin)
    titres, lignes = lire_tableau(chemin, NOM, SORTES, dire)
    noms = [colonnes.nom_de(titre) for titre in titres]
    inconnus = [
        titre
        for titre, nom in zip(titres, noms, strict=True)
        if nom is None and not colonnes.racontee(titre)
    ]
    if inconnus:
        raise TravailImpossible(
            f"{NOM} : la colonne « {titre[:40]} » n’existe pas{plus_proche(titre, colonnes.titres) or '.'}"
            for titre in inconnus[:10]
        )
    doubles = [
        titre for rang, titre in enumerate(titres) if noms[rang] and noms[rang] in noms[:rang]
    ]
    if doubles:
        raise TravailImpossible(f"{NOM} : la colonne « {doubles[0][:40]} » est donnée deux fois.")
    if colonnes.cle not in noms:
        titre = colonnes.par_nom[colonnes.cle].titre
        raise TravailImpossible(f"{NOM} : la colonne « {titre} » manque. Elle nomme chaque ligne.")
    for rang, (numero, ligne) in enumerate(lignes, start=1):
        if rang > LIGNES:
            raise TravailImpossible(f"{NOM} : plus de {LIGNES} lignes. Coupez-le en plusieurs.")
        cellules = {
            nom: texte
            for nom, cellule in zip(noms, ligne, strict=False)
            if nom is not None and (texte := sans_garde(visible(cellule)).strip())
        }
        yield numero, cellules
