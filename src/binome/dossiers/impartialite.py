"""Who may not judge: whoever decided does not answer the appeal, and one may say that one is close to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pliage import plier

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Decision, Dossier

DECIDEE: Final = (
    "Vous avez pris cette décision : une autre personne de la branche répond au recours. Si personne d’autre "
    "n’examine, l’administration de la branche doit d’abord inviter quelqu’un."
)
"""Said to who examines alone as to the others: nobody judges their own decision, and somebody has to."""


def a_decide(acteur: Acteur, decision: Decision) -> str | None:
    """Why a person may not answer an appeal against a decision, and who may; None when they may."""
    return DECIDEE if decision.par_id == acteur.personne.pk else None


def meme_nom(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person bears the name of the candidate: it proves nothing, and is worth a warning."""
    sien = plier(acteur.personne.nom)
    return bool(sien) and sien in {plier(dossier.nom), plier(dossier.nom_de_naissance)}
