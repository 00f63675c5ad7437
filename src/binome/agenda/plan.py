"""The training days of a CQP: two days a week, outside school holidays and bank holidays.

Two days a week outside school holidays is what the sources write; the length of a day and the
days of the week are ours, and the plan names them as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from binome.agenda import feries
from binome.agenda.vacances import jours_de_vacances, periodes, vacances
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.courante import base_courante
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.agenda.vacances import Periode, Zone
    from binome.regles.sources import Citation

JOURS_DE_LA_SEMAINE: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
JURY_INCONNU: Final = (
    "Nous ne connaissons pas la date du jury : la branche (CPNEFP) la fixe. "
    "Demandez-la à l’organisme de formation."
)
_RYTHME: Final = ("igas-2023, ¶5", "asfo-40913, formation")
_UN_JOUR: Final = timedelta(days=1)


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
    zone: Zone | None
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


def _jours_ouverts(entree: date, zone: Zone | None, jours: tuple[int, int]) -> Iterator[date]:
    fermes = jours_de_vacances(zone) if zone else frozenset()
    jour = entree
    while True:
        ferie = jour in feries.jours_feries(jour.year)
        if jour.weekday() in jours and jour not in fermes and not ferie:
            yield jour
        jour += _UN_JOUR


def _incertain_apres(entree: date, fin: date | None, zone: Zone | None) -> date | None:
    connues = vacances()
    if fin is None:
        return None
    if zone is None or entree < connues.du:
        return entree - _UN_JOUR
    return connues.au if fin > connues.au else None


def _sur_les_vacances(entree: date, zone: Zone | None, incertain: date | None) -> Iterator[str]:
    connues = vacances()
    plus_tard = "elles ne sont pas retirées, et la fin viendra plus tard"
    if zone is None:
        yield (
            "Sans zone A, B ou C, comme en Corse et outre-mer, nous ne connaissons pas les vacances "
            f"scolaires : {plus_tard}."
        )
        return
    yield (
        f"Aucun jour de formation pendant les vacances scolaires de la zone {zone} : c’est le "
        "rythme d’un organisme, les autres peuvent faire autrement."
    )
    if incertain is None:
        return
    if entree < connues.du:
        yield (
            f"Nous ne connaissons pas les vacances scolaires d’avant le {date_en_clair(connues.du)} : "
            "avant ce jour, elles ne sont pas retirées."
        )
    else:
        yield (
            f"Les vacances scolaires ne sont connues que jusqu’au {date_en_clair(connues.au)} : "
            f"après ce jour, {plus_tard}."
        )


def _sur_les_dates(jours: tuple[date, ...], jury: date | None) -> Iterator[str]:
    for annee in dict.fromkeys(jour.year for jour in jours):
        pont = feries.ascension(annee) + _UN_JOUR
        if pont in jours:
            yield f"Le {date_en_clair(pont)} suit l’Ascension : l’organisme fera peut-être le pont."
    if jours and jury is not None and jury < jours[-1]:
        yield (
            f"Le jury du {date_en_clair(jury)} tombe avant la fin estimée, le "
            f"{date_en_clair(jours[-1])} : vérifiez ces dates avec l’organisme de formation."
        )


def plan(
    entree: date,
    minutes: int,
    zone: Zone | None,
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
    nombre = -(-minutes // minutes_par_jour)
    ouverts = _jours_ouverts(entree, zone, jours)
    retenus = tuple(next(ouverts) for _ in range(nombre))
    fin = retenus[-1] if retenus else None
    incertain = _incertain_apres(entree, fin, zone)
    semaine = " et le ".join(JOURS_DE_LA_SEMAINE[jour] for jour in sorted(jours))
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
            f"Deux jours par semaine, comme l’écrivent nos sources ; le {semaine} sont notre hypothèse.",
            *_sur_les_vacances(entree, zone, incertain),
            "Aucun jour de formation les onze jours fériés du code du travail ; ceux propres à "
            "l’Alsace-Moselle et à l’outre-mer ne sont pas retirés.",
            *_sur_les_dates(retenus, jury),
        ),
        sources=(
            *(lire_citation(texte, registre) for texte in _RYTHME),
            *((vacances().source,) if zone else ()),
            feries.SOURCE,
        ),
        vacances_connues_jusqu_au=vacances().au if zone else None,
        incertain_apres=incertain,
    )
