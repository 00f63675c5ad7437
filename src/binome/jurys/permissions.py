"""Who may do what of juries: those who organise them for a branch, who sits, who is presented, and who trained them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import CERTIFIENT
from binome.dossiers.impartialite import est_partie
from binome.gestes.table import pas_le_sien
from binome.jurys.etats import EtatDeJury, EtatDeMembre, EtatDePresentation
from binome.jurys.models import (
    DecisionDeBloc,
    DemarcheVae,
    Jury,
    MembreDeJury,
    PlaceAuJury,
    Presentation,
    ProcesVerbal,
    RecoursDeJury,
    ReglementDeJury,
)
from binome.parcours.impartialite import PARTIE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier

JURY: Final = "jury"
"""The side of those who organise the juries of a branch."""
MEMBRE: Final = "membre"
"""The side of somebody who sits, on what is said of them."""
CANDIDAT: Final = "candidat"
"""The side of somebody presented, on what was decided of them."""
CONVOQUES: Final = (EtatDeJury.CONVOQUE, EtatDeJury.OUVERT)
"""The states of a jury whose day is told to who is presented there."""
PAS_A_VOUS: Final = "Cette page est celle de qui organise les jurys de la branche."


def organise(acteur: Acteur, branche: int) -> frozenset[str]:
    """The side of who organises the juries of a branch; not of who looks through their eyes."""
    oui = acteur.soutien is None and branche in acteur.branches(*CERTIFIENT)
    return frozenset({JURY}) if oui else frozenset()


def juge(acteur: Acteur, branche: int, dossier: Dossier) -> frozenset[str]:
    """The same, on what is decided of somebody: nobody organises what is theirs."""
    cotes = organise(acteur, branche)
    return frozenset() if cotes and est_partie(acteur, dossier) else cotes


def cotes_de_jury(acteur: Acteur, jury: Jury) -> frozenset[str]:
    """The side of a person on a jury."""
    return organise(acteur, jury.branche_id)


def cotes_de_place(acteur: Acteur, place: PlaceAuJury) -> frozenset[str]:
    """The same, on a seat there; whose it is may leave it."""
    return organise(acteur, place.jury.branche_id) | _soi(acteur, place.membre)


def cotes_de_presentation(acteur: Acteur, presentation: Presentation) -> frozenset[str]:
    """The same, on somebody presented there, unless they are party to their dossier."""
    return juge(acteur, presentation.jury.branche_id, presentation.parcours.dossier)


def cotes_de_decision(acteur: Acteur, decision: DecisionDeBloc) -> frozenset[str]:
    """The same, on what it decided."""
    return cotes_de_presentation(acteur, decision.presentation)


def pas_de_presentation(acteur: Acteur, presentation: Presentation) -> str:
    """Why a gesture on somebody presented is not a person's."""
    if organise(acteur, presentation.jury.branche_id) and est_partie(
        acteur, presentation.parcours.dossier
    ):
        return PARTIE
    return pas_le_sien(acteur, presentation)


def pas_de_decision(acteur: Acteur, decision: DecisionDeBloc) -> str:
    """The same, on what was decided of them."""
    return pas_de_presentation(acteur, decision.presentation)


def pas_de_recours(acteur: Acteur, recours: RecoursDeJury) -> str:
    """The same, on what they contest."""
    return pas_de_presentation(acteur, recours.presentation)


def cotes_de_proces_verbal(acteur: Acteur, un: ProcesVerbal) -> frozenset[str]:
    """The same, on its minutes."""
    return organise(acteur, un.jury.branche_id)


def cotes_de_reglement(acteur: Acteur, un: ReglementDeJury) -> frozenset[str]:
    """The same, on what the branch says of its juries."""
    return organise(acteur, un.branche_id)


def cotes_de_membre(acteur: Acteur, membre: MembreDeJury) -> frozenset[str]:
    """The same on somebody who sits, who is a side of their own."""
    return organise(acteur, membre.branche_id) | _soi(acteur, membre)


def _soi(acteur: Acteur, membre: MembreDeJury) -> frozenset[str]:
    soi = acteur.soutien is None and est_ce_membre(acteur, membre)
    return frozenset({MEMBRE}) if soi else frozenset()


def cotes_de_recours(acteur: Acteur, recours: RecoursDeJury) -> frozenset[str]:
    """Who organises the juries answers; who was presented appeals."""
    presentation = recours.presentation
    soi = acteur.soutien is None and (
        presentation.parcours.dossier.candidat_id == acteur.personne.pk
    )
    return cotes_de_presentation(acteur, presentation) | (
        frozenset({CANDIDAT}) if soi else frozenset()
    )


def cotes_de_vae(acteur: Acteur, une: DemarcheVae) -> frozenset[str]:
    """Who organises the juries of the branch follows a request by experience, unless it is theirs."""
    return juge(acteur, une.branche_id, une.dossier)


def pas_de_vae(acteur: Acteur, une: DemarcheVae) -> str:
    """Why a gesture on a request by experience is not a person's."""
    if organise(acteur, une.branche_id) and est_partie(acteur, une.dossier):
        return PARTIE
    return pas_le_sien(acteur, une)


