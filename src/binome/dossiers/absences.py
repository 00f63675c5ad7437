"""What a person says that they do not have: no paper proves it, so the branch may take it as said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.bases import base_de
from binome.dossiers.etats import Origine

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier

RIENS: Final = (0, "aucun")
"""The values that say that there is none; an empty list says it too."""


def declarees(dossier: Dossier) -> dict[str, Any]:
    """The declared absences that wait for a document, by fact: those that nobody proved nor took as said."""
    base, faits = base_de(dossier.certification), list(dossier.faits.all())
    tenus = {un.nom for un in faits if un.origine != Origine.DECLARE}
    return {
        un.nom: un.valeur
        for un in faits
        if un.origine == Origine.DECLARE
        and un.nom not in tenus
        and un.nom in base.faits
        and base.faits[un.nom].piece
        and _dit_rien(un.valeur)
    }


def _dit_rien(valeur: object) -> bool:
    return valeur == [] or (not isinstance(valeur, bool) and valeur in RIENS)
