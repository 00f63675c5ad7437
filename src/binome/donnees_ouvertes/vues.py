"""The pages of the open data and their files: the same for everyone, read from any site."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from binome.donnees_ouvertes import ecrire, millesimes
from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.des_regles import citations_de
from binome.regles.calendrier import date_en_clair, nombre_en_clair

if TYPE_CHECKING:
    from binome.donnees_ouvertes.colonnes import Case, JeuDeDonnees
    from binome.donnees_ouvertes.models import Millesime
    from binome.socle.demande import Demande

EXTRAIT: Final = 5
LONGUEUR: Final = 90
UNE_HEURE: Final = "public, max-age=3600"
TOUJOURS: Final = "public, max-age=31536000, immutable"


def _le_jeu(nom: str) -> JeuDeDonnees:
    """A dataset. Raises Http404."""
    if nom not in JEUX:
        raise Http404(f"Aucun jeu de données ne s’appelle « {nom[:60]} ».")
    return JEUX[nom]


def _servir(
    request: Demande, contenu: bytes, genre: str, nom: str, garde: str = UNE_HEURE
) -> HttpResponse:
    """A file that any site may read, sent again only when it changed."""
    etag = quote_etag(hashlib.sha256(contenu).hexdigest())
    reponse = HttpResponse(
        contenu,
        content_type=genre,
        headers={
            "ETag": etag,
            "Cache-Control": garde,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Content-Disposition": f'attachment; filename="{nom}"',
        },
    )
    conditionnelle = get_conditional_response(request, etag, None, reponse)
    return conditionnelle if isinstance(conditionnelle, HttpResponse) else reponse


@require_safe
def catalogue(request: Demande) -> HttpResponse:
    """Every dataset, with what it holds."""
    contexte = {
        "jeux": [
            {"jeu": un, "lignes": nombre_en_clair(len(ecrire.fichier(un.nom).lignes))}
            for un in JEUX.values()
        ],
        "licence": ecrire.LICENCE,
    }
    return render(request, "donnees_ouvertes/catalogue.html", contexte)


@require_safe
def jeu(request: Demande, nom: str) -> HttpResponse:
    """One dataset: its columns, its first lines, its vintages. Raises Http404."""
    un = _le_jeu(nom)
    lu = ecrire.fichier(nom)
    contexte = {
        "jeu": un,
        "lignes": nombre_en_clair(len(lu.lignes)),
        "octets": len(lu.contenu),
        "extrait": [_extraite(un, ligne) for ligne in lu.lignes[:EXTRAIT]],
        "empreinte": lu.empreinte,
        "gardes": _gardes(nom),
        "licence": ecrire.LICENCE,
    }
    return render(request, "donnees_ouvertes/jeu.html", contexte)


def _gardes(nom: str) -> list[dict[str, Any]] | None:
    """The vintages of a dataset; None where the database does not answer, for the rest of the page needs none."""
    try:
        return [
            {"jour": un.jour, "empreinte": un.empreinte, "lignes": nombre_en_clair(un.lignes)}
            for un in millesimes.millesimes(nom)
        ]
    except DatabaseError:
        return None


def _extraite(un: JeuDeDonnees, ligne: tuple[Case, ...]) -> dict[str, Any]:
    """A line of the extract, and the sources that its figures stand on."""
    cases = dict(zip([une.nom for une in un.colonnes], ligne, strict=True))
    return {
        "cases": [(nom, _montree(case)) for nom, case in cases.items()],
        "citations": citations_de(str(cases.get("sources") or "")),
    }


def _montree(case: Case) -> str:
    """A cell of the extract, cut where it is long."""
    if isinstance(case, bool):
        return "vrai" if case else "faux"
    if isinstance(case, date):
        return date_en_clair(case)
    dite = "" if case is None else str(case)
    return dite if len(dite) <= LONGUEUR else f"{dite[:LONGUEUR].rstrip()}…"


@require_safe
def paquet(request: Demande) -> HttpResponse:
    """All the datasets as one Data Package."""
    return _servir(request, ecrire.en_json(ecrire.paquet()), "application/json", "datapackage.json")


@require_safe
def dcat(request: Demande) -> HttpResponse:
    """The catalogue, for the portals that gather them."""
    return _servir(
        request, ecrire.en_json(ecrire.dcat()), "application/ld+json", "catalogue.jsonld"
    )


@require_safe
def fichier_csv(request: Demande, nom: str) -> HttpResponse:
    """A dataset as it is today. Raises Http404."""
    _le_jeu(nom)
    return _servir(request, ecrire.fichier(nom).contenu, "text/csv; charset=utf-8", f"{nom}.csv")


@require_safe
def schema(request: Demande, nom: str) -> HttpResponse:
    """The columns of a dataset, as a Table Schema. Raises Http404."""
    contenu = ecrire.en_json(ecrire.schema(_le_jeu(nom)))
    return _servir(request, contenu, "application/json", f"{nom}.schema.json")


@require_safe
def jsonstat(request: Demande, nom: str) -> HttpResponse:
    """A table of figures, as JSON-stat. Raises Http404 for a list."""
    if _le_jeu(nom).cube is None:
        raise Http404("Ce jeu de données est une liste, et n’a pas de JSON-stat.")
    contenu = ecrire.en_json(ecrire.jsonstat(nom))
    return _servir(request, contenu, "application/json", f"{nom}.json-stat.json")


def _le_millesime(nom: str, empreinte: str) -> Millesime:
    """A vintage. Raises Http404."""
    un = millesimes.millesime(nom, empreinte)
    if un is None:
        raise Http404("Aucun millésime n’a cette adresse.")
    return un


@require_safe
def millesime(request: Demande, nom: str, empreinte: str) -> HttpResponse:
    """A vintage, byte for byte. Raises Http404."""
    un = _le_millesime(nom, empreinte)
    return _servir(
        request,
        millesimes.contenu(un),
        "text/csv; charset=utf-8",
        f"{nom}-{un.jour}.csv",
        TOUJOURS,
    )


@require_safe
def schema_du_millesime(request: Demande, nom: str, empreinte: str) -> HttpResponse:
    """The columns of a vintage, as they were. Raises Http404."""
    un = _le_millesime(nom, empreinte)
    contenu = ecrire.en_json(un.schema)
    return _servir(request, contenu, "application/json", f"{nom}-{un.jour}.schema.json", TOUJOURS)
