"""Handing over a sealed letter, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers import rayons
from binome.habillage.en_fichier import en_fichier
from binome.lettres.de_suite import lettre_au_nom_corrige, lettre_de_suite_pour
from binome.lettres.permissions import lettre_pour

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.dossiers.models import Decision
    from binome.lettres.models import LettreDeSuite


@require_safe
def lettre(request: HttpRequest, numero: int) -> HttpResponse:
    """The letter of a decision; a file that is no longer what was sealed is not handed over."""
    decision = lettre_pour(acteur_de(request), numero)
    refaite = lettre_au_nom_corrige(decision)
    return _remettre(refaite or decision, f"decision-{decision.dossier.reference}.pdf")


@require_safe
def lettre_de_suite(request: HttpRequest, numero: int) -> HttpResponse:
    """A letter that follows a decision, under the same rules."""
    lettre = lettre_de_suite_pour(acteur_de(request), numero)
    return _remettre(lettre, f"{lettre.genre}-{lettre.dossier.reference}.pdf")


def _remettre(scellee: Decision | LettreDeSuite, nom: str) -> HttpResponse:
    contenu = rayons.LETTRES.intact(scellee.sceau, scellee.sceau_empreinte)
    if contenu is None:
        raise Http404("Le fichier de cette lettre est abîmé. Demandez-la à la branche.")
    return en_fichier(contenu, nom)
