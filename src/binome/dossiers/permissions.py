"""Permission and fetch in one call: a dossier is only ever reached through here.

Who fetches, opens: each of these calls leaves its trace (`traces.py`), so that no page may forget to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from binome.comptes.models import Organisation
from binome.comptes.roles import EXAMINENT
from binome.dossiers.employeurs.services import emplois_du, ouverts, suivis_par
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.flows import ADMINISTRATION, CANDIDAT, EXAMEN, GESTES, ORGANISME
from binome.dossiers.impartialite import d_elle_meme, est_partie
from binome.dossiers.models import Dossier
from binome.dossiers.traces import noter
from binome.emplois.permissions import employe
from binome.lectures.models import ObjetLu

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import EmploiSuivi, Piece


DEPOSES: Final = ~Q(etat=Etat.BROUILLON) & Q(depose_le__isnull=False)
"""What is the branch's to read: it was filed."""


def visibles(acteur: Acteur) -> QuerySet[Dossier]:
    """The dossiers that a person may read: their own, their organisation's, those filed with the branch.

    Who employs the candidate reads it once filed, while the job lasts.
    """
    return Dossier.objects.filter(Q(candidat=acteur.personne) | _par_ses_roles(acteur))


def a_lister(acteur: Acteur) -> QuerySet[Dossier]:
    """What a person's lists hold: what their roles let them read, or their own when they have no role.

    Who has a role finds their own dossier on their home page: no list is searched for it line after line.
    """
    if acteur.appartenances:
        a_lire = _par_ses_roles(acteur)
        if acteur.de_la_branche:
            a_lire &= ~d_elle_meme(acteur)
        return Dossier.objects.filter(a_lire)
    return Dossier.objects.filter(candidat=acteur.personne)


def _par_ses_roles(acteur: Acteur) -> Q:
    condition = Q(pk__in=())
    organismes = acteur.organisations("gestionnaire", "formateur")
    if organismes:
        condition |= Q(organisme__in=organismes)
    if employe(acteur):
        condition |= Q(pk__in=suivis_par(acteur)) & ~Q(etat=Etat.BROUILLON)
    if acteur.de_la_branche:
        condition |= DEPOSES & de_ses_branches(acteur)
    return condition


def de_ses_branches(acteur: Acteur, avant: str = "", *roles: str) -> Q:
    """The dossiers of the branches that a person works for; `avant` leads to the dossier, with its `__`.

    Named, they are the branch's; unnamed, those of what it delivers, made up for who is made up.
    """
    condition = Q(**{f"{avant}branche__in": acteur.branches(*roles)})
    for code, exemple in sorted(acteur.delivrances(*roles)):
        # By their numbers, not by a join: only an unnamed dossier is looked up, and counts stay within an index.
        leurs = (f"{avant}organisme__in", Organisation.objects.filter(exemple=exemple).values("pk"))
        condition |= Q((f"{avant}branche", None), (f"{avant}certification", code), leurs)
    return condition


def est_de_sa_branche(acteur: Acteur, dossier: Dossier, *roles: str) -> bool:
    """Whether a dossier is of a branch that a person works for, by one of the roles."""
    if dossier.branche_id is not None:
        return dossier.branche_id in acteur.branches(*roles)
    return (dossier.certification, dossier.organisme.exemple) in acteur.delivrances(*roles)


PARTIE: Final = "Ce dossier vous concerne, ou votre organisation le suit : une autre personne de la branche l’examine."


