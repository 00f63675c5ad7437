"""When a slot may be: what is typed of its day and hours, read, and refused in a sentence that says what is wrong and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.feries import jours_feries_locaux
from binome.agenda.territoires import lieu_du_departement
from binome.agenda.vacances import vacances_par_jour
from binome.gestes.refus import GesteImpossible
from binome.gestes.table import Champ
from binome.regles.calendrier import date_en_clair, duree_en_clair, lire_duree
from binome.regles.jours import lire_jour
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import a_l_horloge, heure_en_clair, instant, lire_heure
from binome.sessions.models import LE_PLUS_LONG, Creneau, Session

if TYPE_CHECKING:
    from collections.abc import Mapping

JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DIMANCHE: Final = 6
APRES: Final = timedelta(days=5 * 366)
"""How far after the first day of a session a slot may be: beyond, the year was mistyped."""
LA_PLUS_LONGUE: Final = 100 * 60
"""Minutes of an activity without a timetable, at most: a hundred hours are more than any bloc."""
CONFIRMER: Final = "Cochez « Je garde ce jour » si c’est bien ce que vous voulez."


def _jour(texte: str) -> date:
    jour = lire_jour(texte)
    if jour is None:
        raise ValueError(
            f"« {texte[:20]} » n’est pas un jour qui existe ; écrivez par exemple 31/03/2027."
        )
    return jour


def _duree(texte: str) -> int:
    try:
        return lire_duree(texte)
    except ValueError:
        raise ValueError(
            f"« {texte[:20]} » n’est pas une durée ; écrivez par exemple 3 h 30."
        ) from None


QUAND: Final = (
    Champ("jour", "Le jour", "Donnez le jour du créneau.", lire=_jour, jour=True),
    Champ("de", "Il commence à", "Donnez l’heure où il commence.", lire=lire_heure),
    Champ("a", "Il finit à", "Donnez l’heure où il finit.", lire=lire_heure),
    Champ("jour_de_fin", "Le dernier jour", lire=_jour, jour=True),
    Champ("duree", "La durée moyenne déclarée", lire=_duree),
    Champ("confirme", "Je garde ce jour"),
)
"""The fields of a form that says when a slot is; the fourth and the fifth are only for what has no timetable."""


@dataclass(frozen=True, slots=True)
class Quand:
    """When: two instants and minutes; `inhabituel` says why that day is unusual, empty when it is not."""

    debut: datetime
    fin: datetime
    minutes: int
    inhabituel: str = ""


def lire_quand(
    session: Session, donnees: Mapping[str, Any], modalite: str, *, sauf: int = 0
) -> Quand:
    """What was typed, its fields read already, for a slot of a session; `sauf` is the number of the one that moves.

    Raises GesteImpossible with a sentence, and the field at fault.
    """
    jour, de, a = donnees["jour"], donnees["de"], donnees["a"]
    a_distance = modalite == ModaliteDeCreneau.A_DISTANCE
    dernier = (donnees.get("jour_de_fin") or jour) if a_distance else jour
    if (dernier, a) <= (jour, de):
        raise GesteImpossible(
            f"Le {_en_clair(jour)}, le créneau finirait à {heure_en_clair(a)}, avant de commencer à "
            f"{heure_en_clair(de)}.",
            champ="a",
        )
    _dans_la_session(session, jour, dernier)
    fuseau = session.site.fuseau
    debut, fin = instant(fuseau, jour, de), instant(fuseau, dernier, a)
    if fin <= debut:
        raise GesteImpossible(
            f"Le {_en_clair(jour)}, l’heure change à cet endroit : ce créneau ne durerait rien.",
            champ="a",
        )
    minutes = _a_distance(donnees) if a_distance else _sur_l_horloge(debut, fin)
    if not a_distance:
        _libre(session, debut, fin, sauf)
    inhabituel = "" if a_distance else pourquoi_inhabituel(session.site.departement, jour)
    if inhabituel and not donnees.get("confirme"):
        raise GesteImpossible(
            f"Le {_en_clair(jour)} est {inhabituel}. {CONFIRMER}", champ="confirme"
        )
    return Quand(debut, fin, minutes, inhabituel)


def _en_clair(jour: date) -> str:
    return f"{JOURS[jour.weekday()]} {date_en_clair(jour)}"


def _dans_la_session(session: Session, jour: date, dernier: date) -> None:
    if jour < session.debut:
        raise GesteImpossible(
            f"La session commence le {date_en_clair(session.debut)} : le {date_en_clair(jour)} est avant.",
            champ="jour",
        )
    if dernier > session.debut + APRES:
        raise GesteImpossible(
            f"Le {date_en_clair(dernier)} est plus de cinq ans après le début de la session : relisez l’année.",
            champ="jour",
        )


def _sur_l_horloge(debut: datetime, fin: datetime) -> int:
    minutes = int((fin - debut).total_seconds()) // 60
    if minutes > LE_PLUS_LONG:
        raise GesteImpossible(
            f"Ce créneau durerait {duree_en_clair(minutes)} : un créneau dure 12 h au plus. Coupez-le en deux.",
            champ="a",
        )
    return minutes


def _a_distance(donnees: Mapping[str, Any]) -> int:
    minutes = donnees.get("duree")
    if not minutes:
        raise GesteImpossible(
            "Donnez la durée moyenne que vous déclarez pour cette activité à distance.",
            champ="duree",
        )
    if minutes > LA_PLUS_LONGUE:
        raise GesteImpossible(
            f"{duree_en_clair(minutes)} pour une seule activité : relisez la durée, 100 h au plus.",
            champ="duree",
        )
    return int(minutes)


def _libre(session: Session, debut: datetime, fin: datetime, sauf: int) -> None:
    """Raises GesteImpossible when another slot of the session is then."""
    autre = (
        Creneau.objects.filter(session=session, debut__lt=fin, fin__gt=debut)
        .exclude(pk=sauf)
        .exclude(etat=EtatDeCreneau.ANNULE)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .select_related("session__site")
        .order_by("debut", "pk")
        .first()
    )
    if autre is not None:
        raise GesteImpossible(
            f"Il recouvre un autre créneau de la session : {dire_quand(autre)} ({autre.module}).",
            champ="de",
        )


def pourquoi_inhabituel(departement: str, jour: date) -> str:
    """Why teaching on a day would be unusual there; empty when it is a day like any other."""
    lieu = lieu_du_departement(departement)
    ferie = jours_feries_locaux(jour.year, lieu.territoire if lieu else "").get(jour)
    if ferie is not None and ferie.a_confirmer:
        return f"férié selon les lieux ({ferie.nom})"
    if ferie is not None:
        return f"un jour férié ({ferie.nom})"
    if jour.weekday() == DIMANCHE:
        return "un dimanche"
    if lieu is not None and lieu.classes and jour in vacances_par_jour(lieu.classes):
        return f"pendant les vacances scolaires ({vacances_par_jour(lieu.classes)[jour]})"
    return ""


def dire_quand(creneau: Creneau) -> str:
    """When a slot is, by the clock of its site: « mardi 12 janvier 2027, de 9 h à 12 h 30 »."""
    ici = a_l_horloge(creneau)
    de, a = (heure_en_clair(une.hour * 60 + une.minute) for une in (ici.de, ici.a))
    if ici.jour == ici.jour_de_fin:
        return f"{_en_clair(ici.jour)}, de {de} à {a}"
    return f"du {_en_clair(ici.jour)}, {de}, au {_en_clair(ici.jour_de_fin)}, {a}"
