"""`POST /positionner`: one dossier, the whole answer of the JSON contract."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse  # noqa: TC002 - ninja reads the annotations
from ninja import Router

from binome.api.decrire import ref
from binome.api.exemples import POSITIONNER as EXEMPLES
from binome.api.operations.dossiers import Question
from binome.api.parametres import Parametres
from binome.api.questions import positionnements
from binome.api.reponses import prive
from binome.api.schemas import CERTIFICATION, CHAMP, REFORME, TRACE
from binome.regles.metiers.heures import POSITIONNEMENT
from binome.regles.metiers.positionnement import CHAMPS
from binome.regles.metiers.positionnement import positionner as repondre
from binome.regles.trace import en_json as trace_en_json

router = Router(tags=["Positionner"])

POSITIONNER: Final = Question(
    nom="positionner",
    vue=POSITIONNEMENT,
    repondre=repondre,
    exemples=EXEMPLES,
    resume="Positionner une personne",
    description=(
        "Dit la voie, les minutes par module, les dispenses et leurs raisons, ce qui manque pour "
        "conclure, et ce qui changerait la réponse."
    ),
    demande="Un dossier : ce que l’on sait de la personne, et rien d’autre.",
    donne="La réponse, avec toutes ses raisons ; ou les seules clés demandées par `champ`.",
    schema={"anyOf": [ref(nom) for nom in positionnements()]},
    parametres=(CHAMP, REFORME, CERTIFICATION, TRACE),
)


@router.post("/positionner", **POSITIONNER.documentee())
def positionner(request: HttpRequest) -> HttpResponse:
    """Reads strictly, decides, writes at once: no model stands between the answer and its bytes."""
    certification, reformes = "", tuple[str, ...]()
    champs: tuple[str, ...] = ()
    trace = False
    if request.META.get("QUERY_STRING"):
        parametres = Parametres(request, "trace", "certification", repetables=["champ", "reforme"])
        certification, trace = parametres.certification(), parametres.oui("trace")
        reformes = parametres.reformes(certification)
        champs = parametres.plusieurs("champ", CHAMPS)
        parametres.verifier()
    reponse = POSITIONNER.decider(request, reformes, certification)
    objet = reponse.en_json(champs or None)
    if trace:
        objet["trace"] = trace_en_json(reponse.conclusion, reponse.base)
    return prive(objet)
