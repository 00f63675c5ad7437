"""Who examines a dossier, and since when: said by who takes it, or by their first gesture on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.comptes.roles import EXAMINENT
from binome.dossiers.attribution import branches_qui_examinent
from binome.dossiers.impartialite import est_partie
from binome.gestes.auteur import personne
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

LIBRE: Final = {"examine_par": None, "examine_depuis": None}


def examinateurs(dossier: Dossier) -> QuerySet[Appartenance]:
    """Who may examine a dossier, by their open roles in its branch."""
    branches = branches_qui_examinent(
        dossier.branche_id, dossier.certification, exemple=dossier.organisme.exemple
    )
    return (
        Appartenance.objects.filter(
            organisation__in=branches, role__in=EXAMINENT, close_le__isnull=True,
            personne__is_active=True,
        )
        .select_related("personne")
        .order_by("personne__nom", "personne__prenom", "pk")
    )  # fmt: skip


def prendre(passage: Passage[Dossier], par: Auteur) -> None:
    """Who asks examines it from now on, whoever did."""
    qui = personne(par).personne
    if passage.objet.examine_par_id == qui.pk:
        raise GesteImpossible("Vous examinez déjà ce dossier.")
    passage.avant["examine_par"] = passage.objet.examine_par_id
    _donner(passage, qui)


def _donner(passage: Passage[Dossier], a: Personne) -> None:
    passage.apres["examine_par"] = a.pk
    passage.change |= {"examine_par": a, "examine_depuis": timezone.now()}


def tenir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """The first gesture of an examination takes the dossier that nobody holds."""
    qui = personne(par).personne
    for passage in passages:
        if passage.objet.examine_par_id is None:
            _donner(passage, qui)


def remettre(passage: Passage[Dossier], par: Auteur) -> None:  # noqa: ARG001 - one of the gesture's own shape
    """Another person of the branch examines it from now on."""
    numero = passage.donnees["a"]
    role = examinateurs(passage.objet).filter(personne=numero).first()
    if role is None:
        raise GesteImpossible("Choisissez une personne qui examine pour cette branche.")
    if passage.objet.examine_par_id == numero:
        raise GesteImpossible(f"{role.personne} examine déjà ce dossier.")
    if est_partie(Acteur(role.personne), passage.objet):
        raise GesteImpossible(
            f"{role.personne} ne peut pas examiner ce dossier : choisissez une autre personne."
        )
    passage.avant["examine_par"] = passage.objet.examine_par_id
    _donner(passage, role.personne)
    passage.donnees["a_qui"] = role.personne


def rendre(passage: Passage[Dossier], _: Auteur) -> None:
    """Nobody examines it any more."""
    passage.avant["examine_par"] = passage.objet.examine_par_id
    passage.change |= LIBRE


def tenu(dossier: Dossier) -> str | None:
    """Somebody examines it."""
    return None if dossier.examine_par_id else "Personne n’examine ce dossier."


def lire_une_personne(texte: str) -> int:
    """The number of a person, out of a form. Raises ValueError."""
    if not texte.isdecimal() or len(texte) > 15:
        raise ValueError("Choisissez à qui vous remettez ce dossier.")
    return int(texte)
