"""What the page of a booklet reads: the cards of the last weeks, what is said on each and who signed, what is proposed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Max

from binome.livret.etats import (
    DITES,
    EtatDAppreciation,
    EtatDeSignatureDeCarte,
)
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from binome.livret.programme import competences_du_parcours
from binome.livret.proposer import NOMBRE, Vecue, proposer
from binome.livret.semaines import SEMAINE, lundi
from binome.parcours.etats import Statut
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import EtatDeCreneau, EtatDeSession

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.parcours.models import Parcours
    from binome.regles.competences import Competence

SEMAINES: Final = 4
"""Weeks that a page shows, this one included: the others are in the booklet."""


@dataclass(frozen=True)
class LigneDeSemaine:
    """A competence on a card: what holds, and what another phone said that is to be told apart."""

    competence: Competence
    dite: Appreciation | None
    rivales: tuple[Appreciation, ...] = ()


@dataclass(frozen=True)
class CarteLue:
    """The card of a week: `carte` is None as long as nothing was said of it."""

    semaine: date
    carte: CarteDeSemaine | None
    lignes: tuple[LigneDeSemaine, ...]
    signatures: Mapping[str, SignatureDeCarte]

    @property
    def dimanche(self) -> date:
        """Its last day."""
        return self.semaine + SEMAINE - (SEMAINE / 7)

    @property
    def commencee(self) -> bool:
        """Whether something was said."""
        return self.carte is not None


def vecues_de(parcours: Parcours) -> list[Vecue]:
    """What every week of a path said, as it holds."""
    tenues = Appreciation.objects.filter(
        carte__parcours=parcours, etat=EtatDAppreciation.EN_VIGUEUR
    )
    lues = tenues.order_by("carte__semaine", "competence")
    return [Vecue(*une) for une in lues.values_list("competence", "carte__semaine", "valeur")]


def enseignes_avant(parcours: Parcours, fin: date) -> dict[str, date]:
    """The last day that each module of a path was taught before a day."""
    donnes = creneaux_de(parcours).exclude(etat=EtatDeCreneau.ANNULE)
    donnes = donnes.exclude(session__etat=EtatDeSession.PREPAREE).filter(debut__date__lt=fin)
    par_module = donnes.order_by("module").values_list("module").annotate(Max("debut"))
    return {module: debut.date() for module, debut in par_module}


def semaines_du(parcours: Parcours, jour: date, nombre: int = SEMAINES) -> list[date]:
    """The Mondays that a page shows on a day, the latest first: none before the path was opened."""
    premiere = lundi(min(parcours.ouvert_le.date(), jour))
    lundis = [lundi(jour) - rang * SEMAINE for rang in range(nombre)]
    return [un for un in lundis if un >= premiere]


def cartes_du(parcours: Parcours, semaines: Sequence[date]) -> list[CarteLue]:
    """The cards of weeks of a path, in their order, in a number of queries that does not follow theirs."""
    connues = competences_du_parcours(parcours)
    if not connues:
        return []
    par_code = {une.code: une for une in connues}
    siennes = CarteDeSemaine.objects.filter(parcours=parcours, semaine__in=semaines)
    cartes = {une.semaine: une for une in siennes.order_by("pk")}
    dites = defaultdict(list)
    for une in Appreciation.objects.filter(carte__in=cartes.values(), etat__in=DITES).order_by(
        "pk"
    ):
        dites[une.carte_id].append(une)
    signees: dict[int, dict[str, SignatureDeCarte]] = defaultdict(dict)
    recues = SignatureDeCarte.objects.filter(
        carte__in=cartes.values(), etat=EtatDeSignatureDeCarte.RECUE
    )
    for signature in recues.select_related("par").order_by("pk"):
        signees[signature.carte_id][signature.cote] = signature
    vecues = vecues_de(parcours)
    suivis = set(
        parcours.modules.filter(statut=Statut.A_SUIVRE)
        .order_by("rang")
        .values_list("code", flat=True)
    )
    enseignes = enseignes_avant(parcours, max(semaines) + SEMAINE)
    return [
        _carte(
            semaine,
            cartes.get(semaine),
            dites,
            signees,
            par_code,
            proposer(connues, vecues, enseignes, suivis, semaine),
        )
        for semaine in semaines
    ]


def _carte(
    semaine: date,
    carte: CarteDeSemaine | None,
    dites: Mapping[int, list[Appreciation]],
    signees: Mapping[int, Mapping[str, SignatureDeCarte]],
    par_code: Mapping[str, Competence],
    proposees: Sequence[Competence],
) -> CarteLue:
    siennes = dites.get(carte.pk, []) if carte is not None else []
    par_competence: dict[str, list[Appreciation]] = {}
    for une in siennes:
        par_competence.setdefault(une.competence, []).append(une)
    lignes = [
        _ligne(par_code[code], lues) for code, lues in par_competence.items() if code in par_code
    ]
    # What was said stays; what is proposed completes it.
    autres = [une for une in proposees if une.code not in par_competence]
    lignes += [LigneDeSemaine(une, None) for une in autres[: max(0, NOMBRE - len(lignes))]]
    rangs = {une.code: rang for rang, une in enumerate(proposees)}
    lignes.sort(key=lambda une: rangs.get(une.competence.code, NOMBRE))
    lues = signees.get(carte.pk, {}) if carte is not None else {}
    return CarteLue(semaine, carte, tuple(lignes), lues)


def _ligne(competence: Competence, dites: Sequence[Appreciation]) -> LigneDeSemaine:
    tenue = next((une for une in dites if une.etat == EtatDAppreciation.EN_VIGUEUR), None)
    return LigneDeSemaine(competence, tenue, tuple(une for une in dites if une is not tenue))
