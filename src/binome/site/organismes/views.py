"""The pages of the training organisations. Every one is a GET, and keeps nothing.

What sources say and what the branch holds in Binôme stand apart: no page joins the two by a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from binome.formations.carte import ATTRIBUTION, carte_svg, lignes_de_carte
from binome.formations.lecture import (
    departements_mal_couverts,
    dispositif,
    organismes,
    sources,
    zones_mal_couvertes,
)
from binome.formations.modeles import MODALITES
from binome.formations.recherche import filtrer, les_plus_proches, sites_par_departement
from binome.formations.territoires import departements
from binome.pliage import plier
from binome.regles.courante import base_courante
from binome.regles.sources import lire_citation
from binome.reseau.annuaire import sous_convention
from binome.sessions.annonces import LES_PREMIERES, places_annoncees
from binome.site.organismes.demande import Criteres, lire_criteres
from binome.site.regles.saisie import trouve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.formations.modeles import Organisme
    from binome.reseau.annuaire import SousConvention
    from binome.socle.demande import Demande

LES_PROCHES: Final = 5
A_TRAVERSER: Final = (
    "dans ce département",
    "dans un département voisin",
    "à deux départements",
    "à trois départements",
    "à quatre départements",
)
"""How far an organisation is, in borders of départements that one crosses."""


@require_safe
def annuaire(request: Demande) -> HttpResponse:
    """The directory, its filters and its map. Raises BadRequest on an unreadable filter."""
    criteres = lire_criteres(request.GET)
    trouves = filtrer(
        organismes(),
        departement=criteres.departement.code if criteres.departement else None,
        modalite=criteres.modalite,
        texte=criteres.texte,
    )
    contexte = {
        "criteres": criteres,
        "choix_departements": sorted(departements().values(), key=lambda d: plier(d.nom)),
        "choix_modalites": MODALITES,
        "trouves": [_ligne(un) for un in trouves],
        "connus": len(organismes()),
        "dispositif": dispositif(),
        "zones": zones_mal_couvertes(),
        "conventions": _conventions(criteres),
        **_places(criteres),
        "distance": [lire_citation("igas-2023, ¶182", sources())],
        **_ailleurs(criteres, trouves),
        **_carte(criteres),
    }
    return render(request, "organismes/annuaire.html", contexte)


@require_safe
def organisme(request: Demande, slug: str) -> HttpResponse:
    """One organisation, each statement with its source. Raises Http404."""
    un = next((o for o in organismes() if o.slug == slug), None)
    if un is None:
        raise Http404(
            f"Nous ne connaissons aucun organisme sous l’adresse « {slug[:60]} ». "
            "Cherchez-le par son nom dans la liste des organismes."
        )
    return render(request, "organismes/organisme.html", _ligne(un))


def _conventions(criteres: Criteres) -> Sequence[SousConvention] | None:
    """The organisations under convention today that meet the filters; None where the database does not answer.

    What our sources say needs no database, and is shown all the same.
    """
    try:
        tenues = sous_convention(timezone.localdate())
    except DatabaseError:
        return None
    return [
        une
        for une in tenues
        if une.repond(
            departement=criteres.departement.code if criteres.departement else "",
            modalite=criteres.modalite or "",
            texte=criteres.texte,
        )
    ]


def _places(criteres: Criteres) -> dict[str, Any]:
    """The seats that organisations announce, that meet the filters; none where the database does not answer."""
    maintenant = timezone.now()
    try:
        annoncees = places_annoncees(maintenant)
    except DatabaseError:
        annoncees = []
    voulues = [
        une
        for une in annoncees
        if une.repond(
            departement=criteres.departement.code if criteres.departement else "",
            modalite=criteres.modalite or "",
            texte=criteres.texte,
        )
    ]
    return {
        "places": voulues[:LES_PREMIERES],
        "d_autres_places": max(0, len(voulues) - LES_PREMIERES),
        "annoncees_le": timezone.localdate(maintenant),
    }


def _ligne(un: Organisme) -> dict[str, Any]:
    referentiels = base_courante().referentiels
    return {
        "organisme": un,
        "page": _sa_page(un),
        "modalite": MODALITES[un.modalite],
        "referentiels": [referentiels[identifiant] for identifiant in un.habilitation.referentiels],
    }


def _sa_page(un: Organisme) -> str:
    """The page of the organisation about this training, where one of our sources is that page; empty elsewhere."""
    noms = f"{un.nom} {un.nom_complet}"
    siennes = (c.source for c in un.sources if trouve(c.source.editeur, noms))
    return next((une.lien for une in siennes if une.lien is not None), "")


def _ailleurs(criteres: Criteres, trouves: tuple[Organisme, ...]) -> dict[str, Any]:
    """For a département: whether IGAS lists it, who else is in its region, and who is nearest beyond."""
    lieu = criteres.lieu
    if lieu is None:
        return {}
    region = lieu.region
    voisins = filtrer(organismes(), region=region.code)
    proches = [
        {"organisme": un, "loin": A_TRAVERSER[bornes]}
        for un, bornes in les_plus_proches(organismes(), lieu.code)
        if un not in trouves and un not in voisins and bornes < len(A_TRAVERSER)
    ]
    return {
        "lieu": lieu,
        "proches": proches[:LES_PROCHES],
        "zones_du_lieu": [z for z in zones_mal_couvertes() if lieu in z.departements],
        "zones_de_la_region": [
            z for z in zones_mal_couvertes() if region in z.regions and not z.departements
        ],
        "voisins": [un for un in voisins if un not in trouves],
    }


def _carte(criteres: Criteres) -> dict[str, Any]:
    """The map of all known sites, whatever the filters, and its table."""
    adresse = reverse("organismes")
    points = sites_par_departement(organismes())
    mal_couverts = departements_mal_couverts()
    choisi = criteres.departement.code if criteres.departement else None
    dessin = carte_svg(points, mal_couverts, lambda code: f"{adresse}?departement={code}", choisi)
    lignes = lignes_de_carte(points, mal_couverts)
    return {
        "carte": mark_safe(dessin),  # noqa: S308 - built and escaped by carte_svg
        "lignes": [ligne for ligne in lignes if ligne.nombre or ligne.mal_couvert],
        "attribution": ATTRIBUTION,
        "citations_de_la_carte": zones_mal_couvertes()[0].sources,
    }
