"""Filing a dossier in three minutes: what is typed is kept at once, and the answer follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.dossiers import gardes, services
from binome.dossiers.attribution import a_choisir
from binome.dossiers.bases import base_de
from binome.dossiers.doublons import doublons, marques_communes
from binome.dossiers.etats import Etat
from binome.dossiers.flows import GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.formulaires import Depart
from binome.dossiers.natures import a_joindre, tenues
from binome.dossiers.permissions import dossier_pour, visibles
from binome.dossiers.portee import portee_de
from binome.dossiers.positionnement import positionner_dossier
from binome.dossiers.saisie import (
    a_deplier,
    ecarts,
    enregistrer,
    faits_de_saisie,
    groupes,
    identite_de,
    lire_tout,
    resume,
)
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.vues import dire_le_resultat
from binome.habillage.provenance import suivre
from binome.regles.faits import DossierInvalide
from binome.regles.metiers.reponse import annoncer
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.dossiers.saisie import Saisie


def memes(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """What may be the same person's: those that one may open and why, and how many elsewhere."""
    tous = list(doublons(dossier).values_list("reference", flat=True)[:20])
    if not tous:
        return {"ouverts": [], "ailleurs": 0}
    ouverts = [
        (un, marques_communes(dossier, un))
        for un in portee_de(acteur)
        .sur(visibles(acteur))
        .filter(reference__in=tous)
        .select_related("organisme")
        .order_by("pk")
    ]
    return {"ouverts": ouverts, "ailleurs": len(tous) - len(ouverts)}


