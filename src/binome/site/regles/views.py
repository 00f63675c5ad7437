"""The pages of the rules: the list, one rule, what changed between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.regles.courante import base_courante
from binome.regles.metiers.heures import POSITIONNEMENT
from binome.site.regles.catalogue import catalogue, groupes, proposees
from binome.site.regles.comparaison import (
    changements,
    dernier_changement,
    jours_de_changement,
    veille,
)
from binome.site.regles.fiche import contexte_de_la_fiche
from binome.site.regles.saisie import lire_jour, mots_de
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from datetime import date

    from binome.socle.demande import Demande


@require_safe
def regles(request: Demande) -> HttpResponse:
    """Every rule by table, those of the day first."""
    jour, mots = jour_de(request), mots_de(request.GET)
    vues = base_courante().vues
    vue = request.GET.get("vue", POSITIONNEMENT)
    vue = vue if vue in vues else POSITIONNEMENT
    contexte = {
        "rayon": "regles",
        "mots": mots,
        # A search looks everywhere; without words, one question at a time is enough to read.
        "groupes": groupes(jour, mots, "" if mots else vue),
        "proposees": proposees(jour, mots) if mots or vue == POSITIONNEMENT else [],
        "vues": [{"vue": une, "ici": une.nom == vue and not mots} for une in vues.values()],
    }
    return render(request, "regles/regles.html", contexte)


@require_safe
def regle(request: Demande, identifiant: str) -> HttpResponse:
    """One rule. Raises Http404."""
    entree = catalogue().get(identifiant)
    if entree is None:
        raise Http404(f"Aucune règle ne s’appelle « {identifiant[:60]} ».")
    return render(request, "regles/regle.html", contexte_de_la_fiche(entree, jour_de(request)))


def _jour(request: Demande, nom: str, defaut: date, erreurs: dict[str, str]) -> date:
    """The day typed in a field; what cannot be read is left for the default, and said."""
    texte = request.GET.get(nom, "").strip()
    if not texte:
        return defaut
    try:
        return lire_jour(texte)
    except ValueError as raison:
        erreurs[nom] = str(raison)
        return defaut


@require_safe
def comparaison(request: Demande) -> HttpResponse:
    """What changed between two days; by default, the last change before the day of the page."""
    change = dernier_changement(jour_de(request))
    erreurs: dict[str, str] = {}
    avant = _jour(request, "avant", veille(change), erreurs)
    apres = _jour(request, "apres", change, erreurs)
    contexte: dict[str, Any] = {
        "rayon": "comparer",
        "avant": avant,
        "apres": apres,
        "erreurs": [{"champ": nom, "raison": raison} for nom, raison in erreurs.items()],
        "fautifs": list(erreurs),
        "a_rebours": avant > apres,
        "changements": [] if erreurs else changements(avant, apres),
        "reperes": [{"veille": veille(un), "jour": un} for un in jours_de_changement()],
    }
    return render(request, "regles/comparer.html", contexte)
