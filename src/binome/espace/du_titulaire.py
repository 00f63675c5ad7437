"""What the home page says to who was presented: a jury is called, a result is there, the civil status is to complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.jurys.etats import EtatDePresentation
from binome.jurys.permissions import presentations_a_venir, resultats_visibles
from binome.parcours.models import Parcours
from binome.passeport.etats import EtatDeDeclaration, EtatDeFiche
from binome.passeport.models import FicheDEtatCivil, PassageADeclarer

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.jurys.models import Presentation

ATTENDENT_L_ETAT_CIVIL = (
    EtatDeDeclaration.A_COMPLETER,
    EtatDeDeclaration.REFUSEE,
    EtatDeDeclaration.CORRIGEE,
)
"""The states of a declaration that a civil status may keep waiting; a withdrawn title asks for none."""


def ses_resultats(acteur: Acteur) -> list[Presentation]:
    """What closed juries decided of the person: the last one of each of their paths."""
    lues = (
        resultats_visibles(acteur)
        .filter(parcours__dossier__candidat=acteur.personne)
        .exclude(etat=EtatDePresentation.RETIREE)
        .order_by("pk")
    )
    return list({une.parcours_id: une for une in lues}.values())


def ses_jurys_a_venir(acteur: Acteur) -> list[Presentation]:
    """The juries that were called and that the person is presented to."""
    return list(presentations_a_venir(acteur).filter(parcours__dossier__candidat=acteur.personne))


def sans_etat_civil(acteur: Acteur) -> list[Parcours]:
    """The paths of the person whose certificate waits for their civil status; none to who looks through their eyes."""
    if acteur.soutien is not None:
        return []
    attendent = PassageADeclarer.objects.filter(
        titre__parcours__dossier__candidat=acteur.personne, etat__in=ATTENDENT_L_ETAT_CIVIL
    )
    complets = FicheDEtatCivil.objects.filter(
        dossier__candidat=acteur.personne, etat=EtatDeFiche.COMPLETE
    )
    siens = Parcours.objects.filter(pk__in=attendent.order_by().values("titre__parcours"))
    return list(siens.exclude(dossier__in=complets.order_by().values("dossier")).order_by("pk"))
