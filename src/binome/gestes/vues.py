"""The pages that a flow has by its table alone: a list with its gestures on many, an object with its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.passage import Passage
from binome.gestes.permissions import flux_pour, geste_de, objet_pour
from binome.gestes.recit import recit
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import etat_dit, faire, faire_tous
from binome.gestes.volets import volets_de
from binome.listes.filtres import Filtre, ici, lu, texte
from binome.listes.pages import PAR_NUMERO, couper
from binome.socle.nombres import lire_entier
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi
    from binome.gestes.table import Flux

PAR_PAGE: Final = 100
"""Objects of a page, which are those that a gesture on many may take."""


@dataclass(frozen=True)
class FiltreParEtat(Filtre):
    """What the address of a list asks for: one state, or every one."""

    etat: str = lu(texte(20))


def _etats(flux: Flux[Any]) -> dict[str, str]:
    """The states of a flow, in the words of its model."""
    return {str(code): str(mot) for code, mot in flux.modele._meta.get_field("etat").flatchoices}


def _filtre(request: HttpRequest, flux: Flux[Any]) -> FiltreParEtat:
    """The filter of an address; a state that the flow does not have is left out."""
    filtre = FiltreParEtat.lire(request.GET)
    return filtre if filtre.etat in _etats(flux) else FiltreParEtat()


@require_safe
def liste(request: HttpRequest, flux: str) -> HttpResponse:
    """The objects of a flow that a person may read, by pages, and the gestures that may be made on many."""
    acteur = acteur_de(request)
    un, visibles = flux_pour(acteur, flux)
    filtre, coupee = _filtre(request, un), ici(request.GET)
    lus = visibles.filter(etat=filtre.etat) if filtre.etat else visibles
    lus = lus.only(*un.en_liste) if un.en_liste else lus
    page = couper(lus, PAR_NUMERO, PAR_PAGE, **coupee)
    permis = {
        geste.nom for objet in page.lignes for geste in un.ouverts(objet, un.cotes(acteur, objet))
    }
    contexte = {
        "flux": un,
        "titre": capfirst(str(un.modele._meta.verbose_name_plural)),
        "filtre": filtre,
        "etats": _etats(un).items(),
        "page": page,
        "ici": filtre.requete(**coupee),
        **filtre.adresses(page),
        "objets": [
            {"objet": objet, "etat": etat_dit(objet), "bref": un.en_bref(objet)}
            for objet in page.lignes
        ],
        "gestes": [geste for geste in un.table if geste.ensemble and geste.nom in permis],
    }
    return render(request, "gestes/liste.html", contexte)


@require_safe
def objet(request: HttpRequest, flux: str, numero: int) -> HttpResponse:
    """One object: where it stands, what the person may do now, and its story."""
    acteur = acteur_de(request)
    return _page(request, acteur, *objet_pour(acteur, flux, numero))


def _page(
    request: HttpRequest,
    acteur: Acteur,
    flux: Flux[Any],
    un: Suivi,
    *,
    tape: Mapping[str, str] | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; with what was typed and what went wrong when a gesture did not pass."""
    cotes, dit = flux.cotes(acteur, un), tape or {}
    contexte = {
        "flux": flux,
        "objet": un,
        "etat": etat_dit(un),
        "faute": faute,
        "gestes": [
            {
                "geste": geste,
                "empeche": geste.garde(un) or "",
                # What asks for something opens on demand, its fields would push the rest away; so does what stands apart.
                "replie": bool(geste.champs) or geste.a_part,
                "tente": dit.get("geste") == geste.nom,
                "champs": [
                    {
                        "champ": champ,
                        "tape": dit.get(champ.nom, "") if dit.get("geste") == geste.nom else "",
                    }
                    for champ in geste.champs
                ],
            }
            for geste in flux.table
            if geste.formulaire and un.etat in geste.de and not cotes.isdisjoint(geste.qui)
        ],
        "moments": recit(flux, un, interne=bool(cotes)),
        "volets": volets_de(request, acteur, un),
    }
    return render(request, "gestes/objet.html", contexte, status=status)