def lit_l_examen(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person reads what the branch prepares: they work for it, and the dossier is not theirs."""
    return est_de_sa_branche(acteur, dossier) and not est_partie(acteur, dossier)


def cotes(acteur: Acteur, dossier: Dossier) -> frozenset[str]:
    """The sides of a dossier that a person may act on; none for who looks through their eyes.

    Nobody examines a dossier that is theirs, whatever their role.
    """
    if acteur.soutien is not None:
        return frozenset()
    lus = set()
    if dossier.candidat_id == acteur.personne.pk:
        lus.add(CANDIDAT)
    if dossier.organisme_id in acteur.organisations("gestionnaire"):
        lus.add(ORGANISME)
    if est_de_sa_branche(acteur, dossier, *EXAMINENT) and not est_partie(acteur, dossier):
        lus.add(EXAMEN)
        if est_de_sa_branche(acteur, dossier, "administrateur"):
            lus.add(ADMINISTRATION)
    return frozenset(lus)


def pourquoi_pas(acteur: Acteur, dossier: Dossier) -> str:
    """Why a gesture is not a person's to do, when none of their sides may."""
    if acteur.examine and est_partie(acteur, dossier):
        return PARTIE
    return "Votre rôle ne permet pas ce geste sur ce dossier."


def lit_tout(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person who sees the dossier reads its diplomas: an employer does not."""
    return (
        lit_l_examen(acteur, dossier)
        or dossier.candidat_id == acteur.personne.pk
        or dossier.organisme_id in acteur.organisations("gestionnaire", "formateur")
    )


def lit_les_pieces(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether they read its documents, its appeals and its story: who trains or runs juries has no use of them."""
    if dossier.candidat_id == acteur.personne.pk:
        return True
    if dossier.organisme_id in acteur.organisations("gestionnaire"):
        return True
    return lit_l_examen(acteur, dossier) and est_de_sa_branche(acteur, dossier, *EXAMINENT)


def dossier_pour(acteur: Acteur, reference: str, geste: str = "") -> Dossier:
    """The dossier of a reference, for a person, and for a gesture when one is named.

    Raises Http404 when the person may not even know that it exists, PermissionDenied when they may
    read it but not do this.
    """
    dossier = _visible(acteur, reference)
    _permettre(acteur, dossier, geste)
    noter(acteur, dossier, ObjetLu.DOSSIER)
    return dossier


def _visible(acteur: Acteur, reference: str) -> Dossier:
    dossier = (
        visibles(acteur)
        .select_related("organisme", "candidat", "examine_par")
        .annotate(
            suivi_ouvert=Exists(ouverts().filter(dossier=OuterRef("pk"))),
        )
        .filter(reference=reference)
        .first()
    )
    if dossier is None:
        raise Http404("Ce dossier n’existe pas, ou ne vous est pas ouvert.")
    dossier.est_suivi = dossier.suivi_ouvert
    dossier.examen_lu = lit_l_examen(acteur, dossier)
    dossier.recours_lu = lit_tout(acteur, dossier)
    return dossier


def _permettre(acteur: Acteur, dossier: Dossier, geste: str) -> None:
    if geste and not cotes(acteur, dossier).intersection(GESTES[geste].qui):
        raise PermissionDenied(pourquoi_pas(acteur, dossier))


def emploi_suivi_pour(
    acteur: Acteur, reference: str, numero: int, geste: str
) -> tuple[Dossier, EmploiSuivi]:
    """A dossier and one of the jobs that it is followed for, for a person and a gesture.

    Raises Http404 for a job that is not of the dossier, or no longer; PermissionDenied for the gesture.
    """
    dossier = _visible(acteur, reference)
    _permettre(acteur, dossier, geste)
    suivi = next((un for un in emplois_du(dossier) if un.pk == numero), None)
    if suivi is None:
        raise Http404("Cet emploi n’est pas, ou n’est plus, de ce dossier.")
    noter(acteur, dossier, ObjetLu.DOSSIER)
    return dossier, suivi


def piece_pour(
    acteur: Acteur, reference: str, numero: int, geste: str = "", *, genre: ObjetLu = ObjetLu.PIECE
) -> Piece:
    """A document that a person may read, and for a gesture when one is named; `genre` is how it is opened.

    Raises Http404, for others may not even know of it; PermissionDenied for the gesture, and for support's look.
    """
    dossier = _visible(acteur, reference)
    _permettre(acteur, dossier, geste)
    piece = dossier.pieces.filter(pk=numero).first() if lit_les_pieces(acteur, dossier) else None
    if piece is None:
        raise Http404("Cette pièce n’existe pas, ou ne vous est pas ouverte.")
    de_ses_yeux(acteur)
    piece.dossier = dossier
    noter(acteur, dossier, genre, piece.pk)
    return piece


def pieces_a_examiner(acteur: Acteur, reference: str) -> tuple[Dossier, list[Piece]]:
    """A dossier and its documents that wait, for who examines it. Raises Http404, PermissionDenied."""
    dossier = dossier_pour(acteur, reference, "examiner")
    pieces = list(dossier.pieces.filter(etat=EtatDePiece.RECUE).order_by("pk"))
    for piece in pieces:
        piece.dossier = dossier
        noter(acteur, dossier, ObjetLu.PIECE, piece.pk)
    return dossier, pieces


def de_ses_yeux(acteur: Acteur) -> None:
    """Raises PermissionDenied for support's look: it sees that a paper is there, and never opens one."""
    if acteur.soutien is not None:
        raise PermissionDenied("L’aide voit qu’une pièce ou une lettre est là, sans l’ouvrir.")


def lit_les_lectures(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person reads who opened a dossier: the candidate, and the branch's administration."""
    return dossier.candidat_id == acteur.personne.pk or (
        acteur.a_role("administrateur") and lit_l_examen(acteur, dossier)
    )


def lectures_pour(acteur: Acteur, reference: str) -> Dossier:
    """The dossier whose openings a person may read. Raises Http404, PermissionDenied."""
    dossier = dossier_pour(acteur, reference)
    if not lit_les_lectures(acteur, dossier):
        raise PermissionDenied("Qui a ouvert ce dossier ne vous est pas dit.")
    return dossier


def peut_exporter(acteur: Acteur) -> bool:
    """Managers and examiners, with their own eyes."""
    return acteur.gere or acteur.examine
