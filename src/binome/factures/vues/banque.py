"""What came in: a bank's file, or a payment noted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.banque.mouvements import TAILLE, FichierDeBanqueRefuse
from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.factures.a_part import lire_le_releve
from binome.factures.formulaires import FormulaireDeReglement, FormulaireDeReleve
from binome.factures.models import FichierDeBanque, Reglement
from binome.factures.reglements import importer, saisir
from binome.factures.vues.facturation import organisme_de
from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.permissions import organismes
from binome.typographie import compter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.models import Organisation

OCCUPE = "D’autres fichiers sont en cours de lecture : renvoyez le vôtre dans un instant."


@require_http_methods(["GET", "HEAD", "POST"])
def releves(request: HttpRequest) -> HttpResponse:
    """A bank's file, read apart: what came in is noted once, and matched where it is plain."""
    acteur = acteur_de(request)
    organisme = organisme_de(acteur)
    if request.method != "POST":
        return _page(request, organisme)
    form = FormulaireDeReleve(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, organisme, fichier=form, status=422)
    try:
        recu = form.cleaned_data["fichier"]
        fait = importer(organisme, acteur, lire_le_releve(recu.read(TAILLE + 1)))
    except (FichierDeBanqueRefuse, GesteImpossible) as refus:
        form.add_error("fichier", str(refus))
        return _page(request, organisme, fichier=form, status=422)
    except CloisonPleine:
        form.add_error("fichier", OCCUPE)
        return _page(request, organisme, fichier=form, status=503)
    dits = [f"{compter(fait.nouveaux, 'règlement noté', 'règlements notés')}."]
    if fait.rapproches:
        dits.append(f"{compter(fait.rapproches, 'paie sa facture', 'paient leurs factures')}.")
    if reste := fait.nouveaux - fait.rapproches:
        dits.append(
            f"{compter(reste, 'attend', 'attendent')} que vous disiez ce qu’{'il paie' if reste == 1 else 'ils paient'}."
        )
    if fait.ressemblent:
        dits.append(
            f"{compter(fait.ressemblent, 'ressemble à un règlement', 'ressemblent à des règlements')} du même jour et du même "
            f"montant, noté{'' if fait.ressemblent == 1 else 's'} autrement : regardez avant de rapprocher."
        )
    if fait.connus:
        dits.append(f"{compter(fait.connus, 'était déjà connu', 'étaient déjà connus')}.")
    messages.success(request, " ".join(dits))
    return redirect("argent")


@require_POST
def noter(request: HttpRequest) -> HttpResponse:
    """A payment noted by hand, once."""
    acteur = acteur_de(request)
    organisme = organisme_de(acteur)
    form = FormulaireDeReglement(request.POST)
    if not form.is_valid():
        return _page(request, organisme, main=form, status=422)
    dits = form.cleaned_data
    try:
        recu = saisir(organisme, acteur, dits["jour"], dits["montant"], dits["texte"], dits["cle"])
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page(request, organisme, main=form, status=422)
    messages.success(request, "Le règlement est noté.")
    return redirect("suivi", "reglements", recu.pk)


def _notes(organisme: Organisation) -> int:
    return Reglement.objects.filter(organisme=organisme).order_by().count()


def _page(
    request: HttpRequest,
    organisme: Organisation,
    *,
    fichier: FormulaireDeReleve | None = None,
    main: FormulaireDeReglement | None = None,
    status: int = 200,
) -> HttpResponse:
    lus = FichierDeBanque.objects.filter(organisme=organisme).select_related("par")
    contexte = {
        "organisme": organisme,
        "agit": bool(organismes(acteur_de(request))),
        "form": fichier or FormulaireDeReleve(),
        "main": main
        or FormulaireDeReglement.neuf(acteur_de(request).personne.pk, _notes(organisme)),
        "lus": list(lus.order_by("-lu_le", "-pk")[:20]),
    }
    return render(request, "factures/banque.html", contexte, status=status)
