"""The contracts of a practice, preparing one, changing it, preparing what follows it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.comptes.roles import CPAM, EMPLOYEUR, GROUPEMENT
from binome.contrats_d_aide.abonnement import contrats_au_calendrier
from binome.contrats_d_aide.etats import ARRETES, EtatDeContrat, GenreDeContrat, GenreDePoste
from binome.contrats_d_aide.formulaires import DITS_OUI_NON, NOMBRES, FormulaireDeContrat
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.parts_aidees import pourcentage
from binome.contrats_d_aide.permissions import cabinets, contrat_pour, visibles
from binome.contrats_d_aide.services import ContratDit, modifier, preparer, renouveler
from binome.contrats_d_aide.vie_lue import postes_de, titre_d_horloge
from binome.contrats_d_aide.vues.groupement import tableau
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.pliage import plier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.contrats_d_aide.models import Contrat

MONTRES: Final = 200
"""Contracts of a practice, at most, on its page."""
FLUX: Final = "contrats-d-aide"


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """The contracts of a person's practice, and their own; each shared assistant once, with every share."""
    acteur = acteur_de(request)
    if acteur.a_role(GROUPEMENT) and not acteur.a_role(EMPLOYEUR, CPAM):
        return tableau(request)
    if acteur.a_role(CPAM) and not acteur.a_role(EMPLOYEUR, GROUPEMENT):
        return redirect("contrats-de-la-caisse")
    # The next duty first; those that have none come last, on both databases.
    siens = list(visibles(acteur).order_by(F("prochaine_le").asc(nulls_last=True), "-pk")[:MONTRES])
    courants = [un for un in siens if un.etat not in ARRETES]
    jour = timezone.localdate()
    contexte = {
        "contrats": [
            {
                "un": un,
                "echeance": titre_d_horloge(un.prochaine) if un.prochaine else "",
                "passee": un.prochaine_le is not None and un.prochaine_le < jour,
            }
            for un in courants
        ],
        "finis": [un for un in siens if un.etat in ARRETES],
        "partages": _partages([un.pk for un in courants]),
        "prepare": bool(cabinets(acteur)),
        "tous": len(siens) == MONTRES,
        "au_calendrier": bool(siens) and contrats_au_calendrier(acteur).exists(),
    }
    return render(request, "contrats_d_aide/accueil.html", contexte)


def _partages(contrats: list[int]) -> list[dict[str, Any]]:
    """Each assistant of several contracts, once: which doctor, which caisse, which share."""
    jour = timezone.localdate()
    par_personne: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    noms: dict[str, str] = {}
    for poste, nom in postes_de(contrats):
        if poste.genre != GenreDePoste.ASSISTANT or (poste.au is not None and poste.au < jour):
            continue
        cle = (
            f"emploi:{poste.emploi.salarie_id}" if poste.emploi is not None else f"nom:{plier(nom)}"
        )
        noms.setdefault(cle, nom)
        par_personne[cle].append({"poste": poste, "contrat": poste.contrat, "part": poste.part})
    return [
        {"nom": noms[cle], "parts": parts, "total": pourcentage(sum(un["part"] for un in parts))}
        for cle, parts in par_personne.items() if len(parts) > 1
    ]  # fmt: skip


def _caisses(maisons: list[Organisation]) -> list[Organisation]:
    """The caisses of the same world, made up or not."""
    mondes = {un.exemple for un in maisons}
    return list(Organisation.objects.filter(genre=CPAM, exemple__in=mondes).order_by("nom", "pk"))


def _formulaire(
    request: HttpRequest, acteur: Acteur, genre: str, **autres: Any
) -> FormulaireDeContrat:
    siens = list(Organisation.objects.filter(pk__in=cabinets(acteur)).order_by("nom", "pk"))
    return FormulaireDeContrat(
        request.POST if request.method == "POST" else None, genre=genre, signataires=siens, caisses=_caisses(siens), **autres
    )  # fmt: skip


def _dit(form: FormulaireDeContrat, acteur: Acteur, contrat: Contrat | None = None) -> ContratDit:
    """What the form says; its doctor is written down, or is that of a contract. Raises GesteImpossible."""
    dits = form.cleaned_data
    collectif = form.genre == GenreDeContrat.COLLECTIF
    signataire = form.signataires[dits["signataire"]]
    medecin = None
    if not collectif:
        medecin = dire_un_medecin(
            MedecinDit(dits["nom"], dits["prenom"], dits["rpps"], dits["specialite"]),
            acteur,
            None if contrat is None else contrat.medecin,
        )
    return ContratDit(
        genre=form.genre, medecin=medecin, societe=signataire if collectif else None, signataire=signataire,
        caisse=form.caisses.get(dits["caisse"]), autre_caisse=dits["autre_caisse"], departement=dits["departement"],
        zone=None if not dits["zone"] else dits["zone"] == "oui", option=dits.get("option", ""), etp=dits.get("etp"),
        bande=dits.get("bande", ""), faits=form.faits(),
    )  # fmt: skip


