"""The training days of a CQP: two days a week, outside school holidays and bank holidays.

Two days a week outside school holidays is what the sources write; the length of a day and the
days of the week are ours, and the plan names them as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.agenda import feries
from binome.agenda.calendrier import DemandeDeCalendrier, calendrier, ponts
from binome.agenda.jours import JOURS_DE_LA_SEMAINE, UN_JOUR, semaine
from binome.agenda.territoires import Lieu
from binome.agenda.vacances import PLUS_TARD, periodes, vacances
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.courante import base_courante
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from binome.agenda.vacances import Classes, Periode
    from binome.regles.sources import Citation

JURY_INCONNU: Final = (
    "Nous ne connaissons pas la date du jury : la branche (CPNEFP) la fixe. "
    "Demandez-la à l’organisme de formation."
)
DE_CES_CLASSES: Final = {
    "A": "de la zone A",
    "B": "de la zone B",
    "C": "de la zone C",
    "la_reunion": "de La Réunion",
}
_RYTHME: Final = ("igas-2023, ¶5", "asfo-40913, formation")


@dataclass(frozen=True, slots=True)
class Plan:
    """A calendar as it can be expected, with what it takes for granted.

    `fin` is the last training day, None when there is nothing to follow. `pauses` are the school
    holidays met on the way. The days after `incertain_apres` ignore school holidays that nobody
    knows yet, so that the real end comes later; None when they are all known. `jury` is None as
    long as the branch has not set it.
    """

    entree: date
    minutes: int
    zone: Classes | None
    jours: tuple[date, ...]
    jury: date | None
    pauses: tuple[Periode, ...]
    hypotheses: tuple[str, ...]
    sources: tuple[Citation, ...]
    vacances_connues_jusqu_au: date | None
    incertain_apres: date | None

    @property
    def fin(self) -> date | None:
        """The last training day."""
        return self.jours[-1] if self.jours else None

    @property
    def jury_en_clair(self) -> str:
        """The day of the jury in words, or who knows it."""
        return JURY_INCONNU if self.jury is None else f"Jury le {date_en_clair(self.jury)}."


def _verifier(minutes: int, jours: tuple[int, int], minutes_par_jour: int) -> None:
    if minutes < 0:
        msg = f"{minutes} minutes de formation : indiquez 0 ou plus"
        raise ValueError(msg)
    if minutes_par_jour <= 0:
        msg = f"{minutes_par_jour} minutes par jour : indiquez 1 ou plus"
        raise ValueError(msg)
    if len(set(jours)) != 2 or not set(jours) <= set(range(len(JOURS_DE_LA_SEMAINE))):
        msg = f"jours {jours} : indiquez deux jours différents, de 0 (lundi) à 5 (samedi)"
        raise ValueError(msg)


def _incertain_apres(entree: date, fin: date | None, zone: Classes | None) -> date | None:
    if fin is None:
        return None
    if zone is None:
        return entree - UN_JOUR
    connues = vacances(zone)
    if entree < connues.du:
        return entree - UN_JOUR
    return connues.au if fin > connues.au else None


def _sur_les_vacances(entree: date, zone: Classes | None, incertain: date | None) -> Iterator[str]:
    if zone is None:
        yield (
            "Sans zone A, B ou C, comme en Corse et outre-mer, nous ne connaissons pas les vacances "
            f"scolaires : {PLUS_TARD}."
        )
        return
    connues = vacances(zone)
    yield (
        f"Aucun jour de formation pendant les vacances scolaires {DE_CES_CLASSES[zone]} : c’est le "
        "rythme d’un organisme, les autres peuvent faire autrement."
    )
    if incertain is None:
        return
    yield connues.avant if entree < connues.du else connues.apres


def _sur_les_dates(jours: tuple[date, ...], jury: date | None) -> Iterator[str]:
    yield from ponts(jours)
    if jours and jury is not None and jury < jours[-1]:
        yield (
            f"Le jury du {date_en_clair(jury)} tombe avant la fin estimée, le "
            f"{date_en_clair(jours[-1])} : vérifiez ces dates avec l’organisme de formation."
        )


def plan(
    entree: date,
    minutes: int,
    zone: Classes | None,
    jours: tuple[int, int] = (0, 1),
    minutes_par_jour: int = 420,
    *,
    jury: date | None = None,
) -> Plan:
    """The training days from `entree` (included) until `minutes` are done.

    `jours` are two days of the week, 0 for Monday to 5 for Saturday; the last training day may be
    shorter than the others. Raises ValueError with a French sentence on negative minutes, an empty
    day or impossible days. Source of the rhythm: igas-2023 ¶5, asfo-40913.
    """
    _verifier(minutes, jours, minutes_par_jour)
    pose = calendrier(DemandeDeCalendrier(entree, minutes, jours, minutes_par_jour, Lieu(zone)))
    retenus, fin = pose.jours, pose.fin
    incertain = _incertain_apres(entree, fin, zone)
    registre = base_courante().sources
    return Plan(
        entree=entree,
        minutes=minutes,
        zone=zone,
        jours=retenus,
        jury=jury,
        pauses=periodes(zone, entree, fin) if zone and fin else (),
        hypotheses=(
            f"Des journées de {duree_en_clair(minutes_par_jour)} : c’est notre hypothèse, "
            "l’organisme de formation fixe les horaires.",
            f"Deux jours par semaine, comme l’écrivent nos sources ; {semaine(jours)} sont notre hypothèse.",
            *_sur_les_vacances(entree, zone, incertain),
            "Aucun jour de formation les onze jours fériés du code du travail ; ceux propres à "
            "l’Alsace-Moselle et à l’outre-mer ne sont pas retirés.",
            *_sur_les_dates(retenus, jury),
        ),
        sources=(
            *(lire_citation(texte, registre) for texte in _RYTHME),
            *((vacances(zone).source,) if zone else ()),
            feries.SOURCE,
        ),
        vacances_connues_jusqu_au=vacances(zone).au if zone else None,
        incertain_apres=incertain,
    )
