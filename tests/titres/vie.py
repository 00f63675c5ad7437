"""A path presented to a jury, decided, and its parchemin: a row in each table of the two rooms, written by gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.gestes.services import naitre
from binome.jurys.etats import IssueDeBloc
from binome.jurys.flows import DECISIONS, JURYS, PRESENTATIONS
from binome.jurys.models import DecisionDeBloc, Jury, Presentation
from binome.parcours.models import Parcours
from binome.titres.badges import creer_les_badges
from binome.titres.cles import tourner
from binome.titres.etats import NatureDeTitre
from binome.titres.flows import DUPLICATAS, TITRES
from binome.titres.mentions import donner
from binome.titres.models import Duplicata, Titre

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def vivre_le_jury_et_le_titre(monde: Monde) -> Titre:
    """Needs a path that is open: the last one is presented."""
    parcours = Parcours.objects.order_by("pk").last()
    assert parcours is not None
    donner_role(monde.ana, monde.branche, "jury", auteur="exploitation")
    ana, jour = Acteur(monde.ana), timezone.localdate()
    jury = Jury(branche=monde.branche, certification="assistant-medical", jour=jour)
    naitre(JURYS, "preparer", [jury], ana)
    presentation = Presentation(jury=jury, parcours=parcours, referentiel="rncp40913", blocs=[1])
    naitre(PRESENTATIONS, "presenter", [presentation], ana)
    decision = DecisionDeBloc(
        presentation=presentation, bloc=1, issue=IssueDeBloc.VALIDE, base=parcours.base, presents=4, pour=4,
        contre=0, decidee_par=monde.ana, decidee_le=timezone.now(),
    )  # fmt: skip
    naitre(DECISIONS, "decider", [decision], ana)
    titre = Titre(
        nature=NatureDeTitre.CQP, parcours=parcours, emetteur=monde.branche, annee=jour.year, rang=1,
        referentiel="rncp40913", blocs=[1, 2, 3, 4], delivre_le=jour, delivre_par=monde.ana, essai=True,
        titulaire={"nom": "Léa Exemple", "naissance": ""}, contenu={"minutes": 0},
    )  # fmt: skip
    naitre(TITRES, "delivrer", [titre], ana)
    creer_les_badges([titre])
    naitre(
        DUPLICATAS, "redelivrer", [Duplicata(titre=titre, rang=1, delivre_le=jour, delivre_par=monde.ana)], ana
    )  # fmt: skip
    donner(monde.branche, "40913", ana, {"lieu": "Ville d’essai"}, essai=True)
    tourner()
    return titre
