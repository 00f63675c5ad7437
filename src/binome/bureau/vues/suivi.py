"""Who examines a dossier, and what to open after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.bureau.filtres import A_FAIRE, FiltreDeDossiers
from binome.bureau.voisinage import a_ouvrir, autour, liste_de, ouverture, suite_pour
from binome.comptes.demande import acteur_de
from binome.dossiers.flows import A_LA_BRANCHE, EXAMEN, GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Deport
from binome.dossiers.permissions import a_lister, cotes, dossier_pour
from binome.dossiers.prises import examinateurs
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.habillage.provenance import suite_de, suivre

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Appartenance
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente

PRISES: Final = ("prendre", "remettre", "rendre")


def voisins_dits(
    request: HttpRequest, acteur: Acteur, dossier: Dossier, _: GesteTente
) -> Mapping[str, Any] | None:
    """The way back to the list, and to the dossiers around; nothing for who came from elsewhere."""
    filtre = liste_de(request, acteur)
    if filtre is None:
        return None
    avant, apres = autour(filtre, acteur, dossier)
    return {
        "liste": f"{reverse('dossiers')}?{filtre.requete()}",
        "autour": [
            {"sens": sens, "mot": mot, "touche": touche, "qui": un.personne,
             "adresse": f"{ouverture(un, acteur)}{suite_de(request)}"}
            for un, sens, mot, touche in ((avant, "prev", "Précédent", "k"), (apres, "next", "Suivant", "j"))
            if un is not None
        ],
    }  # fmt: skip


def prise_dite(
    _request: HttpRequest, acteur: Acteur, dossier: Dossier, _: GesteTente
) -> Mapping[str, Any] | None:
    """Who examines the dossier, and how to take it or to hand it over; nothing for who does not examine it."""
    if dossier.etat not in A_LA_BRANCHE or EXAMEN not in cotes(acteur, dossier):
        return None
    mien = dossier.examine_par_id == acteur.personne.pk
    return {
        "dossier": dossier,
        "mien": mien,
        "qui": dossier.examine_par,
        "aujourd_hui": dossier.examine_depuis is not None
        and timezone.localdate(dossier.examine_depuis) == timezone.localdate(),
        "collegues": [
            role.personne
            for role in {un.personne_id: un for un in _qui_peuvent(dossier)}.values()
            if role.personne_id not in (dossier.examine_par_id, acteur.personne.pk)
        ]
        if mien or dossier.examine_par_id is None
        else [],
    }


def _qui_peuvent(dossier: Dossier) -> QuerySet[Appartenance]:
    """Who examines for its branch, without those who said that they know its candidate."""
    deportes = Deport.objects.filter(dossier=dossier).values("personne")
    return examinateurs(dossier).exclude(personne__in=deportes)


@require_POST
def prise(request: HttpRequest, reference: str, nom: str) -> HttpResponse:
    """Takes a dossier to examine it, hands it over, or gives it back."""
    if nom not in PRISES:
        raise Http404("Ce geste n’existe pas.")
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, nom)
    passe = False
    try:
        passage = faire(
            FLUX, nom, dossier, acteur, version=version_de(request),
            donnees=GESTES[nom].du_formulaire({"a": request.POST.get("a", "")}),
        )  # fmt: skip
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        passe = True
        a_qui = passage.donnees.get("a_qui")
        dit = GESTES[nom].dit
        messages.success(request, dit if a_qui is None else f"{dit[:-1]} à {a_qui}.")
    suivante = passe and request.POST.get("puis") == "suivant"
    return redirect(suivre(request, "suivant" if suivante else "dossier", reference))


@require_safe
def suivant(request: HttpRequest, reference: str = "") -> HttpResponse:
    """Leads to the next dossier of a list that nobody else examines, or back to the list when there is none."""
    acteur = acteur_de(request)
    filtre = liste_de(request, acteur) or FiltreDeDossiers(etat=A_FAIRE).pour(acteur)
    apres = a_lister(acteur).filter(reference=reference).first() if reference else None
    trouve = a_ouvrir(filtre, acteur, apres)
    if trouve is None:
        messages.info(request, "Il n’y a plus rien à ouvrir dans cette liste.")
        return redirect(f"{reverse('dossiers')}?{filtre.requete()}")
    return redirect(f"{ouverture(trouve, acteur)}{suite_pour(filtre)}")
