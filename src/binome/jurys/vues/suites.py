"""What follows a jury: its minutes, an appeal; and a request by experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import de_ses_branches
from binome.gestes.refus import GesteImpossible
from binome.habillage.en_fichier import en_fichier
from binome.jurys.etats import EtatDeJury
from binome.jurys.flows import VAES
from binome.jurys.formulaires import UneVae
from binome.jurys.models import Presentation, ProcesVerbal
from binome.jurys.permissions import branche_des_jurys, jury_pour
from binome.jurys.rayons import PROCES_VERBAUX
from binome.jurys.recours_flux import dernier_jour
from binome.jurys.services import deposer_un_recours
from binome.jurys.vae import demander

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def proces_verbal(request: HttpRequest, numero: int) -> HttpResponse:
    """The sealed minutes of a jury, or those of an appeal by their number. Raises Http404 until they are sealed."""
    jury = jury_pour(acteur_de(request), numero)
    scelles = ProcesVerbal.objects.filter(jury=jury).exclude(fichier="")
    du_recours = request.GET.get("recours", "")
    if du_recours.isdecimal() and len(du_recours) <= 15:
        trouve = scelles.filter(recours=int(du_recours)).first()
    else:
        trouve = scelles.filter(recours__isnull=True).first()
    if trouve is None:
        raise Http404("Ce procès-verbal n’est pas encore scellé.")
    contenu = PROCES_VERBAUX.intact(trouve.fichier, trouve.empreinte)
    if contenu is None:
        raise Http404(
            "Le fichier de ce procès-verbal est abîmé ou perdu. Prévenez qui tient Binôme : "
            "ce que le jury a décidé reste à la page du jury."
        )
    return en_fichier(
        contenu, f"proces-verbal-{jury.jour.isoformat()}-{jury.pk}.pdf", sur_place=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contester(request: HttpRequest, numero: int) -> HttpResponse:
    """Somebody contests what a jury decided of them. Raises Http404 for anybody else."""
    acteur = acteur_de(request)
    presentation = (
        Presentation.objects.filter(
            pk=numero, parcours__dossier__candidat=acteur.personne, jury__etat=EtatDeJury.CLOS
        )
        .select_related("jury__reglement", "jury__branche", "parcours__dossier")
        .first()
    )
    if presentation is None:
        raise Http404("Ce résultat n’existe pas, ou n’est pas le vôtre.")
    texte, faute = request.POST.get("texte", ""), ""
    if request.method == "POST":
        if acteur.soutien is not None:
            raise PermissionDenied(
                "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
            )
        try:
            recours = deposer_un_recours(acteur, presentation, texte)
        except GesteImpossible as impossible:
            faute = str(impossible)
        else:
            messages.success(request, "Votre recours est déposé. La branche vous répondra ici.")
            return redirect("suivi", "recours_de_jury", recours.pk)
    contexte = {
        "presentation": presentation,
        "limite": dernier_jour(presentation),
        "texte": texte,
        "faute": faute,
    }
    return render(request, "jurys/contester.html", contexte, status=422 if faute else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def demander_une_vae(request: HttpRequest) -> HttpResponse:
    """Notes a request by experience, of the person of a dossier of the branch."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur, ecrit=request.method == "POST")
    form = UneVae(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dossier = Dossier.objects.filter(
            de_ses_branches(acteur),
            reference=form.cleaned_data["reference"],
            anonyme_le__isnull=True,
        ).first()
        if dossier is None:
            form.add_error("reference", "Aucun dossier de la branche n’a cette référence.")
        else:
            try:
                une = demander(acteur, branche, dossier, form.cleaned_data["heures"])
            except GesteImpossible as impossible:
                form.add_error(impossible.champ or None, str(impossible))
            else:
                messages.success(request, VAES.table[0].dit)
                return redirect("suivi", "vae", une.pk)
    contexte = {
        "form": form,
        "titre": "Noter une demande de VAE",
        "bouton": "Noter la demande",
        "retour": "jurys",
    }
    return render(
        request, "jurys/fiche.html", contexte, status=422 if request.method == "POST" else 200
    )
