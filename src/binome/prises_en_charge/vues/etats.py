"""A month certified, its sealed paper; months accepted together, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import de_ses_yeux
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_tous
from binome.habillage.en_fichier import en_fichier
from binome.prises_en_charge.certificats import delivrer
from binome.prises_en_charge.etats import EtatDUnEtatDeService
from binome.prises_en_charge.flows import ETATS_DE_SERVICE
from binome.prises_en_charge.models import EtatDeService
from binome.prises_en_charge.passages import POUR_REVENIR
from binome.prises_en_charge.payerait import controler
from binome.prises_en_charge.permissions import (
    ORGANISME,
    certificats_visibles,
    cotes_du_certificat,
    etat_pour,
    noter_le_certificat,
    payeurs,
)
from binome.prises_en_charge.rayons import CERTIFICATS_SCELLES
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur

ABIME: Final = {
    True: "Délivrez-en un autre depuis la page de son mois : il le remplacera.",
    False: "Demandez à l’organisme de formation d’en délivrer un autre.",
}
"""What to do of a paper that is no longer what was sealed: who may deliver another, and who may not."""
ENSEMBLE: Final = 200
"""Months of one gesture, at most."""


@require_POST
def certifier(request: HttpRequest, numero: int) -> HttpResponse:
    """The certificate of a month, by who manages the organisation."""
    acteur = acteur_de(request)
    etat, cotes = etat_pour(acteur, numero)
    if ORGANISME not in cotes:
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    try:
        delivrer(etat, acteur)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, "Le certificat est délivré. Son papier se prépare.")
    return redirect("suivi", "etats-de-service", etat.pk)


@require_safe
def papier(request: HttpRequest, numero: int) -> HttpResponse:
    """The sealed certificate, for who reads it; a file that is no longer what was sealed is not handed over."""
    acteur = acteur_de(request)
    certificat = certificats_visibles(acteur).filter(pk=numero).first()
    if certificat is None:
        raise Http404("Ce certificat n’existe pas, ou ne vous est pas ouvert.")
    de_ses_yeux(acteur)
    noter_le_certificat(acteur, certificat)
    if not certificat.fichier:
        raise Http404("Ce certificat se prépare : revenez dans un instant.")
    contenu = CERTIFICATS_SCELLES.intact(certificat.fichier, certificat.empreinte)
    if contenu is None:
        sien = ORGANISME in cotes_du_certificat(acteur, certificat)
        raise Http404(f"Le fichier de ce certificat est abîmé. {ABIME[sien]}")
    return en_fichier(contenu, f"certificat-de-realisation-{certificat.pk}.pdf")


def _payeurs_ou_rien(acteur: Acteur) -> frozenset[int]:
    siens = payeurs(acteur)
    if not siens:
        raise PermissionDenied("Cette page est celle d’un financeur.")
    return siens


def _coches(request: HttpRequest) -> dict[int, int]:
    """The months that were ticked, each with the version that was seen."""
    versions: dict[int, int] = {}
    for coche in request.POST.getlist("objet")[:ENSEMBLE]:
        numero, _, version = coche.partition(":")
        lus = lire_entier(numero, chiffres=15), lire_entier(version, chiffres=9)
        if lus[0] is not None and lus[1] is not None:
            versions[lus[0]] = lus[1]
    return versions


@require_POST
def accepter(request: HttpRequest) -> HttpResponse:
    """The months that were ticked and still pass every check; those that do not are left, with why."""
    acteur = acteur_de(request)
    siens = _payeurs_ou_rien(acteur)
    versions = _coches(request)
    lus = EtatDeService.objects.filter(payeur__in=siens, pk__in=versions).select_related(
        "prise_en_charge__employeur", "prise_en_charge__organisme", "prise_en_charge__parcours__dossier"
    )  # fmt: skip
    etats = list(lus.order_by("pk"))
    ecarts = controler(etats)
    passent = [un for un in etats if not ecarts[un.pk]]
    for un in etats:
        if ecarts[un.pk]:
            messages.warning(request, f"{un} : {ecarts[un.pk][0].dit}")
    _ensemble(request, acteur, "accepter", passent, versions)
    return redirect("prises-en-charge")


@require_POST
def reprendre(request: HttpRequest) -> HttpResponse:
    """Takes back what the person accepted within the hour."""
    acteur = acteur_de(request)
    siens = _payeurs_ou_rien(acteur)
    recents = EtatDeService.objects.filter(
        payeur__in=siens, etat=EtatDUnEtatDeService.ACCEPTE, repondu_par=acteur.personne,
        repondu_le__gte=timezone.now() - POUR_REVENIR + timedelta(seconds=5),
    ).select_related("prise_en_charge__parcours__dossier")  # fmt: skip
    etats = list(recents.order_by("pk")[:ENSEMBLE])
    _ensemble(
        request,
        acteur,
        "rouvrir",
        etats,
        {un.pk: un.version for un in etats},
        {"pourquoi": "erreur"},
    )
    return redirect("prises-en-charge")


def _ensemble(
    request: HttpRequest,
    acteur: Acteur,
    nom: str,
    etats: Sequence[EtatDeService],
    versions: dict[int, int],
    donnees: dict[str, str] | None = None,
) -> None:
    if not etats:
        messages.warning(request, "Rien n’a changé : aucun état n’est concerné.")
        return
    passages = [Passage(un, versions[un.pk], dict(donnees or {})) for un in etats]
    bilan = faire_tous(ETATS_DE_SERVICE, nom, passages, acteur)
    if bilan.passes:
        messages.success(request, f"{ETATS_DE_SERVICE.gestes[nom].dit} {len(bilan.passes)} en tout.")  # fmt: skip
    for laisse in bilan.laisses:
        messages.warning(request, f"{laisse.objet} : {laisse.refus}")
