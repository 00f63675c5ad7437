"""The paths of the made-up world: those that its notified decisions open, a few of them interrupted or over."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from binome.comptes.acteur import Acteur
from binome.dossiers.models import Decision
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.parcours.etats import RaisonDArret
from binome.parcours.flows import FLUX
from binome.parcours.models import Parcours
from binome.parcours.ouverture import donne_un_parcours, ouvrir

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

TRANCHE: Final = 500
ARRETES: Final = 12
"""One path in so many is interrupted, and one in so many over: a choice of ours, no source gives it."""


def _verifier() -> None:
    if Parcours.objects.exists():
        raise DejaServie(
            "La base a déjà des parcours : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    notifiees = (
        Decision.objects.filter(
            notifiee_le__isnull=False, annulee_le__isnull=True, dossier__anonyme_le__isnull=True
        )
        .select_related("dossier__organisme")
        .order_by("pk")
    )
    tirage = Random(voulu.graine)  # noqa: S311 - draws a made-up world
    numeros = list(notifiees.values_list("pk", flat=True))
    for debut in range(0, len(numeros), TRANCHE):
        tranche = notifiees.filter(pk__in=numeros[debut : debut + TRANCHE])
        nes = ouvrir(une for une in tranche if donne_un_parcours(une))
        _arreter(scene, voulu, tirage, nes)


def _arreter(scene: Scene, voulu: Voulu, tirage: Random, nes: list[Parcours]) -> None:
    gerant = Acteur(scene.personnes["gestionnaire"])
    siens = [un for un in nes if un.organisme_id in gerant.organisations("gestionnaire")]
    for geste, rang in (("interrompre", 0), ("abandonner", 1)):
        choisis = [un for numero, un in enumerate(siens) if numero % ARRETES == rang]
        donnees = {
            "raison": str(tirage.choice(RaisonDArret.values)),
            "du": (voulu.jour - timedelta(days=tirage.randrange(3, 40))).isoformat(),
        }
        passages = [Passage(un, un.version, dict(donnees)) for un in choisis]
        if passages:
            faire_tous(FLUX, geste, passages, gerant)


CHAPITRE: Final = Chapitre("parcours", _verifier, _ecrire)
