"""How far a path is, by module and in minutes: proven, to be proven, missed, planned.

Only what is counter-signed and signed is proven. What no source gives stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.parcours.etats import Statut
from binome.parcours.models import ModuleSuivi, Parcours
from binome.parcours.pages import somme
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.presences.prouvees import RIEN, prouvees
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import EtatDeCreneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from binome.presences.prouvees import Comptee
    from binome.sessions.models import Creneau


@dataclass
class Minutes:
    """Minutes of slots. `a_prouver`: followed without a signature, or over and not counter-signed yet. `en_double`: proven, and
    counted already in another slot of the same hours."""

    prouvees: int = 0
    a_prouver: int = 0
    manquees: int = 0
    prevues: int = 0
    en_double: int = 0

    def plus(self, autres: Minutes) -> Minutes:
        """Both together."""
        return Minutes(
            self.prouvees + autres.prouvees,
            self.a_prouver + autres.a_prouver,
            self.manquees + autres.manquees,
            self.prevues + autres.prevues,
            self.en_double + autres.en_double,
        )


@dataclass
class AvancementDeModule:
    """A module to follow: what the decision asks of it, and what was done; `dues` is None where no source gives it."""

    code: str
    intitule: str
    bloc: int
    dues: int | None
    faites: Minutes = field(default_factory=Minutes)

    @property
    def reste(self) -> int | None:
        """Minutes that are neither proven nor to be proven nor planned; None while it is not known how many are due."""
        if self.dues is None:
            return None
        faites = self.faites
        return max(0, self.dues - faites.prouvees - faites.a_prouver - faites.prevues)


@dataclass(frozen=True)
class Avancement:
    """The modules to follow of a path, in its order; `formation` is what its decision, or its letter, leaves to follow of them."""

    modules: tuple[AvancementDeModule, ...]
    formation: int | None = None

    @property
    def total(self) -> Minutes:
        """All modules together."""
        toutes = Minutes()
        for un in self.modules:
            toutes = toutes.plus(un.faites)
        return toutes

    @property
    def dues(self) -> int | None:
        """Minutes to follow, épreuves left out: what proven hours are compared to; None as soon as those of one module are unknown."""
        return dues_hors_epreuves(self.formation, (un.dues for un in self.modules))


def dues_hors_epreuves(formation: int | None, modules: Iterable[int | None]) -> int | None:
    """The hours that every page compares proven ones to: a decision may take some off without naming a module, so it says them first."""
    toutes = somme(modules)
    return toutes if toutes is None or formation is None else formation


def lignee(parcours: Parcours) -> list[int]:
    """The number of a path and of those that it goes on with: what was followed before a transfer stays followed."""
    return lignees([parcours])[parcours.pk]


def lignees(parcours: Iterable[Parcours]) -> dict[int, list[int]]:
    """The same for many, by path: a query for each path that the longest goes on with, whatever the number of them."""
    avant = {un.pk: un.suite_de_id for un in parcours}
    lignes = {numero: [numero] for numero in avant}
    while voulus := {numero for numero in avant.values() if numero is not None}:
        lus = Parcours.objects.filter(pk__in=voulus).order_by()
        suites = dict(lus.values_list("pk", "suite_de"))
        for tete, numero in avant.items():
            if numero is not None:
                lignes[tete].append(numero)
                avant[tete] = suites[numero]
    return lignes


def par_numero(lignes: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """Whose line a number is in: what is written of it is theirs."""
    de_qui: defaultdict[int, list[int]] = defaultdict(list)
    for tete, numeros in lignes.items():
        for numero in numeros:
            de_qui[numero].append(tete)
    return dict(de_qui)


def presences_de(parcours: Parcours) -> list[Presence]:
    """What holds of each counter-signed slot, the first slot first."""
    return list(_presences(lignee(parcours)))


def _presences(numeros: Iterable[int]) -> QuerySet[Presence]:
    return (
        Presence.objects.filter(
            parcours__in=list(numeros),
            etat=EtatDePresence.EN_VIGUEUR,
            creneau__etat=EtatDeCreneau.GELE,
        )
        .select_related("creneau__session__site", "parcours__dossier", "par")
        .order_by("creneau__debut", "pk")
    )


def avancement(
    parcours: Parcours,
    presences: Iterable[Presence] | None = None,
    creneaux: Iterable[Creneau] | None = None,
    *,
    maintenant: datetime | None = None,
) -> Avancement:
    """The progress of a path, in few queries; fewer with what was already read."""
    instant = maintenant or timezone.now()
    faites: defaultdict[str, Minutes] = defaultdict(Minutes)
    tenues = list(presences_de(parcours) if presences is None else presences)
    comptees = prouvees(tenues)
    for une in tenues:
        _compter(faites[une.creneau.module], une, comptees.get(une.pk, RIEN))
    for un in creneaux_de(parcours) if creneaux is None else creneaux:
        if un.etat == EtatDeCreneau.GELE:
            continue
        if un.fin <= instant:
            faites[un.module].a_prouver += un.minutes
        else:
            faites[un.module].prevues += un.minutes
    suivis = parcours.modules.filter(statut=Statut.A_SUIVRE).order_by("rang")
    return Avancement(tuple(_module(un, faites[un.code]) for un in suivis), parcours.formation)


def avancements_prouves(
    parcours: Sequence[Parcours], de_qui: Mapping[int, Sequence[int]]
) -> dict[int, Avancement]:
    """What many paths prove, in three queries: slots that nobody counter-signed are not read, so nothing is said planned.

    `de_qui` is whose line each number is in.
    """
    tenues = list(_presences(de_qui))
    comptees = prouvees(tenues)
    faites: defaultdict[tuple[int, str], Minutes] = defaultdict(Minutes)
    for une in tenues:
        for tete in de_qui[une.parcours_id]:
            _compter(faites[tete, une.creneau.module], une, comptees.get(une.pk, RIEN))
    modules: defaultdict[int, list[AvancementDeModule]] = defaultdict(list)
    suivis = ModuleSuivi.objects.filter(
        parcours__in=[un.pk for un in parcours], statut=Statut.A_SUIVRE
    )
    for un in suivis.order_by("parcours", "rang"):
        modules[un.parcours_id].append(_module(un, faites[un.parcours_id, un.code]))
    return {un.pk: Avancement(tuple(modules[un.pk]), un.formation) for un in parcours}


def _compter(faites: Minutes, une: Presence, comptee: Comptee) -> None:
    if une.nature == NatureDePresence.PRESENT and une.signee:
        faites.prouvees += comptee.minutes
        faites.en_double += comptee.en_double
    elif une.nature == NatureDePresence.PRESENT:
        faites.a_prouver += une.minutes
    faites.manquees += une.creneau.minutes - une.minutes


def _module(un: ModuleSuivi, faites: Minutes) -> AvancementDeModule:
    return AvancementDeModule(un.code, un.intitule, un.bloc, un.minutes, faites)
