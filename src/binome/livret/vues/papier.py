"""The pages of the printed cards: to print them, to send their scan, to say what is ticked on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.arrivee import recevoir as recevoir_le_fichier
from binome.depot.refus import PieceRefusee
from binome.depot.scan import IMAGES, remettre
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.livret.etats import CoteDuBinome, EtatDeCarteScannee, Valeur
from binome.livret.fuseau import fuseau_du_parcours
from binome.livret.models import CarteScannee
from binome.livret.papier import (
    CarteIllisible,
    confirmer,
    exiger_une_place,
    lire_les_cartes,
    numeriser,
    semaines_des_carres,
)
from binome.livret.papier import ecarter as ecarter_la_page
from binome.livret.papier_flux import CARTES_SCANNEES, SCANS
from binome.livret.papier_imprime import cartes_en_pdf
from binome.livret.papier_saisie import lire_les_semaines, semaines_a_lire
from binome.livret.permissions import livret_pour
from binome.livret.programme import competences_du_parcours
from binome.livret.semaines import lire_un_lundi, lundi

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from binome.parcours.models import Parcours

SANS_FICHIER: Final = "Choisissez la page : un PDF, ou une photo."
OCCUPE: Final = (
    "D’autres fichiers sont en cours de lecture. Envoyez la page de nouveau dans un instant."
)
PLEIN: Final = "La place manque sur le serveur : rien n’est gardé. Recommencez plus tard."
FINI: Final = "Le parcours est terminé : le livret ne change plus."
SANS_LISTE: Final = "Nous n’avons lu aucune liste de compétences de cette formation : elle n’a pas de carte à remplir."


def _du_binome(request: HttpRequest, numero: int) -> tuple[Parcours, frozenset[str]]:
    """The path of who writes its cards. Raises Http404, PermissionDenied for who only employs."""
    parcours, cotes = livret_pour(acteur_de(request), numero)
    if cotes.isdisjoint(CoteDuBinome.values):
        raise PermissionDenied("Seules les deux personnes du binôme remplissent la carte.")
    return parcours, cotes


@require_safe
def imprimer(request: HttpRequest, numero: int) -> HttpResponse:
    """The cards of four weeks to print, from the Monday asked for, or this one."""
    parcours, _ = _du_binome(request, numero)
    if not competences_du_parcours(parcours):
        raise Http404(SANS_LISTE)
    aujourd_hui = timezone.localdate()
    return en_fichier(
        cartes_en_pdf(parcours, _lundi(request, parcours, aujourd_hui), aujourd_hui),
        f"cartes-{parcours.dossier.reference}.pdf",
        sur_place=True,
    )


def _lundi(request: HttpRequest, parcours: Parcours, jour: date) -> date:
    """The Monday asked for, within a year of the path and of today; this week's for any other."""
    try:
        demande = lire_un_lundi(request.GET.get("du", ""))
    except ValueError:
        return lundi(jour)
    tot = lundi(min(parcours.ouvert_le.date(), jour))
    return demande if tot <= demande and (demande - jour).days <= 366 else lundi(jour)


def _pourquoi_ferme(parcours: Parcours) -> str:
    """Why no card is filled in any more, or at all; empty when one may be."""
    if parcours.fini_le is not None:
        return FINI
    return "" if competences_du_parcours(parcours) else SANS_LISTE