@require_POST
def geste(request: HttpRequest, flux: str, numero: int, nom: str) -> HttpResponse:
    """One gesture on one object; what was typed comes back with the reason when it does not pass."""
    acteur = acteur_de(request)
    un, trouve = objet_pour(acteur, flux, numero, nom)
    choisi = geste_de(un, nom)
    tape = {cle: str(valeur) for cle, valeur in request.POST.items()}
    version = lire_entier(tape.get("version", ""), chiffres=9) or 0
    try:
        passage = faire(
            un, nom, trouve, acteur, version=version, donnees=choisi.du_formulaire(tape)
        )
    except GesteImpossible as impossible:
        return _page(
            request,
            acteur,
            *objet_pour(acteur, flux, numero),
            tape={**tape, "geste": nom},
            faute=str(impossible),
            status=409 if isinstance(impossible, Depasse) else 422,
        )
    dire_le_resultat(request, un, nom, passage, page=reverse("suivi", args=[flux, numero]))
    return redirect("suivi", flux, numero)


def dire_le_resultat(
    request: HttpRequest,
    flux: Flux[Any],
    nom: str,
    passage: Passage[Any],
    *,
    de: str = "",
    page: str = "",
) -> None:
    """What a gesture did, and the one that followed it, who is told of it by mail, and who cannot be.

    `de` names the object where what is shown next is another one; `page` is where it may be undone.
    """
    geste = flux.gestes[nom]
    suivi = "" if passage.enchaine is None else flux.gestes[geste.enchaine].dit
    dit = " ".join(un for un in (geste.dit, suivi, *passage.nouvelles) if un)
    if de:
        dit = format_html('<a href="{}">{}</a> : {}', page, de, minuscule(dit))
    if geste.defait:
        defait = flux.gestes[geste.defait]
        ancre = f"{page}#{defait.nom}-{defait.champs[0].nom}"
        dit = format_html('{} <a href="{}">{}</a>', dit, ancre, defait.mot)
    messages.success(request, dit)
    if passage.sans_nouvelles:
        messages.warning(request, " ".join(passage.sans_nouvelles))


@require_POST
def ensemble(request: HttpRequest, flux: str, nom: str) -> HttpResponse:
    """One gesture on the objects that were ticked; says how many passed, and why others were left."""
    acteur = acteur_de(request)
    un, visibles = flux_pour(acteur, flux)
    choisi = geste_de(un, nom, ensemble=True)
    d_ou = _filtre(request, un).requete(**ici(request.GET))
    retour = f"{reverse('suivis', args=[flux])}{'?' if d_ou else ''}{d_ou}"
    versions: dict[int, int] = {}
    coches = request.POST.getlist("objet")
    for coche in coches[:PAR_PAGE]:
        numero, _, version = coche.partition(":")
        lus = lire_entier(numero, chiffres=15), lire_entier(version, chiffres=9)
        if lus[0] is not None and lus[1] is not None:
            versions[lus[0]] = lus[1]
    if not versions:
        messages.warning(request, "Cochez d’abord ce que ce geste doit toucher.")
        return redirect(retour)
    tape = {cle: str(valeur) for cle, valeur in request.POST.items()}
    # What is of one object alone is not said of many, whatever was sent.
    for seul in (champ.nom for champ in choisi.champs if champ.seul):
        tape.pop(seul, None)
    bilan = faire_tous(
        un,
        nom,
        [
            Passage(trouve, versions[trouve.pk], choisi.du_formulaire(tape))
            for trouve in visibles.filter(pk__in=versions).order_by("pk")
        ],
        acteur,
    )
    if bilan.passes:
        messages.success(request, f"{choisi.dit} {len(bilan.passes)} en tout.")
    if len(coches) > PAR_PAGE:
        messages.warning(
            request,
            f"Un geste en touche {PAR_PAGE} au plus : {len(coches) - PAR_PAGE} sont restés comme ils étaient. "
            "Recommencez pour ceux-là.",
        )
    for laisse in bilan.laisses:
        messages.warning(request, f"{laisse.objet} : {laisse.refus}")
    return redirect(retour)
