"""What the browser keeps to work without network: the worker, its shell, the manifest, and which pages may be kept.

A page is kept by who opens it, for their account alone, when its view says so (`gardee`); the rest of the site never is.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

ICI: Final = Path(__file__).parent
STATIQUES: Final = ICI / "static"
PORTEE: Final = "/espace/"
"""Where the worker answers: the members' pages, and nothing else."""
ICONES: Final = (192, 512)
"""Sides of the drawings that telephones put on their first page: those of Apple read no SVG."""
A_GARDER: Final = "X-Hors-Ligne"
"""Says that a page may be kept, and the name of the account that it was made for."""
COQUILLE: Final = (
    "jetons.css", "base.css", "composants.css", "espace.css", "hors_ligne.css",
    "garde.js", "envoi.js", "collage.js", "coquille.js", "brouillons.js", "envois.js", "envois_dits.js", "htmx.min.js",
    "polices/source-sans-3.woff2", "polices/source-serif-4-600.woff2", "marque.svg", "icone-192.png",
)  # fmt: skip
"""What each page stands on, kept at once. A room adds its own: `declarer_coquille`."""
_DES_SALLES: Final[list[str]] = []


def declarer_coquille(*noms: str) -> None:
    """A room names the files, under `static/binome/`, that its kept pages stand on; one that others named is kept once.

    A browser refuses to install a worker that keeps an address twice.
    """
    _DES_SALLES.extend(un for un in noms if un not in (*COQUILLE, *_DES_SALLES))
    _ouvrier.cache_clear()


@cache
def _ouvrier() -> str:
    """The worker's text: its code, and the files of the shell, by their hash: one byte that changes is a new version."""
    noms = (*COQUILLE, *_DES_SALLES)
    code = (ICI / "ouvrier.js").read_text(encoding="utf-8")
    hache = hashlib.sha256(code.encode())
    for nom in noms:
        hache.update(nom.encode() + (STATIQUES / "binome" / nom).read_bytes())
    adresses = ["/hors-ligne/", *(static(f"binome/{nom}") for nom in noms)]
    donnees = {
        "version": hache.hexdigest()[:16],
        "coquille": adresses,
        "statiques": settings.STATIC_URL,
    }
    return f"const BINOME = {json.dumps(donnees)};\n{code}"


@require_safe
def ouvrier(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """The service worker. A browser asks for it again at each visit."""
    return HttpResponse(
        _ouvrier(),
        content_type="text/javascript; charset=utf-8",
        headers={"Service-Worker-Allowed": PORTEE, "Cache-Control": "no-cache"},
    )


@require_safe
def manifeste(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everyone
    """What a telephone or a tablet asks to put the members' pages among its applications."""
    return JsonResponse(
        {
            "name": "Binôme",
            "short_name": "Binôme",
            "lang": "fr",
            "start_url": PORTEE,
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf5ec",
            "theme_color": "#0f4c55",
            "icons": [
                {"src": static("binome/marque.svg"), "sizes": "any", "type": "image/svg+xml"},
                *(
                    {
                        "src": static(f"binome/icone-{cote}.png"),
                        "sizes": f"{cote}x{cote}",
                        "type": "image/png",
                        "purpose": "any maskable",
                    }
                    for cote in ICONES
                ),
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
def sans_reseau(request: HttpRequest) -> HttpResponse:
    """What is shown without network in the place of a page that was not kept: it says nothing of anybody."""
    return render(request, "hors_ligne.html", {"de_membre": True})


def gardee(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose page is kept for the account that opens it; never while support looks through their eyes."""

    @wraps(vue)
    def rendue(request: HttpRequest, *args: object, **dites: object) -> HttpResponse:
        compte = "" if getattr(request, "regard", None) else getattr(request, "envois", "")
        request.gardee = bool(compte)  # type: ignore[attr-defined] # read by the page's own head
        reponse = vue(request, *args, **dites)
        if compte and reponse.status_code == 200:
            reponse.headers[A_GARDER] = compte
        return reponse

    return rendue
