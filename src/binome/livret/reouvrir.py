"""What follows a signature that its name disowns: the card is no longer signed by both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.gestes.services import faire_par_la_maison
from binome.livret.etats import EtatDeCarte
from binome.livret.flows import CARTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.livret.models import SignatureDeCarte


def rouvrir_ce_qui_est_conteste(
    passages: Sequence[Passage[SignatureDeCarte]],
    _: Auteur,
) -> None:
    """Asks for the card again, where both had signed it."""
    cartes = {un.objet.carte_id: un.objet.carte for un in passages}
    signees = [une for une in cartes.values() if une.etat == EtatDeCarte.SIGNEE]
    faire_par_la_maison(CARTES, "rouvrir", signees)
