"""Whether the site is alive, and whether it is ready, for the machine that watches it.

Both are open to all: they name what is wrong, never how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from binome.courrier import battements, boite
from binome.lectures import cahier
from binome.socle import etat_de_la_machine as machine
from binome.socle.sondes import Sonde, interroger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

BON: Final = "en ordre"
DE_LA_BASE: Final = ("base", "migrations", "courrier")


def _de_la_base() -> Mapping[str, str]:
    try:
        with machine.base_a_part() as base:
            return {
                "base": machine.ecriture(base),
                "migrations": machine.migrations(base),
                "courrier": boite.bloquee(base),
            }
    except DatabaseError as erreur:
        return dict.fromkeys(DE_LA_BASE, machine.refus(erreur))


SONDES: Final = (
    Sonde(DE_LA_BASE, _de_la_base),
    Sonde(("disque",), lambda: {"disque": machine.disque()}),
    Sonde(("lectures",), lambda: {"lectures": cahier.empechement()}),
    Sonde(("travaux",), lambda: {"travaux": battements.constater()}),
)


def _texte(contenu: str, statut: int) -> HttpResponse:
    return HttpResponse(
        contenu,
        status=statut,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


@csrf_exempt  # refused by its method, before a form is read
@require_safe
def sante(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """200 as soon as the process answers; asks nothing of the database nor of the disk."""
    return _texte("en service\n", 200)


@csrf_exempt
@require_safe
def pret(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """A line for each thing; 200 when all are in order, 503 otherwise, within a second or so."""
    constats = interroger(SONDES)
    lignes = "".join(f"{nom} : {dit or BON}\n" for nom, dit in constats.items())
    return _texte(lignes, 503 if any(constats.values()) else 200)
