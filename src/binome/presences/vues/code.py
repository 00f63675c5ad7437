"""What a trainer shows to a room: the code of the slot, which turns, and how many signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.presences import codes
from binome.presences.etats import EtatDeSignature
from binome.presences.gel import TROP_TARD
from binome.presences.models import Signature
from binome.presences.qr import dessiner
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.permissions import creneau_pour
from binome.sessions.programme import intitule_du_creneau

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The code, large; its part of the page is asked for again before it turns."""
    creneau = creneau_pour(acteur_de(request), uid, "ouvrir")
    maintenant = timezone.now()
    signes = Signature.objects.filter(creneau=creneau, etat=EtatDeSignature.RECUE)
    contexte = {
        "creneau": creneau,
        "intitule": intitule_du_creneau(creneau),
        "ouvert": creneau.etat == EtatDeCreneau.OUVERT,
        "trop_tard": TROP_TARD if maintenant > codes.fermeture(creneau) else "",
        "tot": maintenant < codes.ouverture(creneau),
        "ouvre": codes.ouverture(creneau),
        "signes": signes.values("parcours").distinct().count(),
        "attendus": len(attendus(creneau)),
    }
    if contexte["ouvert"]:
        dite = reverse("signer-code", args=(codes.adresse(creneau, maintenant),))
        court = codes.court(creneau, maintenant)
        contexte |= {
            "dessin": dessiner(request.build_absolute_uri(dite)),
            "court": f"{court[:3]} {court[3:]}",
            "ou": f"{request.get_host()}{reverse('signer')}",
        }
    return render(request, "presences/code.html", contexte)