def est_ce_membre(acteur: Acteur, membre: MembreDeJury) -> bool:
    """Whether a person is this juror: by their account, or by the proven address that was typed."""
    if membre.compte_id is not None:
        return membre.compte_id == acteur.personne.pk
    return membre.courriel != "" and membre.courriel == acteur.personne.courriel


def son_siege(acteur: Acteur) -> MembreDeJury | None:
    """What the branch keeps of a person who may sit, for them alone; the first one where several branches count on them."""
    qui = Q(compte=acteur.personne) | Q(compte__isnull=True, courriel=acteur.personne.courriel)
    lus = MembreDeJury.objects.filter(qui, etat=EtatDeMembre.INSCRIT).exclude(
        compte__isnull=True, courriel=""
    )
    return lus.select_related("branche").order_by("pk").first()


def jurys_visibles(acteur: Acteur) -> QuerySet[Jury]:
    """The juries of the branch that one organises them for."""
    return Jury.objects.filter(branche__in=acteur.branches(*CERTIFIENT)).select_related(
        "branche", "reglement"
    )


def membres_visibles(acteur: Acteur) -> QuerySet[MembreDeJury]:
    """Who may sit for the branch that one organises juries for; names that were erased apart."""
    lus = MembreDeJury.objects.filter(branche__in=acteur.branches(*CERTIFIENT))
    return lus.exclude(etat=EtatDeMembre.EFFACE).select_related("branche", "compte")


def reglements_visibles(acteur: Acteur) -> QuerySet[ReglementDeJury]:
    """What the branch says of its juries, for who organises them."""
    return ReglementDeJury.objects.filter(branche__in=acteur.branches(*CERTIFIENT)).select_related(
        "branche"
    )


def vaes_visibles(acteur: Acteur) -> QuerySet[DemarcheVae]:
    """The requests by experience of the branch, and one's own."""
    lues = Q(branche__in=acteur.branches(*CERTIFIENT)) | Q(dossier__candidat=acteur.personne)
    return DemarcheVae.objects.filter(lues).select_related("dossier__candidat", "branche")


def recours_visibles(acteur: Acteur) -> QuerySet[RecoursDeJury]:
    """The appeals against the juries that one organises, and one's own."""
    lus = Q(presentation__jury__branche__in=acteur.branches(*CERTIFIENT))
    lus |= Q(presentation__parcours__dossier__candidat=acteur.personne)
    return RecoursDeJury.objects.filter(lus).select_related(
        "presentation__jury__reglement", "presentation__parcours__dossier"
    )


def resultats_visibles(acteur: Acteur) -> QuerySet[Presentation]:
    """What closed juries decided: for who was presented, for who manages or trains in their organisation, for who organises.

    Never for an employer, nor for who pays.
    """
    closes = Q(jury__etat=EtatDeJury.CLOS)
    lues = closes & Q(parcours__dossier__candidat=acteur.personne)
    organismes = acteur.organisations("gestionnaire", "formateur")
    if organismes:
        lues |= closes & Q(parcours__organisme__in=organismes)
    branches = acteur.branches(*CERTIFIENT)
    if branches:
        lues |= Q(jury__branche__in=branches)
    return Presentation.objects.filter(lues).select_related(
        "jury__reglement", "jury__branche", "parcours__dossier"
    )


def presentations_a_venir(acteur: Acteur) -> QuerySet[Presentation]:
    """Who is presented to a jury that was called: for themselves, and for who manages or trains in their organisation.

    Nothing is said of a jury in preparation, whose day may still change; never to an employer, nor to who pays.
    """
    lues = Q(parcours__dossier__candidat=acteur.personne)
    organismes = acteur.organisations("gestionnaire", "formateur")
    if organismes:
        lues |= Q(parcours__organisme__in=organismes)
    return (
        Presentation.objects.filter(lues, jury__etat__in=CONVOQUES)
        .exclude(etat=EtatDePresentation.RETIREE)
        .select_related("jury__branche", "parcours__dossier")
        .order_by("jury__jour", "pk")
    )


def branche_des_jurys(acteur: Acteur, *, ecrit: bool = False) -> Organisation:
    """The branch that a person organises the juries of, the first where there are several. Raises Http404, PermissionDenied."""
    sienne = next((un for un in acteur.appartenances if un.role in CERTIFIENT), None)
    if sienne is None:
        raise Http404(PAS_A_VOUS)
    if ecrit and acteur.soutien is not None:
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return sienne.organisation


def jury_pour(acteur: Acteur, numero: int, *, ecrit: bool = False) -> Jury:
    """A jury for who organises it. Raises Http404, PermissionDenied."""
    jury = jurys_visibles(acteur).filter(pk=numero).first()
    if jury is None:
        raise Http404("Ce jury n’existe pas, ou ne vous est pas ouvert.")
    if ecrit and not cotes_de_jury(acteur, jury):
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    return jury
