"""Who a candidate is, as papers say it: a name of use and one of birth, a birth of which only the year is known.

Someone may have one name only: the first name is then a dash, which is never printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from binome.pliage import plier
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

SANS_PRENOM: Final = "—"
"""Kept in place of a first name that a person does not have: a blank would be one that was forgotten."""
_TIRETS: Final = re.compile(r"[-\u2010-\u2015\u2212]+")
_JOUR_INCONNU: Final = re.compile(
    r"(?:(?:0{1,2}|\?{1,2}|x{1,2}|n\.?c\.?)[/.\- ]){2}(?P<fin>\d{4})"  # 00/00/1962, ??/??/1962
    r"|(?P<debut>\d{4})(?:-0{2}-0{2})?"  # 1962, 1962-00-00
    r"|(?P<dite>\d{4}) ?, ?jour inconnu",  # as an export says it
    re.IGNORECASE,
)


def prenom_lu(texte: str) -> str:
    """A first name as it is kept; a dash of any kind says that the person has none."""
    return SANS_PRENOM if _TIRETS.fullmatch(texte.strip()) else texte


def annee_seule(texte: str) -> int | None:
    """The year of a birth whose day is said unknown; None when a day is given, or nothing that reads so."""
    trouve = _JOUR_INCONNU.fullmatch(" ".join(texte.split()))
    if trouve is None:
        return None
    return int(trouve["fin"] or trouve["debut"] or trouve["dite"])


def nom_en_entier(prenom: str, nom: str) -> str:
    """The name of use, with the first name when there is one."""
    return " ".join(mot for mot in (prenom, nom) if mot and mot != SANS_PRENOM)


def avec_la_naissance(prenom: str, nom: str, nom_de_naissance: str) -> str:
    """The name as a paper of identity is compared to it: both names where they differ."""
    entier = nom_en_entier(prenom, nom)
    if not nom_de_naissance or nom_de_naissance.casefold() == nom.casefold():
        return entier
    return f"{entier} (nom de naissance : {nom_de_naissance})"


def naissance_en_mots(jour: date | None, annee: int | None) -> str:
    """A birth in words, its day unknown when only the year is; empty when nothing is known."""
    if jour is not None:
        return date_en_clair(jour)
    return "" if annee is None else f"{annee}, jour inconnu"


class EtatCivil(NamedTuple):
    """What tells one person from another: their family names, and a birth of which only the year may be known.

    One of the same family born the same day is not told apart.
    """

    nom: str
    nom_de_naissance: str
    naissance: date | None
    naissance_annee: int | None

    @property
    def annee(self) -> int | None:
        """The year of the birth; None while nothing is known of it."""
        return self.naissance.year if self.naissance else self.naissance_annee

    @property
    def _familles(self) -> list[list[str]]:
        return [mots for un in (self.nom, self.nom_de_naissance) if (mots := plier(un).split())]

    def est_celui(self, autre: EtatCivil, recherche: str) -> bool:
        """Whether it may be the other one, whose folded names are `recherche`: a name of theirs, and the birth."""
        jours = (self.naissance, autre.naissance)
        ensemble = jours[0] == jours[1] if all(jours) else self.annee == autre.annee
        return bool(self.annee and ensemble) and any(
            all(mot in recherche for mot in famille) for famille in self._familles
        )

    def comme(self) -> Q:
        """The same of every row that has these columns, and its folded names in `recherche`; of none when unknown."""
        jour = Q(naissance=self.naissance) if self.naissance else Q(naissance__year=self.annee)
        dites = Q(pk__in=())
        for famille in self._familles if self.annee else ():
            dites |= Q(*(Q(recherche__contains=mot) for mot in famille))
        return dites & (jour | Q(naissance_annee=self.annee))
