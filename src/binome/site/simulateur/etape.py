"""One step of a visit: the question to put, what was said before, and where each button leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.habillage.questions import INCONNU, a_poser, poser, texte_de
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.site.simulateur.parcours import Attendue, ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte
    from binome.socle.demande import Demande

DU_JOUR: Final = frozenset({"date_entree", "date_signature_contrat_aide"})
"""Asked with the day of the page already in place: a visitor of the past enters in the past."""


def dites(
    parcours: ParcoursDeQuestions[Attendue], porte: Porte, question: str = ""
) -> list[dict[str, str]]:
    """What was answered, each with the address that asks it again."""
    faits = parcours.base.faits
    return [
        {
            "libelle": faits[nom].libelle,
            "question": texte_de(faits[nom], porte),
            "valeur": "vous ne savez pas"
            if reponses == [INCONNU]
            else faits[nom].en_mots(parcours.dossier[nom]),
            "changer": f"{question}?{parcours.requete(question=nom)}",
        }
        for nom, reponses in parcours.reponses.items()
    ]


def a_repondre(
    parcours: ParcoursDeQuestions[Attendue], porte: Porte, question: str, noms: Iterable[str]
) -> list[dict[str, str]]:
    """Questions left, each with the address that puts it."""
    return [
        {
            "question": texte_de(parcours.base.faits[nom], porte),
            "repondre": f"{question}?{parcours.requete(sans=nom, question=nom)}",
        }
        for nom in noms
    ]


def contexte_de_l_etape(
    parcours: ParcoursDeQuestions[Attendue], nom: str, porte: Porte, request: Demande
) -> dict[str, Any]:
    """What every question page shows, whatever is asked for."""
    saisies = request.GET.getlist(nom)
    if nom in DU_JOUR and not saisies:
        saisies = [jour_de(request).isoformat()]
    derniere = parcours.derniere
    return {
        "porte": porte,
        "question": poser(parcours.base.faits[nom], porte, saisies, parcours.refus.get(nom, "")),
        "cachees": list(parcours.paires(sans=nom)),
        "dites": dites(parcours, porte),
        "retour": f"?{parcours.requete(question=derniere)}" if derniere else "",
        "sauter": f"?{parcours.requete(sans=nom, **{nom: INCONNU})}",
        # After an answer the focus follows to the next question; on the first it stays where the browser puts it.
        "suite": bool(parcours.reponses),
        "restent": len(
            [
                un
                for un in parcours.reponse.manquants
                if un != nom and a_poser(un, parcours.reponses)
            ]
        ),
        "rang": len([un for un in parcours.reponses if un != nom]) + 1,
    }
