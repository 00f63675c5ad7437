"""What a doctor is bound by already, when a contract is to be signed: what adds to nothing, what must wait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone

from binome.contrats_d_aide.etats import OUVERTS, EtatDeContrat, FiniPar, GenreDeContrat
from binome.contrats_d_aide.models import Contrat, MembreDuContrat
from binome.gestes.refus import GesteImpossible
from binome.regles.calendrier import ajouter_mois, date_en_clair

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

CARENCE_EN_MOIS: Final = 24
"""The wait after a collective contract ends, save exceptional cases (rule `vie.collectif`)."""
D_UN_AUTRE: Final = "La caisse seule peut dire la signature de ce contrat : demandez-lui."
"""What is said when another practice's contract stands in the way: nothing of it is told to this one."""


class Engagement(NamedTuple):
    """A contract that binds a doctor, or did until `fini_le`."""

    contrat: int
    caisse: int | None
    autre_caisse: str
    signataire: int | None
    fini_le: date | None = None


def _groupe() -> defaultdict[int, list[Engagement]]:
    return defaultdict(list)


@dataclass
class Engagements:
    """By doctor: their open individual contracts, the open collective ones that they are in, those that ended before their term."""

    individuels: defaultdict[int, list[Engagement]] = field(default_factory=_groupe)
    collectifs: defaultdict[int, list[Engagement]] = field(default_factory=_groupe)
    finis: defaultdict[int, list[Engagement]] = field(default_factory=_groupe)

    def ajouter(self, contrat: Contrat, medecin: int) -> None:
        """One more, of the same lot: a doctor is not signed twice in it."""
        siens = self.collectifs if contrat.genre == GenreDeContrat.COLLECTIF else self.individuels
        siens[medecin].append(
            Engagement(contrat.pk, contrat.caisse_id, contrat.autre_caisse, contrat.signataire_id)
        )

    def verifier(
        self, contrat: Contrat, medecin: int, nom: str, jour: date, *, caisse: bool
    ) -> None:
        """Raises GesteImpossible for a doctor who is bound already; `caisse`: it signs itself, and knows the exceptions.

        A practice learns nothing of a contract that another one signed.
        """
        propres = (contrat.pk, contrat.precedent_id)
        autres = [un for un in self.individuels[medecin] if un.contrat not in propres]
        groupes = [un for un in self.collectifs[medecin] if un.contrat not in propres]
        if contrat.genre == GenreDeContrat.COLLECTIF:
            _refuser(
                contrat,
                autres,
                f"{nom} a encore un contrat individuel : les contrats individuels se ferment avant un contrat collectif.",
                caisse=caisse,
            )
            _refuser(
                contrat, groupes, f"{nom} est déjà dans un autre contrat collectif.", caisse=caisse
            )
        else:
            _refuser(
                contrat,
                groupes,
                f"{nom} est dans un contrat collectif : un contrat individuel ne s’y ajoute pas.",
                caisse=caisse,
            )
            memes = [
                un
                for un in autres
                if (un.caisse, un.autre_caisse) == (contrat.caisse_id, contrat.autre_caisse)
            ]
            _refuser(
                contrat,
                memes,
                f"{nom} a déjà un contrat en cours avec cette caisse : amendez-le, ou renouvelez-le.",
                caisse=caisse,
            )
        if caisse:
            return
        attendus = [
            un for un in self.finis[medecin]
            if un.fini_le is not None and jour < ajouter_mois(un.fini_le, CARENCE_EN_MOIS)
        ]  # fmt: skip
        if attendus:
            fini = max(un.fini_le for un in attendus if un.fini_le is not None)
            _refuser(
                contrat, attendus,
                f"{nom} était dans un contrat collectif, fini le {date_en_clair(fini)} : il faut attendre deux ans avant un "
                "autre contrat, sauf exception que la caisse accorde et signe elle-même.", caisse=caisse,
            )  # fmt: skip


def _refuser(contrat: Contrat, genants: Collection[Engagement], dit: str, *, caisse: bool) -> None:
    if not genants:
        return
    siens = caisse or all(un.signataire == contrat.signataire_id for un in genants)
    raise GesteImpossible(dit if siens else D_UN_AUTRE)


def lire_les_engagements(medecins: Collection[int]) -> Engagements:
    """What binds some doctors, in three queries whatever their number."""
    lus = Engagements()
    colonnes = ("pk", "caisse", "autre_caisse", "signataire", "fini_le")
    tenus = Contrat.objects.filter(medecin__in=medecins, etat__in=OUVERTS)
    for medecin, *un in tenus.values_list("medecin", *colonnes):
        lus.individuels[medecin or 0].append(Engagement(*un))
    siens = MembreDuContrat.objects.filter(medecin__in=medecins).order_by()
    des_contrats = tuple(f"contrat__{nom}" for nom in colonnes)
    presents = Q(sortie=None) | Q(sortie__gte=timezone.localdate())
    for medecin, *un in siens.filter(presents, contrat__etat__in=OUVERTS).values_list(
        "medecin", *des_contrats
    ):
        lus.collectifs[medecin].append(Engagement(*un))
    finis = siens.filter(contrat__etat=EtatDeContrat.FINI).exclude(contrat__fini_par=FiniPar.TERME)
    for medecin, *un in finis.values_list("medecin", *des_contrats):
        lus.finis[medecin].append(Engagement(*un))
    return lus
