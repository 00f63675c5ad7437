"""Lists of dossiers: what the address asks for, in the order that it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from binome.bureau.filtres import (
    A_FAIRE,
    ALERTES,
    DE_LA_BRANCHE,
    EN_COURS,
    FILES,
    ORDRES_DE_L_EXAMEN,
    SUIVIS,
    TOUS,
    TRIS,
    FiltreDeDossiers,
    feuilleter,
    lister,
    voies,
)
from binome.bureau.lignes import delai, lignes
from binome.bureau.marques import avec_leurs_marques, titres
from binome.bureau.recherche import organismes
from binome.bureau.voisinage import suite_pour
from binome.bureau.vues_gardees import garder, oter, vues_de
from binome.comptes.demande import acteur_de
from binome.dossiers.etats import Etat
from binome.dossiers.permissions import a_lister, peut_exporter
from binome.dossiers.portee import CLAIRES, portee_de
from binome.gestes.refus import GesteImpossible
from binome.listes.filtres import ici
from binome.listes.pages import compter, couper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.portee import Portee

PAR_PAGE: Final = 50
PAR_GESTE: Final = 100
"""What one page offers to confirm together."""


def _etats(acteur: Acteur) -> list[tuple[str, Mapping[str, str]]]:
    """The queues, then the states, that mean something to the person."""
    files = {
        code: mot
        for code, mot in FILES.items()
        if acteur.de_la_branche or code not in DE_LA_BRANCHE
    }
    etats = {
        code: mot
        for code, mot in Etat.choices
        if code != (Etat.BROUILLON if acteur.de_la_branche else Etat.ARRETE)
    }
    return [("Files", files), ("États", etats)]


@require_POST
def garder_la_vue(request: HttpRequest) -> HttpResponse:
    """Keeps the list that one is on under a name."""
    acteur = acteur_de(request)
    filtre = FiltreDeDossiers.lire(request.POST).pour(acteur)
    try:
        vue = garder(
            acteur, request.POST.get("nom", ""), filtre,
            partagee=request.POST.get("partagee") == "oui",
        )  # fmt: skip
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, f"La vue « {vue.nom} » est gardée.")
    return redirect(f"{reverse('dossiers')}?{filtre.requete()}")


@require_POST
def oter_la_vue(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes a kept view out. Raises Http404."""
    acteur = acteur_de(request)
    vue = vues_de(acteur).filter(pk=numero).first() if acteur.soutien is None else None
    if vue is None:
        raise Http404("Cette vue n’existe pas, ou ne vous est pas ouverte.")
    oter(vue, acteur)
    messages.success(request, f"La vue « {vue.nom} » est ôtée.")
    return redirect("dossiers")


def _onglets(acteur: Acteur, q: str) -> list[tuple[str, FiltreDeDossiers]]:
    """The lists that one goes through all day, each a click away; every dossier, with the words that are searched."""
    tous = FiltreDeDossiers(etat=TOUS, q=q)
    marquees = [(mot, FiltreDeDossiers(marque=code)) for code, mot in titres().items()]
    if acteur.de_la_branche and not acteur.examine:
        return [
            ("Décidés", FiltreDeDossiers(etat=Etat.DECIDE, tri="recent")),
            ("En cours", FiltreDeDossiers(etat=EN_COURS)), ("Tous", tous),
        ]  # fmt: skip
    if acteur.de_la_branche:
        miens = FiltreDeDossiers(etat=EN_COURS, suivi="moi")
        return [
            ("À faire", FiltreDeDossiers(etat=A_FAIRE)), ("Mes dossiers", miens), *marquees,
            ("Tous", tous),
        ]  # fmt: skip
    if not acteur.d_un_organisme:
        return []
    return [
        ("En cours", FiltreDeDossiers(etat=EN_COURS)),
        ("À compléter", FiltreDeDossiers(etat=Etat.A_COMPLETER)), *marquees,
        ("Décidés", FiltreDeDossiers(etat=Etat.DECIDE)), ("Tous", tous),
    ]  # fmt: skip


def _titre(filtre: FiltreDeDossiers) -> str:
    if filtre.marque and not filtre.etat:
        return titres()[filtre.marque]
    dit = FILES.get(filtre.etat) or dict(Etat.choices).get(filtre.etat)
    return dit or (FILES[TOUS] if filtre.q else "Les dossiers")


def _ailleurs(filtre: FiltreDeDossiers, acteur: Acteur, portee: Portee) -> dict[str, Any]:
    """Where what is searched was found, when it was not in this list: how many, and the address."""
    partout = FiltreDeDossiers(etat=TOUS, q=filtre.q).pour(acteur)
    etat = TOUS if filtre.etat in ("", TOUS) else filtre.etat
    if not filtre.q or replace(filtre, etat=etat, tri=partout.tri) == partout:
        return {}
    nombre = compter(lister(a_lister(acteur), partout, portee, acteur))
    return {"ailleurs": nombre, "partout": partout.requete()}


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers that the address asks for; nine queries at most, whatever their number."""
    acteur = acteur_de(request)
    filtre = FiltreDeDossiers.lire(request.GET).pour(acteur)
    a_confirmer = filtre.etat == CLAIRES and acteur.examine
    coupee = ici(request.GET)
    portee = portee_de(acteur)
    visibles = avec_leurs_marques(portee.sur(a_lister(acteur)), acteur)
    visibles = visibles.select_related("organisme", "examine_par")
    lus, ordre = feuilleter(visibles, filtre, portee, acteur)
    page = couper(lus, ordre, PAR_GESTE if a_confirmer else PAR_PAGE, **coupee)
    branche = acteur.de_la_branche
    vues, requete = list(vues_de(acteur)), filtre.requete()
    onglets = [
        (nom, un.pour(acteur).requete()) for nom, un in _onglets(acteur, filtre.q)
    ] + [(une.nom, une.requete) for une in vues]  # fmt: skip
    contexte = {
        "acteur": acteur,
        "filtre": filtre,
        "page": page,
        "lignes": lignes(page.lignes, acteur),
        "branche": branche,
        "avec_reponse": branche or acteur.d_un_organisme,
        "avec_organisme": branche or len(acteur.organisations("gestionnaire", "formateur")) != 1,
        "suite": suite_pour(filtre),
        "onglets": onglets,
        "vues": vues,
        "requete": requete,
        "gardes": replace(filtre, q="").dites().items(),
        "delai": delai() if branche and acteur.examine else None,
        "titre": _titre(filtre),
        "etats": _etats(acteur),
        "alertes": ALERTES.items() if branche else (),
        "voies": voies().items() if branche else (),
        "suivis": SUIVIS.items() if branche else (),
        "marques": titres().items() if branche or acteur.d_un_organisme else (),
        "tris": [
            (code, mot) for code, mot in TRIS.items() if branche or code not in ORDRES_DE_L_EXAMEN
        ],
        "organismes": organismes() if branche else (),
        "a_confirmer": a_confirmer,
        "tout_coche": request.GET.get("cocher") == "tout",
        "cocher": filtre.requete(**coupee, cocher="tout"),
        "decocher": filtre.requete(**coupee),
        **filtre.adresses(page),
        **({} if page.lignes else _ailleurs(filtre, acteur, portee)),
        "exporte": peut_exporter(acteur),
        "gere": acteur.gere,
    }
    return render(request, "espace/dossiers.html", contexte)
