"""The values of an object that JSON gives, each checked against what the schema can carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.accrochage.schema import INTERDIT
from binome.objets import ObjetInvalide

if TYPE_CHECKING:
    from collections.abc import Collection


class LotInvalide(ObjetInvalide):
    """A lot that cannot be declared."""


@dataclass
class LectureDeLot:
    """An object being read: `lieu` begins each sentence that goes to `fautes`."""

    brut: Mapping[str, Any]
    lieu: str
    fautes: list[str]

    def faute(self, nom: str, dit: str) -> None:
        """Keeps a sentence about one of its values."""
        self.fautes.append(f"{self.lieu}{nom} : {dit}")

    def objet(self, nom: str) -> Mapping[str, Any]:
        """An object inside this one; empty, and said, where there is none."""
        valeur = self.brut.get(nom)
        if isinstance(valeur, Mapping):
            return valeur
        self.faute(nom, "un objet est attendu, entre accolades")
        return {}

    def texte(self, nom: str, longueur: int, *, requis: bool = True) -> str:
        """A text without blanks around; empty where it is not known, or was refused."""
        valeur = self.brut.get(nom)
        if valeur is None or (isinstance(valeur, str) and not valeur.strip()):
            if requis:
                self.faute(nom, "ce renseignement est obligatoire")
            return ""
        if not isinstance(valeur, str):
            self.faute(nom, "un texte est attendu, entre guillemets")
            return ""
        lu = valeur.strip()
        if INTERDIT.search(lu):
            self.faute(nom, "un caractère invisible ou interdit s’y trouve ; écrivez-le de nouveau")
        elif len(lu) > longueur:
            self.faute(nom, f"{longueur} caractères au plus, il y en a {len(lu)}")
        else:
            return lu
        return ""

    def nom(self, nom: str, longueur: int, *, requis: bool = True) -> str:
        """The same for a name: one letter at least, in any alphabet."""
        lu = self.texte(nom, longueur, requis=requis)
        if lu and not any(un.isalpha() for un in lu):
            self.faute(nom, "un nom a au moins une lettre")
            return ""
        return lu

    def parmi(self, nom: str, valeurs: Collection[str], *, requis: bool = True) -> str:
        """One of a closed list; empty where it is not known, or was refused."""
        valeur = self.brut.get(nom)
        if valeur is None and not requis:
            return ""
        if not isinstance(valeur, str) or valeur not in valeurs:
            self.faute(nom, f"attendu : {', '.join(valeurs)}")
            return ""
        return valeur
