"""`POST /positionner`: one dossier, the whole answer of the JSON contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from ninja import Router

from binome.api.corps import lire_objet
from binome.api.decrire import json_de, problemes, ref
from binome.api.parametres import Parametres, base_des_reformes
from binome.api.problemes import Probleme, en_octets
from binome.api.reponses import JSON
from binome.api.schemas import CHAMP, EXEMPLES_DE_DOSSIERS, REFORME, TRACE
from binome.regles.faits import DossierInvalide
from binome.regles.positionnement import CHAMPS
from binome.regles.positionnement import positionner as repondre
from binome.regles.trace import en_json as trace_en_json

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.faits import Dossier

router = Router(tags=["Positionner"])


def lire_dossier(base: Base, objet: dict[str, object]) -> Dossier:
    """The checked dossier. Raises Probleme with one error per mistake."""
    try:
        return base.lire(objet)
    except DossierInvalide as invalide:
        nombre = len(invalide.erreurs)
        detail = (
            "Le dossier contient une erreur."
            if nombre == 1
            else f"Le dossier contient {nombre} erreurs."
        )
        raise Probleme("dossier_invalide", detail, invalide.erreurs) from invalide
    except RecursionError as erreur:
        raise Probleme("demande_illisible", "Trop d’objets emboîtés.") from erreur


@router.post(
    "/positionner",
    operation_id="positionner",
    summary="Positionner une personne",
    description=(
        "Dit la voie, les minutes par module, les dispenses et leurs raisons, ce qui manque pour "
        "conclure, et ce qui changerait la réponse. Un fait absent ou `null` est inconnu : ni faux, "
        "ni zéro. Rien de ce que vous envoyez n’est gardé."
    ),
    openapi_extra={
        "parameters": [CHAMP, REFORME, TRACE],
        "requestBody": {
            "required": True,
            "description": "Un dossier : ce que l’on sait de la personne, et rien d’autre.",
            "content": {JSON: {"schema": ref("Dossier"), "examples": EXEMPLES_DE_DOSSIERS}},
        },
        "responses": {
            200: json_de(
                "La réponse, avec toutes ses raisons ; ou les seules clés demandées par `champ`.",
                {"anyOf": [ref("Positionnement"), ref("PositionnementPartiel")]},
            ),
            **problemes(
                "demande_illisible",
                "parametre_invalide",
                "dossier_invalide",
                "trop_gros",
                "genre_refuse",
            ),
        },
    },
)
def positionner(request: HttpRequest) -> HttpResponse:
    """Reads strictly, decides, writes at once: no model stands between the answer and its bytes."""
    reformes: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    trace = False
    if request.META.get("QUERY_STRING"):
        parametres = Parametres(request, "trace", repetables=["champ", "reforme"])
        reformes, trace = parametres.reformes(), parametres.oui("trace")
        champs = parametres.plusieurs("champ", CHAMPS)
        parametres.verifier()
    base = base_des_reformes(reformes)
    reponse = repondre(base, lire_dossier(base, lire_objet(request)))
    objet = reponse.en_json(champs or None)
    if trace:
        objet["trace"] = trace_en_json(reponse.decision, base)
    return HttpResponse(
        en_octets(objet), content_type=JSON, headers={"Cache-Control": "private, no-store"}
    )
