"""One setting: its name, what it does, its kind, its default, and the only reading of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from enum import Enum
from errno import EACCES, EINVAL, EISDIR, ENOENT, EPERM
from pathlib import Path
from typing import Final, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Environnement: TypeAlias = Mapping[str, str]

FICHIER: Final = "_FILE"
"""What the name of a secret ends with, when a file holds it and not the environment."""
ILLISIBLE: Final[Mapping[int | None, str]] = {
    None: "ce n’est pas du texte",
    ENOENT: "il n’existe pas",
    EACCES: "ce compte n’en a pas le droit",
    EPERM: "ce compte n’en a pas le droit",
    EISDIR: "c’est un dossier",
    EINVAL: "c’est un tube, et non un fichier",
}
"""Why the file of a secret is not read, by the system's number; None when it is no text."""


class ReglageRefuse(Exception):
    """A setting that cannot be: its message says which, why, and what to give instead."""


class FauteTue(ValueError):
    """What is wrong with a value that must not be shown, though its setting is no secret."""


class FamilleDeReglages(Enum):
    """What a setting is about; the value is its heading."""

    LANCEUR = "Le lanceur"
    SITE = "Le site"
    BASE = "La base de données"
    PLACES = "Où sont les données"
    COURRIER = "Le courrier"
    PAPIERS = "Les lettres et le journal"
    FICHIERS = "Les fichiers déposés"
    SAUVEGARDE = "Les sauvegardes"
    PORTES = "Les autres portes"
    VEILLE = "Ce qui se surveille"
    PUBLIE = "Ce qui se publie"
    INTERNE = "Posés par les programmes eux-mêmes"
    ESSAIS = "Pour les essais"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglage(Generic[T]):
    """One setting. `comprendre` raises ValueError with what is wrong, as the end of a sentence.

    `sans` says what holds when it is not given, where the default alone would not tell.
    """

    nom: str
    rubrique: FamilleDeReglages
    role: str
    defaut: T
    comprendre: Callable[[str], T]
    attendu: str = ""
    unite: str = ""
    sans: str = ""
    secret: bool = False

    def texte(self, environnement: Environnement | None = None) -> str:
        """What was given, from the environment or from the file of a secret; empty when nothing was.

        Raises ReglageRefuse for a file that cannot be read, or when both are given.
        """
        lu = os.environ if environnement is None else environnement
        donne = lu.get(self.nom, "").strip()
        chemin = lu.get(self.nom + FICHIER, "").strip() if self.secret else ""
        if not chemin:
            return donne
        if donne:
            raise ReglageRefuse(
                f"{self.nom} et {self.nom}{FICHIER} sont donnés tous les deux : gardez-en un seul."
            )
        try:
            # Reading a pipe would wait for ever for who writes in it.
            if Path(chemin).is_fifo():
                raise OSError(EINVAL, "")
            return Path(chemin).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as erreur:
            raison = ILLISIBLE.get(getattr(erreur, "errno", None), "le système refuse")
            raise ReglageRefuse(
                f"{self.nom}{FICHIER} nomme {chemin}, qui ne se lit pas ({raison}). "
                "Vérifiez ce chemin et ses droits."
            ) from erreur

    def donne(self, environnement: Environnement | None = None) -> bool:
        """Whether it is given at all. Raises ReglageRefuse."""
        return bool(self.texte(environnement))

    def lire(self, environnement: Environnement | None = None) -> T:
        """Its value; its default when nothing is given. Raises ReglageRefuse, without a secret's value."""
        texte = self.texte(environnement)
        if not texte:
            return self.defaut
        try:
            return self.comprendre(texte)
        except ValueError as faute:
            tu = self.secret or isinstance(faute, FauteTue)
            vu = "" if tu else f", pas « {texte} »"
            raise ReglageRefuse(f"{self.nom} {faute}{vu}.") from None

    def poser(self, valeur: str, environnement: MutableMapping[str, str] | None = None) -> None:
        """Gives it to this process and to those that it starts, in place of what was given."""
        self.oter(environnement)
        (os.environ if environnement is None else environnement)[self.nom] = valeur

    def oter(self, environnement: MutableMapping[str, str] | None = None) -> None:
        """Takes it away from this process and from those that it starts."""
        lu = os.environ if environnement is None else environnement
        lu.pop(self.nom, None)
        lu.pop(self.nom + FICHIER, None)


def poser_pour_une_bibliotheque(nom: str, valeur: str, *, d_office: bool = False) -> None:
    """A name that a library reads in the environment; what was given stays, unless `d_office`."""
    if d_office:
        os.environ[nom] = valeur
    else:
        os.environ.setdefault(nom, valeur)


def lire_pour_une_bibliotheque(nom: str) -> str:
    """What a library will read under that name; empty when nothing is given."""
    return os.environ.get(nom, "")


def donnes() -> Environnement:
    """All that the environment holds, for who looks through its names."""
    return os.environ
