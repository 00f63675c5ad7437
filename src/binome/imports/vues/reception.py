"""Where a table comes in: the template to fill in, the form that sends a file, and what it asks before it is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from binome.bureau.colonnes import colonnes
from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.dossiers.attribution import a_choisir
from binome.echanges.colonnes import sans_casse
from binome.echanges.entetes import ColonnesInconnues
from binome.echanges.recu import SORTES
from binome.gestes.refus import GesteImpossible
from binome.imports import services
from binome.imports.fichiers import modele, modele_csv
from binome.imports.rangs import LignesMasquees
from binome.lots.erreurs import TravailImpossible
from binome.regles.courante import CertificationInconnue, certification_de
from binome.socle.nombres import lire_entier
from binome.socle.transit import dossier_en_transit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from binome.dossiers.receptions import Import
    from binome.echanges.entetes import AReconnaitre

MASQUEES: Final = {"prendre": True, "laisser": False}
CLASSEUR: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _organismes(request: HttpRequest) -> QuerySet[Organisation]:
    acteur = acteur_de(request)
    return Organisation.objects.filter(pk__in=acteur.organisations("gestionnaire"))


def liste(request: HttpRequest) -> HttpResponse:
    """The imports so far, and the form that sends a file."""
    if request.method == "POST":
        return _recevoir(request)
    return _liste(request)


def _liste(
    request: HttpRequest,
    refus: tuple[str, ...] = (),
    status: int = 200,
    *,
    masquees: bool = False,
    inconnues: Sequence[AReconnaitre] = (),
) -> HttpResponse:
    organismes = list(_organismes(request))
    certification = request.POST.get("certification", "")
    contexte = {
        "organismes": organismes,
        "choisi": request.POST.get("organisme", ""),
        "certifications": a_choisir(organismes),
        "certification": certification,
        "imports": services.imports_de(acteur_de(request)).select_related("organisme")[:50],
        "refus": refus,
        "masquees": masquees,
        "dites": _choix(request).items() if masquees else (),
        "inconnues": inconnues,
        "proposees": _proposees(certification) if inconnues else (),
        "retenues": services.retiennent(organismes),
        "sortes": ",".join(SORTES),
    }
    return render(request, "espace/imports/liste.html", contexte, status=status)


def _proposees(certification: str) -> list[tuple[str, str]]:
    """The columns that an unknown heading may name. A certification that is not known is refused before."""
    return [(une.nom, une.titre) for une in colonnes(certification).par_nom.values()]


def _choix(request: HttpRequest) -> Mapping[str, str]:
    """What was answered of the headings that nobody knows: the column, by the heading folded."""
    titres, noms = request.POST.getlist("titre"), request.POST.getlist("colonne")
    return {sans_casse(titre): nom for titre, nom in zip(titres, noms, strict=False)}


def _recevoir(request: HttpRequest) -> HttpResponse:
    fichier = request.FILES.get("fichier")
    choisi = lire_entier(request.POST.get("organisme", ""), chiffres=11) or 0
    organisme = _organismes(request).filter(pk=choisi).first()
    if organisme is None:
        return _liste(request, ("Choisissez l’organisme.",), 422)
    if fichier is None:
        return _liste(request, ("Choisissez un fichier.",), 422)
    try:
        importation = _lire(organisme, fichier, request)
    except ColonnesInconnues as refus:
        return _liste(request, refus.lignes, 422, inconnues=refus.colonnes)
    except LignesMasquees as refus:
        return _liste(request, refus.lignes, 422, masquees=True)
    except TravailImpossible as refus:
        return _liste(request, refus.lignes, 422)
    except GesteImpossible as impossible:
        return _liste(request, (str(impossible),), 403)
    return redirect("import", importation.pk)


def _lire(organisme: Organisation, fichier: UploadedFile[Any], request: HttpRequest) -> Import:
    # Only the kind is taken from the name that was sent.
    sorte = Path(str(fichier.name)).suffix.lower()
    avis: list[str] = []
    with dossier_en_transit() as dossier:
        chemin = dossier / f"recu{sorte if sorte in SORTES else '.autre'}"
        with chemin.open("wb") as sortie:
            for morceau in fichier.chunks():
                sortie.write(morceau)
        importation = services.ouvrir_import(
            organisme,
            acteur_de(request),
            chemin,
            request.POST.get("certification", ""),
            masquees=MASQUEES.get(request.POST.get("masquees", "")),
            choix=_choix(request) or ({} if "revoir" in request.POST else None),
            dire=avis.append,
        )
    # What the reader chose is said of a table that was taken: one that is asked about is read again.
    for phrase in avis:
        messages.info(request, phrase)
    return importation


@require_safe
def modele_xlsx(request: HttpRequest) -> HttpResponse:
    """The template of a certification, to fill in. Raises Http404."""
    code, nom = _du_modele(request)
    return HttpResponse(
        modele(code),
        content_type=CLASSEUR,
        headers={"Content-Disposition": f'attachment; filename="{nom}.xlsx"'},
    )


@require_safe
def modele_en_csv(request: HttpRequest) -> HttpResponse:
    """The headings alone, as a text table. Raises Http404."""
    code, nom = _du_modele(request)
    return HttpResponse(
        "\N{BYTE ORDER MARK}" + modele_csv(code),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}.csv"'},
    )


def _du_modele(request: HttpRequest) -> tuple[str, str]:
    """The certification of the template that is asked for, and the name of the file. Raises Http404."""
    try:
        certification = certification_de(request.GET.get("certification", ""))
    except CertificationInconnue as inconnue:
        raise Http404(f"Pas de modèle : {inconnue}.") from inconnue
    suite = "" if certification.par_defaut else f"-{certification.code}"
    return certification.code, f"binome-candidats{suite}"
