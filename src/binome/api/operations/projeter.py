"""`POST /projeter`: stocks and flows of the scheme under the rules, with their interval. NumPy comes with the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse  # noqa: TC002 - ninja reads the annotations
from ninja import Router

from binome.api.corps import lire_objet
from binome.api.decrire import json_de, problemes, ref
from binome.api.exemples import PROJETER
from binome.api.parametres import Parametres
from binome.api.problemes import Probleme
from binome.api.reponses import JSON, prive
from binome.regles.faits import Erreur

if TYPE_CHECKING:
    from binome.api.exemples import Exemples
    from binome.projection.lecture import Projection

router = Router(tags=["Financer et prévoir"])


def _projeter(brut: dict[str, Any]) -> Projection:
    """The answer to a question. Raises Probleme with one error per mistake."""
    from binome.projection.demande import (  # noqa: PLC0415
        DemandeDeProjectionInvalide,
        lire_demande,
    )
    from binome.projection.lecture import projeter  # noqa: PLC0415

    try:
        return projeter(lire_demande(brut))
    except DemandeDeProjectionInvalide as refus:
        fautes = list(refus.fautes)
        detail = (
            "La demande contient une erreur."
            if len(fautes) == 1
            else f"La demande contient {len(fautes)} erreurs."
        )
        raise Probleme("dossier_invalide", detail, [_erreur(une, brut) for une in fautes]) from None


def _erreur(faute: str, brut: dict[str, Any]) -> Erreur:
    cle, _, raison = faute.partition(" : ")
    donnee: Any = brut
    for nom in cle.split("."):
        donnee = donnee.get(nom) if isinstance(donnee, dict) else None
    return Erreur(cle[:60], "" if donnee is None else str(donnee)[:40], raison)


@router.post(
    "/projeter",
    operation_id="projeter",
    url_name="projeter",
    summary="Projeter le dispositif",
    description=(
        "Dit, mois après mois, les contrats, les personnes, les entrées, les certifications et l’argent "
        "qui viendraient si rien d’autre ne changeait, avec leur intervalle. Ce n’est pas une "
        "prévision. La même demande donne toujours les mêmes nombres. Rien de ce que vous envoyez n’est gardé."
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "Une demande : la date, le dernier mois, et ce que vous posez.",
            "content": {JSON: {"schema": ref("DemandeDeProjection"), "examples": PROJETER}},
        },
        "responses": {
            200: json_de("Les courbes, ce qui arrête les entrées, et les sources.", ref("Projection")),
            **problemes(
                "demande_illisible", "parametre_invalide", "dossier_invalide", "trop_gros", "genre_refuse"
            ),
        },
    },
)  # fmt: skip
def projeter(request: HttpRequest) -> HttpResponse:
    """The same answer as the terminal's, to the byte of each number."""
    Parametres(request).verifier()
    try:
        return prive(_projeter(lire_objet(request)).en_json())
    except RecursionError as erreur:
        raise Probleme("demande_illisible", "Trop d’objets emboîtés.") from erreur


def reponse_d_exemple() -> Exemples:
    """The first example with its real answer."""
    nom, exemple = next(iter(PROJETER.items()))
    return {nom: {**exemple, "value": _projeter(dict(exemple["value"])).en_json()}}
