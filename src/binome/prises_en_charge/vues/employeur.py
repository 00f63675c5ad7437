"""What who employs reads of agreements: the wages that they are owed; and the days of leave that they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT
from binome.gestes.refus import GesteImpossible
from binome.parcours.models import Parcours
from binome.prises_en_charge.conges import MONTRES, conges_dits, dire_un_conge, retirer_un_conge
from binome.prises_en_charge.etats import EN_VIGUEUR, TENUES, EtatDUnEtatDeService
from binome.prises_en_charge.formulaires import FormulaireDeConge
from binome.prises_en_charge.permissions import employeurs, etats_visibles, visibles
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

AU_PLUS = 500
"""People whose leave one form may say."""


def _de_qui(acteur: Acteur) -> list[tuple[str, str]]:
    """All of each practice, then each person whose training a payer pays: `employer`, or `employer-path`, and their name."""
    siens = employeurs(acteur)
    maisons = Organisation.objects.filter(pk__in=siens).order_by("nom", "pk")
    choix = [(str(un.pk), f"{un.nom}, fermé") for un in maisons]
    siennes = visibles(acteur).filter(employeur__in=siens, etat__in=TENUES)
    gens = {
        (une.employeur_id, une.parcours_id): une.parcours.dossier.personne
        for une in siennes.order_by("-debut", "-pk")[:AU_PLUS]
    }
    noms = ((f"{employeur}-{parcours}", str(nom)) for (employeur, parcours), nom in gens.items())
    return [*choix, *sorted(noms, key=lambda un: un[1])]


def page_de_l_employeur(
    request: HttpRequest,
    acteur: Acteur,
    *,
    form: FormulaireDeConge | None = None,
    status: int = 200,
) -> HttpResponse:
    """The wages that payers owe to who employs, month by month, the agreements that say so, and the leave that was said."""
    maisons = acteur.organisations(EMPLOYEUR, GROUPEMENT)
    siens = etats_visibles(acteur).filter(
        prise_en_charge__employeur__in=maisons, etat__in=EN_VIGUEUR, salaire_cents__gt=0
    )
    sommes = siens.order_by().aggregate(
        prouve=Sum("salaire_cents"),
        accepte=Sum("salaire_cents", filter=Q(etat=EtatDUnEtatDeService.ACCEPTE)),
    )
    prises = visibles(acteur).filter(employeur__in=maisons)
    contexte = {
        "mois": list(siens.order_by("-mois", "pk")[:MONTRES]),
        "prouve": sommes["prouve"] or 0,
        "accepte": sommes["accepte"] or 0,
        "prises": list(prises.order_by("-debut", "pk")[:MONTRES]),
        "dit_des_conges": bool(employeurs(acteur)),
        "form": form or FormulaireDeConge(qui=_de_qui(acteur)),
        "conges": list(conges_dits(acteur)[:MONTRES]),
    }
    return render(request, "prises_en_charge/employeur.html", contexte, status=status)


def _employeur_ou_rien(request: HttpRequest) -> Acteur:
    acteur = acteur_de(request)
    if not employeurs(acteur):
        raise PermissionDenied("Cette page est celle de qui emploie.")
    return acteur


@require_POST
def dire_des_conges(request: HttpRequest) -> HttpResponse:
    """Days of leave, said once; what was typed comes back when it is refused."""
    acteur = _employeur_ou_rien(request)
    form = FormulaireDeConge(request.POST, qui=_de_qui(acteur))
    if not form.is_valid():
        return page_de_l_employeur(request, acteur, form=form, status=422)
    dits = form.cleaned_data
    employeur, _, parcours = dits["qui"].partition("-")
    try:
        dire_un_conge(
            Organisation.objects.get(pk=employeur),
            Parcours.objects.get(pk=parcours) if parcours else None,
            acteur, dits["du"], dits["au"],
        )  # fmt: skip
    except GesteImpossible as impossible:
        form.add_error(impossible.champ or None, str(impossible))
        return page_de_l_employeur(request, acteur, form=form, status=422)
    messages.success(request, "Ces jours sont dits : les mois qu’ils touchent sont vérifiés de nouveau.")  # fmt: skip
    return redirect("prises-en-charge")


@require_POST
def retirer_des_conges(request: HttpRequest) -> HttpResponse:
    """Takes days of leave back."""
    acteur = _employeur_ou_rien(request)
    try:
        retirer_un_conge(lire_entier(request.POST.get("conge", ""), chiffres=15) or 0, acteur)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, "Ces jours ne comptent plus.")
    return redirect("prises-en-charge")
