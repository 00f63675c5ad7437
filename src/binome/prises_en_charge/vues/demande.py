"""Asking a payer: the form of a request and of its amendments, its documents, its official form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.arrivee import recevoir
from binome.depot.refus import PieceRefusee
from binome.dossiers.permissions import de_ses_yeux
from binome.dossiers.traces import noter
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.lectures.models import ObjetLu
from binome.parcours.permissions import visibles as parcours_visibles
from binome.prises_en_charge.comparaison import proposer
from binome.prises_en_charge.demandes import (
    modifier,
    preparer,
    preparer_un_avenant,
)
from binome.prises_en_charge.documents import joindre
from binome.prises_en_charge.etats import OUVERTES, EtatDePriseEnCharge, VoieDePaiement
from binome.prises_en_charge.financeurs import deja_ecrits, muets, payeurs_de
from binome.prises_en_charge.formulaires import (
    FormulaireDeDemande,
    FormulaireDeDocument,
    depart,
)
from binome.prises_en_charge.models import DocumentDePriseEnCharge
from binome.prises_en_charge.officiels import rempli
from binome.prises_en_charge.permissions import (
    ORGANISME,
    noter_la_prise,
    organismes,
    prise_pour,
)
from binome.prises_en_charge.rayons import DOCUMENTS
from binome.regles.calendrier import ajouter_mois, duree_en_clair, montant_en_clair

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, QueryDict

    from binome.comptes.acteur import Acteur
    from binome.depot.controle import Document
    from binome.parcours.models import Parcours
    from binome.prises_en_charge.models import PriseEnCharge

OCCUPE = "Trop de documents sont lus en même temps : renvoyez le vôtre dans un instant."
PLEIN = "La place manque pour garder ce document. Rien n’est changé : réessayez plus tard."
MOIS_PROPOSES = 8
"""How long a training lasts, proposed to who asks: the seven months of the report, and one more."""


def _parcours_pour(acteur: Acteur, numero: int) -> Parcours:
    """A path, for who manages its organisation. Raises Http404, PermissionDenied."""
    siens = parcours_visibles(acteur).prefetch_related("dossier__faits")
    parcours = siens.filter(pk=numero).first()
    if parcours is None:
        raise Http404("Ce parcours n’existe pas, ou ne vous est pas ouvert.")
    if parcours.organisme_id not in organismes(acteur):
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    return parcours


def _prise_de_l_organisme(request: HttpRequest, numero: int) -> tuple[Acteur, PriseEnCharge]:
    """An agreement, for who asks it. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    prise, cotes = prise_pour(acteur, numero)
    if ORGANISME not in cotes:
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    return acteur, prise


def _page(
    request: HttpRequest,
    parcours: Parcours,
    form: FormulaireDeDemande,
    *,
    prise: PriseEnCharge | None = None,
    avenant: bool = False,
    proposees: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "parcours": parcours, "form": form, "prise": prise, "avenant": avenant, "proposees": proposees or [],
    }  # fmt: skip
    return render(request, "prises_en_charge/demander.html", contexte, status=status)


def _proposees(parcours: Parcours, debut: date, fin: date) -> list[dict[str, Any]]:
    """What each route would pay, by each payer that gave a scale, else by our sources."""
    lignes = []
    payeurs = list(payeurs_de(parcours))
    for voie in VoieDePaiement:
        for payeur in (*payeurs, None):
            dit = proposer(parcours, voie, payeur, debut, fin)
            if dit.bareme is None and payeur is not None:
                continue
            lignes.append({"voie": voie.label, "payeur": payeur, "dit": dit})
    return lignes


def _depart(parcours: Parcours) -> dict[str, Any]:
    """The form before anything is typed: the days that the path says, and what the first payer of Binôme would pay."""
    debut = parcours.entree
    dits: dict[str, Any] = {"subrogation": True, "debut": debut}
    if parcours.formation is not None:
        dits["minutes"] = duree_en_clair(parcours.formation)
    if debut is None:
        return dits
    dits["fin"] = ajouter_mois(debut, MOIS_PROPOSES)
    propose = proposer(parcours, VoieDePaiement.PDC, payeurs_de(parcours).first(), debut, dits["fin"])  # fmt: skip
    if propose.taux_cents is not None:
        dits["taux"] = montant_en_clair(propose.taux_cents)
    if propose.salaire_cents:
        dits["salaire"] = montant_en_clair(propose.salaire_cents)
    if propose.plafond_cents is not None:
        dits["plafond"] = montant_en_clair(propose.plafond_cents)
    return {**dits, "voie": str(VoieDePaiement.PDC)}


def _form(parcours: Parcours, dits: QueryDict | None = None, **depart: Any) -> FormulaireDeDemande:
    """The form of a request, with the payers that may be named, and those that this organisation named before."""
    payeurs = list(payeurs_de(parcours))
    return FormulaireDeDemande(
        dits, initial=depart, payeurs=payeurs, muets=muets([un.pk for un in payeurs]),
        ecrits=deja_ecrits(parcours.organisme_id),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest, numero: int) -> HttpResponse:
    """A request for a path: what is proposed, then what is asked; what was typed comes back when it is refused."""
    acteur = acteur_de(request)
    parcours = _parcours_pour(acteur, numero)
    if request.method != "POST":
        noter(acteur, parcours.dossier, ObjetLu.DOSSIER)
        dits = _depart(parcours)
        proposees = _proposees(parcours, dits["debut"], dits["fin"]) if "fin" in dits else []
        return _page(request, parcours, _form(parcours, **dits), proposees=proposees)
    form = _form(parcours, request.POST)
    if not form.is_valid():
        return _page(request, parcours, form, status=422)
    try:
        prise = preparer(parcours, acteur, form.termes())
    except GesteImpossible as impossible:
        return _refusee(request, parcours, form, impossible)
    messages.success(request, "La demande est prête : joignez ses documents, puis envoyez-la.")
    return redirect("suivi", "prises-en-charge", prise.pk)


