"""What stands in the way of a gesture: each says why not, in a French sentence, or None."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.branches.services import delai_de_recours
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.natures import LE_DOSSIER, tenues
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.dossiers.models import Decision, Dossier

ATTENDUS = (
    ("prenom", "le prénom"),
    ("nom", "le nom"),
    ("naissance_dite", "la date de naissance"),
    ("courriel", "l’adresse électronique"),
    ("employeur", "l’employeur"),
)


def aucune(dossier: Dossier) -> str | None:  # noqa: ARG001 - a guard that never stands in the way
    """Nothing stands in the way."""
    return None


def complet(dossier: Dossier) -> str | None:
    """The identity, the employer and the day of entry are known."""
    manque = [mot for champ, mot in ATTENDUS if not getattr(dossier, champ)]
    if not any(un.nom == "date_entree" for un in dossier.faits.all()):
        manque.append("la date d’entrée en formation")
    return f"Il manque {', '.join(manque)}." if manque else None


def accueillable(dossier: Dossier) -> str | None:
    """The same, with the letter of a decision taken elsewhere, and a path that is not over."""
    if dossier.clos_le is not None:
        return "Ce parcours est fini : ouvrez un nouveau dossier."
    sans = (
        None if LE_DOSSIER in tenues(dossier) else "Joignez d’abord la lettre qui dit la décision."
    )
    return complet(dossier) or sans


def employeur_nomme(dossier: Dossier) -> str | None:
    """The employer is named."""
    return None if dossier.employeur else "Écrivez d’abord le nom de l’employeur dans le dossier."


def pieces_examinees(dossier: Dossier) -> str | None:
    """No document waits for an examination."""
    attendent = sum(un.etat == EtatDePiece.RECUE for un in dossier.pieces.all())
    if attendent:
        return f"{attendent} pièce{'s attendent' if attendent > 1 else ' attend'} l’examen."
    return None


def preparable(dossier: Dossier) -> bool:
    """Whether a proposal is to be prepared without being asked for: it was already, or every document is accepted."""
    etats = {une.etat for une in dossier.pieces.all()} - {EtatDePiece.RETIREE}
    return dossier.etat == Etat.PROPOSITION or etats == {EtatDePiece.ACCEPTEE}


def en_vigueur(dossier: Dossier) -> Decision | None:
    """The decision that holds; None when there is none, or it was undone."""
    return next((une for une in dossier.decisions.all() if une.annulee_le is None), None)


def fin_du_recours(dossier: Dossier) -> date | None:
    """The last day to contest the decision in force; None while it is not notified, or the branch set no delay."""
    decision = en_vigueur(dossier)
    if decision is None or decision.notifiee_le is None:
        return None
    connus: dict[int, int | None] = vars(dossier).setdefault("_delais", {})
    if decision.pk not in connus:
        connus[decision.pk] = delai_de_recours(
            dossier.branche_id, dossier.certification,
            exemple=dossier.organisme.exemple, le=decision.notifiee_le,
        )  # fmt: skip
    jours = connus[decision.pk]
    return (
        None if jours is None else timezone.localdate(decision.notifiee_le) + timedelta(days=jours)
    )


def recours_ferme(dossier: Dossier) -> str | None:
    """The delay of the appeal is over: until then the dossier stays open to one."""
    fin = fin_du_recours(dossier)
    if fin is None:
        return "La branche n’a pas fixé le délai du recours : son administration l’écrit dans « Vos lettres »."
    if timezone.localdate() <= fin:
        return f"Le recours est ouvert jusqu’au {date_en_clair(fin)}, délai fixé par la branche."
    return None


def annulable(dossier: Dossier) -> str | None:
    """The decision has not been notified yet."""
    decision = en_vigueur(dossier)
    if decision is None:
        return "Aucune décision n’est en vigueur."
    if decision.notifiable_des <= timezone.now():
        return "La décision va être notifiée : seul un recours peut la revoir."
    return None


def nomme(dossier: Dossier) -> str | None:
    """The identity was not erased already."""
    return None if dossier.anonyme_le is None else "L’identité de ce dossier est déjà effacée."
