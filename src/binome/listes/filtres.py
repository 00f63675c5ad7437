"""Filters that the address holds: a room declares each with how it is read, and gets the address back."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from binome.listes.pages import Cle, lire_cle
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from django.http import QueryDict

    from binome.listes.pages import Page

LIRE: Final = "lire"
ORDRE: Final = "tri"
"""The field that says in which order: it leaves nothing out of the list."""


def lu(lire: Callable[[str], Any], defaut: Any = "") -> Any:
    """A filter as a field of a `Filtre`: `lire` makes its value of a text, None when it means nothing."""
    return field(default=defaut, metadata={LIRE: lire})


def parmi(*choix: Container[str]) -> Callable[[str], str | None]:
    """One of some codes."""
    return lambda texte: texte if any(texte in codes for codes in choix) else None


def texte(au_plus: int) -> Callable[[str], str]:
    """What somebody searches: its blanks made one, so many characters at most."""
    return lambda dit: " ".join(dit.split())[:au_plus]


def entier(chiffres: int) -> Callable[[str], int | None]:
    """A whole number of so many figures at most."""
    return lambda dit: lire_entier(dit, chiffres)


@dataclass(frozen=True)
class Filtre:
    """What an address asks for; what it cannot mean is left out. Each room's own adds its fields, by `lu`."""

    @classmethod
    def lire(cls, requete: QueryDict) -> Self:
        """The filters of an address."""
        valeurs: dict[str, Any] = {}
        for un in fields(cls):
            valeur = un.metadata[LIRE](requete.get(un.name, ""))
            if valeur is not None and valeur != "":
                valeurs[un.name] = valeur
        return cls(**valeurs)

    def dites(self) -> dict[str, Any]:
        """What differs from the whole list in its own order."""
        valeurs = {un.name: (getattr(self, un.name), un.default) for un in fields(self)}
        return {nom: valeur for nom, (valeur, defaut) in valeurs.items() if valeur != defaut}

    def requete(self, **autres: object) -> str:
        """The filters as the address keeps them, others changed or added."""
        valeurs = {**self.dites(), **autres}
        return urlencode({nom: valeur for nom, valeur in valeurs.items() if valeur})

    @property
    def filtre(self) -> bool:
        """Whether anything is left out of the list."""
        return any(nom != ORDRE for nom in self.dites())

    def adresses(self, page: Page[Any]) -> dict[str, str]:
        """What leads to the first page, and to those before and after: what `listes/pages.html` shows."""
        return {
            "debut": self.requete(),
            "avant": self.requete(avant=page.avant) if page.avant else "",
            "apres": self.requete(apres=page.apres) if page.apres else "",
        }


def ici(requete: Mapping[str, str]) -> dict[str, Cle]:
    """Where an address cuts its page: the keys that `pages.couper` takes; none that cannot be read."""
    return {nom: cle for nom in ("apres", "avant") if (cle := lire_cle(requete.get(nom, "")))}
