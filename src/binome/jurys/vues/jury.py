"""The list of juries, a jury and its gestures, who is presented there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.bureau.recherche import chercher
from binome.comptes.demande import acteur_de
from binome.dossiers.impartialite import est_partie
from binome.dossiers.models import Dossier
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.volets import HAUT, volets_de
from binome.gestes.vues import dire_le_resultat
from binome.jurys.blocs import decisions_de, tous_valides
from binome.jurys.etats import (
    EtatDeJury,
    EtatDePlace,
    EtatDePresentation,
    EtatDeVae,
    IssueDeBloc,
)
from binome.jurys.flows import JURYS
from binome.jurys.formulaires import UnJury
from binome.jurys.models import DemarcheVae, Presentation, ProcesVerbal
from binome.jurys.passages import DU_JURY
from binome.jurys.permissions import branche_des_jurys, jury_pour, jurys_visibles
from binome.jurys.propositions_lues import a_relire, claire, propositions_des
from binome.jurys.seance import lire_la_seance, presence_a_noter, reglement_le
from binome.jurys.services import OUVERT, blocs_a_presenter_de, preparer_un_jury, presentables
from binome.jurys.services import presenter as presenter_au_jury
from binome.jurys.vae import presenter_par_experience
from binome.listes.filtres import Filtre, ici
from binome.listes.pages import Ordre, couper
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.jurys.models import Jury

PAR_PAGE: Final = 50
PAR_JOUR: Final = Ordre("jour", descend=True, genre=date)
A_PRESENTER: Final = 100
LONGUEUR_CHERCHEE: Final = 100
"""Paths that the page offers to present at once."""
A_PART: Final = frozenset({"regler"})
"""Gestures whose form is a page of its own."""


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The juries of the branch, the last one first, and whether its rules are given."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur)
    page = couper(jurys_visibles(acteur), PAR_JOUR, PAR_PAGE, **ici(request.GET))
    contexte = {
        "page": page,
        "branche": branche,
        "sans_regles": reglement_le(branche.pk, timezone.localdate()) is None,
        "a_composer": any(un.etat == EtatDeJury.PREPARE for un in page.lignes),
        **Filtre().adresses(page),
    }
    return render(request, "jurys/liste.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def preparer(request: HttpRequest) -> HttpResponse:
    """The form of a jury to come."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur, ecrit=request.method == "POST")
    form = UnJury(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            jury = preparer_un_jury(acteur, branche, form.cleaned_data)
        except GesteImpossible as impossible:
            form.add_error(impossible.champ or None, str(impossible))
        else:
            messages.success(request, JURYS.table[0].dit)
            return redirect("jury", jury.pk)
    contexte = {
        "form": form,
        "titre": "Préparer un jury",
        "bouton": "Préparer le jury",
        "retour": "jurys",
    }
    return render(
        request, "jurys/fiche.html", contexte, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def regler(request: HttpRequest, numero: int) -> HttpResponse:
    """The form of the day, the hour and the place, until the jury sits."""
    acteur = acteur_de(request)
    trouve = jury_pour(acteur, numero, ecrit=request.method == "POST")
    depart = {un: getattr(trouve, un) for un in DU_JURY}
    form = UnJury(request.POST if request.method == "POST" else None, initial=depart)
    statut = 200
    if request.method == "POST":
        statut = 422
        version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
        if form.is_valid():
            try:
                passage = faire(
                    JURYS, "regler", trouve, acteur, version=version, donnees=form.cleaned_data
                )
            except GesteImpossible as impossible:
                form.add_error(impossible.champ or None, str(impossible))
                statut = 409 if isinstance(impossible, Depasse) else 422
            else:
                dire_le_resultat(request, JURYS, "regler", passage)
                return redirect("jury", numero)
    convoques = trouve.places.filter(etat=EtatDePlace.CONVOQUEE).count()
    contexte = {"jury": trouve, "form": form, "convoques": convoques}
    return render(request, "jurys/regler.html", contexte, status=statut)


def _presentations(jury: Jury) -> list[Presentation]:
    lues = Presentation.objects.filter(jury=jury).select_related(
        "parcours__dossier", "parcours__organisme", "parcours__decision"
    )
    rendues = list(lues.order_by("pk"))
    for une in rendues:
        une.jury = jury
    return rendues


def _page(
    request: HttpRequest,
    jury: Jury,
    *,
    faute: str = "",
    motif: str = "",
    tente: str = "",
    status: int = 200,
) -> HttpResponse:
    trop_tot = timezone.localdate() < jury.jour
    presentations = _presentations(jury)
    seance = lire_la_seance(jury, presentations)
    decides = decisions_de(presentations)
    rangs: list[dict[str, Any]] = []
    lues = propositions_des(
        [une for une in presentations if une.etat == EtatDePresentation.A_EXAMINER]
    )
    acteur = acteur_de(request)
    for une in presentations:
        # Nobody reads what is proposed of them before it is decided.
        sien = jury.etat != EtatDeJury.CLOS and est_partie(acteur, une.parcours.dossier)
        propositions = {} if sien else lues.get(une.pk, {})
        rangs.append(
            {
                "presentation": une,
                "sien": sien,
                "qui": seance.candidats[une.pk],
                "decisions": [(bloc, decides[une.pk].get(bloc)) for bloc in une.blocs],
                "blocs": [(bloc, propositions.get(bloc)) for bloc in une.blocs],
                "a_relire": a_relire(propositions, une.blocs) if propositions else [],
                "claire": bool(propositions) and claire(propositions, une.blocs),
            }
        )
    # Files that the jury reads again come first.
    rangs.sort(key=lambda un: (un["presentation"].etat, not un["a_relire"], un["presentation"].pk))
    noms = {une.membre_id: str(une.membre) for une in seance.places}
    contexte = {
        "jury": jury,
        "places": [
            {
                "place": une,
                "pourquoi": [f"{noms.get(numero, 'une autre personne')} : {dit}" for numero, dit in une.raisons],
                "partis": sum(1 for un in seance.candidats.values() if une.membre_id in un.ecartes),
                "chez": next((autre for autre in seance.places if autre.pk == une.pouvoir_id), None),
            }
            for une in seance.places
        ],
        "presents": [une for une in seance.places if une.etat == "presente"],
        "reglement": seance.reglement,
        "rangs": rangs,
        "gestes": [
            un
            for un in JURYS.table
            if un.formulaire and jury.etat in un.de and not (un.nom == "ouvrir" and trop_tot)
        ],
        "pas_avant": trop_tot and jury.etat == EtatDeJury.CONVOQUE,
        "tente": tente,
        "se_compose": jury.etat in (EtatDeJury.PREPARE, EtatDeJury.CONVOQUE),
        "se_presente": jury.etat in OUVERT,
        "ouvert": jury.etat == EtatDeJury.OUVERT,
        "clos": jury.etat == EtatDeJury.CLOS,
        "titres": [un["presentation"] for un in rangs if tous_valides(un["decisions"])],
        "reviennent": [
            (un["presentation"], ajournes)
            for un in rangs
            if (ajournes := [bloc for bloc, dit in un["decisions"] if dit and dit.issue == IssueDeBloc.AJOURNE])
        ],
        "a_noter": presence_a_noter(seance),
        "clairs": sum(1 for un in rangs if un["claire"]) if jury.etat == EtatDeJury.OUVERT else 0,
        "volets": volets_de(request, acteur, jury, lieux=(HAUT,))[HAUT],
        "proces_verbaux": list(ProcesVerbal.objects.filter(jury=jury).order_by("pk").defer("dit")),
        "faute": faute,
        "motif": motif,
    }  # fmt: skip
    return render(request, "jurys/jury.html", contexte, status=status)


@require_safe
def jury(request: HttpRequest, numero: int) -> HttpResponse:
    """A jury: its seats, who is presented, what is proposed, who leaves for whom."""
    return _page(request, jury_pour(acteur_de(request), numero))


@require_POST
def geste(request: HttpRequest, numero: int, nom: str) -> HttpResponse:
    """One gesture on a jury; what stands in the way comes back with the page."""
    acteur = acteur_de(request)
    trouve = jury_pour(acteur, numero, ecrit=True)
    choisi = JURYS.gestes.get(nom)
    if choisi is None or not choisi.formulaire:
        raise Http404("Ce geste n’existe pas.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    donnees = choisi.du_formulaire(request.POST.dict())
    try:
        passage = faire(JURYS, nom, trouve, acteur, version=version, donnees=donnees)
    except GesteImpossible as impossible:
        return _page(
            request, jury_pour(acteur, numero), faute=str(impossible), motif=str(donnees.get("motif", "")),
            tente=nom, status=409 if isinstance(impossible, Depasse) else 422,
        )  # fmt: skip
    dire_le_resultat(request, JURYS, nom, passage)
    return redirect("jury", numero)


@require_http_methods(["GET", "HEAD", "POST"])
def presenter(request: HttpRequest, numero: int) -> HttpResponse:
    """Who may be presented, for the blocs that they do not hold; several at once."""
    acteur = acteur_de(request)
    trouve = jury_pour(acteur, numero, ecrit=request.method == "POST")
    faute = ""
    if request.method == "POST":
        faute = _presenter(request, trouve)
        if not faute:
            return redirect("jury", numero)
    cherche = request.GET.get("q", "").strip()[:LONGUEUR_CHERCHEE]
    lus = presentables(trouve)
    if cherche:
        lus = lus.filter(dossier__in=chercher(Dossier.objects.all(), cherche, en_entier=False))
    offerts = list(lus[: A_PRESENTER + 1])
    restent = blocs_a_presenter_de(offerts[:A_PRESENTER], trouve.certification)
    lignes = [(un, restent[un.pk]) for un in offerts[:A_PRESENTER]]
    vaes = DemarcheVae.objects.filter(branche=trouve.branche_id, etat=EtatDeVae.ENTRETENUE)
    contexte = {
        "jury": trouve,
        "lignes": [(un, blocs) for un, blocs in lignes if blocs],
        "vaes": list(vaes.select_related("dossier").order_by("pk")[:A_PRESENTER]),
        "reste": len(offerts) > A_PRESENTER,
        "cherche": cherche,
        "faute": faute,
    }
    return render(request, "jurys/presenter.html", contexte, status=422 if faute else 200)


def _presenter(request: HttpRequest, trouve: Jury) -> str:
    """Presents those who were ticked; what went wrong, in a sentence."""
    acteur = acteur_de(request)
    voulus = [lire_entier(un, chiffres=15) for un in request.POST.getlist("parcours")[:A_PRESENTER]]
    demandes = [lire_entier(un, chiffres=15) for un in request.POST.getlist("vae")[:A_PRESENTER]]
    parcours = list(presentables(trouve).filter(pk__in=[un for un in voulus if un]).order_by("pk"))
    vaes = list(
        DemarcheVae.objects.filter(
            branche=trouve.branche_id, pk__in=[un for un in demandes if un]
        ).order_by("pk")
    )
    if not parcours and not vaes:
        return "Cochez au moins une personne."
    fautes = []
    for un in parcours:
        try:
            presenter_au_jury(acteur, trouve, un)
        except GesteImpossible as impossible:
            fautes.append(f"{un.dossier.personne} : {impossible}")
    for une in vaes:
        try:
            presenter_par_experience(acteur, trouve, une)
        except GesteImpossible as impossible:
            fautes.append(f"{une.dossier.personne} : {impossible}")
    faits = len(parcours) + len(vaes) - len(fautes)
    if faits:
        messages.success(
            request,
            "La personne est présentée au jury."
            if faits == 1
            else f"{faits} personnes sont présentées au jury.",
        )
    return " ".join(fautes)