def _page(
    request: HttpRequest, parcours: Parcours, *, faute: str = "", statut: int = 200
) -> HttpResponse:
    contexte = {
        "parcours": parcours,
        "ferme": _pourquoi_ferme(parcours),
        "pages": CarteScannee.objects.filter(parcours=parcours).select_related("par"),
        "faute": faute,
    }
    return render(request, "livret/papier.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def papier(request: HttpRequest, numero: int) -> HttpResponse:
    """Prints the cards, takes their scan; one that is refused is said, with what to do."""
    parcours, _ = _du_binome(request, numero)
    if request.method != "POST":
        return _page(request, parcours)
    recu = request.FILES.get("page")
    if recu is None:
        return _page(request, parcours, faute=SANS_FICHIER, statut=422)
    try:
        if ferme := _pourquoi_ferme(parcours):
            raise CarteIllisible(ferme)
        document = recevoir_le_fichier(
            recu, admettre=partial(exiger_une_place, parcours, timezone.now()), ecarter=_laisser
        )
        semaines = semaines_des_carres(parcours, lire_les_cartes(document.contenu))
        scannee = numeriser(
            parcours, document, semaines, acteur_de(request), maintenant=timezone.now()
        )
    except (CarteIllisible, PieceRefusee) as refus:
        return _page(request, parcours, faute=str(refus), statut=422)
    except CloisonPleine:
        return _page(request, parcours, faute=OCCUPE, statut=503)
    except OSError:
        return _page(request, parcours, faute=PLEIN, statut=507)
    return redirect("carte-scannee", numero, scannee.pk)


def _laisser(contenu: bytes, code: str) -> None:
    """What may harm is not kept: the person who sends it is told why."""


def _scannee(parcours: Parcours, page: int) -> CarteScannee:
    scannee = CarteScannee.objects.filter(parcours=parcours, pk=page).first()
    if scannee is None:
        raise Http404("Cette page n’existe pas.")
    scannee.parcours = parcours
    return scannee


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, numero: int, page: int) -> HttpResponse:
    """The scan, and each line of it to be read by one of the pair."""
    parcours, cotes = _du_binome(request, numero)
    scannee = _scannee(parcours, page)
    faute, statut = "", 200
    if request.method == "POST":
        try:
            return _confirmer(request, scannee, cotes)
        except Depasse:
            faute, statut = "Cette page a changé entre-temps : relisez-la.", 409
        except GesteImpossible as impossible:
            faute, statut = str(impossible), 422
        scannee = _scannee(parcours, page)
    semaines, connues = semaines_a_lire(scannee, request.POST)
    contexte = {
        "parcours": parcours,
        "page": scannee,
        "semaines": semaines,
        "connues": connues,
        "valeurs": Valeur.choices,
        "a_confirmer": scannee.etat == EtatDeCarteScannee.A_CONFIRMER,
        "image": scannee.type in IMAGES,
        "faute": faute,
    }
    return render(request, "livret/carte_scannee.html", contexte, status=statut)


def _confirmer(request: HttpRequest, scannee: CarteScannee, cotes: frozenset[str]) -> HttpResponse:
    maintenant = timezone.now()
    fuseau = fuseau_du_parcours(scannee.parcours)
    lues = lire_les_semaines(scannee, request.POST, maintenant, fuseau)
    version = version_de(request)
    for phrase in confirmer(
        scannee, lues, acteur_de(request), cotes, version=version, maintenant=maintenant
    ):
        messages.warning(request, phrase)
    messages.success(request, CARTES_SCANNEES.gestes["confirmer"].dit)
    return redirect("papier-du-livret", scannee.parcours_id)


@require_POST
def ecarter(request: HttpRequest, numero: int, page: int) -> HttpResponse:
    """Sets a scan aside: nothing of it counts, and its picture is erased."""
    parcours, _ = _du_binome(request, numero)
    scannee = _scannee(parcours, page)
    try:
        ecarter_la_page(scannee, acteur_de(request), version=version_de(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, CARTES_SCANNEES.gestes["ecarter"].dit)
    return redirect("papier-du-livret", numero)


@require_safe
def fichier(request: HttpRequest, numero: int, page: int) -> HttpResponse:
    """The scan itself: an image is shown, a PDF is downloaded. Raises Http404 when it is lost or changed."""
    parcours, _ = livret_pour(acteur_de(request), numero)
    scannee = _scannee(parcours, page)
    contenu = SCANS.intact(scannee.fichier, scannee.empreinte)
    if contenu is None:
        raise Http404("Le fichier de cette page est introuvable ou abîmé. Envoyez-la de nouveau.")
    nom = f"carte-{scannee.pk}"
    return remettre(contenu, genre=scannee.type, nom=nom, fichier=scannee.fichier)
