"""The épreuves of a path, minimally: a row in each table of the room, written by gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.epreuves.etats import MesureAccordee, Verdict
from binome.epreuves.flows import (
    AMENAGEMENTS,
    ATTESTATIONS,
    AVIS,
    GRILLES,
    PASSATIONS,
    VERDICTS,
)
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
    VerdictDeCompetence,
)
from binome.gestes.services import faire_par_la_maison, naitre
from binome.livret.permissions import tutorats_tenus

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def vivre_les_epreuves(monde: Monde) -> Passation:
    """Needs a path with a tutor (`vivre_le_livret`): an épreuve passed, measured, judged."""
    tutorat = tutorats_tenus().select_related("parcours", "tuteur").earliest("pk")
    parcours, alice, instant = tutorat.parcours, Acteur(monde.alice), timezone.now()
    passation = Passation(
        parcours=parcours, bloc=1, epreuve="B1E1", parties=[27, 14], evaluateur=monde.alice,
        prevue_le=instant,
    )  # fmt: skip
    naitre(PASSATIONS, "prevoir", [passation], alice)
    temps = Amenagement(
        parcours=parcours, mesure=MesureAccordee.TEMPS, parts=1, sur=3, precision="Salle à part.",
        accorde_le=instant, accorde_par=monde.alice,
    )  # fmt: skip
    naitre(AMENAGEMENTS, "accorder", [temps], alice)
    grille = Grille(passation=passation, par=monde.alice, remplie_le=instant, recue_le=instant)
    naitre(GRILLES, "remplir", [grille], alice)
    verdict = VerdictDeCompetence(
        grille=grille, competence="B1M1C1", verdict=Verdict.ACQUIS, observation="Claire et calme."
    )
    naitre(VERDICTS, "dire", [verdict], alice)
    faire_par_la_maison(PASSATIONS, "passer", [passation])
    avis = AvisDeTuteur(
        parcours=parcours, bloc=1, verdict=Verdict.ACQUIS, observation="À l’aise.",
        par=tutorat.tuteur, donne_le=instant,
    )  # fmt: skip
    naitre(AVIS, "donner", [avis], Acteur(tutorat.tuteur))
    afgsu = AttestationAfgsu(
        parcours=parcours, obtenue_le=timezone.localdate(), cesu="CESU d’exemple",
        notee_le=instant, notee_par=monde.alice,
    )  # fmt: skip
    naitre(ATTESTATIONS, "noter", [afgsu], alice)
    return passation
