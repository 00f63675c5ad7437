"""`/regles` and `/referentiels`: what decides, readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from binome.api import objets
from binome.api.decrire import NON_MODIFIE, chemin, json_de, liste, problemes, ref
from binome.api.parametres import Parametres
from binome.api.reponses import donner
from binome.api.schemas import AU, CERTIFICATION
from binome.regles.courante import base_courante, certifications
from binome.regles.faits import plus_proche

if TYPE_CHECKING:
    from binome.regles.base import Base

router = Router(tags=["Règles"])


def _base(request: HttpRequest) -> Base:
    """The base of the certification that the address names. Raises Probleme."""
    parametres = Parametres(request, "certification")
    certification = parametres.certification()
    parametres.verifier()
    return base_courante(certification=certification)


@router.get(
    "/certifications",
    operation_id="listerCertifications",
    summary="Lister les certifications",
    description="Les certifications dont les règles sont écrites ; celle par défaut d’abord.",
    openapi_extra={
        "responses": {
            200: json_de("Les certifications.", liste("Certification")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        },
    },
)
def lister_certifications(request: HttpRequest) -> HttpResponse:
    """All of them."""
    Parametres(request).verifier()
    bases = (base_courante(certification=code) for code in certifications())
    return donner(request, [objets.certification(une) for une in bases])


@router.get(
    "/regles",
    operation_id="listerRegles",
    summary="Lister les règles",
    description="Chaque règle en clair, avec la question qu’elle sert (`vue`), ses dates, son statut et ses sources.",
    openapi_extra={
        "parameters": [AU, CERTIFICATION],
        "responses": {
            200: json_de("Les règles, dans l’ordre où elles décident.", liste("Regle")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        },
    },
)
def lister(request: HttpRequest) -> HttpResponse:
    """All of them, or those in force on a day."""
    parametres = Parametres(request, "au", "certification")
    au, certification = parametres.jour("au"), parametres.certification()
    parametres.verifier()
    base = base_courante(certification=certification).entiere
    regles = base.regles.values() if au is None else base.en_vigueur(au)
    return donner(request, [objets.regle(une, base) for une in regles])


@router.get(
    "/regles/{identifiant}",
    operation_id="lireRegle",
    summary="Lire une règle",
    description="La règle en clair, les passages qui la fondent, ce qui s’appuie sur elle, ses cas.",
    openapi_extra={
        "parameters": [
            chemin("identifiant", "L’identifiant de la règle.", "prerequis.40913.niveau-4"),
            CERTIFICATION,
        ],
        "responses": {
            200: json_de("La règle.", ref("RegleEntiere")),
            **NON_MODIFIE,
            **problemes("parametre_invalide", "introuvable"),
        },
    },
)
def lire(request: HttpRequest, identifiant: str) -> HttpResponse:
    """One rule."""
    base = _base(request).entiere
    if identifiant not in base.regles:
        raise Http404(
            f"La règle « {identifiant[:60]} » n’existe pas{plus_proche(identifiant[:60], base.regles)}"
        )
    return donner(request, objets.regle_entiere(base.regles[identifiant], base))


@router.get(
    "/referentiels",
    operation_id="listerReferentiels",
    summary="Lister les référentiels",
    description="Les versions de la certification, leurs dates et leurs durées en minutes.",
    openapi_extra={
        "parameters": [AU, CERTIFICATION],
        "responses": {
            200: json_de("Les référentiels, du plus ancien au plus récent.", liste("Referentiel")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        },
    },
)
def lister_referentiels(request: HttpRequest) -> HttpResponse:
    """All of them, or the one in force on a day (none on some days)."""
    parametres = Parametres(request, "au", "certification")
    au, certification = parametres.jour("au"), parametres.certification()
    parametres.verifier()
    tous = base_courante(certification=certification).referentiels.values()
    retenus = [un for un in tous if au is None or un.du <= au <= un.au]
    return donner(request, [objets.referentiel(un) for un in retenus])


@router.get(
    "/referentiels/{identifiant}",
    operation_id="lireReferentiel",
    summary="Lire un référentiel",
    description="Ses blocs, ses modules et ses épreuves, en minutes.",
    openapi_extra={
        "parameters": [
            chemin("identifiant", "L’identifiant du référentiel.", "rncp40913"),
            CERTIFICATION,
        ],
        "responses": {
            200: json_de("Le référentiel.", ref("ReferentielEntier")),
            **NON_MODIFIE,
            **problemes("parametre_invalide", "introuvable"),
        },
    },
)
def lire_referentiel(request: HttpRequest, identifiant: str) -> HttpResponse:
    """One version."""
    tous = _base(request).referentiels
    if identifiant not in tous:
        raise Http404(
            f"Le référentiel « {identifiant[:60]} » n’existe pas{plus_proche(identifiant[:60], tous)}"
        )
    return donner(request, objets.referentiel_entier(tous[identifiant]))
