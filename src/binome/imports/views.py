"""The pages of imports: send a file, mend its rows, watch the dossiers come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from binome.bureau.colonnes import colonnes
from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.dossiers.attribution import a_choisir
from binome.dossiers.receptions import EtatDeLigne, EtatDImport, Import, LigneImportee
from binome.dossiers.saisie import TIERS
from binome.echanges.recu import SORTES
from binome.gestes.refus import GesteImpossible
from binome.habillage.mots import separer
from binome.habillage.questions import poser
from binome.imports import services
from binome.imports.doutes import COMPAREES, MONTRES, doutes
from binome.imports.fichiers import modele, modele_csv
from binome.imports.tranches import avancer
from binome.lots.erreurs import TravailImpossible
from binome.regles.courante import CertificationInconnue, certification_de
from binome.socle.nombres import lire_entier
from binome.socle.transit import dossier_en_transit

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from binome.bureau.colonnes import ColonneDeDossier

MASQUEES: Final = {"prendre": True, "laisser": False}
PAGE: Final = 25
"""Rows to mend on a page."""
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
    request: HttpRequest, refus: tuple[str, ...] = (), status: int = 200, *, masquees: bool = False
) -> HttpResponse:
    organismes = list(_organismes(request))
    contexte = {
        "organismes": organismes,
        "certifications": a_choisir(organismes),
        "certification": request.POST.get("certification", ""),
        "imports": services.imports_de(acteur_de(request)).select_related("organisme")[:50],
        "refus": refus,
        "masquees": masquees,
        "sortes": ",".join(SORTES),
    }
    return render(request, "espace/imports/liste.html", contexte, status=status)


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
    except services.LignesMasquees as refus:
        return _liste(request, refus.lignes, 422, masquees=True)
    except TravailImpossible as refus:
        return _liste(request, refus.lignes, 422)
    except GesteImpossible as impossible:
        return _liste(request, (str(impossible),), 403)
    return redirect("import", importation.pk)


def _lire(organisme: Organisation, fichier: UploadedFile[Any], request: HttpRequest) -> Import:
    # Only the kind is taken from the name that was sent.
    sorte = Path(str(fichier.name)).suffix.lower()
    with dossier_en_transit() as dossier:
        chemin = dossier / f"recu{sorte if sorte in SORTES else '.autre'}"
        with chemin.open("wb") as sortie:
            for morceau in fichier.chunks():
                sortie.write(morceau)
        return services.ouvrir_import(
            organisme,
            acteur_de(request),
            chemin,
            request.POST.get("certification", ""),
            masquees=MASQUEES.get(request.POST.get("masquees", "")),
            dire=lambda phrase: messages.warning(request, phrase),
        )


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


@require_safe
def un_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what waits to be mended, how far it is, what it made."""
    importation = services.import_pour(acteur_de(request), pk)
    return render(request, "espace/imports/import.html", _contexte(request, importation))


def _contexte(request: HttpRequest, importation: Import) -> dict[str, Any]:
    comptes = services.comptes(importation)
    ouvert = importation.etat == EtatDImport.OUVERT
    a_voir = doutes(importation, acteur_de(request)) if ouvert else []
    a_mender = importation.rangs.filter(etat=EtatDeLigne.A_MENDER).order_by("numero")
    page = Paginator(a_mender, PAGE).get_page(request.GET.get("page"))
    laissees = importation.rangs.filter(etat=EtatDeLigne.LAISSEE).order_by("numero")[:200]
    return {
        "importation": importation,
        **_avancement(importation, comptes),
        "comptes": [
            (EtatDeLigne(etat).label, nombre) for etat, nombre in comptes.items() if nombre
        ],
        "a_mender": comptes[EtatDeLigne.A_MENDER],
        "bonnes": comptes[EtatDeLigne.BONNE],
        "page": page,
        "rangs": [_formulaire(un, importation) for un in page],
        "laissees": laissees,
        "doutes": a_voir[:MONTRES],
        "doutes_en_tout": len(a_voir),
        "comparees": COMPAREES if ouvert and comptes[EtatDeLigne.BONNE] > COMPAREES else 0,
        "ouvert": ouvert,
    }


