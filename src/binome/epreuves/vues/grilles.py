"""Grids: the page that a device keeps, the form without a script, and the door of what was filled without network."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.traces import noter
from binome.epreuves.clos import pourquoi_clos
from binome.epreuves.envois import (
    OCTETS,
    CompetenceJugee,
    EnvoiDeGrille,
    lire_les_grilles,
    une_phrase,
)
from binome.epreuves.etats import EtatDeGrille, EtatDePassation, Verdict
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Grille, Passation
from binome.epreuves.pages import contexte_des_grilles, fuseau_de, quand
from binome.epreuves.permissions import (
    BRANCHE,
    EVALUATEUR,
    ORGANISME,
    cotes_de_lecture,
    evalue,
    passation_pour,
    passations_a_evaluer,
)
from binome.epreuves.programme import blocs_du_parcours, epreuve_du_parcours
from binome.epreuves.recevoir import REFUSEE, choisir, recevoir_les_grilles
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.habillage.envois_recus import LotIllisible
from binome.habillage.hors_ligne import gardee
from binome.lectures.models import ObjetLu
from binome.listes.filtres import Filtre, ici
from binome.listes.pages import PAR_NUMERO, couper
from binome.sessions.equipe import equipe
from binome.sessions.permissions import creneau_pour
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

PAR_PAGE: Final = 60
GESTES: Final = ("absenter", "retablir", "annuler")
"""The gestures of an attempt that one form carries out."""


@require_safe
def a_remplir(request: HttpRequest) -> HttpResponse:
    """The attempts that a person judges, by slot: those without a grid of theirs first."""
    acteur = acteur_de(request)
    if not acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Les grilles sont à qui évalue dans un organisme de formation.")
    miennes = Grille.objects.filter(par=acteur.personne).exclude(etat=EtatDeGrille.REMPLACEE)
    attendues = passations_a_evaluer(acteur).filter(etat=EtatDePassation.PREVUE)
    page = couper(attendues, PAR_NUMERO, PAR_PAGE, **ici(request.GET))
    lignes = sorted(page.lignes, key=lambda une: (une.debut is None, une.debut, une.pk))
    faites = passations_a_evaluer(acteur).filter(etat=EtatDePassation.PASSEE)
    contexte = {
        "acteur": acteur,
        "page": page,
        **Filtre().adresses(page),
        "creneaux": [
            (creneau, [(une, quand(une)) for une in siennes])
            for creneau, siennes in groupby(lignes, key=lambda une: une.creneau)
        ],
        "faites": faites.filter(pk__in=miennes.values("passation")).count(),
        "incompletes": list(
            faites.exclude(pk__in=miennes.values("passation")).order_by("-pk")[:PAR_PAGE]
        ),
    }
    return render(request, "epreuves/a_remplir.html", contexte)


@require_safe
@gardee
def du_creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The grids of a slot that a person fills; kept on the device that opens it."""
    acteur = acteur_de(request)
    creneau = creneau_pour(acteur, uid)
    if creneau.session.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Les grilles sont à qui évalue dans l’organisme.")
    lues = Passation.objects.filter(creneau=creneau).exclude(etat=EtatDePassation.ANNULEE)
    siennes = [
        une
        for une in lues.select_related("parcours__dossier", "creneau__session__site").order_by(
            "debut", "pk"
        )
        if evalue(acteur, une)
    ]
    contexte = {
        "acteur": acteur,
        "creneau": creneau,
        "ecrit": acteur.soutien is None,
        "autres": lues.count() - len(siennes),
        **contexte_des_grilles(siennes, acteur.personne.pk),
        "fuseau": creneau.session.site.fuseau,
    }
    return render(request, "epreuves/grilles.html", contexte)


@require_safe
@gardee
def passation(request: HttpRequest, numero: int) -> HttpResponse:
    """One attempt: its grid to who judges, its trace and its gestures to its organisation."""
    acteur = acteur_de(request)
    lue = _lue(acteur, numero)
    noter(acteur, lue.parcours.dossier, ObjetLu.DOSSIER)
    return page_de_passation(request, acteur, lue)


def _lue(acteur: Acteur, numero: int) -> Passation:
    """The attempt, for who works in its organisation, and for the branch that re-reads. Raises Http404."""
    lue = passation_pour(acteur, numero)
    if cotes_de_lecture(acteur, lue.parcours).isdisjoint((ORGANISME, BRANCHE)):
        raise Http404("Cette épreuve n’existe pas, ou ne vous est pas ouverte.")
    return lue


def page_de_passation(
    request: HttpRequest,
    acteur: Acteur,
    lue: Passation,
    *,
    tape: Mapping[str, tuple[str, str]] | None = None,
    faute: str = "",
    de_quoi: str = "",
    champ: str = "",
) -> HttpResponse:
    clos = pourquoi_clos(lue.parcours, lue.bloc, tente_le=lue.prevue_le)
    siennes = [lue] if evalue(acteur, lue) and not clos else []
    grilles = (
        Grille.objects.filter(passation=lue)
        .select_related("par")
        .prefetch_related("verdicts")
        .order_by("-pk")
    )
    cotes = PASSATIONS.cotes(acteur, lue)
    epreuve = epreuve_du_parcours(lue.parcours, lue.epreuve)
    contexte: dict[str, Any] = {
        "acteur": acteur,
        "passation": lue,
        "intitule": epreuve.intitule if epreuve else lue.epreuve,
        "quand": quand(lue),
        "ecrit": acteur.soutien is None,
        "clos": clos,
        "trace": list(grilles),
        "gestes": [un for un in PASSATIONS.ouverts(lue, cotes) if un.nom in GESTES],
        "organisme": ORGANISME in cotes and lue.etat == EtatDePassation.PREVUE,
        "equipe": list(equipe(lue.parcours.organisme_id)),
        "moments": recit(PASSATIONS, lue, interne=False),
        "faute": faute if de_quoi else "",
        "de_quoi": de_quoi,
        "champ": champ,
        **contexte_des_grilles(
            siennes,
            acteur.personne.pk,
            tape=None if tape is None else {lue.pk: tape},
            fautes={} if de_quoi else {lue.pk: faute},
        ),
        # By the clock of its site, for who reads without a grid to fill too.
        "fuseau": fuseau_de([lue]),
    }
    return render(request, "epreuves/passation.html", contexte, status=422 if faute else 200)


