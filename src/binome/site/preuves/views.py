"""The page of the proofs and its files: read from what is published, the same for everyone, and no name in it."""

from __future__ import annotations

import json
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from binome.comptes.cadence import trop_souvent
from binome.journal import annonces, autorite_d_essai, horodatage
from binome.journal.models import Racine
from binome.journal.prouver import VERIFIEUR, publiees
from binome.journal.prouver import verifieur as fichier_du_verifieur
from binome.regles.calendrier import nombre_en_clair

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.socle.demande import Demande

PAR_PAGE: Final = 31


def _mesuree(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, read only, and not asked for too often by one address."""

    @wraps(vue)
    def servir(request: Demande, **parametres: Any) -> HttpResponse:
        return trop_souvent(request, "preuves") or vue(request, **parametres)

    return require_safe(servir)


def _fichier(contenu: bytes | str, nom: str, genre: str) -> HttpResponse:
    return HttpResponse(
        contenu,
        content_type=genre,
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


def _dite(une: Racine) -> dict[str, object]:
    return {
        "numero": une.numero,
        "jour": date.fromisoformat(json.loads(une.annonce)["jour"]),
        "nombre": une.nombre,
        "nombre_dit": nombre_en_clair(une.nombre),
        "premiere": une.premier == 1,
        "empreinte": une.empreinte,
        "jetons": [
            {"rang": rang, "autorite": un.autorite, "essai": un.autorite == autorite_d_essai.NOM}
            for rang, un in enumerate(une.jetons.all(), start=1)
        ],
        "muettes": annonces.muettes(une),
    }


@_mesuree
def preuves(request: Demande) -> HttpResponse:
    """The days published, newest first; `avant` goes back in time."""
    toutes = Racine.objects.exclude(annonce="").order_by("-numero").defer("feuilles")
    avant = request.GET.get("avant", "")
    passees = avant.isascii() and avant.isdecimal() and len(avant) < 10
    if passees:
        toutes = toutes.filter(numero__lt=int(avant))
    lues = [_dite(une) for une in toutes.prefetch_related("jetons")[: PAR_PAGE + 1]]
    contexte = {
        "jours": lues[:PAR_PAGE],
        "suite": lues[PAR_PAGE - 1]["numero"] if len(lues) > PAR_PAGE else None,
        "recentes": not passees,
        "essai": autorite_d_essai.dossier() is not None,
        "datees": any(une["jetons"] for une in lues),
        "verifieur": VERIFIEUR,
    }
    return render(request, "preuves/preuves.html", contexte)


def _derniere(request: Demande) -> str | None:  # noqa: ARG001 - Django's signature
    """What tells one list from the next: the last day holds all those before."""
    dernieres = Racine.objects.exclude(annonce="").order_by("-numero")
    une = dernieres.values_list("empreinte", flat=True).first()
    return None if une is None else f'"{une}"'


@_mesuree
@condition(etag_func=_derniere)
def tout(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Everything that is published, for programs and for the verifier."""
    return _fichier(publiees(), "preuves.json", "application/json")


@_mesuree
def verifieur(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The stand-alone verifier, byte for byte that of the repository."""
    return _fichier(fichier_du_verifieur().read_bytes(), VERIFIEUR, "text/x-python; charset=utf-8")


@_mesuree
def autorites(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The certificates by which we check stamps ourselves. Raises Http404 without any."""
    try:
        certificats = horodatage.certificats()
    except OSError as erreur:
        raise Http404("Les certificats des autorités ne se lisent pas.") from erreur
    if not certificats:
        raise Http404("Aucune autorité n’horodate ces preuves.")
    return _fichier(certificats, "autorites.pem", "application/x-pem-file")


def _racine(numero: int) -> Racine:
    """A root that is published. Raises Http404."""
    toutes = Racine.objects.exclude(annonce="").defer("feuilles")
    # Beyond what a column holds, there is none: no need to ask the database.
    une = toutes.filter(pk=numero).first() if numero < 2**31 else None
    if une is None:
        raise Http404(f"Aucun jour publié ne porte le numéro {str(numero)[:12]}.")
    return une


@_mesuree
def annonce(request: Demande, numero: int) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What was published of a day, byte for byte what its stamps are over. Raises Http404."""
    une = _racine(numero)
    return _fichier(une.annonce.encode(), f"annonce-{numero}.json", "application/json")


@_mesuree
def jeton(request: Demande, numero: int, rang: int) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A stamp, as the authority answered it. Raises Http404."""
    tous = list(_racine(numero).jetons.all())
    if not 1 <= rang <= len(tous):
        raise Http404("Ce jour n’a pas cet horodatage.")
    nom = f"annonce-{numero}-{rang}.tsr"
    return _fichier(bytes(tous[rang - 1].contenu), nom, "application/timestamp-reply")
