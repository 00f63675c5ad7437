"""Opening the path of somebody positioned elsewhere, or copying its letter again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.dossiers.bases import base_de
from binome.dossiers.flux import FLUX
from binome.dossiers.gardes import complet
from binome.dossiers.natures import LE_DOSSIER, tenues
from binome.dossiers.permissions import dossier_pour
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.vues import dire_le_resultat
from binome.habillage.provenance import suivre
from binome.parcours.formulaires import FormulaireDeLettre, avec_les_durees, depart
from binome.parcours.ouverture import copiee, parcours_d_ailleurs
from binome.regles.courante import certification_de
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.dossiers.models import Dossier
    from binome.regles.referentiels import Referentiel

ACCUEILLIR = "accueillir"


def referentiels_de(certification: str) -> dict[str, Referentiel]:
    """The référentiels whose modules a source lists, the last one first."""
    tous = base_de(certification).referentiels.values()
    return {un.id: un for un in sorted(tous, key=lambda un: un.du, reverse=True) if un.modules}


@require_http_methods(["GET", "HEAD", "POST"])
def lettre(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of the letter; sent, what it would open; confirmed, the path."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, ACCUEILLIR)
    if dossier.etat not in FLUX.gestes[ACCUEILLIR].de or dossier.clos_le is not None:
        return redirect(suivre(request, "dossier", reference))
    offerts = referentiels_de(dossier.certification)
    if not offerts:
        raise PermissionDenied("Aucun référentiel enregistré ne dit ses modules.")
    deja = copiee(dossier)
    voulu = request.POST.get("referentiel") or request.GET.get("referentiel", "")
    choisi = offerts.get(voulu) or offerts.get("" if deja is None else deja.referentiel)
    referentiel = choisi or _du_jour(offerts)
    regles: dict[str, Any] = {
        "certification": certification_de(dossier.certification),
        "referentiel": referentiel,
    }
    if request.method != "POST":
        form = FormulaireDeLettre(initial=depart(referentiel, deja), **regles)
        return _page(request, dossier, form, offerts)
    if "durees" in request.POST:
        tape = avec_les_durees(referentiel, request.POST.dict())
        return _page(request, dossier, FormulaireDeLettre(initial=tape, **regles), offerts)
    form = FormulaireDeLettre(request.POST, **regles)
    if not form.is_valid():
        return _page(request, dossier, form, offerts, status=422)
    if "corriger" in request.POST:
        return _page(request, dossier, form, offerts)
    if "confirme" not in request.POST:
        return _a_confirmer(request, dossier, form)
    try:
        passage = faire(
            FLUX, ACCUEILLIR, dossier, acteur,
            version=lire_entier(request.POST.get("version", ""), chiffres=9) or 0,
            donnees={"lettre": form.lettre()},
        )  # fmt: skip
    except GesteImpossible as impossible:
        return _page(
            request, dossier_pour(acteur, reference), form, offerts, faute=str(impossible),
            status=409 if isinstance(impossible, Depasse) else 422,
        )  # fmt: skip
    dire_le_resultat(request, FLUX, ACCUEILLIR, passage)
    ouvert = parcours_d_ailleurs(dossier)
    return (
        redirect(suivre(request, "dossier", reference))
        if ouvert is None
        else redirect("suivi", "parcours", ouvert.pk)
    )


def _du_jour(offerts: dict[str, Referentiel]) -> Referentiel:
    jour = timezone.localdate()
    return next((un for un in offerts.values() if un.du <= jour), next(iter(offerts.values())))


def _a_confirmer(request: HttpRequest, dossier: Dossier, form: FormulaireDeLettre) -> HttpResponse:
    """What the letter would open, before it does: nothing is written yet."""
    lue = form.lettre()
    titres = {un.numero: un.intitule for un in form.referentiel.blocs}
    contexte = {
        "acteur": acteur_de(request),
        "dossier": dossier,
        "form": form,
        "lue": lue,
        "voie": dict(form.fields["voie"].choices)[lue.voie],  # type: ignore[attr-defined] # a field of choices
        "blocs": [(un, titres[un.numero]) for un in lue.blocs],
        "total": form.cleaned_data["total"],
        "empeche": FLUX.gestes[ACCUEILLIR].garde(dossier) or "",
        "encore": dossier.etat == FLUX.gestes[ACCUEILLIR].vers,
    }
    return render(request, "parcours/lettre_a_confirmer.html", contexte)


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: FormulaireDeLettre,
    offerts: dict[str, Referentiel],
    *,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "acteur": acteur_de(request),
        "dossier": dossier,
        "form": form,
        "referentiel": form.referentiel,
        "autres": [un for un in offerts.values() if un.id != form.referentiel.id],
        "lettre": LE_DOSSIER in tenues(dossier),
        "piece": LE_DOSSIER,
        "manque": complet(dossier) or "",
        "encore": dossier.etat == FLUX.gestes[ACCUEILLIR].vers,
        "faute": faute,
    }
    return render(request, "parcours/lettre.html", contexte, status=status)
