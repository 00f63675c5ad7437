"""Who works under a contract, who takes part in it, what happens to it, what is asked of it: one form each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.contrats_d_aide import formulaires_des_gens as formulaires
from binome.contrats_d_aide.cadran import SECRETARIAT
from binome.contrats_d_aide.echeances_tenues import SE_TIENNENT, ce_qui_se_note
from binome.contrats_d_aide.etats import GenreDePoste
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.models import (
    EvenementDeContrat,
    HorlogeDeContrat,
    MembreDuContrat,
    PosteDuContrat,
)
from binome.contrats_d_aide.permissions import contrat_pour, emplois_a_payer
from binome.contrats_d_aide.services import agir
from binome.contrats_d_aide.vie_lue import (
    SANS_NOM,
    noms_des_emplois,
    postes_de,
    titre_d_horloge,
)
from binome.dossiers.vues.saisie import version_de
from binome.emplois.models import Emploi
from binome.emplois.parts import dire
from binome.gestes.refus import Depasse, GesteImpossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.contrats_d_aide.models import Contrat

FLUX: Final = "contrats-d-aide"


def _contrat(request: HttpRequest, numero: int) -> tuple[Acteur, Contrat]:
    """A contract, for who acts on it. Raises Http404, PermissionDenied."""
    acteur = acteur_de(request)
    contrat, cotes = contrat_pour(acteur, numero)
    if not cotes:
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    return acteur, contrat


def _poster(
    request: HttpRequest,
    acteur: Acteur,
    contrat: Contrat,
    geste: str,
    form: forms.Form,
    donnees: Callable[[], dict[str, Any]],
    *,
    titre: str,
    chapo: str = "",
) -> HttpResponse:
    """One form that carries one gesture out; what was typed comes back with the reason when it does not pass."""
    statut, faute = 200, ""
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            try:
                with transaction.atomic():
                    passage = agir(contrat, geste, acteur, version=version_de(request), **donnees())
            except GesteImpossible as impossible:
                vers = impossible.champ if impossible.champ in form.fields else None
                form.add_error(vers, str(impossible))
                statut = 409 if isinstance(impossible, Depasse) else 422
            else:
                dit = " ".join((CONTRATS.gestes[geste].dit, *passage.nouvelles))
                messages.success(request, dit)
                return redirect("suivi", FLUX, contrat.pk)
    un = CONTRATS.gestes[geste]
    if contrat.etat not in un.de:
        faute = f"« {un.mot} » n’est pas possible : le contrat est « {contrat.etat_dit} »."
    contexte = {
        "form": form, "titre": titre, "chapo": chapo, "contrat": contrat, "faute": faute, "bouton": "Enregistrer",
    }  # fmt: skip
    return render(request, "contrats_d_aide/geste.html", contexte, status=statut)


def _dits(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def emplois_dits(acteur: Acteur, contrat: Contrat) -> dict[str, str]:
    """The jobs that a contract may pay for, by number, each with who holds it and its share."""
    lus = list(emplois_a_payer(acteur, contrat).select_related("salarie__personne").order_by("pk"))
    noms = noms_des_emplois([un.pk for un in lus])
    return {
        str(un.pk): f"{un.salarie.personne or noms.get(un.pk, SANS_NOM)}, {dire(un.part)}" for un in lus
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, numero: int) -> HttpResponse:
    """Someone more works under the contract. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    form = formulaires.FormulaireDePoste(
        _dits(request), emplois=emplois_dits(acteur, contrat), initial={"du": contrat.debut}
    )

    def donnees() -> dict[str, Any]:
        dits = form.cleaned_data
        emploi = Emploi.objects.filter(pk=dits["emploi"]).first() if dits["emploi"] else None
        return {
            **dits, "emploi": emploi, "nom": "" if emploi is not None else dits["nom"],
            "part": 0 if dits["genre"] == GenreDePoste.TUTEUR else dits["part"],
        }  # fmt: skip

    return _poster(
        request, acteur, contrat, "poser", form, donnees, titre="Ajouter une personne",
        chapo="Dites la part de temps que ce contrat-ci paie. Une personne partagée a une part dans chaque contrat.",
    )  # fmt: skip


def _poste(contrat: Contrat, rang: int) -> PosteDuContrat:
    poste = PosteDuContrat.objects.filter(contrat=contrat, pk=rang).select_related("emploi").first()
    if poste is None:
        raise Http404("Cette personne n’est pas dans ce contrat.")
    return poste