def _avancement(importation: Import, comptes: dict[str, int]) -> dict[str, Any]:
    restent = comptes[EtatDeLigne.BONNE]
    prevues = importation.lignes - comptes[EtatDeLigne.A_MENDER] - comptes[EtatDeLigne.ECARTEE]
    return {
        "importation": importation,
        "en_cours": importation.etat == EtatDImport.EN_COURS,
        "faites": prevues - restent,
        "prevues": prevues,
    }


def _formulaire(rang: LigneImportee, importation: Import) -> dict[str, Any]:
    """A row to mend: its mistakes by cell, and who it is about."""
    connues = colonnes(importation.certification).par_nom
    par_colonne: dict[str, list[str]] = {}
    for une in rang.erreurs:
        par_colonne.setdefault(une["cle"], []).append(une["raison"])
    champs = [
        _champ(connues[nom], rang.cellules.get(nom, ""), " ; ".join(raisons))
        for nom, raisons in par_colonne.items()
    ]
    qui = f"{rang.cellules.get('prenom', '')} {rang.cellules.get('nom', '')}".strip()
    return {"rang": rang, "qui": qui, "champs": champs}


def _champ(colonne: ColonneDeDossier, texte: str, raison: str) -> dict[str, Any]:
    """A cell to mend: the answers of the form where it offers some, in its words."""
    question = None
    if colonne.fait is not None and colonne.reponses:
        question = poser(colonne.fait, TIERS, separer(colonne.fait, texte))
    return {"colonne": colonne, "valeur": texte, "raison": raison, "question": question}


def _cellules(request: HttpRequest, importation: Import) -> dict[str, str]:
    """What was mended, by column; several answers of a column are one cell."""
    connues = colonnes(importation.certification).par_nom
    envoyees = {
        nom: request.POST.getlist(colonne.champ)
        for nom, colonne in connues.items()
        if colonne.champ in request.POST
    }
    return {
        nom: " ; ".join(dites) if connues[nom].plusieurs else dites[-1]
        for nom, dites in envoyees.items()
    }


@require_POST
def ligne(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Mends one row, or leaves it out; the row alone comes back."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        if "ecarter" in request.POST:
            rang = services.ecarter(importation, numero, acteur)
        else:
            rang = services.mender(importation, numero, _cellules(request, importation), acteur)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return _retour(request, importation)
    if request.headers.get("HX-Request") == "true":
        contexte = {"un": _formulaire(rang, importation), "importation": importation}
        return render(request, "espace/imports/ligne.html", contexte)
    return redirect("import", pk)


def _retour(request: HttpRequest, importation: Import) -> HttpResponse:
    """Back to the page, even for a request that only waits for a part of it."""
    reponse = redirect("import", importation.pk)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": reponse.url})
    return reponse


@require_POST
def creer(request: HttpRequest, pk: int) -> HttpResponse:
    """Starts making the dossiers."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        services.commencer(importation, acteur, deposer=request.POST.get("deposer") == "oui")
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    return redirect("import", pk)


@require_POST
def faire_avancer(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the next slice: the page asks for one after the other, and so goes the bar."""
    acteur = acteur_de(request)
    importation = avancer(services.import_pour(acteur, pk), acteur)
    if request.headers.get("HX-Request") != "true":
        return redirect("import", pk)
    if importation.etat != EtatDImport.EN_COURS:
        return _retour(request, importation)
    contexte = _avancement(importation, services.comptes(importation))
    return render(request, "espace/imports/avancement.html", contexte)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops an import; what it made stays."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        services.abandonner(importation, acteur)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    return redirect("import", pk)
