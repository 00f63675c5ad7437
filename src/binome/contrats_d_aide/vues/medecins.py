"""A doctor, for the caisse that signed with them: the account that reads their contracts, and the days of a doctor's own contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.invitations import retirer
from binome.contrats_d_aide.abonnement import contrats_au_calendrier
from binome.contrats_d_aide.cadran import SANS_RELANCE
from binome.contrats_d_aide.compte_du_medecin import (
    detacher_le_compte,
    invitations_du_medecin,
    inviter_un_medecin,
    medecins_suivis,
)
from binome.contrats_d_aide.etats import OUVERTS, EtatDHorloge
from binome.contrats_d_aide.formulaires_des_gens import FormulaireDInvitation
from binome.contrats_d_aide.models import HorlogeDeContrat
from binome.contrats_d_aide.tableau import titres
from binome.contrats_d_aide.vues.caisse import caisse_de
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MONTREES: Final = 200
"""Days shown of a person's contracts, at most."""


@require_http_methods(["GET", "HEAD", "POST"])
def compte(request: HttpRequest, numero: int) -> HttpResponse:
    """The account of a doctor: invited, withdrawn, untied. Raises PermissionDenied, Http404."""
    acteur = acteur_de(request)
    caisse = caisse_de(acteur)
    medecin = medecins_suivis(acteur).filter(pk=numero).first()
    if medecin is None:
        raise Http404("Ce médecin n’a pas de contrat signé avec votre caisse.")
    geste = request.POST.get("geste", "") if request.method == "POST" else ""
    form = FormulaireDInvitation(
        request.POST if request.method == "POST" and geste not in ("retirer", "detacher") else None
    )
    statut = 200
    try:
        if geste == "retirer":
            retirer(invitations_du_medecin(medecin), auteur=acteur.nom_au_journal)
            dit = "L’invitation est retirée."
        elif geste == "detacher":
            detacher_le_compte(medecin, acteur)
            dit = "Le compte ne lit plus ces contrats."
        elif request.method == "POST" and form.is_valid():
            inviter_un_medecin(medecin, acteur, caisse, **form.cleaned_data)
            dit = "L’invitation part. Elle est valable quatorze jours."
        else:
            dit, statut = "", 422 if request.method == "POST" else 200
    except GesteImpossible as impossible:
        dit, statut = "", 422
        if form.is_bound:
            form.add_error(
                impossible.champ if impossible.champ in form.fields else None, str(impossible)
            )
        else:
            messages.error(request, str(impossible))
    if dit:
        messages.success(request, dit)
        return redirect("medecin-de-la-caisse", medecin.pk)
    contexte = {
        "medecin": medecin, "form": form, "attendues": list(invitations_du_medecin(medecin)), "caisse": caisse,
    }  # fmt: skip
    return render(request, "contrats_d_aide/medecin.html", contexte, status=statut)


@require_safe
def echeances(request: HttpRequest) -> HttpResponse:
    """What is due of the contracts of a practice, or of a doctor whichever their caisses, the first day first."""
    acteur, jour = acteur_de(request), timezone.localdate()
    dues = (
        HorlogeDeContrat.objects.filter(
            contrat__in=contrats_au_calendrier(acteur).filter(etat__in=OUVERTS),
            etat=EtatDHorloge.A_VENIR, jour__isnull=False,
        )
        .exclude(code__in=SANS_RELANCE, jour__lt=jour)
        .select_related("contrat__medecin", "contrat__societe", "contrat__caisse")
        .order_by("jour", "pk")
    )  # fmt: skip
    mots = titres()
    lues = list(dues[: MONTREES + 1])
    contexte = {
        "lignes": [
            {"une": une, "titre": mots.get(une.code, une.code), "passee": une.jour is not None and une.jour < jour}
            for une in lues[:MONTREES]
        ],
        "reste": len(lues) > MONTREES,
    }  # fmt: skip
    return render(request, "contrats_d_aide/echeances.html", contexte)
