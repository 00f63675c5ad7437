"""What every page knows: the day whose rules it shows, and what that day says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from binome.habillage.rubriques import rubriques
from binome.regles.courante import base_courante
from binome.socle.machine_a_remonter import aujourd_hui, jour_de

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.socle.demande import Demande


DES_MEMBRES: Final = ("/espace/", "/compte/")
"""Where what waits on the device is told."""


def chemin_courant(demande: Demande) -> str:
    """The address of the page without the day: where the date form leads back."""
    requete = demande.META.get("QUERY_STRING", "")
    # A request may be refused before the day is read off its address.
    return getattr(demande, "chemin_nu", demande.path) + (f"?{requete}" if requete else "")


def a_rejoindre(request: HttpRequest) -> list[str]:
    """The names of the files of a form that is shown again: a browser does not send them twice by itself."""
    recus = getattr(request, "_files", None) if request.method == "POST" else None
    return [] if recus is None else [str(un.name) for _, uns in recus.lists() for un in uns]


def contexte(request: HttpRequest) -> dict[str, Any]:
    """The day of the page, and the référentiel of that day (None between two)."""
    demande = cast("Demande", request)
    jour = jour_de(demande)
    en_vigueur = [un for un in base_courante().referentiels.values() if un.du <= jour <= un.au]
    return {
        "jour": jour,
        "aujourd_hui": aujourd_hui(),
        "remonte": getattr(demande, "au", None) is not None,
        "referentiel_du_jour": en_vigueur[0] if en_vigueur else None,
        "empreinte": base_courante().empreinte,
        "chemin_courant": chemin_courant(demande),
        "rubriques": rubriques(demande),
        "fichiers_a_rejoindre": a_rejoindre(request),
        "cle_de_garde": getattr(demande, "garde", ""),
        "de_membre": demande.path_info.startswith(DES_MEMBRES),
        "nom_des_envois": getattr(demande, "envois", ""),
        "gardee": getattr(demande, "gardee", False),
    }
