"""The hours of an answer as one picture, the uncertain part hatched and explained, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import duree_en_clair
from binome.regles.dire import enumerer
from binome.regles.metiers.annonce import barres, forfait
from binome.regles.metiers.incertitude import heures_incertaines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.metiers.positionnement import Positionnement

LARGEUR: Final = 360
LISIBLE: Final = 44
"""The width from which a part bears its hours."""
MOTS: Final = {
    "a_suivre": "de cours à suivre",
    "incertain": "peut-être en moins",
    "epreuve": "d’épreuves",
    "dispense": "dispensées",
    "acquis": "déjà acquises",
}
"""Each part in the order it is drawn, and its word."""


@dataclass(frozen=True, slots=True)
class PartDHeures:
    """One part of a bar, in units of the drawing; its hours are written in it where there is room."""

    statut: str
    x: int
    largeur: int
    heures: str
    mot: str

    @property
    def milieu(self) -> int:
        """Where its hours are centred."""
        return self.x + self.largeur // 2

    @property
    def lisible(self) -> bool:
        """Whether its hours fit in it."""
        return self.largeur >= LISIBLE


@dataclass(frozen=True, slots=True)
class RangDHeures:
    """A row of the table: a bloc, what is left of it, what comes off, and its bar."""

    titre: str
    reste: str
    moins: str
    parts: tuple[PartDHeures, ...]


@dataclass(frozen=True, slots=True)
class DessinDesHeures:
    """The picture: the whole as one bar, said in a sentence, the table, and why a part is uncertain."""

    parts: tuple[PartDHeures, ...]
    description: str
    rangs: tuple[RangDHeures, ...]
    reserves: tuple[str, ...]
    incertaines: int
    total: str


def _parts(minutes: dict[str, int], entier: int) -> Iterator[PartDHeures]:
    passees = 0
    for statut, mot in MOTS.items():
        duree = minutes.get(statut, 0)
        if duree > 0:
            x = passees * LARGEUR // entier
            passees += duree
            largeur = max(2, passees * LARGEUR // entier - x)
            yield PartDHeures(statut, x, largeur, duree_en_clair(duree), mot)


def _selon(reponse: Positionnement) -> tuple[dict[str, int], tuple[str, ...]]:
    """The minutes that may come off each module, and the sentence of each cause."""
    faits = reponse.base.faits
    par_module: dict[str, int] = {}
    causes: dict[str, int] = {}
    for une in heures_incertaines(reponse):
        par_module[une.module.code] = une.minutes
        noms = enumerer([faits[nom].libelle for nom in une.faits])
        cause = f"selon : {noms}" if noms else f"à confirmer par {une.aupres}"
        causes[cause] = causes.get(cause, 0) + une.minutes
    return par_module, tuple(
        f"{duree_en_clair(minutes)} en moins, {cause}" for cause, minutes in causes.items()
    )


def _decrire(parts: Iterable[PartDHeures]) -> str:
    return f"{', '.join(f'{un.heures} {un.mot}' for un in parts)}."


def dessiner_les_heures(reponse: Positionnement) -> DessinDesHeures | None:
    """The picture of an answer; None when there is nothing to follow, or nothing that sources detail."""
    blocs = list(barres(reponse))
    total = reponse.minutes["total"]
    if not blocs or total is None:
        return None
    incertains, reserves = _selon(reponse)
    somme = dict.fromkeys(MOTS, 0)
    detail: list[tuple[str, dict[str, int]]] = []
    for bloc in blocs:
        doute = sum(incertains.get(un.module.code, 0) for un in bloc.modules)
        minutes: dict[str, int] = {
            "dispense": bloc.minutes["dispense"],
            "acquis": bloc.minutes["acquis"],
            "incertain": doute,
            "a_suivre": bloc.minutes["a_suivre"] - doute,
        }
        detail.append((f"Bloc {bloc.numero} : {bloc.intitule}", minutes))
    if epreuves := reponse.minutes["evaluations"]:
        detail.append(("Épreuves", {"epreuve": epreuves}))
    for _, minutes in detail:
        for statut, duree in minutes.items():
            somme[statut] += duree
    if en_moins := forfait(reponse):
        somme["dispense"] += en_moins
        somme["a_suivre"] -= en_moins
        detail.append(("En moins, sans modules nommés", {"dispense": en_moins}))
    plus_long = max(sum(minutes.values()) for _, minutes in detail)
    rangs = tuple(
        RangDHeures(titre, _reste(minutes), _moins(minutes), tuple(_parts(minutes, plus_long)))
        for titre, minutes in detail
    )
    parts = tuple(_parts(somme, sum(somme.values())))
    return DessinDesHeures(
        parts, _decrire(parts), rangs, reserves, sum(incertains.values()), duree_en_clair(total)
    )


def _reste(minutes: dict[str, int]) -> str:
    reste = sum(minutes.get(un, 0) for un in ("a_suivre", "incertain", "epreuve"))
    return duree_en_clair(reste) if reste else "rien"


def _moins(minutes: dict[str, int]) -> str:
    moins = minutes.get("dispense", 0) + minutes.get("acquis", 0)
    return f"− {duree_en_clair(moins)}" if moins else ""
