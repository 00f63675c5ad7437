"""The pages of the kit. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.formations.territoires import departements
from binome.pliage import plier
from binome.site.integrer.views import CADRES
from binome.site.kit.annexe import CLAUSE, MENTION, annexe_de, demande
from binome.site.kit.publics import publics
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.site.kit.publics import PublicDuKit
    from binome.socle.demande import Demande


def public_de(code: str) -> PublicDuKit:
    """Who a page of the kit speaks to. Raises Http404."""
    if code not in publics():
        raise Http404(f"Le kit n’a pas de page « {code[:40]} ».")
    return publics()[code]


@require_safe
def kit(request: Demande) -> HttpResponse:
    """Every page and paper of the kit."""
    return render(request, "kit/kit.html", {"publics": publics().values()})


@require_safe
def public(request: Demande, public: str) -> HttpResponse:
    """What one public is told, by the rules of the day. Raises Http404."""
    un, jour = public_de(public), jour_de(request)
    contexte = {
        "public": un,
        "dits": un.dits(jour),
        "lignes": un.lignes(jour),
        "jour": jour,
        "adresse": adresse_entiere(un.porte_du_jour),
    }
    return render(request, "kit/public.html", contexte)


@require_safe
def annexe(request: Demande) -> HttpResponse:
    """The list to annex and the clause proposed. Raises BadRequest on an unknown département."""
    jour = timezone.localdate()
    une = annexe_de(request.GET.get("departement", ""), jour)
    contexte = {
        "annexe": une,
        "jour": jour,
        "choix": sorted(departements().values(), key=lambda d: plier(d.nom)),
        "clause": CLAUSE,
        "mention": MENTION,
        "demande": demande(),
    }
    return render(request, "kit/annexe.html", contexte)


@require_safe
def copier(request: Demande) -> HttpResponse:
    """What one copies elsewhere: the signature of a mail, and the frame of the simulator."""
    accueil = adresse_entiere(reverse("accueil"))
    cadres = [
        {
            "code": code,
            "titre": titre,
            "html": render_to_string(
                "kit/code_du_cadre.html",
                {"adresse": adresse_entiere(reverse("integrer", args=[code])), "titre": titre},
            ).strip(),
        }
        for code, titre in CADRES.items()
    ]
    dits = {"adresse": accueil}
    contexte = {
        "cadres": cadres,
        "ouverts": bool(settings.CADRES_PERMIS),
        "signature_html": render_to_string("kit/signature.html", dits).strip(),
        "signature_texte": render_to_string("kit/signature.txt", dits).strip(),
    }
    return render(request, "kit/copier.html", contexte)
