"""The cards of the next weeks on paper: what each proposes, and the square that names it. Printing writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.urls import reverse

from binome.impression.cartes_imprimees import CartesImprimees, SemaineAImprimer
from binome.impression.pdf import pdf_des_cartes
from binome.livret.etats import DITES, Valeur
from binome.livret.lecture import enseignes_avant, vecues_de
from binome.livret.models import Appreciation
from binome.livret.programme import competences_du_parcours
from binome.livret.proposer import Vecue, proposer
from binome.livret.semaines import SEMAINE
from binome.parcours.etats import Statut

if TYPE_CHECKING:
    from datetime import date

    from binome.parcours.models import Parcours
    from binome.regles.competences import Competence

PAGES: Final = 4
"""Weeks printed at once, a page each."""


class PageDePapier(NamedTuple):
    """A week, and the competences printed for it."""

    semaine: date
    competences: tuple[Competence, ...]


def pages_de_papier(parcours: Parcours, du: date) -> list[PageDePapier]:
    """What the cards of four weeks propose: what is printed for one comes last for the next.

    What is already said of a week is not printed again: its paper adds to it.
    """
    connues = competences_du_parcours(parcours)
    vecues = vecues_de(parcours)
    enseignes = enseignes_avant(parcours, du + PAGES * SEMAINE)
    suivis = set(
        parcours.modules.filter(statut=Statut.A_SUIVRE)
        .order_by("rang")
        .values_list("code", flat=True)
    )
    semaines = [du + rang * SEMAINE for rang in range(PAGES)]
    dites = set(
        Appreciation.objects.filter(
            carte__parcours=parcours, carte__semaine__in=semaines, etat__in=DITES
        )
        .order_by("pk")
        .values_list("carte__semaine", "competence")
    )
    pages = []
    for semaine in semaines:
        libres = [une for une in connues if (semaine, une.code) not in dites]
        proposees = proposer(libres, vecues, enseignes, suivis, semaine)
        pages.append(PageDePapier(semaine, proposees))
        vecues += [Vecue(une.code, semaine, Valeur.SEUL) for une in proposees]
    return pages


def adresse_de_la_carte(parcours: Parcours, page: PageDePapier) -> str:
    """What the square of a page holds: the path, the week, and what is printed on it."""
    codes = ".".join(une.code for une in page.competences)
    chemin = reverse("papier-du-livret", args=[parcours.pk])
    return f"{settings.ADRESSE}{chemin}?s={page.semaine.isoformat()}&c={codes}"


def cartes_en_pdf(parcours: Parcours, du: date, jour: date) -> bytes:
    """The cards of four weeks, from a Monday."""
    return pdf_des_cartes(
        CartesImprimees(
            personne=parcours.dossier.personne,
            semaines=tuple(
                SemaineAImprimer(
                    une.semaine,
                    une.semaine + SEMAINE - SEMAINE / 7,
                    tuple(competence.intitule for competence in une.competences),
                    adresse_de_la_carte(parcours, une),
                )
                for une in pages_de_papier(parcours, du)
            ),
            reponses=tuple(Valeur.labels),
            le=jour,
            exemple=parcours.dossier.exemple,
        )
    )
