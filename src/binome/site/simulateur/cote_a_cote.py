"""Two answers side by side: what every such page needs, whichever question it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.habillage.questions import INCONNU, reponses_de, texte_de
from binome.site.simulateur import hypothese

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.basculer import Bascule
    from binome.site.simulateur.parcours import Attendue, ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte


@dataclass(frozen=True, slots=True)
class MotsDeLaComparaison:
    """What a page of two answers calls them."""

    chapo: str
    change: str
    rien: str
    suppose: str
    dite: str
    vers_dite: str
    supposee: str
    vers_supposee: str
    formulaire: str
    encore: str
    adopter: str


HYPOTHESE: Final = MotsDeLaComparaison(
    chapo="Supposez une autre date ou une autre situation : les deux réponses s’affichent côte à côte. "
    "Votre réponse ne change pas.",
    change="Ce que l’hypothèse change",
    rien="Rien : les deux réponses se valent.",
    suppose="Ce que vous supposez",
    dite="Ce que vous avez dit",
    vers_dite="Revenir à ma réponse",
    supposee="L’hypothèse",
    vers_supposee="Voir cette hypothèse en entier",
    formulaire="Et si…",
    encore="Une autre hypothèse",
    adopter="L’hypothèse est ma situation : la garder",
)
DEUX_PERSONNES: Final = MotsDeLaComparaison(
    chapo="Répondez pour la deuxième personne : les deux réponses s’affichent côte à côte. Rien n’est enregistré.",
    change="Ce qui change de l’une à l’autre",
    rien="Rien : les deux réponses se valent.",
    suppose="Ce qui les distingue",
    dite="La première personne",
    vers_dite="Voir sa réponse en entier",
    supposee="La deuxième personne",
    vers_supposee="Voir sa réponse en entier",
    formulaire="La deuxième personne",
    encore="Les réponses de la deuxième personne",
    adopter="",
)


def champ(vu: ParcoursDeQuestions[Attendue], nom: str, porte: Porte) -> dict[str, Any]:
    """A field that supposes another answer to one question, with what is supposed now."""
    fait = vu.base.faits[nom]
    valeur = next(iter(vu.reponses.get(nom, [])), "")
    choix = [
        {"code": code, "libelle": libelle, "choisi": code == valeur}
        for code, libelle in reponses_de(fait).items()
    ]
    return {
        "nom": f"{hypothese.SI}{nom}",
        "id": f"si-{nom}",
        "texte": texte_de(fait, porte),
        "sorte": "choix" if choix else fait.type,
        "valeur": "" if valeur == INCONNU else valeur,
        "choix": choix,
    }


def differents(lus: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Of what was read of both answers (of what, before, after), what is not the same."""
    return [(quoi, avant, apres) for quoi, avant, apres in lus if avant != apres]


def suggestion(
    dit: ParcoursDeQuestions[Attendue], comparer: str, bascule: Bascule, texte: str
) -> dict[str, str]:
    """A change that would better the answer, with the address that compares it."""
    return {"texte": texte, "comparer": f"{comparer}?{hypothese.si(dit, bascule)}"}
