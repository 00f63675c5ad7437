"""The papers of a title, handed over byte for byte, and the gestures that have no form of their table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import de_ses_yeux
from binome.dossiers.traces import noter
from binome.gestes.refus import GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.lectures.models import ObjetLu
from binome.parcours.permissions import visibles
from binome.sceau.a_la_demande import en_pdf
from binome.socle.nombres import lire_entier
from binome.titres.composition import apercu_du_titre, copie_d_un_titre_retire
from binome.titres.delivrance import delivrer, redelivrer
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.models import Duplicata
from binome.titres.permissions import noter_le_titre, partie_au, titre_pour
from binome.titres.preparation import natures_a_delivrer, preparer, retire_de
from binome.titres.rayons import PARCHEMINS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours
    from binome.titres.models import Titre


@require_safe
def papier(request: HttpRequest, numero: int) -> HttpResponse:
    """The sealed paper of a title, for who reads it; a file that is no longer what was sealed is not handed over.

    Of a withdrawn one, a copy that says so across, and never the sealed file.
    """
    titre = _lu(request, numero)
    if titre.etat == EtatDeTitre.REVOQUE:
        return _copie(titre)
    return _remettre(titre, titre.fichier, titre.empreinte, f"{titre.numero}.pdf")


@require_safe
def papier_du_duplicata(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """The sealed paper of a duplicate, under the same rules."""
    titre = _lu(request, numero)
    double = Duplicata.objects.filter(titre=titre, rang=rang if rang < 2**15 else 0).first()
    if double is None:
        raise Http404("Ce duplicata n’existe pas.")
    if titre.etat == EtatDeTitre.REVOQUE:
        return _copie(titre, double)
    return _remettre(
        titre, double.fichier, double.empreinte, f"{titre.numero}-duplicata-{rang}.pdf"
    )


def _lu(request: HttpRequest, numero: int) -> Titre:
    """The title whose paper is asked for; who opens it leaves a trace. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    titre, _ = titre_pour(acteur, numero)
    de_ses_yeux(acteur)
    noter_le_titre(acteur, titre)
    return titre


def _copie(titre: Titre, double: Duplicata | None = None) -> HttpResponse:
    """The copy of a withdrawn title, or of its duplicate. Raises Http404 once nobody is named there."""
    if not titre.titulaire:
        raise Http404("L’identité de cette personne est effacée : ce papier n’existe plus.")
    quoi = "" if double is None else f"-duplicata-{double.rang}"
    return en_pdf(partial(copie_d_un_titre_retire, titre, double), f"{titre.numero}{quoi}-retire")


def _remettre(titre: Titre, fichier: str, empreinte: str, nom: str) -> HttpResponse:
    if not fichier:
        raise Http404("Ce papier se prépare : revenez dans un instant.")
    contenu = PARCHEMINS.intact(fichier, empreinte)
    if contenu is None:
        raise Http404(f"Le fichier du titre {titre.numero} est abîmé. Demandez un duplicata.")
    return en_fichier(contenu, nom)


@require_POST
def duplicata(request: HttpRequest, numero: int) -> HttpResponse:
    """A duplicate of a title, by who delivers it."""
    acteur = acteur_de(request)
    titre, cotes = titre_pour(acteur, numero)
    if not cotes:
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    try:
        vus = lire_entier(request.POST.get("vus", ""), chiffres=5)
        if vus is None:
            raise GesteImpossible("Relisez cette page, puis demandez le duplicata.")
        double = redelivrer(titre, acteur, vus)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(
            request, f"Le duplicata n° {double.rang} est délivré. Son papier se prépare."
        )
    return redirect("suivi", "titres", numero)


@require_safe
def apercu(request: HttpRequest, numero: int) -> HttpResponse:
    """What the title of a path would say, of the kind that the address names, before it is delivered. Raises Http404,
    PermissionDenied."""
    acteur = acteur_de(request)
    parcours, permises = _a_delivrer(acteur, numero)
    nature = request.GET.get("nature", "")
    if nature not in permises:
        raise Http404("Choisissez ce qui est à délivrer.")
    if nature != NatureDeTitre.FAE and (partie := partie_au(acteur, parcours)):
        raise PermissionDenied(partie)
    noter(acteur, parcours.dossier, ObjetLu.DOSSIER)
    try:
        titre = preparer(parcours, nature, timezone.localdate())
    except GesteImpossible as impossible:
        raise Http404(str(impossible)) from None
    return en_pdf(partial(apercu_du_titre, titre), f"apercu-{parcours.dossier.reference}")


def _a_delivrer(acteur: Acteur, numero: int) -> tuple[Parcours, frozenset[str]]:
    """A path, and the kinds of titles that a person delivers to it. Raises Http404, PermissionDenied."""
    parcours = visibles(acteur).filter(pk=numero).first()
    if parcours is None:
        raise Http404("Ce parcours n’existe pas, ou ne vous est pas ouvert.")
    permises = natures_a_delivrer(acteur, parcours)
    if not permises:
        raise PermissionDenied("Votre rôle ne permet pas de délivrer un titre.")
    return parcours, frozenset(permises)


@require_POST
def delivrer_au_parcours(request: HttpRequest, numero: int) -> HttpResponse:
    """The title of a path, of the kind that the form names. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    parcours, permises = _a_delivrer(acteur, numero)
    nature = request.POST.get("nature", "")
    if nature not in permises:
        messages.warning(request, "Choisissez ce qui est à délivrer.")
        return redirect("suivi", "parcours", numero)
    retire = retire_de(parcours, nature)
    if retire is not None and request.POST.get("apres", "") != str(retire.pk):
        messages.warning(
            request,
            f"Le titre {retire.numero} de cette personne a été retiré. Relisez cette page avant d’en délivrer un autre.",
        )
        return redirect("suivi", "parcours", numero)
    try:
        titre = delivrer(parcours, acteur, nature=nature)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
        return redirect("suivi", "parcours", numero)
    messages.success(request, f"Le titre {titre.numero} est délivré. Son papier se prépare.")
    return redirect("suivi", "titres", titre.pk)
