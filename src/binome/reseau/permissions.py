"""Who reads what the network is made of, and on which side of it they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import EXAMINENT
from binome.reseau.etats import EtatDAppel, EtatDeCandidature
from binome.reseau.models import Appel, Candidature, Convention, Formateur, SiteDeFormation

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.gestes.passage import M
    from binome.gestes.table import Flux

ORGANISME: Final = "organisme"
EXAMEN: Final = "examen"
"""The side of who examines for the branch of a call, and is nothing to the organisation."""


def _exemples(acteur: Acteur) -> set[bool]:
    """The worlds that somebody belongs to: the made-up one, the real one."""
    return {un.organisation.exemple for un in acteur.appartenances}


def visibles(acteur: Acteur) -> QuerySet[SiteDeFormation]:
    """The places that a person may read: those of their organisation, every one for the branch."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire", "formateur"))
    if acteur.de_la_branche:
        lus |= Q(organisme__exemple__in=_exemples(acteur))
    return SiteDeFormation.objects.filter(lus).select_related("organisme")


def cotes(acteur: Acteur, site: SiteDeFormation) -> frozenset[str]:
    """Who manages the organisation acts on its places; not who looks through their eyes."""
    return _gere(acteur, site.organisme_id)


def formateurs_visibles(acteur: Acteur) -> QuerySet[Formateur]:
    """The trainers that a person may read: those of the organisation they manage, themselves, all for who examines."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire")) | Q(compte=acteur.personne)
    if acteur.a_role(*EXAMINENT):
        lus |= Q(organisme__exemple__in=_exemples(acteur))
    return Formateur.objects.filter(lus).select_related("organisme", "compte")


def cotes_du_formateur(acteur: Acteur, un: Formateur) -> frozenset[str]:
    """Who manages the organisation says who trains for it."""
    return _gere(acteur, un.organisme_id)


def appels_visibles(acteur: Acteur) -> QuerySet[Appel]:
    """The calls that a person may read: their branch's, and those published for who manages an organisation."""
    lus = Q(branche__in=acteur.branches())
    mondes = {un.organisation.exemple for un in acteur.appartenances if un.role == "gestionnaire"}
    if mondes:
        lus |= Q(branche__exemple__in=mondes, publie_le__isnull=False)
    return Appel.objects.filter(lus).select_related("branche")


def cotes_de_l_appel(acteur: Acteur, appel: Appel) -> frozenset[str]:
    """Who examines for the branch of a call writes it."""
    examine = acteur.soutien is None and appel.branche_id in acteur.branches(*EXAMINENT)
    return frozenset({EXAMEN}) if examine else frozenset()


def branche_examinee(acteur: Acteur) -> Organisation:
    """The branch that a person examines for, the first where there are several. Raises Http404, PermissionDenied."""
    sienne = next((un for un in acteur.appartenances if un.role in EXAMINENT), None)
    if sienne is None:
        raise Http404("Cette page est celle de qui examine pour la branche.")
    if acteur.soutien is not None:
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return sienne.organisation


def appel_ouvert_pour(acteur: Acteur, numero: int, jour: date) -> tuple[Appel, Organisation]:
    """A call that the organisation of a person may answer that day. Raises Http404, PermissionDenied."""
    organisme = organisme_gere(acteur)
    appel = appels_visibles(acteur).filter(pk=numero, etat=EtatDAppel.PUBLIE).first()
    if appel is None:
        raise Http404("Cet appel n’existe pas, ou n’est pas publié.")
    if not appel.ouvert_le(jour):
        raise PermissionDenied("On ne répond pas à cet appel aujourd’hui : lisez ses jours.")
    return appel, organisme


def candidatures_visibles(acteur: Acteur) -> QuerySet[Candidature]:
    """The answers of the organisation that one manages; those that were sent, for who examines for the branch."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire"))
    branches = acteur.branches(*EXAMINENT)
    if branches:
        lus |= Q(appel__branche__in=branches, deposee_le__isnull=False) & ~Q(
            etat=EtatDeCandidature.BROUILLON
        )
    return Candidature.objects.filter(lus).select_related("organisme", "appel__branche")


def cotes_de_la_candidature(acteur: Acteur, une: Candidature) -> frozenset[str]:
    """Who manages the organisation writes its answer; who examines for the branch decides, unless they are party to it."""
    return _gere(acteur, une.organisme_id) or _examine(
        acteur, une.appel.branche_id, une.organisme_id
    )


def conventions_visibles(acteur: Acteur) -> QuerySet[Convention]:
    """The conventions of one's organisation, or of one's branch."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire", "formateur"))
    lus |= Q(candidature__appel__branche__in=acteur.branches())
    return Convention.objects.filter(lus).select_related("organisme", "candidature__appel__branche")


def cotes_de_la_convention(acteur: Acteur, une: Convention) -> frozenset[str]:
    """The same two sides as the answer that opened it."""
    return cotes_de_la_candidature(acteur, une.candidature)


def pourquoi_pas_examiner(acteur: Acteur, une: Candidature | Convention) -> str:
    """Why somebody may not act: their role, or what ties them to the organisation."""
    if acteur.examine and _lie(acteur, une.organisme_id):
        return "Vous avez ou avez eu un rôle dans cet organisme : une autre personne de la branche s’en occupe."
    return "Votre rôle ne permet pas ce geste."


def _lie(acteur: Acteur, organisme: int) -> bool:
    return any(un.organisation_id == organisme for un in acteur.liens)


def _examine(acteur: Acteur, branche: int, organisme: int) -> frozenset[str]:
    examine = (
        acteur.soutien is None
        and branche in acteur.branches(*EXAMINENT)
        and not _lie(acteur, organisme)
    )
    return frozenset({EXAMEN}) if examine else frozenset()


def organisme_gere(acteur: Acteur) -> Organisation:
    """The organisation that a person manages and acts for, the first where they chose none.

    Raises Http404 for who manages none, PermissionDenied for who looks through their eyes.
    """
    sien = next((un for un in acteur.appartenances if un.role == "gestionnaire"), None)
    if sien is None:
        raise Http404("Cette page est celle de qui gère un organisme de formation.")
    if acteur.soutien is not None:
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return sien.organisation


def a_corriger_pour(acteur: Acteur, flux: Flux[M], numero: int, geste: str = "corriger") -> M:
    """An object whose own form carries a gesture out. Raises Http404 for what one may not read, PermissionDenied."""
    assert flux.visibles is not None  # noqa: S101 - every flow of this room has its pages
    objet = flux.visibles(acteur).filter(pk=numero).first()
    if objet is None:
        raise Http404("Cette fiche n’existe pas, ou ne vous est pas ouverte.")
    if flux.cotes(acteur, objet).isdisjoint(flux.gestes[geste].qui):
        raise PermissionDenied(flux.pourquoi_pas(acteur, objet))
    return objet


def _gere(acteur: Acteur, organisme: int) -> frozenset[str]:
    gere = acteur.soutien is None and organisme in acteur.organisations("gestionnaire")
    return frozenset({ORGANISME}) if gere else frozenset()