@require_http_methods(["GET", "HEAD", "POST"])
def partir(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """Someone leaves. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    poste = _poste(contrat, rang)
    form = formulaires.FormulaireDeDepart(_dits(request))
    return _poster(
        request, acteur, contrat, "liberer", form, lambda: {"poste": poste, **form.cleaned_data},
        titre="Dire un départ",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def dire_un_evenement(request: HttpRequest, numero: int) -> HttpResponse:
    """Something happened. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    tenus = {
        str(un.pk): (un, f"{nom}, {un.get_genre_display().lower()}")
        for un, nom in postes_de([contrat.pk])
    }
    form = formulaires.FormulaireDEvenement(
        _dits(request), postes={cle: dit for cle, (_, dit) in tenus.items()},
        initial={"du": timezone.localdate()},
    )  # fmt: skip

    def donnees() -> dict[str, Any]:
        dits = form.cleaned_data
        poste = tenus[dits["poste"]][0] if dits["poste"] else None
        return {
            "nature": dits["nature"], "poste": poste, "du": dits["du"], "au": dits["au"], "pourvu_par": dits["pourvu_par"],
            "code": form.code(), "montant_cents": dits["montant_cents"],
        }  # fmt: skip

    return _poster(
        request, acteur, contrat, "noter", form, donnees, titre="Dire un événement",
        chapo="Ce qui est dit ne se change plus. Une erreur se rectifie, et les deux restent lisibles.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def tenir(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """A duty was done: nobody is asked for it again. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    horloge = HorlogeDeContrat.objects.filter(
        contrat=contrat, pk=rang, code__in=SE_TIENNENT
    ).first()
    if horloge is None:
        raise Http404("Cette échéance n’est pas de ce contrat.")
    form = formulaires.FormulaireDEcheanceTenue(
        _dits(request),
        secretariat=horloge.code == SECRETARIAT,
        initial={"le": timezone.localdate()},
    )
    titre = titre_d_horloge(horloge.code)
    return _poster(
        request, acteur, contrat, "noter", form,
        lambda: ce_qui_se_note(horloge, form.cleaned_data["le"], form.cleaned_data.get("pourvu_par", "")),
        titre=f"{titre} : c’est fait", chapo="Les rappels s’arrêtent. Une erreur se rectifie ensuite.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def rectifier(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """What was said was wrong. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    faux = EvenementDeContrat.objects.filter(contrat=contrat, pk=rang).first()
    if faux is None:
        raise Http404("Cet événement n’est pas de ce contrat.")
    form = formulaires.FormulaireSansChamp(_dits(request))
    return _poster(
        request, acteur, contrat, "noter", form,
        lambda: {"nature": "rectification", "du": faux.du, "annule": faux},
        titre="Rectifier un événement", chapo=f"« {faux.get_nature_display()} » sera dit faux, et restera lisible.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def entrer(request: HttpRequest, numero: int) -> HttpResponse:
    """A doctor enters a collective contract. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    form = formulaires.FormulaireDEntree(_dits(request))

    def donnees() -> dict[str, Any]:
        dits = form.cleaned_data
        medecin = dire_un_medecin(
            MedecinDit(dits["nom"], dits["prenom"], dits["rpps"], "medecine_generale"), acteur
        )
        return {"medecin": medecin, "entree": dits["entree"]}

    return _poster(
        request, acteur, contrat, "adherer", form, donnees, titre="Faire entrer un médecin",
        chapo="Avant la signature, ou à une date anniversaire. Un contrat collectif réunit des généralistes.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sortir(request: HttpRequest, numero: int, rang: int) -> HttpResponse:
    """A doctor leaves a collective contract. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    membre = (
        MembreDuContrat.objects.filter(contrat=contrat, pk=rang).select_related("medecin").first()
    )
    if membre is None:
        raise Http404("Ce médecin n’est pas dans ce contrat.")
    form = formulaires.FormulaireDeSortie(_dits(request))
    return _poster(
        request, acteur, contrat, "quitter", form, lambda: {"membre": membre, **form.cleaned_data},
        titre=f"Faire sortir {membre.medecin}", chapo="La veille d’une date anniversaire. Le temps payé ne change pas.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def viser(request: HttpRequest, numero: int) -> HttpResponse:
    """The objective of a year. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    form = formulaires.FormulaireDObjectif(_dits(request))
    return _poster(
        request, acteur, contrat, "fixer", form, lambda: dict(form.cleaned_data), titre="Dire un objectif",
        chapo="La caisse fixe les chiffres. Prenez ceux de votre contrat.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def relever(request: HttpRequest, numero: int) -> HttpResponse:
    """The patient list and the active file of a day. Raises Http404, PermissionDenied."""
    acteur, contrat = _contrat(request, numero)
    form = formulaires.FormulaireDePatientele(
        _dits(request), initial={"jour": timezone.localdate()}
    )
    return _poster(
        request, acteur, contrat, "relever", form, lambda: dict(form.cleaned_data),
        titre="Dire la patientèle", chapo="Le relevé de l’Assurance Maladie (amelipro) donne ces chiffres.",
    )  # fmt: skip
