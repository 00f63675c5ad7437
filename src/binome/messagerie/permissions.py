"""Who reads and writes what is said about a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from binome.comptes.models import Organisation
from binome.comptes.roles import EXAMINENT
from binome.dossiers.etats import Etat
from binome.dossiers.flows import EXAMEN, ORGANISME
from binome.dossiers.gardes import recours_ferme
from binome.dossiers.impartialite import les_siens
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import cotes, de_ses_branches, dossier_pour
from binome.dossiers.retablissement import jusqu_a
from binome.messagerie.models import Cote, Modele, Mot

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur


def cote_de(acteur: Acteur, dossier: Dossier) -> Cote | None:
    """The side by which a person writes about a dossier once it was filed; None for who does not."""
    if (
        dossier.etat == Etat.BROUILLON
        or dossier.depose_le is None
        or dossier.anonyme_le is not None
    ):
        return None
    siens = cotes(acteur, dossier)
    if EXAMEN in siens:
        return Cote.BRANCHE
    return Cote.ORGANISME if ORGANISME in siens else None


def lit_les_messages(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person reads what both sides wrote: who examines, who manages or trains; not support's look."""
    if acteur.soutien is not None:
        return False
    return cote_de(acteur, dossier) is not None or (
        dossier.depose_le is not None and dossier.organisme_id in acteur.organisations("formateur")
    )


def messages_a_lire(acteur: Acteur) -> QuerySet[Mot]:
    """The messages of the other side that nobody of a person's has read, in the dossiers where they may answer."""
    lus = Mot.objects.filter(interne=False, lu_le__isnull=True).order_by()
    if acteur.soutien is not None:
        return lus.none()
    siens = Q(cote=Cote.BRANCHE, dossier__organisme__in=acteur.organisations("gestionnaire"))
    if acteur.examine:
        parties = Dossier.objects.filter(pk=OuterRef("dossier")).filter(les_siens(acteur))
        examines = de_ses_branches(acteur, "dossier__", *EXAMINENT)
        siens |= Q(cote=Cote.ORGANISME) & examines & ~Q(Exists(parties))
    return lus.filter(siens, dossier__anonyme_le__isnull=True)


def a_lire_sur_une_ligne(acteur: Acteur) -> QuerySet[Mot]:
    """The same among the lines that a person reads already: what the other side wrote, and that nobody has read."""
    if acteur.soutien is not None or acteur.examine == acteur.gere:
        return messages_a_lire(acteur)
    cote = Cote.ORGANISME if acteur.examine else Cote.BRANCHE
    return Mot.objects.filter(interne=False, lu_le__isnull=True, cote=cote).order_by()


def notes_ouvertes(dossier: Dossier) -> bool:
    """Whether the candidate may read the notes of the branch about them: the branch has nothing left to decide.

    The dossier is closed, its decision can no longer be contested, or it was withdrawn for good. Until then a note
    would tell of a decision that is prepared, not notified yet, or about to be answered for.
    """
    if dossier.etat == Etat.DECIDE:
        return recours_ferme(dossier) is None
    if dossier.etat == Etat.RETIRE:
        return jusqu_a(dossier) is None
    return dossier.etat in (Etat.CLOS, Etat.AILLEURS)


def dossier_ou_ecrire(acteur: Acteur, reference: str, *, interne: bool) -> tuple[Dossier, Cote]:
    """A dossier and the side by which a person writes about it. Raises Http404, PermissionDenied."""
    dossier = dossier_pour(acteur, reference)
    cote = cote_de(acteur, dossier)
    if cote is None or (interne and cote != Cote.BRANCHE):
        raise PermissionDenied("Vous n’écrivez pas au sujet de ce dossier.")
    return dossier, cote


def _siennes(acteur: Acteur) -> frozenset[int]:
    return acteur.branches(*EXAMINENT) if acteur.examine else frozenset()


def branches_examinees(acteur: Acteur) -> QuerySet[Organisation]:
    """The branches that a person examines for, with their own eyes."""
    return Organisation.objects.filter(pk__in=_siennes(acteur)).order_by("nom", "pk")


def modeles_de(acteur: Acteur) -> QuerySet[Modele]:
    """The texts that a person may put in what they write: those of their branches."""
    siennes = _siennes(acteur)
    return Modele.objects.filter(branche__in=siennes, ote_le__isnull=True).order_by("titre", "pk")
