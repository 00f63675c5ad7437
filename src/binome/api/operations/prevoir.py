"""`POST /financer`, `/aide` and `/echeances`: the money, the aid contract and the clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse  # noqa: TC002 - ninja reads the annotations
from ninja import Router

from binome.agenda.echeances import VUE as ECHEANCES
from binome.agenda.echeances import echeances
from binome.api import exemples
from binome.api.decrire import ref
from binome.api.operations.dossiers import Question
from binome.api.parametres import Parametres
from binome.api.reponses import prive
from binome.regles.metiers.aide import VUE as AIDE
from binome.regles.metiers.aide import aider
from binome.regles.metiers.financement import VUE as FINANCEMENT
from binome.regles.metiers.financement import financer

if TYPE_CHECKING:
    from collections.abc import Callable

router = Router(tags=["Financer et prévoir"])

QUESTIONS: Final[tuple[Question[Any], ...]] = (
    Question(
        nom="financer",
        vue=FINANCEMENT,
        repondre=financer,
        exemples=exemples.FINANCER,
        resume="Financer une formation",
        description=(
            "Dit, de chaque voie, si elle est ouverte, pourquoi, ce qui l’ouvrirait, et les montants "
            "que nos sources donnent, en centimes. Les heures viennent du positionnement, si vous ne "
            "les donnez pas."
        ),
        demande="Un dossier : ce que l’on sait de la personne et de sa formation, et rien d’autre.",
        donne="Toutes les voies, avec leurs raisons.",
        schema=ref("Financement"),
    ),
    Question(
        nom="aide",
        vue=AIDE,
        repondre=aider,
        exemples=exemples.AIDE,
        resume="Chiffrer le contrat d’aide",
        description=(
            "Dit si le contrat d’aide de l’Assurance Maladie est ouvert à ce médecin, sous quel "
            "texte, et ce qu’il donne pendant cinq ans, en centimes."
        ),
        demande="Un dossier : ce que l’on sait du médecin et du contrat, et rien d’autre.",
        donne="Le contrat, ses années et ses raisons.",
        schema=ref("Aide"),
    ),
    Question(
        nom="echeances",
        vue=ECHEANCES,
        repondre=echeances,
        exemples=exemples.ECHEANCES,
        resume="Compter les échéances",
        description=(
            "Dit ce qui est dû, quand, et par quel texte. Quand les sources divergent, chaque lecture "
            "est donnée, et la date la plus proche est retenue."
        ),
        demande="Un dossier : les dates que l’on connaît, et rien d’autre.",
        donne="Chaque échéance : celles qui ont une date d’abord.",
        schema=ref("Echeances"),
    ),
)


def _operation(question: Question[Any]) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a question: reads strictly, decides, writes at once."""

    def operation(request: HttpRequest) -> HttpResponse:
        parametres = Parametres(request, repetables=["reforme"])
        reformes = parametres.reformes()
        parametres.verifier()
        return prive(question.decider(request, reformes).en_json())

    return operation


for _question in QUESTIONS:
    router.post(f"/{_question.nom}", **_question.documentee())(_operation(_question))