def _refusee(
    request: HttpRequest,
    parcours: Parcours,
    form: FormulaireDeDemande,
    impossible: GesteImpossible,
    **autres: Any,
) -> HttpResponse:
    champ = impossible.champ if impossible.champ in form.fields else None
    form.add_error(champ or None, str(impossible))
    dits = form.cleaned_data
    proposees = (
        _proposees(parcours, dits["debut"], dits["fin"])
        if {"debut", "fin"} <= dits.keys() and not autres.get("avenant")
        else []
    )
    status = 409 if isinstance(impossible, Depasse) else 422
    return _page(request, parcours, form, proposees=proposees, status=status, **autres)


@require_http_methods(["GET", "HEAD", "POST"])
def changer(request: HttpRequest, numero: int) -> HttpResponse:
    """A request that is not sent yet, changed."""
    acteur, prise = _prise_de_l_organisme(request, numero)
    if prise.etat != EtatDePriseEnCharge.PREPAREE:
        messages.warning(request, "Cette demande est partie : elle ne change plus que par un avenant.")  # fmt: skip
        return redirect("suivi", "prises-en-charge", prise.pk)
    if request.method != "POST":
        noter_la_prise(acteur, prise)
        return _page(request, prise.parcours, _form(prise.parcours, **depart(prise)), prise=prise)
    form = _form(prise.parcours, request.POST)
    if not form.is_valid():
        return _page(request, prise.parcours, form, prise=prise, status=422)
    try:
        modifier(prise, acteur, form.termes(), version=version_de(request))
    except GesteImpossible as impossible:
        return _refusee(request, prise.parcours, form, impossible, prise=prise)
    messages.success(request, "La demande est modifiée.")
    return redirect("suivi", "prises-en-charge", prise.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def amender(request: HttpRequest, numero: int) -> HttpResponse:
    """An amendment of an agreement: its figures, changed from a month on."""
    acteur, prise = _prise_de_l_organisme(request, numero)
    if request.method != "POST":
        noter_la_prise(acteur, prise)
        form = FormulaireDeDemande(initial=depart(prise), payeurs=(), avenant=True)
        return _page(request, prise.parcours, form, prise=prise, avenant=True)
    form = FormulaireDeDemande(request.POST, payeurs=(), avenant=True)
    if not form.is_valid():
        return _page(request, prise.parcours, form, prise=prise, avenant=True, status=422)
    try:
        avenant = preparer_un_avenant(
            prise, acteur, form.termes(prise), form.cleaned_data["depuis"]
        )
    except GesteImpossible as impossible:
        return _refusee(request, prise.parcours, form, impossible, prise=prise, avenant=True)
    messages.success(request, "L’avenant est prêt : relisez-le, puis envoyez-le.")
    return redirect("suivi", "prises-en-charge", avenant.pk)


@require_POST
def joindre_un_document(request: HttpRequest, numero: int) -> HttpResponse:
    """A document of a request, read apart and cleaned."""
    acteur, prise = _prise_de_l_organisme(request, numero)
    form = FormulaireDeDocument(request.POST, request.FILES)
    faute = ""
    if not form.is_valid():
        faute = " ".join(str(dit) for dits in form.errors.values() for dit in dits)
    else:
        faute = _joindre(acteur, prise, form)
    if faute:
        messages.warning(request, faute)
    else:
        messages.success(request, "Le document est joint.")
    return redirect("suivi", "prises-en-charge", prise.pk)


def _joindre(acteur: Acteur, prise: PriseEnCharge, form: FormulaireDeDocument) -> str:
    """Joins it; why not, in words, and empty when it is."""

    def admettre() -> None:
        if prise.etat not in OUVERTES:
            raise GesteImpossible("Cette demande a sa réponse : un document ne s’y ajoute plus.")

    try:
        document: Document = recevoir(
            form.cleaned_data["fichier"], admettre=admettre, ecarter=lambda _, __: None
        )
        joindre(prise, acteur, form.cleaned_data["nature"], document)
    except (GesteImpossible, PieceRefusee) as refus:
        return str(refus)
    except CloisonPleine:
        return OCCUPE
    except OSError:
        return PLEIN
    return ""


@require_safe
def document(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """A document of a request, for who reads it."""
    acteur = acteur_de(request)
    prise, _ = prise_pour(acteur, numero)
    de_ses_yeux(acteur)
    sien = DocumentDePriseEnCharge.objects.filter(prise_en_charge=prise, pk=rang).first()
    if sien is None:
        raise Http404("Ce document n’existe pas.")
    noter_la_prise(acteur, prise)
    contenu = DOCUMENTS.intact(sien.fichier, sien.empreinte) if sien.fichier else None
    if contenu is None:
        raise Http404("Ce document est abîmé. Demandez qu’il soit joint de nouveau.")
    suffixe = sien.fichier.rpartition(".")[2]
    return en_fichier(contenu, f"{sien.nature}-{sien.pk}.{suffixe}", "application/octet-stream")


@require_safe
def formulaire(request: HttpRequest, numero: int) -> HttpResponse:
    """The fields of the official form of a route, in its order, with what is missing; for who fills it."""
    acteur, prise = _prise_de_l_organisme(request, numero)
    lu = rempli(prise)
    if lu is None:
        raise Http404("Cette voie n’a pas de formulaire.")
    noter_la_prise(acteur, prise)
    return render(request, "prises_en_charge/formulaire.html", {"prise": prise, "formulaire": lu})
