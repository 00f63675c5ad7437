"""Where anybody verifies a title, by its number or by its code: without an account, nor a cookie."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binome.comptes.cadence import trop_souvent
from binome.journal.prouver import PreuveImpossible, prouver
from binome.titres.jetons import ce_qui_est_colle, jeton_dit, lire_un_jeton, mal_tape
from binome.titres.numeros import EXEMPLE, ressemble_a_un_numero
from binome.titres.verification import (
    INCONNU,
    ce_que_dit_le_papier,
    entrees_de,
    par_jeton,
    par_numero,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.socle.demande import Demande

AU_PLUS = 300
"""Characters of what is typed, at most."""


def _mesuree(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, read only, kept nowhere, and not asked for too often by one address."""

    @wraps(vue)
    def servir(request: Demande, **parametres: Any) -> HttpResponse:
        return trop_souvent(request, "verifier") or vue(request, **parametres)

    return require_safe(never_cache(servir))


@_mesuree
def verifier(request: Demande) -> HttpResponse:
    """The form; with a number, whether it holds; with a code, the way to its page."""
    tape = request.GET.get("titre", "").strip()[:AU_PLUS]
    dit = ce_qui_est_colle(tape)
    if (jeton := lire_un_jeton(dit)) is not None:
        return redirect("verifier-un-titre", jeton)
    contexte: dict[str, Any] = {"tape": tape, "faute": "", "lu": None, "exemple": EXEMPLE}
    if not tape:
        return render(request, "titres/verifier.html", contexte)
    try:
        contexte["lu"] = par_numero(dit)
    except ValueError as faute:
        contexte["faute"] = str(faute)
        return render(request, "titres/verifier.html", contexte, status=422)
    return render(request, "titres/verifier.html", contexte)


@_mesuree
def titre(request: Demande, jeton: str) -> HttpResponse:
    """What the paper of a code shows, and whether it holds; the same page says that nobody has it.

    A number, or a code mistyped, in the place of the code: the form answers, as if it had been typed there.
    """
    if lire_un_jeton(jeton) is None and (ressemble_a_un_numero(jeton) or mal_tape(jeton)):
        return redirect(f"{reverse('verifier')}?{urlencode({'titre': jeton[:AU_PLUS]})}")
    trouve = par_jeton(jeton)
    contexte: dict[str, Any] = {
        "jeton": jeton_dit(trouve.jeton) if trouve else "",
        "titre": trouve,
        "lu": verdict(trouve),
        "papier": None if trouve is None else ce_que_dit_le_papier(trouve),
    }
    statut = 404 if contexte["lu"].etat == INCONNU else 200
    return render(request, "titres/un_titre.html", contexte, status=statut)


@_mesuree
def preuves(request: Demande, jeton: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The proofs of the entries that a title leans on, for the stand-alone verifier. Raises Http404."""
    trouve = par_jeton(jeton)
    if trouve is None:
        raise Http404("Aucun titre ne porte ce code.")
    try:
        faites = prouver(entrees_de(trouve))
    except PreuveImpossible as impossible:
        raise Http404("Ces preuves ne tiennent plus : prévenez la branche.") from impossible
    return HttpResponse(
        faites.en_json(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="preuves-{trouve.numero}.json"'},
    )
