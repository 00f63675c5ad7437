"""What waits for who employs, of the booklets that they follow: whose signature a card waits for, and who has no tutor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from binome.comptes.roles import EMPLOYEUR, TUTEUR
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.emplois.permissions import emplois_lus
from binome.livret.etats import (
    CoteDuBinome,
    EtatDeCarte,
    EtatDeSignatureDeCarte,
)
from binome.livret.models import CarteDeSemaine, SignatureDeCarte, Tutorat
from binome.livret.permissions import tutorats_tenus
from binome.livret.programme import competences_du_parcours
from binome.livret.semaines import lundi
from binome.parcours.etats import EtatDeParcours

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours

VOUS: Final = "vous"


@dataclass(frozen=True)
class LivretAttendu:
    """The booklet of somebody employed, for one reader: `remplit`, they sign as the tutor; `nomme`, they may name one.

    `tuteur` is the name of who was named, empty for nobody; `anciennes` are cards of earlier weeks that wait for the tutor.
    """

    parcours: Parcours
    dit: str
    tuteur: str
    remplit: bool
    nomme: bool
    attend_le_tuteur: bool
    anciennes: int

    @property
    def a_nommer(self) -> bool:
        """Whether the reader has somebody to name."""
        return self.nomme and not self.tuteur

    @property
    def a_faire(self) -> bool:
        """Whether something is asked of the reader."""
        return self.a_nommer or (self.remplit and (self.attend_le_tuteur or self.anciennes > 0))


def livrets_attendus(
    acteur: Acteur, parcours: Sequence[Parcours], jour: date | None = None
) -> dict[int, LivretAttendu]:
    """By path, for those under way that the reader follows for their practice; five queries at most, whatever their number."""
    suivis = [
        un for un in parcours if un.etat == EtatDeParcours.OUVERT and competences_du_parcours(un)
    ]
    if not suivis or acteur.soutien is not None:
        return {}
    maisons: dict[int, set[int]] = defaultdict(set)
    liens = EmploiSuivi.objects.filter(
        dossier__in=[un.dossier_id for un in suivis],
        clos_le__isnull=True,
        emploi__in=emplois_lus(acteur),
    )
    for dossier, maison in liens.order_by("pk").values_list("dossier", "emploi__employeur"):
        maisons[dossier].add(maison)
    emploie, tient = acteur.organisations(EMPLOYEUR), acteur.organisations(EMPLOYEUR, TUTEUR)
    siens = [un for un in suivis if maisons[un.dossier_id] & tient]
    nommes = {
        un.parcours_id: un
        for un in tutorats_tenus()
        .filter(parcours__in=siens)
        .select_related("tuteur")
        .order_by("pk")
    }
    semaine = lundi(jour or timezone.localdate())
    cartes = _cartes(siens, semaine)
    return {
        un.pk: _attendu(
            un,
            cartes[un.pk],
            nommes.get(un.pk),
            semaine,
            lecteur=acteur.personne.pk,
            nomme=bool(maisons[un.dossier_id] & emploie),
        )
        for un in siens
    }


def _cartes(parcours: Sequence[Parcours], semaine: date) -> Mapping[int, dict[date, set[str]]]:
    """The sides that signed each card begun: all those that are open, and this week's."""
    lues: defaultdict[int, dict[date, set[str]]] = defaultdict(dict)
    par_carte: dict[int, set[str]] = {}
    voulues = CarteDeSemaine.objects.filter(
        Q(etat=EtatDeCarte.OUVERTE) | Q(semaine=semaine), parcours__in=parcours
    )
    for pk, un, le in voulues.order_by("pk").values_list("pk", "parcours", "semaine"):
        lues[un][le] = par_carte[pk] = set()
    signees = SignatureDeCarte.objects.filter(
        carte__in=par_carte, etat=EtatDeSignatureDeCarte.RECUE
    )
    for pk, cote in signees.order_by("pk").values_list("carte", "cote"):
        par_carte[pk].add(cote)
    return lues


def _attendu(
    parcours: Parcours,
    cartes: Mapping[date, Collection[str]],
    tutorat: Tutorat | None,
    semaine: date,
    *,
    lecteur: int,
    nomme: bool,
) -> LivretAttendu:
    remplit = tutorat is None or tutorat.tuteur_id == lecteur
    attend = CoteDuBinome.TUTEUR not in cartes.get(semaine, ())
    return LivretAttendu(
        parcours,
        _dit(parcours, cartes.get(semaine), VOUS if remplit else str(tutorat and tutorat.tuteur)),
        "" if tutorat is None else str(tutorat.tuteur),
        remplit,
        nomme,
        attend,
        sum(
            1 for le, signee in cartes.items() if le < semaine and CoteDuBinome.TUTEUR not in signee
        ),
    )


def _dit(parcours: Parcours, signee: Collection[str] | None, tuteur: str) -> str:
    """This week's card in a sentence: signed by whom, waiting for whom."""
    if signee is None:
        return "La carte de la semaine n’est pas commencée."
    qui = {CoteDuBinome.STAGIAIRE: parcours.dossier.personne, CoteDuBinome.TUTEUR: tuteur}
    ont_signe = [nom for cote, nom in qui.items() if cote in signee]
    if len(ont_signe) == len(qui):
        return "La carte de la semaine est signée par les deux."
    attendus = [nom for cote, nom in qui.items() if cote not in signee]
    if not ont_signe:
        return f"La carte de la semaine est commencée, et attend deux signatures : {attendus[0]} et {attendus[1]}."
    attend = "votre signature" if attendus[0] == VOUS else attendus[0]
    return f"La carte de la semaine est signée par {ont_signe[0]}, et attend {attend}."
