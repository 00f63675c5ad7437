"""Months billed, credit notes, the sealed papers, and what every invoice carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.dossiers.permissions import de_ses_yeux
from binome.factures.emettre import a_facturer, dernier_acheteur, emettre, faire_un_avoir
from binome.factures.formulaires import FormulaireDAcheteur, FormulaireDeMentions
from binome.factures.mentions import (
    FACULTATIFS,
    TEXTES,
    MentionDeFactureRefusee,
    donner_les_mentions,
    mentions_en_vigueur,
)
from binome.factures.permissions import (
    ORGANISME,
    facture_pour,
    noter_la_facture,
    prise_a_facturer,
)
from binome.factures.rayons import FACTURES_SCELLEES
from binome.gestes.refus import GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.prises_en_charge.permissions import noter_la_prise
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.prises_en_charge.models import PriseEnCharge


def organisme_de(acteur: Acteur) -> Organisation:
    """The organisation that a person manages. Raises PermissionDenied."""
    gerees = acteur.organisations("gestionnaire")
    organisme = Organisation.objects.filter(pk__in=gerees).order_by("nom", "pk").first()
    if organisme is None:
        raise PermissionDenied("Cette page est celle d’un organisme de formation.")
    return organisme


def coches(request: HttpRequest, nom: str) -> list[int]:
    """The numbers that were ticked."""
    lus = (lire_entier(un, chiffres=15) for un in request.POST.getlist(nom)[:200])
    return [un for un in lus if un is not None]


@require_http_methods(["GET", "HEAD", "POST"])
def facturer(request: HttpRequest, numero: int) -> HttpResponse:
    """The months of an agreement to bill, and who buys; what was typed comes back when it is refused."""
    acteur = acteur_de(request)
    prise = prise_a_facturer(acteur, numero)
    noter_la_prise(acteur, prise)
    if request.method != "POST":
        form = FormulaireDAcheteur(initial=dernier_acheteur(prise))
        return _page(request, prise, form)
    form = FormulaireDAcheteur(request.POST)
    if not form.is_valid():
        return _page(request, prise, form, 422)
    try:
        facture = emettre(prise, coches(request, "mois"), acteur, form.dit(prise.employeur))
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, prise, form, 422)
    messages.success(request, f"La facture {facture.numero} est émise. Son papier se prépare.")
    return redirect("suivi", "factures", facture.pk)


def _page(
    request: HttpRequest, prise: PriseEnCharge, form: FormulaireDAcheteur, status: int = 200
) -> HttpResponse:
    mois = list(a_facturer([prise.organisme_id]).filter(prise_en_charge=prise))
    # What was left unticked stays so when the rest is refused: it would be billed besides.
    voulus = set(coches(request, "mois")) if request.method == "POST" else {un.pk for un in mois}
    contexte = {
        "prise": prise,
        "form": form,
        "mois": [{"etat": un, "coche": un.pk in voulus} for un in mois],
        "total": sum(un.montant_cents for un in mois),
        "mentions": mentions_en_vigueur(prise.organisme_id),
    }
    return render(request, "factures/facturer.html", contexte, status=status)


@require_POST
def avoir(request: HttpRequest, numero: int) -> HttpResponse:
    """A credit note of the lines that were ticked."""
    acteur = acteur_de(request)
    facture, cotes = facture_pour(acteur, numero)
    if ORGANISME not in cotes:
        raise PermissionDenied("Seul l’organisme de formation fait un avoir.")
    try:
        fait = faire_un_avoir(
            facture, coches(request, "ligne"), acteur, request.POST.get("raison", "")
        )
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
        return redirect("suivi", "factures", facture.pk)
    messages.success(request, f"L’avoir {fait.numero} est émis. Son papier se prépare.")
    return redirect("suivi", "factures", fait.pk)


@require_safe
def papier(request: HttpRequest, numero: int) -> HttpResponse:
    """The sealed paper, for who reads it; a file that is no longer what was sealed is not handed over."""
    acteur = acteur_de(request)
    facture, _ = facture_pour(acteur, numero)
    de_ses_yeux(acteur)
    noter_la_facture(acteur, facture)
    if not facture.fichier:
        raise Http404("Ce papier se prépare : revenez dans un instant.")
    contenu = FACTURES_SCELLEES.intact(facture.fichier, facture.empreinte)
    if contenu is None:
        raise Http404("Le fichier de cette facture est abîmé : son contenu est sur sa page.")
    return en_fichier(contenu, f"{facture.nature}-{facture.numero}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: HttpRequest) -> HttpResponse:
    """What every invoice carries; another version follows, and what is issued keeps its own."""
    acteur = acteur_de(request)
    organisme = organisme_de(acteur)
    tenues = mentions_en_vigueur(organisme.pk)
    if request.method != "POST":
        return _page_des_mentions(request, organisme, FormulaireDeMentions(initial=_depart(tenues)))
    form = FormulaireDeMentions(request.POST)
    if not form.is_valid():
        return _page_des_mentions(request, organisme, form, 422)
    try:
        donner_les_mentions(organisme, acteur, form.dites(), vues=form.cleaned_data["vues"] or 0)
    except MentionDeFactureRefusee as refus:
        form.add_error(refus.champ or None, str(refus))
        return _page_des_mentions(request, organisme, form, 422)
    messages.success(request, "C’est gardé : vos prochaines factures le porteront.")
    return redirect("argent")


def _depart(tenues: Any) -> dict[str, Any]:
    if tenues is None:
        return {"vues": 0}
    noms = (*TEXTES, *FACULTATIFS, "attestation_le", "delai")
    return {"vues": tenues.pk, **{nom: getattr(tenues, nom) for nom in noms}}


def _page_des_mentions(
    request: HttpRequest, organisme: Organisation, form: FormulaireDeMentions, status: int = 200
) -> HttpResponse:
    contexte = {"organisme": organisme, "form": form}
    return render(request, "factures/mentions.html", contexte, status=status)
