"""What who filed a dossier, and whom it is about, read while it is examined: the answer so far, and how long it takes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from binome.bureau.attente import attente
from binome.dossiers.bases import base_de
from binome.dossiers.etats import OUVERTS
from binome.dossiers.flows import CANDIDAT, ORGANISME
from binome.dossiers.permissions import cotes, lit_l_examen
from binome.dossiers.positionnement import positionner_dossier
from binome.regles.faits import DossierInvalide
from binome.regles.metiers.reponse import annoncer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente

SES_COTES: Final = frozenset({CANDIDAT, ORGANISME})


def declare_dit(
    request: HttpRequest,  # noqa: ARG001 - a part of a page
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The rules' answer to what is declared alone: nothing of what the branch prepares."""
    siens = cotes(acteur, dossier) & SES_COTES
    candidat = dossier.candidat_id == acteur.personne.pk
    if dossier.depose_le is None or dossier.etat not in OUVERTS or not (siens or candidat):
        return None
    dit: dict[str, Any] = {"attente": attente() if candidat else None, "candidat": candidat}
    if siens and not lit_l_examen(acteur, dossier):
        with suppress(DossierInvalide):
            declaree = positionner_dossier(dossier).declare.en_json()
            base = base_de(dossier.certification)
            dit["declaree"] = annoncer(declaree, base, tiers=CANDIDAT not in siens)
    return dit