@require_POST
def remplir(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes a grid as a form without a script sends it: refused, it comes back as it was typed, with why."""
    acteur, maintenant = acteur_de(request), timezone.now()
    lue = passation_pour(acteur, numero, EVALUATEUR)
    tape = _tape(request, lue)
    try:
        envoi = _envoi(request, lue, tape)
    except LotIllisible as illisible:
        return page_de_passation(request, acteur, lue, tape=tape, faute=str(illisible))
    (rendue,) = recevoir_les_grilles(acteur, [envoi], maintenant=maintenant)
    if rendue.issue == REFUSEE:
        return page_de_passation(request, acteur, lue, tape=tape, faute=rendue.phrase)
    if rendue.phrase:
        messages.warning(request, rendue.phrase)
    else:
        messages.success(request, "La grille est enregistrée.")
    return redirect("passation", numero)


def _tape(request: HttpRequest, lue: Passation) -> dict[str, tuple[str, str]]:
    bloc = blocs_du_parcours(lue.parcours).get(lue.bloc)
    return {
        une.code: (
            request.POST.get(f"verdict-{une.code}", ""),
            request.POST.get(f"observation-{une.code}", ""),
        )
        for une in (bloc.lignes if bloc else ())
    }


def _envoi(
    request: HttpRequest, lue: Passation, tape: Mapping[str, tuple[str, str]]
) -> EnvoiDeGrille:
    """Raises LotIllisible."""
    muettes = [
        code for code, (dit, mot) in tape.items() if mot.strip() and dit not in Verdict.values
    ]
    if muettes:
        raise LotIllisible("Une observation est écrite sans réponse : choisissez-en une.")
    vue = request.POST.get("vue", "")
    return EnvoiDeGrille(
        uid=_uid(request.POST.get("uid", "")) or uuid4(),
        passation=lue.pk,
        lignes=tuple(
            CompetenceJugee(code, dit, une_phrase(mot)) for code, (dit, mot) in tape.items() if dit
        ),
        remplie_le=timezone.now(),
        vue=_uid(vue),
    )


def _uid(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None


@require_POST
def garder(request: HttpRequest, numero: int, grille: int) -> HttpResponse:
    """Keeps one of one's two grids."""
    acteur = acteur_de(request)
    lue = passation_pour(acteur, numero, EVALUATEUR)
    sienne = Grille.objects.filter(pk=grille, passation=lue, par=acteur.personne).first()
    if sienne is None:
        raise Http404("Cette grille n’existe pas, ou n’est pas la vôtre.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        choisir(sienne, acteur, version=version)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, "Cette grille est gardée.")
    return redirect("passation", numero)


@require_POST
def geste(request: HttpRequest, numero: int, nom: str) -> HttpResponse:
    """An absence, its withdrawal, or a cancellation."""
    acteur = acteur_de(request)
    lue = passation_pour(acteur, numero, ORGANISME, EVALUATEUR)
    if nom not in GESTES:
        raise Http404("Ce geste n’existe pas.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        faire(
            PASSATIONS, nom, lue, acteur, version=version,
            donnees=PASSATIONS.gestes[nom].du_formulaire(request.POST.dict()),
        )  # fmt: skip
    except GesteImpossible as impossible:
        return page_de_passation(
            request, acteur, lue, faute=str(impossible), de_quoi=nom, champ=impossible.champ
        )
    messages.success(request, PASSATIONS.gestes[nom].dit)
    return redirect("passation", numero)


def _phrase(phrase: str, statut: int) -> JsonResponse:
    return JsonResponse({"phrase": phrase}, status=statut)


@require_POST
def envois(request: HttpRequest) -> HttpResponse:
    """Takes the grids that a device kept: one answer each, and the server's own clock."""
    maintenant = timezone.now()
    acteur = acteur_de(request)
    if not acteur.organisations("gestionnaire", "formateur"):
        return _phrase("Les grilles sont à qui évalue dans un organisme de formation.", 403)
    if int(request.META.get("CONTENT_LENGTH") or 0) > OCTETS:
        return _phrase("Cet envoi est trop lourd : envoyez moins de grilles à la fois.", 413)
    try:
        lot = lire_les_grilles(request.body, maintenant)
    except LotIllisible as illisible:
        return _phrase(str(illisible), 400)
    rendues = recevoir_les_grilles(acteur, lot, maintenant=maintenant)
    return JsonResponse(
        {
            "maintenant": timezone.now().isoformat(),
            "envois": [
                {"uid": str(une.uid), "etat": une.issue, "phrase": une.phrase} for une in rendues
            ],
        }
    )
