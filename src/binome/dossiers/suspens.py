"""What an answer still hangs on while nobody waits for it: facts that nobody gave, hours to confirm, documents awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.bases import base_de
from binome.dossiers.natures import a_envoyer
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.dossiers.models import Dossier

OU_ATTENDRE: Final = "Attendez-le, ou confirmez que vous décidez sans attendre."


def en_suspens(dossier: Dossier, reponse: Mapping[str, Any]) -> list[str]:
    """Each thing that could still change the answer, or prove it, in a sentence; nothing when all is known."""
    base = base_de(dossier.certification)
    faits = [base.faits[nom].libelle for nom in reponse["manquants"] if nom in base.faits]
    dites = [f"Il manque encore : {', '.join(faits)}."] if faits else []
    for une in reponse.get("a_confirmer", ()):
        if (regle := base.regles.get(une["regle"])) is not None:
            dites.append(f"À confirmer par {une['aupres']} : {minuscule(regle.titre)}.")
    pieces = [minuscule(une.libelle) for une in a_envoyer(dossier)]
    if pieces:
        dites.append(f"Pas encore reçu : {', '.join(pieces)}.")
    return dites
