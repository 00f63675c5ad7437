"""The épreuves of a path: attempts, what is granted, the AFGSU, the tutor's opinion, and what is proposed to a jury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.agenda.ics import ics_des_seances
from binome.comptes.demande import acteur_de
from binome.dossiers.traces import noter
from binome.epreuves.accorder import accorder, donner_un_avis, noter_l_afgsu
from binome.epreuves.accorder import retirer as retirer_la_mesure
from binome.epreuves.convoquer import seance
from binome.epreuves.etats import EtatDAmenagement, EtatDAvis, MesureAccordee, Verdict
from binome.epreuves.models import Amenagement, AvisDeTuteur
from binome.epreuves.pages import epreuves_du
from binome.epreuves.permissions import (
    BRANCHE,
    ORGANISME,
    STAGIAIRE,
    TUTEUR,
    cotes_d_epreuves,
    cotes_de_lecture,
    parcours_pour,
    passation_pour,
)
from binome.epreuves.planifier import nouvelle_tentative
from binome.epreuves.programme import blocs_du_parcours, epreuve_du_parcours
from binome.gestes.refus import GesteImpossible
from binome.lectures.models import ObjetLu
from binome.livret.permissions import livret_pour
from binome.livret.sans_patient import motifs
from binome.parcours.etats import EN_COURS
from binome.regles.jours import lire_jour
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours

CHAMPS: Final = ("mesure", "temps", "epreuve", "precision", "obtenue_le", "cesu")
"""What the forms of the page give back as it was typed."""


@require_safe
def epreuves(request: HttpRequest, numero: int) -> HttpResponse:
    """All of it, as each reader may: the trainee their days and measures; the organisation and the branch what is proposed too."""
    acteur = acteur_de(request)
    parcours = parcours_pour(acteur, numero)
    noter(acteur, parcours.dossier, ObjetLu.DOSSIER)
    return _page(request, acteur, parcours)


def _page(
    request: HttpRequest,
    acteur: Acteur,
    parcours: Parcours,
    faute: GesteImpossible | None = None,
    de_quoi: str = "",
) -> HttpResponse:
    lit, agit = cotes_de_lecture(acteur, parcours), cotes_d_epreuves(acteur, parcours)
    jour = timezone.localdate()
    contexte: dict[str, Any] = {
        "acteur": acteur,
        "parcours": parcours,
        "lu": epreuves_du(parcours, jour, juge=bool(lit & {ORGANISME, BRANCHE})),
        "juge": bool(lit & {ORGANISME, BRANCHE}),
        "sien": STAGIAIRE in lit,
        "organisme": ORGANISME in agit and parcours.etat in EN_COURS,
        "accorde": bool(agit & {ORGANISME, BRANCHE}) and parcours.etat in EN_COURS,
        "branche": BRANCHE in agit,
        "mesures": [
            (un.value, un.label)
            for un in MesureAccordee
            if un != MesureAccordee.DISPENSE or BRANCHE in agit
        ],
        "jour": jour,
        "faute": str(faute or ""),
        "champ": faute.champ if faute else "",
        "de_quoi": de_quoi,
        "tape": {nom: request.POST.get(nom, "") for nom in CHAMPS},
    }
    return render(request, "epreuves/parcours.html", contexte, status=422 if faute else 200)


def _tenter(
    request: HttpRequest,
    numero: int,
    de_quoi: str,
    cotes: tuple[str, ...],
    geste: Callable[[Acteur, Parcours], object],
    dit: str,
) -> HttpResponse:
    """Does it, or shows the page again with what was typed and why not."""
    acteur = acteur_de(request)
    parcours = parcours_pour(acteur, numero, *cotes)
    try:
        geste(acteur, parcours)
    except GesteImpossible as impossible:
        return _page(request, acteur, parcours, impossible, de_quoi)
    messages.success(request, dit)
    return redirect("epreuves-du-parcours", numero)


@require_POST
def amenagement(request: HttpRequest, numero: int) -> HttpResponse:
    """Grants a measure."""
    return _tenter(
        request,
        numero,
        "amenagement",
        (ORGANISME, BRANCHE),
        lambda acteur, parcours: accorder(parcours, request.POST.dict(), acteur),
        "L’aménagement est accordé, pour les épreuves déjà prévues aussi. Celles qui ne tiennent plus dans leur créneau en attendent un autre.",
    )


@require_POST
def retirer(request: HttpRequest, numero: int, amenagement: int) -> HttpResponse:
    """Withdraws a measure."""
    acteur = acteur_de(request)
    parcours = parcours_pour(acteur, numero, ORGANISME, BRANCHE)
    une = Amenagement.objects.filter(
        pk=amenagement, parcours=parcours, etat=EtatDAmenagement.ACCORDE
    ).first()
    if une is None:
        raise Http404("Cet aménagement n’existe pas, ou n’est plus accordé.")
    une.parcours = parcours
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        retirer_la_mesure(une, acteur, version=version)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, "L’aménagement est retiré.")
    return redirect("epreuves-du-parcours", numero)


@require_POST
def afgsu(request: HttpRequest, numero: int) -> HttpResponse:
    """Notes the attestation of emergency care."""

    def noter(acteur: Acteur, parcours: Parcours) -> None:
        jour = lire_jour(request.POST.get("obtenue_le", ""))
        if jour is None:
            raise GesteImpossible(
                "Donnez le jour de l’attestation, par exemple 31/03/2027.", champ="obtenue_le"
            )
        noter_l_afgsu(parcours, jour, request.POST.get("cesu", ""), acteur)

    return _tenter(request, numero, "afgsu", (ORGANISME,), noter, "L’attestation est notée.")


@require_POST
def tentative(request: HttpRequest, numero: int) -> HttpResponse:
    """Opens another attempt at an épreuve."""
    return _tenter(
        request,
        numero,
        "tentative",
        (ORGANISME,),
        lambda acteur, parcours: nouvelle_tentative(
            parcours, request.POST.get("epreuve", ""), acteur
        ),
        "La tentative est ouverte. Prévoyez-la sur un créneau, depuis la page de la session.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def avis(request: HttpRequest, numero: int) -> HttpResponse:
    """What the tutor thinks of each bloc: one short page."""
    acteur = acteur_de(request)
    parcours, siens = livret_pour(acteur, numero)
    if TUTEUR not in siens:
        raise Http404("L’avis est au tuteur ou à la tutrice.")
    if request.method != "POST":
        return _page_d_avis(request, parcours)
    if parcours.etat not in EN_COURS:
        return _page_d_avis(request, parcours, GesteImpossible("Ce parcours est terminé."))
    anciens = _avis_de(parcours)
    change = dites = 0
    try:
        # All the blocs or none: what is half kept would look kept.
        with transaction.atomic():
            for bloc in blocs_du_parcours(parcours):
                dit = request.POST.get(f"avis-{bloc}", "")
                mot = request.POST.get(f"observation-{bloc}", "")
                ancien = anciens.get(bloc)
                if not dit and not mot.strip():
                    continue
                dites += 1
                if ancien is not None and (ancien.verdict, ancien.observation) == (
                    dit,
                    " ".join(mot.split()),
                ):
                    continue
                donner_un_avis(parcours, bloc, dit, mot, acteur)
                change += 1
    except GesteImpossible as impossible:
        return _page_d_avis(request, parcours, impossible)
    if not dites:
        return _page_d_avis(
            request, parcours, GesteImpossible("Choisissez une réponse pour un bloc au moins.")
        )
    if change:
        messages.success(request, "Votre avis est noté.")
    return redirect("avis-du-tuteur", numero)


def _avis_de(parcours: Parcours) -> dict[int, AvisDeTuteur]:
    lus = AvisDeTuteur.objects.filter(parcours=parcours, etat=EtatDAvis.EN_VIGUEUR)
    return {un.bloc: un for un in lus.order_by("pk")}


def _page_d_avis(
    request: HttpRequest, parcours: Parcours, faute: GesteImpossible | None = None
) -> HttpResponse:
    anciens = _avis_de(parcours)
    blocs = []
    for numero, bloc in blocs_du_parcours(parcours).items():
        ancien = anciens.get(numero)
        dit, mot = (ancien.verdict, ancien.observation) if ancien else ("", "")
        if request.method == "POST":
            dit = request.POST.get(f"avis-{numero}", "")
            mot = request.POST.get(f"observation-{numero}", "")
        blocs.append((bloc, dit, mot, ancien))
    contexte = {
        "parcours": parcours,
        "personne": parcours.dossier.personne,
        "blocs": blocs,
        "verdicts": Verdict.choices,
        "motifs": dict(motifs()),
        "ouvert": parcours.etat in EN_COURS,
        "faute": str(faute or ""),
        "champ": faute.champ if faute else "",
    }
    return render(request, "epreuves/avis.html", contexte, status=422 if faute else 200)


@require_safe
def calendrier(request: HttpRequest, numero: int) -> HttpResponse:
    """One épreuve as a calendar file, for who passes it and for its organisation."""
    acteur = acteur_de(request)
    lue = passation_pour(acteur, numero)
    if lue.creneau is None or BRANCHE in cotes_de_lecture(acteur, lue.parcours):
        raise Http404("Cette épreuve n’a pas d’heure à mettre dans un calendrier.")
    epreuve = epreuve_du_parcours(lue.parcours, lue.epreuve)
    contenu = ics_des_seances(
        [seance(lue)],
        titre=epreuve.intitule if epreuve else lue.epreuve,
        cree_le=timezone.now(),
    )
    return HttpResponse(
        contenu,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="epreuve.ics"'},
    )