def _etat(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """What stands beside the form: what is missing, what may be the same person, the answer so far."""
    try:
        lus = positionner_dossier(dossier)
        reponse = annoncer(lus.declare.en_json(), lus.base)
        attendues = lus.declare.pieces
    except DossierInvalide as invalide:
        return {"contradiction": str(invalide), "manque": "", "doublons": memes(dossier, acteur),
                "comptent": faits_de_saisie(base_de(dossier.certification))}  # fmt: skip
    gardees = tenues(dossier)
    return {
        "contradiction": "",
        "comptent": lus.declare.manquants,
        "annonce": reponse,
        "commence": any(un.nom == "date_entree" for un in dossier.faits.all()),
        "attendues": [(une, une.code in gardees) for une in a_joindre(attendues)],
        "manquent": any(une.code not in gardees for une in a_joindre(attendues)),
        "manque": gardes.complet(dossier) or "",
        "doublons": memes(dossier, acteur),
    }  # fmt: skip


def _contexte(
    dossier: Dossier, acteur: Acteur, lue: Saisie | None = None, **autres: Any
) -> dict[str, Any]:
    identite = identite_de(dossier) if lue is None else lue.identite
    etat = _etat(dossier, acteur)
    poses, autres_questions = groupes(dossier, etat["comptent"], lue)
    pliees = () if lue is None else lue.pliees
    return {
        "acteur": acteur,
        "dossier": dossier,
        "identite": identite,
        "groupes": poses,
        "pliees": autres_questions,
        "a_deplier": a_deplier(pliees, etat["comptent"], poses),
        "fautes": {} if lue is None else lue.fautes,
        "resume": [] if lue is None else resume(dossier, lue),
        "conflit": "",
        "ecarts": [],
        "garde": False,
        "version_vue": dossier.version,
        "par_morceau": False,
        "renvoi": "deposer" if dossier.etat == Etat.BROUILLON else "completer",
        "renvoi_mot": GESTES["deposer" if dossier.etat == Etat.BROUILLON else "completer"].mot,
        **etat,
        **autres,
    }


def version_de(request: HttpRequest) -> int:
    """The version that the person saw; the last one given wins, 0 is none."""
    return lire_entier(request.POST.get("version", ""), chiffres=9) or 0


@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    """Opens a dossier: whom it is about, for which organisation and certification when there are several."""
    acteur = acteur_de(request)
    gerees = {
        un.organisation_id: un.organisation
        for un in acteur.appartenances
        if un.role == "gestionnaire"
    }
    if not gerees or acteur.soutien is not None:
        raise PermissionDenied("Seule une personne qui gère un organisme ouvre un dossier.")
    contexte: dict[str, Any] = {
        "acteur": acteur,
        "depart": Depart(),
        "gerees": gerees.values(),
        "choisi": 0,
        "certifications": a_choisir(gerees.values()),
        "certification": "",
        "faute": "",
    }
    if request.method != "POST":
        return render(request, "espace/nouveau.html", contexte)
    depart = Depart(request.POST)
    choisi = lire_entier(request.POST.get("organisme", ""), chiffres=11) or 0
    certification = request.POST.get("certification", "")
    contexte |= {"depart": depart, "choisi": choisi, "certification": certification}
    organisation = gerees.get(choisi) or (next(iter(gerees.values())) if len(gerees) == 1 else None)
    if not depart.is_valid() or organisation is None:
        contexte["sans_organisme"] = organisation is None
        return render(request, "espace/nouveau.html", contexte, status=422)
    try:
        with transaction.atomic():
            deja = services.deja_ouvert(organisation, certification, depart.cleaned_data)
            if deja is not None:
                messages.info(request, "Ce dossier vient d’être ouvert : le voici.")
                return redirect("saisie", deja.reference)
            dossier = services.ouvrir(
                organisation, acteur, exemple=organisation.exemple, certification=certification
            )
            dossier = services.ecrire_identite(
                dossier, depart.cleaned_data, acteur, version=dossier.version
            )
    except GesteImpossible as impossible:
        contexte["faute"] = str(impossible)
        return render(request, "espace/nouveau.html", contexte, status=422)
    return redirect("saisie", dossier.reference)


def _renvoyer(request: HttpRequest, dossier: Dossier, acteur: Acteur, geste: str) -> HttpResponse:
    """Hands the dossier over once what was typed is kept; says what is missing when it cannot go."""
    try:
        donnees = GESTES[geste].du_formulaire({"confirme": request.POST.get("confirme", "")})
        passage = faire(FLUX, geste, dossier, acteur, version=dossier.version, donnees=donnees)
    except GesteImpossible as impossible:
        messages.warning(request, f"C’est enregistré, mais pas encore envoyé. {impossible}")
        return redirect(suivre(request, "saisie", dossier.reference))
    dire_le_resultat(request, FLUX, geste, passage)
    return redirect(suivre(request, "dossier", dossier.reference))


@require_http_methods(["GET", "HEAD", "POST"])
def saisie(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a dossier. What is typed is kept as it goes; without JavaScript, by its button."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, "ecrire")
    morceau = "HX-Request" in request.headers
    gabarit = "espace/saisie_etat.html" if morceau else "espace/saisie.html"
    if request.method != "POST":
        if dossier.etat not in GESTES["ecrire"].de:
            return redirect(suivre(request, "dossier", reference))
        return render(request, "espace/saisie.html", _contexte(dossier, acteur))
    lue = lire_tout(request.POST, base_de(dossier.certification))
    try:
        dossier = enregistrer(dossier, lue, acteur, version=version_de(request))
    except GesteImpossible as impossible:
        # Read again: what is kept may have moved while this was typed.
        dossier = dossier_pour(acteur, reference)
        contexte = _contexte(
            dossier, acteur, lue, conflit=str(impossible), ecarts=ecarts(dossier, lue),
            par_morceau=morceau, version_vue=version_de(request),
            a_choisir=isinstance(impossible, Depasse),
        )  # fmt: skip
        return render(request, gabarit, contexte, status=200 if morceau else 409)
    puis = request.POST.get("puis", "")
    if not morceau and not lue.fautes and puis in ("deposer", "completer"):
        return _renvoyer(request, dossier, acteur, puis)
    if not morceau and not lue.fautes:
        messages.success(request, GESTES["ecrire"].dit)
        return redirect(suivre(request, "saisie", reference))
    contexte = _contexte(dossier, acteur, lue, par_morceau=morceau, garde=not lue.fautes)
    return render(request, gabarit, contexte, status=200 if morceau else 422)
