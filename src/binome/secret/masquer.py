"""Hides what must be, then as much more as it takes for none of it to be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.secret.audit import fuites
from binome.secret.tableau import Publication, dite

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from binome.secret.tableau import Cellule, SommeDeCellules


class SecretImpossible(ValueError):
    """Raised when a cell cannot be hidden: what was published before already gives it away."""


def petites(valeurs: Mapping[Cellule, int], seuil: int) -> frozenset[Cellule]:
    """The cells under a threshold."""
    return frozenset(une for une, valeur in valeurs.items() if valeur < seuil)


def masquer(
    nom: str,
    valeurs: Mapping[Cellule, int],
    sommes: tuple[SommeDeCellules, ...],
    cachees: Collection[Cellule],
    *,
    avant: Sequence[Publication] = (),
    marge: int = 1,
) -> Publication:
    """The publication of a table that hides the given cells, and others until the audit finds nothing.

    `avant` are the publications already out: what they hide stays hidden, what they show cannot be hidden any more.
    The smallest cell of a sum that leaks is hidden first. Raises SecretImpossible, PublicationsContraires.
    """
    deja_cachees = {
        une for autre in avant for une, valeur in autre.valeurs.items() if valeur is None
    }
    montrees = {
        une for autre in avant for une, valeur in autre.valeurs.items() if valeur is not None
    }
    masque = {*cachees, *(deja_cachees & valeurs.keys())}
    while True:
        montree = Publication(
            nom, {une: None if une in masque else valeur for une, valeur in valeurs.items()}, sommes
        )
        trouvees = fuites((*avant, montree), marge=marge)
        if not trouvees:
            return montree
        for fuite in trouvees:
            candidates = {
                une
                for somme in sommes
                for membres in ((somme.total, *somme.parts),)
                if fuite.cellule in membres
                for une in membres
                if une not in masque and une not in montrees and une in valeurs
            }
            if candidates:
                totaux = {somme.total for somme in sommes}
                masque.add(
                    min(
                        candidates,
                        key=lambda une: (une in totaux, valeurs[une] == 0, valeurs[une], une),
                    )
                )
                break
        else:
            reste = (valeurs.keys() - masque) - montrees
            if not reste:
                msg = f"« {dite(trouvees[0].cellule)} » ne peut plus être cachée : {trouvees[0].comment}"
                raise SecretImpossible(msg)
            masque.add(min(reste, key=lambda une: (valeurs[une], une)))
