"""Where each side starts: the payer's funds, requests and months; what the organisation may bill today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, OPCO
from binome.depot.arrivee import recevoir
from binome.depot.refus import PieceRefusee
from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.baremes import dire_une_enveloppe, entrer_un_bareme
from binome.prises_en_charge.etats import (
    OUVERTES,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
)
from binome.prises_en_charge.exigences import horloges
from binome.prises_en_charge.fonds import fonds
from binome.prises_en_charge.formulaires import FormulaireDeBareme, FormulaireDEnveloppe
from binome.prises_en_charge.models import BaremeDuPayeur, EtatDeService, PriseEnCharge
from binome.prises_en_charge.passages import POUR_REVENIR
from binome.prises_en_charge.payerait import controler
from binome.prises_en_charge.permissions import etats_visibles, payeurs, visibles
from binome.prises_en_charge.vues.employeur import page_de_l_employeur

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

MONTRES: Final = 50
"""Months of a page."""
DEMANDES: Final = 20
OCCUPE: Final = "Trop de documents sont lus en même temps : renvoyez le vôtre dans un instant."
PLEIN: Final = "La place manque pour garder ce document. Rien n’est changé : réessayez plus tard."


def _payeur(acteur: Acteur) -> Organisation:
    """The payer that a person reads, or answers for. Raises PermissionDenied."""
    lues = acteur.organisations(OPCO)
    payeur = Organisation.objects.filter(pk__in=lues).order_by("nom", "pk").first()
    if payeur is None:
        raise PermissionDenied("Cette page est celle d’un financeur.")
    return payeur


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """A payer's table, what an organisation may bill, or what an employer is owed; others have their list."""
    acteur = acteur_de(request)
    if acteur.a_role(OPCO):
        return _du_payeur(request, acteur)
    if acteur.a_role("gestionnaire"):
        return _de_l_organisme(request, acteur)
    if acteur.a_role(EMPLOYEUR, GROUPEMENT):
        return page_de_l_employeur(request, acteur)
    return redirect("suivis", "prises-en-charge")


def _du_payeur(request: HttpRequest, acteur: Acteur) -> HttpResponse:
    payeur = _payeur(acteur)
    # What is asked of a payer is all that its people read of it: no other condition is needed.
    demandes = PriseEnCharge.objects.filter(payeur=payeur, etat=EtatDePriseEnCharge.DEMANDEE)
    attendent = EtatDeService.objects.filter(payeur=payeur, etat=EtatDUnEtatDeService.ETABLI)
    lus = list(attendent.select_related(*_AVEC).order_by("ecarts", "mois", "pk")[:MONTRES])
    ecarts = controler(lus)
    recents = EtatDeService.objects.filter(
        payeur=payeur, etat=EtatDUnEtatDeService.ACCEPTE, repondu_par=acteur.personne,
        repondu_le__gte=timezone.now() - POUR_REVENIR,
    )  # fmt: skip
    contexte = {
        "payeur": payeur,
        "agit": payeur.pk in payeurs(acteur),
        "demandes": list(
            demandes.select_related("parcours__dossier", "organisme").order_by("demandee_le", "pk")[
                :DEMANDES
            ]
        ),
        "combien": demandes.order_by().count(),
        "passent": [un for un in lus if not ecarts[un.pk]],
        "autres": [{"etat": un, "ecarts": ecarts[un.pk]} for un in lus if ecarts[un.pk]],
        "attendent": attendent.order_by().count(),
        "montres": len(lus),
        "recents": recents.order_by().count(),
    }
    return render(request, "prises_en_charge/financeur.html", contexte)


_AVEC: Final = (
    "prise_en_charge__employeur",
    "prise_en_charge__organisme",
    "prise_en_charge__payeur",
    "prise_en_charge__parcours__dossier",
)


