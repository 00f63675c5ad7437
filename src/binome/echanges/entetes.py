"""The headings of a table that came in: where they stand, which column each names, and which are to be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from binome.echanges.colonnes import sans_casse
from binome.lots.bornes import verifier_entetes
from binome.lots.erreurs import TravailImpossible
from binome.lots.tableaux import lettre_de

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.echanges.colonnes import C, Colonnes
    from binome.lots.tableaux import Ligne

CHERCHEES: Final = 15
"""Rows among which the headings are looked for: a title may stand above them."""
EXEMPLES: Final = 3
"""Cells of a column that are shown to who says what it holds."""
NON_LUE: Final = ""
"""What somebody answers of a column that is not to be read."""


@dataclass(frozen=True, slots=True)
class AReconnaitre:
    """A column that its heading does not tell: some of its cells, and what is chosen or guessed, by its name."""

    titre: str
    exemples: tuple[str, ...]
    choisie: str


class ColonnesInconnues(TravailImpossible):
    """Some headings are not known, and nobody said what they hold."""

    def __init__(self, phrase: str, colonnes: Sequence[AReconnaitre]) -> None:
        super().__init__(phrase)
        self.colonnes = tuple(colonnes)


@dataclass(frozen=True, slots=True)
class Entetes:
    """The headings of a table: the place of their row among those read first, and the column that each names.

    None for one that is not read. `choisies` are those that somebody answered, by the heading folded.
    """

    rang: int
    noms: tuple[str | None, ...]
    titres: tuple[str, ...]
    choisies: Mapping[str, str] = field(default_factory=dict)


def rang_des_titres(lignes: Sequence[Ligne], colonnes: Colonnes[C]) -> int:
    """Which of the first rows names the columns: the one where most are known, or else the first of several cells."""
    connus = [
        sum(colonnes.nom_de(cellule) is not None or colonnes.racontee(cellule) for cellule in ligne)
        for _, ligne in lignes[:CHERCHEES]
    ]
    if any(connus):
        return connus.index(max(connus))
    plusieurs = (
        rang
        for rang, (_, ligne) in enumerate(lignes[:CHERCHEES])
        if sum(bool(cellule.strip()) for cellule in ligne) > 1
    )
    return next(plusieurs, 0)


def lire_entetes(
    lignes: Sequence[Ligne], colonnes: Colonnes[C], choix: Mapping[str, str], nom: str
) -> Entetes:
    """The headings of a table, out of its first rows; `choix` is what somebody said of some, each by its heading folded.

    Raises ColonnesInconnues when some are to be asked about, TravailImpossible when no column names the rows.
    """
    rang = rang_des_titres(lignes, colonnes)
    suivantes = [ligne for _, ligne in lignes[rang + 1 :]]
    titres = _nommees(lignes[rang][1], suivantes)
    verifier_entetes(titres, nom)
    noms = _reconnues(titres, colonnes)
    a_dire = [
        place
        for place, titre in enumerate(titres)
        if noms[place] is None and titre and not colonnes.racontee(titre)
    ]
    dits = {place: _dit(choix.get(sans_casse(titres[place])), colonnes) for place in a_dire}
    prises = {une for une in (*noms, *dits.values()) if une}
    phrase = ""
    if any(dit is None for dit in dits.values()):
        phrase = _a_demander(len(a_dire), nom)
    else:
        for place, dit in dits.items():
            noms[place] = dit or None
        phrase = _faute(titres, noms, colonnes, nom)
    if not phrase:
        choisies = {sans_casse(titres[place]): dit or NON_LUE for place, dit in dits.items()}
        return Entetes(rang, tuple(noms), tuple(titres), choisies)
    if not a_dire:
        raise TravailImpossible(phrase)
    demandees = []
    for place in a_dire:
        dit = dits[place]
        if dit is None:
            dit = colonnes.proche(titres[place], prises) or NON_LUE
            prises.add(dit)
        demandees.append(AReconnaitre(titres[place], _exemples(suivantes, place), dit))
    raise ColonnesInconnues(phrase, demandees)


def _dit(nom: str | None, colonnes: Colonnes[C]) -> str | None:
    """What was answered of a heading; None when nothing was, or of a column that is no more."""
    return nom if nom is None or nom == NON_LUE or nom in colonnes.par_nom else None


def _nommees(titres: Sequence[str], suivantes: Sequence[Sequence[str]]) -> list[str]:
    """The headings; a column without one, or with that of another, is called by its letter too.

    Empty for a column that has neither a heading nor a cell among the first rows.
    """
    largeur = max(map(len, (titres, *suivantes)))
    dits = [titre.strip() for titre in titres] + [""] * (largeur - len(titres))
    vus: set[str] = set()
    nommes = []
    for place, titre in enumerate(dits):
        if not titre:
            remplie = any(ligne[place].strip() for ligne in suivantes if place < len(ligne))
            nommes.append(f"Colonne {lettre_de(place)}, sans titre" if remplie else "")
        elif sans_casse(titre) in vus:
            nommes.append(f"{titre} (colonne {lettre_de(place)})")
        else:
            nommes.append(titre)
        vus.add(sans_casse(titre))
    return nommes


def _reconnues(titres: Sequence[str], colonnes: Colonnes[C]) -> list[str | None]:
    """The column that each heading tells by itself; of two for one column, the one that bears its own heading."""
    noms = [colonnes.nom_exact(titre) for titre in titres]
    for place, titre in enumerate(titres):
        if noms[place] is None and not colonnes.racontee(titre):
            nom = colonnes.nom_de(titre)
            noms[place] = nom if nom not in noms else None
    return noms


def _exemples(lignes: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    cellules = (ligne[place].strip()[:40] for ligne in lignes if place < len(ligne))
    return tuple(dict.fromkeys(un for un in cellules if un))[:EXEMPLES]


def _a_demander(combien: int, nom: str) -> str:
    quoi = (
        "une colonne n’est pas reconnue"
        if combien == 1
        else f"{combien} colonnes ne sont pas reconnues"
    )
    return f"{nom} : {quoi}. Dites ce qu’il faut y lire."


def _faute(
    titres: Sequence[str], noms: Sequence[str | None], colonnes: Colonnes[C], nom: str
) -> str:
    """What stands in the way of reading these columns; empty when nothing does."""
    for place, une in enumerate(noms):
        if une is not None and une in noms[:place]:
            deja, titre = titres[noms.index(une)], colonnes.par_nom[une].titre
            return f"{nom} : « {deja[:40]} » et « {titres[place][:40]} » disent « {titre} ». Gardez l’une des deux."
    if not any(cle in noms for cle in colonnes.cles):
        titre = colonnes.par_nom[colonnes.cles[0]].titre
        return (
            f"{nom} : la colonne « {titre} » manque. Elle nomme chaque ligne : ajoutez-la, par exemple avec "
            "1, 2, 3, et gardez-la d’une fois à l’autre."
        )
    return ""
