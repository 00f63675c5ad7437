"""Naming the tutor of a path: one at a time, somebody of a practice that employs, before the training where one can."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Appartenance, Personne
from binome.comptes.roles import EMPLOYEUR, TUTEUR
from binome.dossiers.employeurs.services import de_quel_cote
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_tous, naitre
from binome.livret.etats import EtatDeTutorat
from binome.livret.flows import TUTORATS
from binome.livret.models import Tutorat
from binome.livret.permissions import tutorats_tenus
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


@dataclass(frozen=True)
class Pressentie:
    """Somebody who may be named, for which practice, and how many others they follow.

    Three at most, two where the tutor is the employer: Opco EP's page says it of the professionalisation contract. Of other
    routes no source says it: it is told, and never refused.
    """

    personne: Personne
    employeur: int
    suivies: int


def pressenties(acteur: Acteur, parcours: Parcours) -> list[Pressentie]:
    """Who may be named by somebody who employs: themselves, and the people of their practice, in the order of their names."""
    maisons = de_quel_cote(acteur, parcours.dossier) & acteur.organisations(EMPLOYEUR)
    liens = Appartenance.objects.filter(
        organisation__in=maisons, role__in=(EMPLOYEUR, TUTEUR), close_le__isnull=True
    )
    gens: dict[int, Appartenance] = {}
    for lien in liens.select_related("personne").order_by(
        "personne__nom", "personne__prenom", "pk"
    ):
        gens.setdefault(lien.personne_id, lien)
    nombres = _suivies(list(gens), sauf=parcours)
    return [
        Pressentie(lien.personne, lien.organisation_id, nombres[pk]) for pk, lien in gens.items()
    ]


def _suivies(personnes: list[int], *, sauf: Parcours) -> Counter[int]:
    """How many paths under way each person is the tutor of, this one apart."""
    nommes = tutorats_tenus().filter(tuteur__in=personnes, parcours__etat__in=EN_COURS)
    nommes = nommes.exclude(parcours=sauf).order_by("pk")
    return Counter(nommes.values_list("tuteur", flat=True))


@transaction.atomic
def nommer(acteur: Acteur, parcours: Parcours, personne: int) -> Tutorat:
    """Names somebody, in the place of who was. Raises GesteImpossible for somebody of no practice of theirs."""
    choisie = next(
        (une for une in pressenties(acteur, parcours) if une.personne.pk == personne), None
    )
    if choisie is None:
        raise GesteImpossible("Choisissez une personne de votre cabinet.", champ="tuteur")
    # Two touches at once: the second finds what the first wrote.
    Parcours.objects.select_for_update(of=("self",)).get(pk=parcours.pk)
    nommes = list(
        Tutorat.objects.select_for_update()
        .filter(parcours=parcours, etat=EtatDeTutorat.NOMME)
        .order_by("pk")
    )
    for un in nommes:
        un.parcours = parcours
        if un.tuteur_id == personne:
            return un
    if nommes:
        faire_tous(TUTORATS, "finir", [Passage(un, un.version) for un in nommes], acteur)
    neuf = Tutorat(
        parcours=parcours,
        tuteur=choisie.personne,
        employeur_id=choisie.employeur,
        nomme_le=timezone.now(),
    )
    naitre(TUTORATS, "nommer", [neuf], acteur)
    return neuf