def _de_l_organisme(request: HttpRequest, acteur: Acteur) -> HttpResponse:
    gerees = acteur.organisations("gestionnaire")
    siens = etats_visibles(acteur).filter(prise_en_charge__organisme__in=gerees)
    acceptes = siens.filter(etat=EtatDUnEtatDeService.ACCEPTE)
    a_voir = siens.filter(etat__in=(EtatDUnEtatDeService.ETABLI, EtatDUnEtatDeService.RENVOYE))
    lus = list(a_voir.select_related(*_AVEC).order_by("-ecarts", "mois", "pk")[:MONTRES])
    ecarts = controler(lus)
    ouvertes = visibles(acteur).filter(organisme__in=gerees, etat__in=OUVERTES)
    aujourd_hui = timezone.localdate()
    contexte = {
        "acceptes": list(acceptes.order_by("mois", "pk")[:MONTRES]),
        "combien": acceptes.order_by().count(),
        "a_voir": [{"etat": un, "ecarts": ecarts[un.pk]} for un in lus],
        "attendent": a_voir.order_by().count(),
        "demandes": [
            {"prise": une, "horloge": next(iter(horloges(une)), None), "aujourd_hui": aujourd_hui}
            for une in _par_echeance(ouvertes)
        ],
    }
    return render(request, "prises_en_charge/organisme.html", contexte)


def _par_echeance(prises: QuerySet[PriseEnCharge]) -> list[PriseEnCharge]:
    return list(prises.order_by("debut", "pk")[:DEMANDES])


def _page_des_baremes(
    request: HttpRequest,
    payeur: Organisation,
    *,
    form: FormulaireDeBareme | None = None,
    enveloppe: FormulaireDEnveloppe | None = None,
    status: int = 200,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "payeur": payeur,
        "baremes": list(BaremeDuPayeur.objects.filter(payeur=payeur).order_by("voie", "-du", "-pk")),
        "fonds": fonds(payeur),
        "form": form or FormulaireDeBareme(),
        "enveloppe": enveloppe or FormulaireDEnveloppe(initial={"annee": timezone.localdate().year}),
        "agit": payeur.pk in payeurs(acteur_de(request)),
    }  # fmt: skip
    return render(request, "prises_en_charge/baremes.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def baremes(request: HttpRequest) -> HttpResponse:
    """The scales of a payer, and another that it enters; what was typed comes back when it is refused."""
    acteur = acteur_de(request)
    payeur = _payeur(acteur)
    if request.method != "POST":
        return _page_des_baremes(request, payeur)
    form = FormulaireDeBareme(request.POST, request.FILES)
    if not form.is_valid():
        return _page_des_baremes(request, payeur, form=form, status=422)
    try:
        recu = form.cleaned_data["fichier"]
        document = (
            recevoir(recu, admettre=lambda: None, ecarter=lambda _, __: None) if recu else None
        )
        entrer_un_bareme(payeur, acteur, form.dit(), document)
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page_des_baremes(request, payeur, form=form, status=422)
    except PieceRefusee as refus:
        form.add_error("fichier", str(refus))
        return _page_des_baremes(request, payeur, form=form, status=422)
    except CloisonPleine:
        form.add_error("fichier", OCCUPE)
        return _page_des_baremes(request, payeur, form=form, status=503)
    except OSError:
        form.add_error("fichier", PLEIN)
        return _page_des_baremes(request, payeur, form=form, status=507)
    messages.success(request, "Le barème est gardé : il vaut pour les demandes à venir.")
    return redirect("baremes-du-financeur")


@require_POST
def enveloppe(request: HttpRequest) -> HttpResponse:
    """The funds of a year, said by the payer."""
    acteur = acteur_de(request)
    payeur = _payeur(acteur)
    form = FormulaireDEnveloppe(request.POST)
    if not form.is_valid():
        return _page_des_baremes(request, payeur, enveloppe=form, status=422)
    dits = form.cleaned_data
    try:
        dire_une_enveloppe(payeur, acteur, dits["annee"], dits["montant"], dits["voie"])
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return _page_des_baremes(request, payeur, enveloppe=form, status=422)
    messages.success(request, "Les fonds de l’année sont gardés.")
    return redirect("baremes-du-financeur")
