"""What the page of a dossier offers about a wrong name: correcting it, or whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.flows import ADMINISTRATION, EXAMEN, GESTES, ORGANISME
from binome.dossiers.permissions import cotes
from binome.dossiers.preparations import NOMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.volets import GesteTente

GESTE: Final = "corriger_le_nom"


def nom_a_corriger(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, tentative: GesteTente
) -> Mapping[str, Any] | None:
    """The form for who administers the branch; for the others who act, whom to ask."""
    siens = cotes(acteur, dossier)
    un = GESTES[GESTE]
    if dossier.etat not in un.de or un.garde(dossier) is not None:
        return None
    if ADMINISTRATION not in siens:
        peut = ORGANISME in siens and not GESTES["ecrire"].permis(dossier, siens)
        return (
            {"demander": "organisme"}
            if peut
            else {"demander": "examen"}
            if EXAMEN in siens
            else None
        )
    tente = tentative.de(GESTE)
    return {
        "dossier": dossier,
        "champs": [
            {
                "nom": champ.nom,
                "mot": champ.libelle,
                "requis": champ.requis,
                "valeur": tente.tape.get(champ.nom, "")
                if tente.faute
                else getattr(dossier, champ.nom)
                if champ.nom in NOMS
                else "",
                "fautif": bool(tente.faute) and tente.champ == champ.nom,
            }
            for champ in un.champs
        ],
        "faute": tente.faute,
    }
