"""The everyday questions of the home page: a short answer, and the rules of the day that it rests on."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation
from binome.regles.taches import taches

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.sources import Citation

FICHIER: Final = Path(__file__).parent / "questions_courantes.yaml"


@cache
def _lues() -> tuple[dict[str, Any], ...]:
    """The questions with their rules found. Raises BaseInvalide on a rule or a passage that is not there."""
    base = base_courante()
    lues = []
    for brut in lire_yaml(FICHIER):
        with dans(f"question « {brut['question']} »"):
            if "tache" in brut:
                lues.append(_du_catalogue(brut))
                continue
            regles = [base.entiere.regles[nom] for nom in brut["regles"]]
            citations: list[Citation] = [
                *(un for regle in regles for un in regle.sources),
                *(lire_citation(texte, base.sources) for texte in brut.get("sources", ())),
            ]
            lues.append({**brut, "regles": regles, "sources": citations})
    return tuple(lues)


def _du_catalogue(brut: dict[str, Any]) -> dict[str, Any]:
    """A question that a task of the catalogue answers, whatever the day. Raises BaseInvalide."""
    tache = next((une for une in taches() if une.code == brut["tache"]), None)
    if tache is None:
        msg = f"aucune tâche ne porte le code {brut['tache']}"
        raise BaseInvalide(msg)
    dits = {"reponse": tache.reponse, "sources": tache.sources, "regles": ()}
    return {**brut, **dits}


def _vers(une: dict[str, Any]) -> str:
    """Where a question leads: a task, a page, or the questions of a door."""
    if "tache" in une:
        return reverse("mission", args=[une["tache"]])
    return reverse(une["page"]) if "page" in une else reverse("question", args=[une["porte"]])


def questions_du_jour(jour: date) -> list[dict[str, Any]]:
    """The questions whose rules are those of a day, each with where to read more."""
    return [
        {
            "question": une["question"],
            "reponse": une["reponse"],
            "sources": une["sources"],
            "vers": _vers(une),
        }
        for une in _lues()
        if all(regle.couvre(jour) for regle in une["regles"])
    ]
