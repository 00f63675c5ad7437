"""What other pages show of juries: results on a path, what an appeal and a request by experience say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.roles import CERTIFIENT
from binome.jurys.blocs import decisions_de
from binome.jurys.etats import (
    EtatDeJury,
    EtatDePresentation,
    EtatDeRecoursDeJury,
    IssueDeBloc,
)
from binome.jurys.models import RecoursDeJury
from binome.jurys.permissions import (
    JURY,
    cotes_de_recours,
    presentations_a_venir,
    resultats_visibles,
)
from binome.jurys.recours_flux import dernier_jour
from binome.jurys.seance import lire_la_seance
from binome.jurys.services import blocs_a_presenter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.jurys.models import DemarcheVae
    from binome.parcours.models import Parcours


def resultats_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """What juries decided of a path, and the one that will, to whom may read it; None for others, and while there is nothing."""
    lues = list(
        resultats_visibles(acteur)
        .filter(parcours=parcours)
        .exclude(etat=EtatDePresentation.RETIREE)
        .order_by("-pk")
    )
    connues = {une.pk for une in lues}
    a_venir = [
        une
        for une in presentations_a_venir(acteur).filter(parcours=parcours)
        if une.pk not in connues
    ]
    if not lues and not a_venir:
        return None
    decisions = decisions_de(lues)
    recours: defaultdict[int, list[RecoursDeJury]] = defaultdict(list)
    for un in RecoursDeJury.objects.filter(presentation__in=lues).order_by("pk"):
        recours[un.presentation_id].append(un)
    jour = timezone.localdate()
    resultats: list[dict[str, Any]] = []
    for presentation in lues:
        clos = presentation.jury.etat == EtatDeJury.CLOS
        limite = dernier_jour(presentation)
        ouverts = [un for un in recours[presentation.pk] if un.etat == EtatDeRecoursDeJury.DEPOSE]
        resultats.append(
            {
                "presentation": presentation,
                "decisions": list(decisions[presentation.pk].values()) if clos else [],
                "recours": recours[presentation.pk],
                "limite": limite,
                "conteste": clos and not ouverts and (limite is None or jour <= limite),
            }
        )
    return {
        "resultats": resultats,
        "a_venir": a_venir,
        "sien": parcours.dossier.candidat_id == acteur.personne.pk and acteur.soutien is None,
        "organise": bool(acteur.branches(*CERTIFIENT)),
        "ajourne": bool(resultats)
        and any(une.issue == IssueDeBloc.AJOURNE for une in resultats[0]["decisions"]),
        "reste": blocs_a_presenter(parcours, parcours.dossier.certification),
    }


def recours_dit(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    recours: RecoursDeJury,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """What somebody contests, what was decided of them, and how many vote again."""
    votants, presentation = None, recours.presentation
    if JURY in cotes_de_recours(acteur, recours) and recours.etat == EtatDeRecoursDeJury.DEPOSE:
        seance = lire_la_seance(presentation.jury, [presentation])
        votants = seance.candidats[presentation.pk].votants
    tenues = decisions_de([presentation])[presentation.pk]
    return {"recours": recours, "decisions": list(tenues.values()), "votants": votants}


def vae_dite(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,  # noqa: ARG001 - the same
    une: DemarcheVae,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """What is declared, and what the rules say of it, each reading with its source."""
    return {"une": une, "regle": une.regle}
