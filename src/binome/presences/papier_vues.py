"""The pages of the paper sheet: to print it, to send its scan, to confirm its lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.arrivee import recevoir as recevoir_le_fichier
from binome.depot.refus import PieceRefusee
from binome.depot.scan import IMAGES, remettre
from binome.dossiers.vues.saisie import version_de as version_saisie
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.habillage.en_fichier import en_fichier
from binome.impression.feuille_de_presence import FeuilleDePresence
from binome.impression.pdf import pdf_de_la_feuille
from binome.presences.etats import EtatDeFeuille
from binome.presences.papier import (
    FeuilleRefusee,
    adresse_de_la_feuille,
    code_de_la_feuille,
    code_du_creneau,
    confirmer,
    exiger_une_place,
    lire_les_codes,
    numeriser,
    version_de,
)
from binome.presences.papier_flux import FEUILLES, RAYON
from binome.presences.papier_modeles import FeuilleScannee
from binome.presences.recevoir import Issue
from binome.presences.tablette import creneau_a_signer, intitule_du_module, pourquoi_ferme, signees
from binome.sessions.attendus import attendus

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from binome.sessions.models import Creneau

SANS_FICHIER: Final = "Choisissez la feuille : un PDF, ou une photo."
OCCUPE: Final = (
    "D’autres fichiers sont en cours de lecture. Envoyez la feuille de nouveau dans un instant."
)
PLEIN: Final = "La place manque sur le serveur : rien n’est gardé. Recommencez plus tard."


@require_safe
def imprimer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet to print, with a line for each person expected."""
    creneau = creneau_a_signer(request, uid)
    inscriptions = attendus(creneau)
    version = version_de(inscriptions)
    fuseau = creneau.session.site.fuseau
    feuille = FeuilleDePresence(
        organisme=creneau.session.organisme.nom,
        site=creneau.session.site.nom,
        salle=creneau.salle,
        intitule=intitule_du_module(creneau, inscriptions),
        debut=creneau.debut.astimezone(fuseau),
        fin=creneau.fin.astimezone(fuseau),
        formateur=creneau.enseigne,
        noms=tuple(
            f"{une.parcours.dossier.prenom} {une.parcours.dossier.nom}" for une in inscriptions
        ),
        adresse=adresse_de_la_feuille(creneau, version),
        code=code_de_la_feuille(creneau, version),
        le=timezone.localdate(),
        exemple=creneau.session.organisme.exemple,
    )
    return en_fichier(
        pdf_de_la_feuille(feuille), f"presence-{creneau.uid.hex[:8]}.pdf", sur_place=True
    )


