"""What a reader can work out of what is hidden, from one publication or from all of them together.

First by following sums one at a time, which also says how; then by linear programming on what is left, for what only
several sums together give away. A hidden cell whose bounds are closer than the margin is a leak.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from binome.secret.programme_lineaire import SystemeImpossible, encadrer
from binome.secret.tableau import dite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.secret.programme_lineaire import Matrice
    from binome.secret.tableau import Cellule, Publication, SommeDeCellules


class PublicationRefusee(Exception):
    """Raised with every leak of a publication: which cell, and how it is worked out."""

    def __init__(self, fuites: Sequence[Fuite]) -> None:
        self.fuites = tuple(fuites)
        super().__init__("\n".join(fuite.en_clair for fuite in fuites))


class PublicationsContraires(ValueError):
    """Raised when publications cannot be true together: the same cell with two values, or a sum that fails."""


@dataclass(frozen=True, slots=True)
class Fuite:
    """A hidden cell that is worked out, between `bas` and `haut`, both included; `comment` says from what."""

    publication: str
    cellule: Cellule
    bas: int
    haut: int
    comment: str

    @property
    def en_clair(self) -> str:
        """The leak in a sentence."""
        entre = (
            f"vaut {self.bas}" if self.bas == self.haut else f"vaut entre {self.bas} et {self.haut}"
        )
        return f"« {dite(self.cellule)} », cachée dans « {self.publication} », {entre} : {self.comment}."


def verifier(publiees: Sequence[Publication], *, marge: int = 1) -> None:
    """Lets publications pass together. Raises PublicationRefusee with each leak, PublicationsContraires."""
    if trouvees := fuites(publiees, marge=marge):
        raise PublicationRefusee(trouvees)


def fuites(publiees: Sequence[Publication], *, marge: int = 1) -> list[Fuite]:
    """Each hidden cell known to within less than `marge`, in the order of publication.

    With a margin of one, those whose very value is known. Raises PublicationsContraires.
    """
    connues, d_ou = _montrees(publiees)
    cachees = {
        cellule: une.nom
        for une in reversed(publiees)
        for cellule, valeur in une.valeurs.items()
        if valeur is None
    }
    bornes = _Bornes(connues, d_ou, publiees)
    trouvees = []
    for cellule, nom in cachees.items():
        bas, haut, comment = bornes.de(cellule)
        if haut - bas < marge:
            trouvees.append(Fuite(nom, cellule, int(bas), int(haut), comment))
    ordre = {une.nom: rang for rang, une in enumerate(publiees)}
    return sorted(trouvees, key=lambda fuite: (ordre[fuite.publication], fuite.cellule))


def _montrees(publiees: Iterable[Publication]) -> tuple[dict[Cellule, int], dict[Cellule, str]]:
    connues: dict[Cellule, int] = {}
    d_ou: dict[Cellule, str] = {}
    for une in publiees:
        for cellule, valeur in une.valeurs.items():
            if valeur is None:
                continue
            if connues.setdefault(cellule, valeur) != valeur:
                msg = (
                    f"« {dite(cellule)} » vaut {connues[cellule]} dans « {d_ou[cellule]} » "
                    f"et {valeur} dans « {une.nom} »"
                )
                raise PublicationsContraires(msg)
            d_ou.setdefault(cellule, une.nom)
    return connues, d_ou


class _Bornes:
    """What is known of every cell that is not shown: by one sum after another, then by all at once."""

    def __init__(
        self,
        montrees: Mapping[Cellule, int],
        d_ou: Mapping[Cellule, str],
        publiees: Sequence[Publication],
    ) -> None:
        self._montrees = montrees
        self._d_ou = d_ou
        self._sommes = tuple(dict.fromkeys(somme for une in publiees for somme in une.sommes))
        self._signees = frozenset().union(*(une.signees for une in publiees))
        self._deduites: dict[Cellule, tuple[int, str]] = {}
        self._deduire()
        self._encadrees = self._programmes()

    def de(self, cellule: Cellule) -> tuple[float, float, str]:
        """The bounds of a hidden cell, and how they are known."""
        if cellule in self._montrees:
            valeur = self._montrees[cellule]
            return valeur, valeur, f"« {self._d_ou[cellule]} » la montre"
        if cellule in self._deduites:
            valeur, comment = self._deduites[cellule]
            return valeur, valeur, comment
        return self._encadrees.get(
            cellule, (-math.inf if cellule in self._signees else 0, math.inf, "")
        )

    def _connue(self, cellule: Cellule) -> int | None:
        if cellule in self._montrees:
            return self._montrees[cellule]
        return self._deduites[cellule][0] if cellule in self._deduites else None

    def _deduire(self) -> None:
        """Every cell that is alone unknown in a sum, or zero under a total of zero, until there is no more."""
        avance = True
        while avance:
            avance = False
            for somme in self._sommes:
                membres = (somme.total, *somme.parts)
                inconnues = [une for une in membres if self._connue(une) is None]
                if not inconnues:
                    self._tenir(somme)
                elif len(inconnues) == 1:
                    self._deduites[inconnues[0]] = self._soustraire(somme, inconnues[0])
                    avance = True
                elif zeros := self._zeros(somme, inconnues):
                    for une in zeros:
                        comment = f"ce qui reste de « {dite(somme.total)} » est zéro"
                        self._deduites[une] = 0, comment
                    avance = True

    def _tenir(self, somme: SommeDeCellules) -> None:
        if self._connue(somme.total) != sum(self._connue(une) or 0 for une in somme.parts):
            msg = f"« {dite(somme.total)} » n’est pas la somme de ses parts"
            raise PublicationsContraires(msg)

    def _zeros(self, somme: SommeDeCellules, inconnues: list[Cellule]) -> list[Cellule]:
        if somme.total in inconnues or any(une in self._signees for une in inconnues):
            return []
        reste = (self._connue(somme.total) or 0) - sum(
            self._connue(une) or 0 for une in somme.parts
        )
        return inconnues if reste == 0 else []

    def _soustraire(self, somme: SommeDeCellules, cherchee: Cellule) -> tuple[int, str]:
        autres = [une for une in somme.parts if une != cherchee]
        connus = sum(self._connue(une) or 0 for une in autres)
        venues = self._venues((somme.total, *autres), cherchee)
        if cherchee == somme.total:
            return connus, f"c’est la somme de {_noms(autres)}{venues}"
        total = self._connue(somme.total) or 0
        valeur = total - connus
        if valeur < 0 and cherchee not in self._signees:
            msg = f"« {dite(cherchee)} » serait de {valeur}"
            raise PublicationsContraires(msg)
        moins = f", moins {_noms(autres)}" if autres else ""
        return valeur, f"c’est « {dite(somme.total)} » ({total}){moins} ({connus}){venues}"

    def _venues(self, cellules: Iterable[Cellule], cherchee: Cellule) -> str:
        """Which publications were put together, where they are several."""
        noms = {self._d_ou[une]: None for une in cellules if une in self._d_ou and une != cherchee}
        return (
            f", en réunissant {' et '.join(f'« {nom} »' for nom in noms)}" if len(noms) > 1 else ""
        )

    def _programmes(self) -> dict[Cellule, tuple[float, float, str]]:
        """The bounds of what the sums one by one leave unknown, one group of linked cells after another."""
        encadrees: dict[Cellule, tuple[float, float, str]] = {}
        for cellules, sommes in self._groupes():
            noms = _noms([une.total for une in sommes])
            try:
                bornes = encadrer(
                    *self._systeme(cellules, sommes),
                    [rang for rang, une in enumerate(cellules) if une in self._signees],
                )
            except SystemeImpossible as impossible:
                msg = f"aucune valeur ne répond aux sommes de {noms}"
                raise PublicationsContraires(msg) from impossible
            comment = f"les sommes de {noms}, prises ensemble, ne laissent pas d’autre choix"
            encadrees |= {
                une: (
                    bas if math.isinf(bas) else math.ceil(bas - 1e-6),
                    haut if math.isinf(haut) else math.floor(haut + 1e-6),
                    comment,
                )
                for une, (bas, haut) in zip(cellules, bornes, strict=True)
            }
        return encadrees

    def _systeme(
        self, cellules: Sequence[Cellule], sommes: Sequence[SommeDeCellules]
    ) -> tuple[Matrice, Matrice]:
        colonnes = {une: rang for rang, une in enumerate(cellules)}
        matrice, droite = np.zeros((len(sommes), len(cellules))), np.zeros(len(sommes))
        for ligne, somme in enumerate(sommes):
            for signe, une in ((-1, somme.total), *((1, part) for part in somme.parts)):
                if une in colonnes:
                    matrice[ligne, colonnes[une]] += signe
                else:
                    droite[ligne] -= signe * (self._connue(une) or 0)
        return matrice, droite

    def _groupes(self) -> list[tuple[list[Cellule], list[SommeDeCellules]]]:
        """The unknown cells that sums link, apart from those that nothing links to them."""
        chef: dict[Cellule, Cellule] = {}

        def racine(une: Cellule) -> Cellule:
            while chef.setdefault(une, une) != une:
                une = chef[une]
            return une

        ouvertes = []
        for somme in self._sommes:
            inconnues = [une for une in (somme.total, *somme.parts) if self._connue(une) is None]
            if inconnues:
                ouvertes.append((inconnues[0], somme))
            for une in inconnues[1:]:
                chef[racine(une)] = racine(inconnues[0])
        cellules: dict[Cellule, list[Cellule]] = {}
        for une in list(chef):
            cellules.setdefault(racine(une), []).append(une)
        sommes: dict[Cellule, list[SommeDeCellules]] = {}
        for premiere, somme in ouvertes:
            sommes.setdefault(racine(premiere), []).append(somme)
        return [(cellules.get(une, [une]), liste) for une, liste in sommes.items()]


def _noms(cellules: Sequence[Cellule]) -> str:
    """The first cells of a list, and how many more."""
    premieres = ", ".join(f"« {dite(une)} »" for une in cellules[:4])
    return premieres if len(cellules) <= 4 else f"{premieres} et {len(cellules) - 4} autres"
