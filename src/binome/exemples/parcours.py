"""The paths of the made-up world: those that its notified decisions open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.models import Decision
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.parcours.models import Parcours
from binome.parcours.ouverture import donne_un_parcours, ouvrir

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

TRANCHE: Final = 500


def _verifier() -> None:
    if Parcours.objects.exists():
        raise DejaServie(
            "La base a déjà des parcours : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:  # noqa: ARG001 - what every chapter is given
    notifiees = (
        Decision.objects.filter(
            notifiee_le__isnull=False, annulee_le__isnull=True, dossier__anonyme_le__isnull=True
        )
        .select_related("dossier__organisme")
        .order_by("pk")
    )
    numeros = list(notifiees.values_list("pk", flat=True))
    for debut in range(0, len(numeros), TRANCHE):
        tranche = notifiees.filter(pk__in=numeros[debut : debut + TRANCHE])
        ouvrir(une for une in tranche if donne_un_parcours(une))


CHAPITRE: Final = Chapitre("parcours", _verifier, _ecrire)
