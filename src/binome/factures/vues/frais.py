"""An employer's expenses with their receipts, and what a trainee advanced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.arrivee import recevoir
from binome.depot.refus import PieceRefusee
from binome.dossiers.permissions import de_ses_yeux
from binome.factures.depenses import declarer, dire_une_avance
from binome.factures.formulaires import FormulaireDAvance, FormulaireDeDepense
from binome.factures.permissions import (
    depense_pour,
    noter_la_depense,
    prise_de_l_employeur,
    prise_du_stagiaire,
)
from binome.factures.rayons import JUSTIFICATIFS
from binome.factures.regle_des_depenses import AVANCE, COQUILLE, SOURCE
from binome.gestes.refus import GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.prises_en_charge.permissions import noter_la_prise

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.prises_en_charge.models import PriseEnCharge

OCCUPE = "D’autres fichiers sont en cours de lecture : renvoyez le vôtre dans un instant."
PLEIN = "La place manque pour garder ce justificatif. Rien n’est changé : réessayez plus tard."


@require_http_methods(["GET", "HEAD", "POST"])
def depense(request: HttpRequest, numero: int) -> HttpResponse:
    """An expense of an employer, with its receipt; what was typed comes back when it is refused."""
    acteur = acteur_de(request)
    prise = prise_de_l_employeur(acteur, numero)
    noter_la_prise(acteur, prise)
    if request.method != "POST":
        return _page(request, prise, FormulaireDeDepense())
    form = FormulaireDeDepense(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, prise, form, 422)
    try:
        recu = recevoir(
            form.cleaned_data["fichier"], admettre=lambda: None, ecarter=lambda _, __: None
        )
        declaree = declarer(prise, acteur, form.dite(), recu)
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, prise, form, 422)
    except PieceRefusee as refus:
        form.add_error("fichier", str(refus))
        return _page(request, prise, form, 422)
    except CloisonPleine:
        form.add_error("fichier", OCCUPE)
        return _page(request, prise, form, 503)
    except OSError:
        form.add_error("fichier", PLEIN)
        return _page(request, prise, form, 507)
    messages.success(request, "La dépense est déclarée.")
    return redirect("suivi", "depenses", declaree.pk)


def _page(
    request: HttpRequest, prise: PriseEnCharge, form: FormulaireDeDepense, status: int = 200
) -> HttpResponse:
    contexte = {"prise": prise, "form": form, "coquille": COQUILLE, "source": SOURCE}
    return render(request, "factures/depense.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def avance(request: HttpRequest, numero: int) -> HttpResponse:
    """What a trainee paid for their training."""
    acteur = acteur_de(request)
    prise = prise_du_stagiaire(acteur, numero)
    form = FormulaireDAvance(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                dire_une_avance(prise, acteur, form.dite())
            except GesteImpossible as impossible:
                form.add_error(impossible.champ or None, str(impossible))
            else:
                messages.success(
                    request, "C’est dit : votre employeur voit ce que vous avez avancé."
                )
                return redirect("argent")
    contexte = {"prise": prise, "form": form, "phrase_du_droit": AVANCE}
    return render(request, "factures/avance.html", contexte, status=status)


@require_safe
def justificatif(request: HttpRequest, numero: int) -> HttpResponse:
    """The receipt of an expense, for who reads it."""
    acteur = acteur_de(request)
    sienne = depense_pour(acteur, numero)
    de_ses_yeux(acteur)
    noter_la_depense(acteur, sienne)
    contenu = JUSTIFICATIFS.intact(sienne.fichier, sienne.empreinte) if sienne.fichier else None
    if contenu is None:
        raise Http404("Ce justificatif n’est plus là.")
    return en_fichier(
        contenu,
        f"justificatif-{sienne.pk}.{sienne.fichier.rpartition('.')[2]}",
        "application/octet-stream",
    )
