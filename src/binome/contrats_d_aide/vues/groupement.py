"""What a group of employers sees: each of its people, the share of each member, and what a month of them is for each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.contrats_d_aide.etats import ARRETES, GenreDePoste
from binome.contrats_d_aide.formulaires_des_gens import (
    FormulaireDeDepart,
    FormulaireDeFrais,
    FormulaireDePartDuGroupement,
)
from binome.contrats_d_aide.models import PosteDuContrat
from binome.contrats_d_aide.partage_des_frais import partager
from binome.contrats_d_aide.permissions import (
    contrats_des_membres,
    emplois_du_groupement,
    groupements,
)
from binome.contrats_d_aide.services import agir
from binome.contrats_d_aide.vie_lue import SANS_NOM, noms_des_emplois
from binome.emplois.parts import dire
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.emplois.models import Emploi

LIBRE: Final = "Pas encore attribué"


@require_http_methods(["GET", "HEAD", "POST"])
def tableau(request: HttpRequest) -> HttpResponse:
    """The table of a group; a share that is said. Raises PermissionDenied."""
    acteur = acteur_de(request)
    if not groupements(acteur):
        raise PermissionDenied("Cette page est celle d’un groupement d’employeurs.")
    emplois = list(emplois_du_groupement(acteur).select_related("salarie__personne").order_by("pk"))
    noms = noms_des_emplois([un.pk for un in emplois])
    dits = {un.pk: str(un.salarie.personne or noms.get(un.pk, SANS_NOM)) for un in emplois}
    contrats = {
        str(un.pk): un for un in contrats_des_membres(acteur).order_by("signataire__nom", "pk")
    }
    form = FormulaireDePartDuGroupement(
        request.POST if request.method == "POST" else None,
        contrats={cle: f"{un.nom_du_cabinet}, {un.partie}" for cle, un in contrats.items()},
        emplois={str(un.pk): f"{dits[un.pk]}, {dire(un.part)}" for un in emplois},
        initial={"du": timezone.localdate()},
    )  # fmt: skip
    statut = 200
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            lus = form.cleaned_data
            emploi = next(un for un in emplois if str(un.pk) == lus["emploi"])
            try:
                with transaction.atomic():
                    agir(
                        contrats[lus["contrat"]], "poser", acteur, genre=GenreDePoste.ASSISTANT, emploi=emploi,
                        part=lus["part"], du=lus["du"],
                    )  # fmt: skip
            except GesteImpossible as impossible:
                form.add_error(
                    impossible.champ if impossible.champ in form.fields else None, str(impossible)
                )
            else:
                messages.success(request, "La part est ajoutée au contrat.")
                return redirect("contrats-du-groupement")
    frais = FormulaireDeFrais(request.GET if {"cout", "frais"} & request.GET.keys() else None)
    montants = {} if not frais.is_bound or not frais.is_valid() else frais.cleaned_data
    contexte = {
        "personnes": _personnes(acteur, emplois, dits, montants), "form": form, "frais": frais,
        "peut": bool(emplois and contrats), "montants": montants,
    }  # fmt: skip
    return render(request, "contrats_d_aide/groupement.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def partir(request: HttpRequest, rang: int) -> HttpResponse:
    """The last day of a group's employee in the contract of a member. Raises PermissionDenied, Http404."""
    acteur = acteur_de(request)
    if not groupements(acteur):
        raise PermissionDenied("Cette page est celle d’un groupement d’employeurs.")
    poste = (
        PosteDuContrat.objects.filter(
            pk=rang, au=None, contrat__in=contrats_des_membres(acteur).values("pk"),
            emploi__in=emplois_du_groupement(acteur).values("pk"),
        )
        .select_related("contrat__medecin", "contrat__societe", "contrat__signataire")
        .first()
    )  # fmt: skip
    if poste is None:
        raise Http404("Cette part n’est pas une de celles de votre groupement.")
    form = FormulaireDeDepart(request.POST if request.method == "POST" else None)
    statut = 200
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            try:
                agir(poste.contrat, "liberer", acteur, poste=poste, **form.cleaned_data)
            except GesteImpossible as impossible:
                form.add_error(
                    impossible.champ if impossible.champ in form.fields else None, str(impossible)
                )
            else:
                messages.success(request, "Le départ est dit.")
                return redirect("contrats-du-groupement")
    contexte = {"form": form, "contrat": poste.contrat, "part": dire(poste.part)}
    return render(request, "contrats_d_aide/depart_du_groupement.html", contexte, status=statut)


def _personnes(
    acteur: Acteur, emplois: list[Emploi], dits: dict[int, str], montants: dict[str, Any]
) -> list[dict[str, Any]]:
    """Each person, the share of each member in their job, and what is left: together, the whole job."""
    jour = timezone.localdate()
    parts: defaultdict[int, list[tuple[str, int, int | None]]] = defaultdict(list)
    membres = contrats_des_membres(acteur).values("pk")
    postes = PosteDuContrat.objects.filter(
        emploi__in=[un.pk for un in emplois], contrat__in=membres, genre=GenreDePoste.ASSISTANT, du__lte=jour,
    ).exclude(au__lt=jour).exclude(contrat__etat__in=ARRETES)  # fmt: skip
    lus = postes.select_related("contrat__signataire", "contrat__medecin", "contrat__societe")
    for poste in lus.order_by("pk"):
        parts[poste.emploi_id or 0].append(
            (
                f"{poste.contrat.nom_du_cabinet}, {poste.contrat.partie}",
                poste.part,
                poste.pk if poste.au is None else None,
            )
        )
    return [_une_personne(un, dits[un.pk], parts[un.pk], montants) for un in emplois]


def _une_personne(
    emploi: Emploi, nom: str, siennes: list[tuple[str, int, int | None]], montants: dict[str, Any]
) -> dict[str, Any]:
    entier = emploi.part or 0
    reste = entier - sum(part for _, part, _ in siennes)
    lignes = [*siennes, *([(LIBRE, reste, None)] if reste > 0 else [])]
    poids = [part for _, part, _ in lignes]
    couts = partager(montants.get("cout") or 0, poids) if lignes else []
    frais = partager(montants.get("frais") or 0, poids) if lignes else []
    cents = partager(10_000, poids) if lignes else []
    return {
        "nom": nom, "emploi": dire(emploi.part), "inconnue": emploi.part is None,
        "lignes": [
            {"qui": qui, "part": dire(part), "de_l_emploi": f"{cent / 100:g} %".replace(".", ","), "cout": cout,
             "frais": frai, "somme": cout + frai, "poste": poste}
            for (qui, part, poste), cent, cout, frai in zip(lignes, cents, couts, frais, strict=True)
        ],
        "total": "100 %" if lignes else "", "cout": sum(couts), "frais": sum(frais), "somme": sum(couts) + sum(frais),
    }  # fmt: skip
