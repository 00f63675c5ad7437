"""What the questions share: one dossier read strictly, an answer that nobody keeps, one description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from binome.api.corps import lire_objet
from binome.api.decrire import Schema, json_de, problemes
from binome.api.parametres import base_des_reformes
from binome.api.problemes import Probleme
from binome.api.questions import dossiers_de
from binome.api.reponses import JSON
from binome.api.schemas import REFORME
from binome.regles.courante import base_courante
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from binome.api.exemples import Exemples
    from binome.regles.base import Base
    from binome.regles.faits import Dossier


class ReponseEnJson(Protocol):
    """What every answer has."""

    def en_json(self) -> dict[str, Any]:
        """The answer as its JSON contract fixes it."""
        ...  # pragma: no cover


R = TypeVar("R", bound=ReponseEnJson)


def lire_dossier(vue: Base, objet: dict[str, object]) -> Dossier:
    """The checked dossier of a view. Raises Probleme with one error per mistake."""
    try:
        return vue.lire(objet)
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


@dataclass(frozen=True)
class Question(Generic[R]):
    """One question about one dossier: the view it reads, how it is answered, how it is told."""

    nom: str
    vue: str
    repondre: Callable[[Base, Dossier], R]
    exemples: Exemples
    resume: str
    description: str
    demande: str
    donne: str
    schema: Schema
    parametres: tuple[Schema, ...] = (REFORME,)

    def decider(
        self, request: HttpRequest, reformes: tuple[str, ...], certification: str = ""
    ) -> R:
        """The answer to the dossier of the body. Raises Probleme."""
        base = base_des_reformes(reformes, certification)
        return self.repondre(base, lire_dossier(base.vue(self.vue), lire_objet(request)))

    def documentee(self) -> dict[str, Any]:
        """What the router is told of it."""
        return {
            "operation_id": self.nom,
            "url_name": self.nom,
            "summary": self.resume,
            "description": (
                f"{self.description} Un fait absent ou `null` est inconnu : ni faux, ni zéro. Rien "
                "de ce que vous envoyez n’est gardé."
            ),
            "openapi_extra": {
                "parameters": list(self.parametres),
                "requestBody": {
                    "required": True,
                    "description": self.demande,
                    "content": {JSON: {"schema": dossiers_de(self.vue), "examples": self.exemples}},
                },
                "responses": {
                    200: json_de(self.donne, self.schema),
                    **problemes(
                        "demande_illisible",
                        "parametre_invalide",
                        "dossier_invalide",
                        "trop_gros",
                        "genre_refuse",
                    ),
                },
            },
        }

    def reponse_d_exemple(self) -> Exemples:
        """The first example with its real answer."""
        nom, exemple = next(iter(self.exemples.items()))
        base = base_courante()
        reponse = self.repondre(base, base.vue(self.vue).lire(exemple["value"]))
        return {nom: {**exemple, "value": reponse.en_json()}}
