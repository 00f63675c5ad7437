"""Who may do what of what is delivered: its branch's people who organise juries; the organisation, of its own attestations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import CERTIFIENT
from binome.dossiers.impartialite import est_partie
from binome.dossiers.traces import noter
from binome.gestes.table import pas_le_sien
from binome.lectures.models import ObjetLu
from binome.parcours.impartialite import PARTIE
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Titre

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours
    from binome.titres.models import Duplicata

BRANCHE: Final = "branche"
"""The side of those who deliver for a branch."""
ORGANISME: Final = "organisme"
"""The side of the organisation that attests of a formation d’adaptation."""


def emetteurs_de_la_branche(acteur: Acteur) -> frozenset[int]:
    """The branches whose titles a person delivers."""
    return frozenset() if acteur.soutien is not None else acteur.organisations(*CERTIFIENT)


def cotes_de_titre(acteur: Acteur, titre: Titre) -> frozenset[str]:
    """The side of a person on a title; nobody acts through the eyes of somebody else."""
    if titre.nature != NatureDeTitre.FAE:
        sien = titre.emetteur_id in emetteurs_de_la_branche(acteur)
        juge = sien and not est_partie(acteur, titre.parcours.dossier)
        return frozenset({BRANCHE}) if juge else frozenset()
    gere = acteur.soutien is None and titre.emetteur_id in acteur.organisations("gestionnaire")
    return frozenset({ORGANISME}) if gere else frozenset()


def qui_delivre(titre: Titre, auteur: str) -> str:  # noqa: ARG001 - whoever they are, it is for their side
    """The side that delivers a title, as its story says it."""
    return ORGANISME if titre.nature == NatureDeTitre.FAE else BRANCHE


def cotes_de_duplicata(acteur: Acteur, duplicata: Duplicata) -> frozenset[str]:
    """The same, on a duplicate."""
    return cotes_de_titre(acteur, duplicata.titre)


def pas_de_titre(acteur: Acteur, titre: Titre) -> str:
    """Why a gesture on a title is not a person's."""
    partie = "" if titre.nature == NatureDeTitre.FAE else partie_au(acteur, titre.parcours)
    return partie or pas_le_sien(acteur, titre)


def pas_de_duplicata(acteur: Acteur, duplicata: Duplicata) -> str:
    """The same, on a duplicate."""
    return pas_de_titre(acteur, duplicata.titre)


def partie_au(acteur: Acteur, parcours: Parcours) -> str:
    """Why a person of the branch delivers nothing to a path; empty for no such reason."""
    delivre = bool(emetteurs_de_la_branche(acteur))
    return PARTIE if delivre and est_partie(acteur, parcours.dossier) else ""


def noter_le_titre(acteur: Acteur, titre: Titre) -> None:
    """Notes who opened a title: it tells of the person of its dossier."""
    noter(acteur, titre.parcours.dossier, ObjetLu.DOSSIER)


def titres_visibles(acteur: Acteur) -> QuerySet[Titre]:
    """The titles that a person may read: their own, and those that they deliver. An employer reads none."""
    lus = Q(parcours__dossier__candidat=acteur.personne)
    branches = acteur.organisations(*CERTIFIENT)
    if branches:
        lus |= Q(emetteur__in=branches) & ~Q(nature=NatureDeTitre.FAE)
    organismes = acteur.organisations("gestionnaire")
    if organismes:
        lus |= Q(emetteur__in=organismes, nature=NatureDeTitre.FAE)
    return Titre.objects.filter(lus).select_related("parcours__dossier", "emetteur", "delivre_par")


def titre_pour(acteur: Acteur, numero: int) -> tuple[Titre, frozenset[str]]:
    """A title, for who may read it, and the sides they stand on. Raises Http404."""
    titre = titres_visibles(acteur).filter(pk=numero).first()
    if titre is None:
        raise Http404("Ce titre n’existe pas, ou ne vous est pas ouvert.")
    return titre, cotes_de_titre(acteur, titre)
