"""What an organisation sees of its booklets: who has not begun, how far each is, what no occasion was found for.

Never a sentence, nor what was answered: only what the pairs ask of their organisation by having had no occasion.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from binome.livret.etats import (
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeSignatureDeCarte,
)
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from binome.livret.permissions import tutorats_tenus
from binome.livret.programme import competences_du_parcours
from binome.livret.proposer import Vecue, sans_occasion
from binome.livret.semaines import SEMAINE, lundi
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.sessions.etats import EtatDeSession, EtatDInscription
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.regles.competences import Competence


class CarteCommencee(NamedTuple):
    """A card that was begun, and the sides whose signature it waits for."""

    semaine: date
    attend: frozenset[str]
    signee: bool


@dataclass(frozen=True)
class LivretSuivi:
    """The booklet of a path, as its organisation sees it: `semaines` since the training or the first card began, `derniere` the
    Monday of the last card begun. `attend_le_tuteur` and `attend_la_personne` are cards begun that each has to sign."""

    parcours: Parcours
    semaines: int
    commencees: int
    signees: int
    derniere: date | None
    attend_le_tuteur: int
    attend_la_personne: int
    tuteur_nomme: bool
    demandees: tuple[Competence, ...]


def livrets_visibles(acteur: Acteur) -> QuerySet[Parcours]:
    """The paths under way of the organisations where a person works, once their training began or a card was said."""
    siens = acteur.organisations("gestionnaire", "formateur")
    inscrites = Inscription.objects.filter(
        parcours=OuterRef("pk"),
        etat=EtatDInscription.INSCRITE,
        session__etat__in=(EtatDeSession.PUBLIEE, EtatDeSession.TERMINEE),
        session__debut__lte=timezone.localdate(),
    ).order_by("session__debut", "pk")
    return (
        Parcours.objects.filter(organisme__in=siens, etat__in=EN_COURS)
        .annotate(forme_depuis=Subquery(inscrites.values("session__debut")[:1]))
        .filter(
            Q(forme_depuis__isnull=False)
            | Exists(CarteDeSemaine.objects.filter(parcours=OuterRef("pk")))
        )
        .select_related("dossier", "organisme")
    )


def livrets_de(parcours: Sequence[Parcours], jour: date | None = None) -> list[LivretSuivi]:
    """The lines of a page, in its order; four queries, whatever their number."""
    aujourd_hui = jour or timezone.localdate()
    cartes: dict[int, list[CarteCommencee]] = defaultdict(list)
    recues = SignatureDeCarte.objects.filter(
        carte__parcours__in=parcours,
        carte__etat=EtatDeCarte.OUVERTE,
        etat=EtatDeSignatureDeCarte.RECUE,
    )
    ont_signe: dict[int, set[str]] = defaultdict(set)
    for carte, cote in recues.order_by("pk").values_list("carte", "cote"):
        ont_signe[carte].add(cote)
    lues = CarteDeSemaine.objects.filter(parcours__in=parcours).order_by("semaine", "pk")
    for pk, carte, semaine, etat in lues.values_list("parcours", "pk", "semaine", "etat"):
        attend = frozenset(CoteDuBinome.values) - ont_signe[carte]
        signee = etat == EtatDeCarte.SIGNEE
        cartes[pk].append(CarteCommencee(semaine, frozenset() if signee else attend, signee))
    vecues: dict[int, list[Vecue]] = defaultdict(list)
    dites = Appreciation.objects.filter(
        carte__parcours__in=parcours, etat=EtatDAppreciation.EN_VIGUEUR
    ).order_by("carte__semaine", "pk")
    colonnes = ("carte__parcours", "competence", "carte__semaine", "valeur")
    for pk, competence, semaine, valeur in dites.values_list(*colonnes):
        vecues[pk].append(Vecue(competence, semaine, valeur))
    nommes = tutorats_tenus().filter(parcours__in=parcours)
    tuteurs = set(nommes.order_by("pk").values_list("parcours", flat=True))
    return [
        _suivi(un, cartes[un.pk], vecues[un.pk], un.pk in tuteurs, aujourd_hui) for un in parcours
    ]


def _suivi(
    parcours: Parcours,
    cartes: Sequence[CarteCommencee],
    vecues: Sequence[Vecue],
    nomme: bool,
    jour: date,
) -> LivretSuivi:
    demandees = sans_occasion(vecues)
    depuis = getattr(parcours, "forme_depuis", None) or parcours.ouvert_le.date()
    if cartes:
        depuis = min(depuis, cartes[0].semaine)
    semaines = (lundi(jour) - lundi(min(depuis, jour))) // SEMAINE + 1
    return LivretSuivi(
        parcours,
        semaines,
        len(cartes),
        sum(une.signee for une in cartes),
        cartes[-1].semaine if cartes else None,
        sum(CoteDuBinome.TUTEUR in une.attend for une in cartes),
        sum(CoteDuBinome.STAGIAIRE in une.attend for une in cartes),
        nomme,
        tuple(une for une in competences_du_parcours(parcours) if une.code in demandees),
    )