def _depart(contrat: Contrat) -> dict[str, Any]:
    """The form as a contract fills it."""
    medecin, faits = contrat.medecin, contrat.faits
    oui_non = {True: "oui", False: "non"}
    return {
        "signataire": str(contrat.signataire_id or ""), "caisse": str(contrat.caisse_id or ""),
        "autre_caisse": contrat.autre_caisse, "departement": contrat.departement,
        "zone": oui_non.get(contrat.zone, "") if contrat.zone is not None else "", "option": contrat.option,
        "etp": "" if contrat.etp is None else f"{contrat.etp / 100:g}".replace(".", ","), "bande": contrat.bande,
        **({} if medecin is None else {
            "nom": medecin.nom, "prenom": medecin.prenom, "rpps": medecin.rpps, "specialite": medecin.specialite,
        }),
        **{nom: faits.get(nom) for nom in (*NOMBRES, "secteur", "societe_signataire")},
        **{nom: oui_non[faits[nom]] for nom in DITS_OUI_NON if isinstance(faits.get(nom), bool)},
    }  # fmt: skip


def _page(
    request: HttpRequest,
    form: FormulaireDeContrat,
    titre: str,
    contrat: Contrat | None = None,
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "form": form,
        "titre": titre,
        "contrat": contrat,
        "collectif": form.genre == GenreDeContrat.COLLECTIF,
    }
    return render(request, "contrats_d_aide/preparer.html", contexte, status=status)


def _refuser(form: FormulaireDeContrat, impossible: GesteImpossible) -> None:
    form.add_error(impossible.champ if impossible.champ in form.fields else None, str(impossible))


@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    """A contract to prepare: a doctor's, or a group's. Raises PermissionDenied."""
    acteur = acteur_de(request)
    if not cabinets(acteur):
        raise PermissionDenied("Un cabinet seul prépare un contrat d’aide.")
    dit = request.POST.get("genre") if request.method == "POST" else request.GET.get("genre")
    genre = (
        GenreDeContrat.COLLECTIF if dit == GenreDeContrat.COLLECTIF else GenreDeContrat.INDIVIDUEL
    )
    form = _formulaire(request, acteur, genre)
    titre = (
        "Préparer un contrat collectif"
        if genre == GenreDeContrat.COLLECTIF
        else "Préparer un contrat d’aide"
    )
    if request.method != "POST":
        return _page(request, form, titre)
    if form.is_valid():
        try:
            with transaction.atomic():
                contrat = preparer(_dit(form, acteur), acteur)
        except GesteImpossible as impossible:
            _refuser(form, impossible)
        else:
            messages.success(request, "Le contrat est en préparation.")
            return redirect("suivi", FLUX, contrat.pk)
    return _page(request, form, titre, status=422)


def _le_sien(request: HttpRequest, numero: int) -> tuple[Acteur, Contrat]:
    """A contract, for who answers for its practice. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    contrat, _ = contrat_pour(acteur, numero)
    if contrat.signataire_id is None or contrat.signataire_id not in cabinets(acteur):
        raise PermissionDenied("Le cabinet seul écrit son contrat.")
    return acteur, contrat


@require_http_methods(["GET", "HEAD", "POST"])
def changer(request: HttpRequest, numero: int) -> HttpResponse:
    """Changes a contract that is not signed yet. Raises Http404, PermissionDenied."""
    acteur, contrat = _le_sien(request, numero)
    if contrat.etat != EtatDeContrat.PREPARE:
        messages.warning(request, "Ce contrat est signé : il s’amende, il ne se modifie plus.")
        return redirect("suivi", FLUX, numero)
    form = _formulaire(request, acteur, contrat.genre, initial=_depart(contrat))
    if request.method != "POST":
        return _page(request, form, "Modifier le contrat", contrat)
    statut = 422
    if form.is_valid():
        try:
            with transaction.atomic():
                modifier(contrat, _dit(form, acteur, contrat), acteur, version=version_de(request))
        except GesteImpossible as impossible:
            _refuser(form, impossible)
            statut = 409 if isinstance(impossible, Depasse) else 422
        else:
            messages.success(request, "Le contrat est modifié.")
            return redirect("suivi", FLUX, numero)
    return _page(request, form, "Modifier le contrat", contrat, statut)


@require_http_methods(["GET", "HEAD", "POST"])
def suite(request: HttpRequest, numero: int) -> HttpResponse:
    """What follows a contract: renewed, or another one after a move. Raises Http404, PermissionDenied."""
    acteur, contrat = _le_sien(request, numero)
    initial = {**_depart(contrat), "contrat_en_cours": "oui"}
    form = _formulaire(request, acteur, contrat.genre, initial=initial)
    if request.method != "POST":
        return _page(request, form, "Préparer la suite du contrat", contrat)
    if form.is_valid():
        try:
            with transaction.atomic():
                neuf = renouveler(contrat, _dit(form, acteur, contrat), acteur)
        except GesteImpossible as impossible:
            _refuser(form, impossible)
        else:
            messages.success(request, "La suite du contrat est en préparation.")
            return redirect("suivi", FLUX, neuf.pk)
    return _page(request, form, "Préparer la suite du contrat", contrat, 422)
