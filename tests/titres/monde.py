"""Paths whose blocs a closed jury validated, and the mentions that a paper needs: made up, and labelled so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.jurys.etats import EtatDeJury, EtatDePresentation, IssueDeBloc
from binome.jurys.models import DecisionDeBloc, Jury, Presentation
from binome.titres.mentions import donner, mentions_de
from tests.dossiers.monde import dire
from tests.jurys.vie import regles_d_essai
from tests.parcours.test_parcours import ouvert
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.parcours.models import Parcours
    from binome.titres.models import MentionsDuTitre
    from tests.dossiers.monde import Monde

TOUS = (1, 2, 3, 4)
ESSAI = {
    "certificateur": "Certificateur d’essai",
    "intitule": "CQP Assistant médical",
    "niveau": "4",
    "niveau_europeen": "essai",
    "nsf": "331 Santé",
    "lieu": "Ville d’essai",
    "signataire": "Signataire d’essai",
    "qualite": "Présidence d’essai",
}
DECISION = date(2026, 1, 2)
"""A made-up day: no source gives that of the real decision."""


def mentions_donnees(monde: Monde, rncp: str = "40913", **autres: Any) -> MentionsDuTitre:
    """The mentions of the branch, all made up."""
    tenues = mentions_de(monde.branche.pk, rncp)
    return donner(
        monde.branche, rncp, Acteur(monde.ana), {**ESSAI, **autres}, autres.pop("decision_le", DECISION),
        vues=0 if tenues is None else tenues.pk, essai=True,
    )  # fmt: skip


def jury_clos(monde: Monde) -> Jury:
    """A jury whose minutes are closed."""
    maintenant = timezone.now()
    jury = Jury.objects.create(
        branche=monde.branche, certification="assistant-medical", jour=timezone.localdate(),
        etat=EtatDeJury.CLOS, ouvert_le=maintenant, clos_le=maintenant, reglement=regles_d_essai(monde),
    )  # fmt: skip
    dire(jury.objet, jury)
    return jury


def valider(
    monde: Monde, jury: Jury, parcours: Parcours, blocs: Sequence[int] = TOUS, tentative: int = 1
) -> Presentation:
    """Somebody presented to it, whose blocs it validated."""
    maintenant = timezone.now()
    presentation = Presentation.objects.create(
        jury=jury, parcours=parcours, referentiel=parcours.referentiel, blocs=list(blocs), tentative=tentative,
        etat=EtatDePresentation.DECIDEE, decidee_le=maintenant,
    )  # fmt: skip
    dire(presentation.objet, presentation)
    for bloc in blocs:
        une = DecisionDeBloc.objects.create(
            presentation=presentation, bloc=bloc, issue=IssueDeBloc.VALIDE, base=parcours.base, presents=4, pour=4,
            contre=0, decidee_par=monde.ana, decidee_le=maintenant,
        )  # fmt: skip
        dire(une.objet, une)
    return presentation


@remembre
def certifiable(monde: Monde, blocs: Sequence[int] = TOUS) -> Parcours:
    """A path whose blocs are held, and the mentions of the branch given."""
    parcours = ouvert(monde)
    mentions_donnees(monde)
    valider(monde, jury_clos(monde), parcours, blocs)
    return parcours


def en_jury(monde: Monde) -> Acteur:
    """Ana, who administers the branch, with the role that organises its juries."""
    donner_role(monde.ana, monde.branche, "jury", auteur="exploitation")
    return Acteur(monde.ana)
