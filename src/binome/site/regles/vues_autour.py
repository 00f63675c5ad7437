"""The pages around the rules: the référentiels, the proposed reforms, the ledger of discrepancies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.regles.courante import base_courante
from binome.regles.ecarts import CERTITUDES, controles
from binome.regles.ecarts import ecarts as tous_les_ecarts
from binome.site.regles.appariement import blocs_compares, ecart_en_clair, nom_court
from binome.site.regles.image import dessiner
from binome.site.regles.lecture_le import lues_le
from binome.site.regles.reformes import contexte_des_reformes
from binome.site.regles.registre_des_ecarts import familles, onglets
from binome.site.regles.saisie import mots_de
from binome.site.regles.verdicts import verdict
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.referentiels import Referentiel
    from binome.socle.demande import Demande


def _par_date() -> list[Referentiel]:
    return sorted(base_courante().referentiels.values(), key=lambda un: un.du)


def _etat(referentiel: Referentiel, jour: date) -> str:
    if jour < referentiel.du:
        return "pas encore en vigueur"
    return "en vigueur" if jour <= referentiel.au else "n’est plus en vigueur"


def _choisi(request: Demande, nom: str, defaut: Referentiel, erreurs: list[str]) -> Referentiel:
    """The référentiel named by a field; one that does not exist is said, and left for the default."""
    identifiant = request.GET.get(nom, "").strip() or defaut.id
    connus = base_courante().referentiels
    if identifiant not in connus:
        erreurs.append(f"Nous ne connaissons pas le référentiel « {identifiant[:40]} ».")
    return connus.get(identifiant, defaut)


@require_safe
def referentiels(request: Demande) -> HttpResponse:
    """Two référentiels side by side; by default, the last two."""
    tous, jour = _par_date(), jour_de(request)
    erreurs: list[str] = []
    avant = _choisi(request, "avant", tous[-2], erreurs)
    apres = _choisi(request, "apres", tous[-1], erreurs)
    contexte = {
        "rayon": "referentiels",
        "erreurs": erreurs,
        "tous": [{"un": un, "nom": nom_court(un), "etat": _etat(un, jour)} for un in tous],
        "avant": avant,
        "apres": apres,
        "nom_avant": nom_court(avant),
        "nom_apres": nom_court(apres),
        "blocs": blocs_compares(avant, apres),
        "ecart_evaluations": ecart_en_clair(avant.evaluations, apres.evaluations),
        "ecart_total": ecart_en_clair(avant.total, apres.total),
        "image": dessiner([avant, apres]),
        "citations": (*avant.sources, *apres.sources),
    }
    return render(request, "regles/referentiels.html", contexte)


@require_safe
def referentiel(request: Demande, identifiant: str) -> HttpResponse:
    """One référentiel. Raises Http404."""
    un = base_courante().referentiels.get(identifiant)
    if un is None:
        raise Http404(f"Aucun référentiel ne s’appelle « {identifiant[:60]} ».")
    autres = [
        {"un": autre, "nom": nom_court(autre)} for autre in _par_date() if autre.id != identifiant
    ]
    contexte = {
        "rayon": "referentiels",
        "referentiel": un,
        "nom": nom_court(un),
        "etat": _etat(un, jour_de(request)),
        "image": dessiner([un]),
        "autres": autres,
    }
    return render(request, "regles/referentiel.html", contexte)


@require_safe
def reformes(request: Demande) -> HttpResponse:
    """The proposed reforms as switches, over a profile."""
    contexte = contexte_des_reformes(request.GET, jour_de(request))
    return render(request, "regles/reformes.html", contexte)


@require_safe
def ecarts(request: Demande) -> HttpResponse:
    """The ledger of discrepancies."""
    mots = mots_de(request.GET)
    citations = [c for un in tous_les_ecarts() for lu in un.lectures for c in lu.sources]
    demandee = request.GET.get("certitude", "")
    certitude = demandee if demandee in CERTITUDES else next(iter(CERTITUDES))
    contexte = {
        "rayon": "ecarts",
        "mots": mots,
        # A search looks everywhere; the whole ledger at once would be heavy on a phone.
        "familles": familles(mots, "" if mots else certitude),
        "onglets": onglets("" if mots else certitude),
        "lues_le": lues_le(citations),
    }
    return render(request, "regles/ecarts.html", contexte)


@require_safe
def totaux(request: Demande) -> HttpResponse:
    """Every total the sources print, computed again."""
    sujets = {un.id: un.sujet for un in tous_les_ecarts()}
    certitudes = {un.id: un.certitude for un in tous_les_ecarts()}
    lignes = [
        {
            "controle": un,
            "verdict": verdict(un),
            "certitude": certitudes.get(un.ecart, ""),
            "citations": (un.source,),
            "imprime": un.en_clair(un.imprime),
            "calcule": un.en_clair(un.calcule),
            "sujet": sujets.get(un.ecart, ""),
        }
        for un in controles()
    ]
    contexte = {
        "rayon": "ecarts",
        "lignes": lignes,
        "lues_le": lues_le(un.source for un in controles()),
    }
    return render(request, "regles/totaux.html", contexte)
