"""What every form of a gesture of these pages shares: the version seen, what was typed, how a refusal comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.gestes.permissions import geste_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.volets import GesteTente
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi
    from binome.gestes.passage import Passage
    from binome.gestes.table import Flux


def tenter(
    request: HttpRequest, acteur: Acteur, flux: Flux[Any], objet: Suivi, nom: str
) -> tuple[Passage[Any] | None, GesteTente, int]:
    """Makes a gesture of a form: what passed, or what was tried and why not, with the status of the page.

    Raises Http404 for a gesture that no form carries out.
    """
    geste = geste_de(flux, nom)
    tape = {cle: str(valeur) for cle, valeur in request.POST.items()}
    version = lire_entier(tape.get("version", ""), chiffres=9) or 0
    try:
        passage = faire(
            flux, nom, objet, acteur, version=version, donnees=geste.du_formulaire(tape)
        )
    except GesteImpossible as impossible:
        tente = GesteTente(nom, tape, str(impossible), impossible.champ)
        return None, tente, 409 if isinstance(impossible, Depasse) else 422
    return passage, GesteTente(), 200


def ouverts(flux: Flux[Any], acteur: Acteur, objet: Suivi) -> dict[str, Any]:
    """The gestures of forms that somebody may try now, by name; what stands in their way is said by the form."""
    cotes = flux.cotes(acteur, objet)
    return {
        un.nom: {"geste": un, "empeche": un.garde(objet) or ""}
        for un in flux.table
        if un.formulaire and objet.etat in un.de and not cotes.isdisjoint(un.qui)
    }
