"""A person asks to be erased: what can be is, the rest is kept for a reason that they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.conservation.detenteurs import DETENTEURS
from binome.gestes.refus import GesteImpossible
from binome.journal.services import Ecriture, ecrire
from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.conservation.detenteurs import Devenir


def devenirs(acteur: Acteur) -> list[Devenir]:
    """What an erasure would do of each thing of a person."""
    return [devenir for un in DETENTEURS for devenir in un.devenirs(acteur.personne)]


def demander_l_effacement(acteur: Acteur) -> list[Devenir]:
    """Erases what can be, and writes down the request; what was done of each thing.

    Asked twice, it finds less to do. Raises GesteImpossible from who looks through their eyes, OSError
    when a file cannot be erased.
    """
    if acteur.soutien is not None:
        raise GesteImpossible("Vous regardez à la place de cette personne : rien ne s’efface.")
    voulus = devenirs(acteur)
    ecrire(
        Ecriture(
            "effacement.demander",
            acteur.personne.sujet,
            auteur=acteur.nom_au_journal,
            apres={
                "effaces": [un.nom for un in voulus if un.efface],
                "gardes": {un.nom: un.etat for un in voulus if not un.efface},
            },
        )
    )
    for un in voulus:
        if un.efface:
            un.effacer(acteur.nom_au_journal)
    vider_le_journal_de_sqlite()
    return voulus