def _page(
    request: HttpRequest, creneau: Creneau, *, faute: str = "", statut: int = 200
) -> HttpResponse:
    inscriptions = attendus(creneau)
    contexte: dict[str, Any] = {
        "creneau": creneau,
        "fuseau": creneau.session.site.fuseau,
        "intitule": intitule_du_module(creneau, inscriptions),
        "ferme": pourquoi_ferme(creneau),
        "feuilles": FeuilleScannee.objects.filter(creneau=creneau).select_related("par"),
        "code": request.POST.get("code", ""),
        "faute": faute,
    }
    return render(request, "presences/papier.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def papier(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Prints the sheet, takes its scan; a scan that is refused is said, with what to do."""
    creneau = creneau_a_signer(request, uid)
    if request.method != "POST":
        return _page(request, creneau)
    fichier = request.FILES.get("feuille")
    if fichier is None:
        return _page(request, creneau, faute=SANS_FICHIER, statut=422)
    try:
        if ferme := pourquoi_ferme(creneau):
            raise FeuilleRefusee(ferme)
        document = recevoir_le_fichier(
            fichier, admettre=partial(exiger_une_place, creneau), ecarter=_laisser
        )
        lus = lire_les_codes(document.contenu)
        code = code_du_creneau(creneau, lus, request.POST.get("code", ""))
        acteur = acteur_de(request)
        feuille = numeriser(creneau, document, code, acteur, maintenant=timezone.now())
    except (FeuilleRefusee, PieceRefusee) as refus:
        return _page(request, creneau, faute=str(refus), statut=422)
    except CloisonPleine:
        return _page(request, creneau, faute=OCCUPE, statut=503)
    except OSError:
        return _page(request, creneau, faute=PLEIN, statut=507)
    return redirect("feuille-scannee", uid=creneau.uid, numero=feuille.pk)


def _laisser(contenu: bytes, code: str) -> None:
    """What may harm is not kept: the person who sends it is told why."""


def _feuille(creneau: Creneau, numero: int) -> FeuilleScannee:
    feuille = FeuilleScannee.objects.filter(creneau=creneau, pk=numero).first()
    if feuille is None:
        raise Http404("Cette feuille n’existe pas.")
    feuille.creneau = creneau
    return feuille


@require_http_methods(["GET", "HEAD", "POST"])
def feuille(request: HttpRequest, uid: UUID, numero: int) -> HttpResponse:
    """The scan, and a line for each person expected, to be confirmed by who gathers the signatures."""
    creneau = creneau_a_signer(request, uid)
    scannee = _feuille(creneau, numero)
    faute, statut = "", 200
    if request.method == "POST":
        try:
            return _confirmer(request, scannee)
        except Depasse:
            faute, statut = "Cette feuille a changé entre-temps : relisez-la.", 409
        except GesteImpossible as impossible:
            faute, statut = str(impossible), 409
        scannee = _feuille(creneau, numero)
    inscriptions = attendus(creneau)
    deja = signees(creneau)
    contexte: dict[str, Any] = {
        "creneau": creneau,
        "feuille": scannee,
        "intitule": intitule_du_module(creneau, inscriptions),
        "gens": [
            (une, deja.get(une.parcours_id), une.parcours_id in scannee.lignes)
            for une in inscriptions
        ],
        "a_confirmer": scannee.etat == EtatDeFeuille.A_CONFIRMER,
        "autre_liste": scannee.version_lue != version_de(inscriptions),
        "image": scannee.type in IMAGES,
        "faute": faute,
    }
    return render(request, "presences/feuille_scannee.html", contexte, status=statut)


def _confirmer(request: HttpRequest, scannee: FeuilleScannee) -> HttpResponse:
    lignes = [int(un) for un in request.POST.getlist("lignes") if un.isdecimal() and len(un) < 19]
    if not lignes:
        raise GesteImpossible("Cochez au moins une ligne, ou mettez la feuille de côté.")
    rendues = confirmer(
        scannee,
        lignes,
        acteur_de(request),
        version=version_saisie(request),
        maintenant=timezone.now(),
    )
    for une in rendues:
        if une.phrase:
            messages.warning(request, une.phrase)
    combien = sum(une.issue != Issue.REFUSEE for une in rendues)
    messages.success(
        request,
        f"{combien} lignes sont confirmées." if combien > 1 else f"{combien} ligne est confirmée.",
    )
    return redirect("papier", uid=scannee.creneau.uid)


@require_POST
def ecarter(request: HttpRequest, uid: UUID, numero: int) -> HttpResponse:
    """Sets a sheet aside: nothing of it counts, and the scan stays."""
    creneau = creneau_a_signer(request, uid)
    scannee = _feuille(creneau, numero)
    try:
        faire(FEUILLES, "ecarter", scannee, acteur_de(request), version=version_saisie(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, FEUILLES.gestes["ecarter"].dit)
    return redirect("papier", uid=creneau.uid)


@require_safe
def fichier(request: HttpRequest, uid: UUID, numero: int) -> HttpResponse:
    """The scan itself: an image is shown, a PDF is downloaded. Raises Http404 when it is lost or changed."""
    creneau = creneau_a_signer(request, uid)
    scannee = _feuille(creneau, numero)
    contenu = RAYON.intact(scannee.fichier, scannee.empreinte)
    if contenu is None:
        raise Http404(
            "Le fichier de cette feuille est introuvable ou abîmé. Envoyez-la de nouveau."
        )
    nom = f"feuille-{scannee.pk}"
    return remettre(contenu, genre=scannee.type, nom=nom, fichier=scannee.fichier)
