"""What a program asks of the projection, read strictly: refused whole, with one sentence for each mistake."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from binome.objets import Faute, ObjetInvalide, inconnues, jour_ecrit
from binome.projection.mois import ANNEES, premier_a_venir, rang
from binome.projection.mois import nom as nom_du_mois
from binome.projection.parametres import FAMILLES, parametres, recommandations
from binome.regles.courante import reformes as reformes_des_regles
from binome.regles.courante import variantes_melees
from binome.regles.faits import plus_proche

if TYPE_CHECKING:
    from collections.abc import Mapping

CLES: Final = ("au", "jusqu_a", "reformes", "hypotheses", "famille")
FACULTATIVES: Final = ("reformes", "hypotheses", "famille")
ARGENT: Final = ("argent_annuel_euros", "reserve_euros")
BORNES_DE_L_ARGENT: Final = (0.0, 500_000_000.0)
"""Half a milliard a year: seven times the whole need that the report counts (¶216)."""


class DemandeDeProjectionInvalide(ObjetInvalide):
    """A question on the projection that cannot be read."""


@dataclass(frozen=True, slots=True)
class DemandeDeProjection:
    """A question: what is known on the day `au` (included), projected to the end of the month `jusqu_a`.

    `reformes` and `hypotheses` are sorted: the same question has one form.
    """

    au: date
    jusqu_a: int
    reformes: tuple[str, ...] = ()
    hypotheses: tuple[tuple[str, float], ...] = ()
    famille: str = "A"

    @property
    def posees(self) -> dict[str, float]:
        """The hypotheses, by name."""
        return dict(self.hypotheses)


def reformes_connues() -> tuple[str, ...]:
    """Every reform that may be switched on: the seventeen recommendations, and the variants that rules write."""
    return tuple(dict.fromkeys([*recommandations(), *reformes_des_regles()]))


def bornes_des_hypotheses() -> dict[str, tuple[float, float]]:
    """What may be set, and between which numbers, both included."""
    fixees = {nom: un.bornes for nom, un in parametres().items() if un.bornes is not None}
    return {**dict.fromkeys(ARGENT, BORNES_DE_L_ARGENT), **fixees}


def lire_demande(brut: Mapping[str, Any]) -> DemandeDeProjection:
    """The question of an object as JSON gives it. Raises DemandeDeProjectionInvalide with every mistake, none being taken."""
    fautes = inconnues(brut, CLES, proche=plus_proche)
    lus: dict[str, Any] = {}
    for nom, lecture in _LECTURES.items():
        if nom in FACULTATIVES and brut.get(nom, "") is None:
            fautes.append(f"{nom} : donnez une valeur, ou ôtez cette clé")
            continue
        try:
            lus[nom] = lecture(brut.get(nom), fautes)
        except Faute as faute:
            fautes.append(f"{nom} : {faute}")
    if "au" in lus and "jusqu_a" in lus and lus["jusqu_a"] < (venir := premier_a_venir(lus["au"])):
        fautes.append(f"jusqu_a : à cette date, le premier mois à venir est {nom_du_mois(venir)}")
    if fautes:
        raise DemandeDeProjectionInvalide(fautes)
    return DemandeDeProjection(**lus)


def _entre_les_annees(annee: int) -> None:
    if not ANNEES[0] <= annee <= ANNEES[1]:
        raise Faute(
            f"entre {ANNEES[0]} et {ANNEES[1]} ; rien n’est connu avant, rien n’est dit après"
        )


def _au(valeur: object, fautes: list[str]) -> date:  # noqa: ARG001 - called as the others are
    if valeur is None:
        raise Faute("dites à quelle date on sait ce que l’on sait, par exemple 2023-06-30")
    jour = jour_ecrit(valeur)
    if jour is None:
        raise Faute("une date qui existe est attendue, écrite 2023-06-30")
    _entre_les_annees(jour.year)
    return jour


def _jusqu_a(valeur: object, fautes: list[str]) -> int:  # noqa: ARG001 - called as the others are
    if valeur is None:
        raise Faute("dites le dernier mois voulu, par exemple 2026-12")
    if not isinstance(valeur, str) or not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", valeur):
        raise Faute("un mois est attendu, écrit 2026-12")
    annee, mois = int(valeur[:4]), int(valeur[5:])
    _entre_les_annees(annee)
    return rang(date(annee, mois, 1))


def _reformes(valeur: object, fautes: list[str]) -> tuple[str, ...]:
    if valeur is None:
        return ()
    if not isinstance(valeur, list):
        raise Faute('une liste est attendue, par exemple ["igas-9"]')
    connues = reformes_connues()
    for une in valeur:
        if une not in connues:
            dite = str(une)[:60]
            fautes.append(
                f"reformes : « {dite} » n’existe pas ; connues : {', '.join(connues)}"
                f"{plus_proche(dite, connues)}"
            )
    noms = tuple(sorted({une for une in valeur if isinstance(une, str)}))
    if melees := variantes_melees(noms):
        raise Faute(melees)
    return noms


def _hypotheses(valeur: object, fautes: list[str]) -> tuple[tuple[str, float], ...]:
    if valeur is None:
        return ()
    if not isinstance(valeur, dict):
        raise Faute('un objet est attendu, par exemple {"argent_annuel_euros": 12000000}')
    bornes = bornes_des_hypotheses()
    lues = []
    for nom, nombre in sorted(valeur.items()):
        if nom not in bornes:
            fautes.append(
                f"hypotheses.{nom} : cette hypothèse n’existe pas ; connues : {', '.join(bornes)}"
                f"{plus_proche(nom, bornes)}"
            )
            continue
        if nombre is None:
            continue
        bas, haut = bornes[nom]
        if (
            isinstance(nombre, bool)
            or not isinstance(nombre, int | float)
            or not math.isfinite(nombre)
        ):
            fautes.append(f"hypotheses.{nom} : un nombre est attendu, entre {bas:g} et {haut:.12g}")
        elif not bas <= nombre <= haut:
            fautes.append(
                f"hypotheses.{nom} : entre {bas:g} et {haut:.12g} ; {nombre:.12g} est dehors"
            )
        else:
            lues.append((nom, float(nombre)))
    return tuple(lues)


def _famille(valeur: object, fautes: list[str]) -> str:  # noqa: ARG001 - called as the others are
    if valeur is None:
        return FAMILLES[0]
    if valeur not in FAMILLES:
        raise Faute(
            "A (les contrats de la CNAM et du baromètre de l’État) ou B (ceux de l’IGAS et des URPS) ; "
            "les deux comptes ne se suivent pas"
        )
    return str(valeur)


_LECTURES: Final = {
    "au": _au,
    "jusqu_a": _jusqu_a,
    "reformes": _reformes,
    "hypotheses": _hypotheses,
    "famille": _famille,
}
