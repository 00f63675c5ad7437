"""The dashboards, their indicators, the readings behind them, and their files: they only read what was kept."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.pilotage.acteurs import PAR_TERRITOIRE, nom_du_perimetre, vue_du_pilotage
from binome.pilotage.dire_une_mesure import ecart_dit, pourquoi_dit, valeur_dite
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lecture import ENTETE, en_lignes, releves
from binome.pilotage.models import MesureRelevee, ReleveDuMois
from binome.pilotage.page import contexte, lire_la_page, tuile
from binome.pilotage.perimetres import GenreDePerimetre, Perimetre

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.pilotage.page import PageDePilotage

LIEUX_AU_PLUS: Final = 130
"""Territories of a table: the départements and the regions of France."""


@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """The dashboard of a person. Raises PermissionDenied, Http404."""
    page = lire_la_page(acteur_de(request), request.GET.dict())
    return render(request, "pilotage/tableau.html", contexte(page))


@require_safe
def releve(request: HttpRequest, releve: int) -> HttpResponse:
    """The dashboard as a reading kept it, and what differs from the reading before it. Raises PermissionDenied, Http404."""
    acteur = acteur_de(request)
    vue_du_pilotage(acteur)
    lu = ReleveDuMois.objects.filter(pk=releve).first()
    if lu is None:
        raise Http404("Ce relevé n’existe pas.")
    page = lire_la_page(acteur, request.GET.dict(), lu)
    rendu = contexte(page)
    rendu["fige"] = lu
    rendu["differences"] = _differences(page)
    return render(request, "pilotage/tableau.html", rendu)


def _differences(page: PageDePilotage) -> list[dict[str, Any]]:
    """Each indicator that moved since the reading before: both values, and the difference."""
    rendues = []
    for code in page.codes:
        apres, avant = page.lue.mesure(code), page.lue.avant(code)
        if page.lue.precedent is None or (avant and avant.valeur) == (apres and apres.valeur):
            continue
        unite = INDICATEURS[code].unite
        dits = [
            pourquoi_dit(une)
            if une is None or une.valeur is None
            else valeur_dite(une.valeur, unite)
            for une in (avant, apres)
        ]
        ecart = ""
        if avant and apres and avant.valeur is not None and apres.valeur is not None:
            ecart = ecart_dit(avant.valeur, apres.valeur, unite)
        rendues.append(
            {"nom": INDICATEURS[code].nom, "avant": dits[0], "apres": dits[1], "ecart": ecart}
        )
    return rendues


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Every reading, the newest first. Raises PermissionDenied."""
    vue_du_pilotage(acteur_de(request))
    return render(request, "pilotage/releves.html", {"releves": releves()})


@require_safe
def indicateur(request: HttpRequest, indicateur: str) -> HttpResponse:
    """One indicator: its exact definition, its months, what was published, its territories. Raises PermissionDenied, Http404."""
    page = lire_la_page(acteur_de(request), request.GET.dict())
    code = indicateur
    if code not in page.codes:
        raise Http404("Cet indicateur n’existe pas, ou n’est pas de votre tableau de bord.")
    lue = tuile(page.lue, code)
    rendu = {
        "vue": page.vue,
        "nom": nom_du_perimetre(page.ou, page.vue.organisation),
        "ou": f"{page.ou.genre}:{page.ou.code}",
        "releve": page.lue.dernier,
        "precedent": page.lue.precedent,
        "tuile": lue,
        "lieux": _lieux(page, code),
    }
    return render(request, "pilotage/indicateur.html", rendu)


def _lieux(page: PageDePilotage, code: str) -> list[dict[str, Any]]:
    """The indicator by region, then by département; one query, for who reads territories."""
    dernier, lu = page.lue.dernier, INDICATEURS[code]
    if (
        dernier is None
        or page.vue.acteur not in PAR_TERRITOIRE
        or GenreDePerimetre.DEPARTEMENT not in lu.genres
    ):
        return []
    mesures = MesureRelevee.objects.filter(
        releve=dernier,
        indicateur=code,
        genre__in=(GenreDePerimetre.REGION, GenreDePerimetre.DEPARTEMENT),
    ).order_by("-genre", "perimetre")
    return [
        {
            "sorte": une.get_genre_display(),
            "nom": nom_du_perimetre(Perimetre(une.genre, une.perimetre)),
            "valeur": "" if une.valeur is None else valeur_dite(une.valeur, lu.unite),
            "pourquoi": "" if une.valeur is not None else pourquoi_dit(une),
        }
        for une in mesures[:LIEUX_AU_PLUS]
    ]


def _fichier(contenu: str, genre: str, nom: str) -> HttpResponse:
    return HttpResponse(
        contenu,
        content_type=genre,
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@require_safe
def en_csv(request: HttpRequest) -> HttpResponse:
    """What the dashboard shows, as a table. Raises PermissionDenied, Http404."""
    page = lire_la_page(acteur_de(request), request.GET.dict())
    flux = io.StringIO()
    ecrivain = csv.DictWriter(flux, ENTETE, lineterminator="\r\n")
    ecrivain.writeheader()
    ecrivain.writerows(en_lignes(page.lue, page.ou, page.codes))
    return _fichier(flux.getvalue(), "text/csv; charset=utf-8", "pilotage.csv")


@require_safe
def en_json(request: HttpRequest) -> HttpResponse:
    """The same, for a program. Raises PermissionDenied, Http404."""
    page = lire_la_page(acteur_de(request), request.GET.dict())
    lignes = en_lignes(page.lue, page.ou, page.codes)
    return _fichier(
        json.dumps({"mesures": lignes}, ensure_ascii=False), "application/json", "pilotage.json"
    )
