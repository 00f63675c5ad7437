"""What a program asks of a calendar, read strictly: refused whole, with one sentence for each mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.agenda.calendrier import DEUX_JOURS, MINUTES_PAR_JOUR, DemandeDeCalendrier
from binome.agenda.jours import JOURS_DE_LA_SEMAINE
from binome.agenda.territoires import Lieu, lieu_du_departement
from binome.agenda.vacances import ZONES, classes_du_departement
from binome.objets import Faute, ObjetInvalide, inconnues, jour_ecrit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CLES: Final = ("debut", "minutes", "jours", "minutes_par_jour", "zone", "departement")
ANNEES: Final = (2018, 2100)
"""The trade was created in 2018; nobody plans beyond the other."""
LE_PLUS_LONG: Final = 600_000
"""Ten thousand hours: far beyond any training of the trade."""
UN_JOUR_ENTIER: Final = 24 * 60


class DemandeInvalide(ObjetInvalide):
    """A request of a calendar that cannot be read."""


def lire_demande(brut: Mapping[str, Any]) -> DemandeDeCalendrier:
    """The request of an object as JSON gives it. Raises DemandeInvalide with every mistake, none being taken."""
    fautes = inconnues(brut, CLES)
    lus: dict[str, Any] = {}
    for nom, lecture in _LECTURES.items():
        try:
            lus[nom] = lecture(brut)
        except Faute as faute:
            fautes.append(str(faute))
    if fautes:
        raise DemandeInvalide(fautes)
    return DemandeDeCalendrier(
        **lus,
        jours_dits=brut.get("jours") is not None,
        lieu_dit=not (brut.get("zone") is None and brut.get("departement") is None),
    )


def _debut(brut: Mapping[str, Any]) -> date:
    valeur = brut.get("debut")
    if valeur is None:
        raise Faute("debut : dites le premier jour possible, par exemple 2027-01-11")
    jour = jour_ecrit(valeur)
    if jour is None:
        raise Faute("debut : une date qui existe est attendue, écrite 2027-01-11")
    if not ANNEES[0] <= jour.year <= ANNEES[1]:
        raise Faute(f"debut : entre {ANNEES[0]} et {ANNEES[1]}")
    return jour


def _entier(brut: Mapping[str, Any], nom: str, du: int, au: int, aide: str) -> int:
    valeur = brut[nom]
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise Faute(f"{nom} : un nombre entier est attendu, {aide}")
    if not du <= valeur <= au:
        raise Faute(f"{nom} : entre {du} et {au}, {aide}")
    return valeur


def _minutes(brut: Mapping[str, Any]) -> int:
    if brut.get("minutes") is None:
        raise Faute("minutes : dites combien de minutes suivre, par exemple 16740 pour 279 heures")
    return _entier(brut, "minutes", 0, LE_PLUS_LONG, "par exemple 16740 pour 279 heures")


def _minutes_par_jour(brut: Mapping[str, Any]) -> int:
    if brut.get("minutes_par_jour") is None:
        return MINUTES_PAR_JOUR
    return _entier(brut, "minutes_par_jour", 1, UN_JOUR_ENTIER, "par exemple 420 pour 7 heures")


def _jours(brut: Mapping[str, Any]) -> tuple[int, ...]:
    valeur = brut.get("jours")
    if valeur is None:
        return DEUX_JOURS
    attendu = "une liste de jours est attendue, de lundi à samedi, chacun une fois"
    if not isinstance(valeur, list) or not valeur:
        raise Faute(f"jours : {attendu}")
    noms = [un.strip().lower() if isinstance(un, str) else "" for un in valeur]
    if "dimanche" in noms:
        raise Faute("jours : de lundi à samedi ; aucune formation n’est posée le dimanche")
    if len(set(noms)) != len(noms) or not set(noms) <= set(JOURS_DE_LA_SEMAINE):
        raise Faute(f"jours : {attendu}")
    return tuple(sorted(JOURS_DE_LA_SEMAINE.index(un) for un in noms))


def _lieu(brut: Mapping[str, Any]) -> Lieu:
    zone, departement = brut.get("zone"), brut.get("departement")
    if zone is not None and zone not in ZONES:
        raise Faute("zone : A, B ou C ; ailleurs, dites le département")
    if departement is None:
        return Lieu(zone)
    code = departement.strip().upper() if isinstance(departement, str) else ""
    lieu = lieu_du_departement(code)
    if lieu is None:
        raise Faute("departement : un numéro qui existe est attendu, par exemple 53, 2A ou 974")
    if zone is not None and lieu.classes != zone:
        ici = classes_du_departement(code)
        raise Faute(
            f"zone : le département {code} est en zone {ici}, pas en zone {zone}"
            if ici in ZONES
            else f"zone : le département {code} a ses propres vacances, il n’est dans aucune zone"
        )
    return lieu


_LECTURES: Final = {
    "debut": _debut,
    "minutes": _minutes,
    "jours": _jours,
    "minutes_par_jour": _minutes_par_jour,
    "lieu": _lieu,
}
