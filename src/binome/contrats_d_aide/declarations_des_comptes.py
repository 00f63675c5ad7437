"""What follows every gesture of a contract, and the tables of what is counted and followed, told to the rest of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.contrats_d_aide.abonnement import ABONNEMENTS_AUX_ECHEANCES, SUITES_DES_ABONNEMENTS
from binome.contrats_d_aide.compter import compter_apres
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.models import (
    AbonnementAuxEcheances,
    CompteDeContrat,
    EcartDeContrat,
    RecompteDeContrats,
)
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import declarer_effets, declarer_suites
from binome.journal.tables import declarer
from binome.socle.sort_des_champs import CODE, EMPREINTE, declarer_champs

if TYPE_CHECKING:
    from django.db.models import Model

    from binome.socle.sort_des_champs import Champs

COMPTES: Final[dict[type[Model], str]] = {
    CompteDeContrat: "Une empreinte de ce qui est compté : d’autres lignes le disent.",
    RecompteDeContrats: "Compté de nouveau quand les règles changent, de ce que d’autres lignes disent.",
    EcartDeContrat: "Compté de nouveau quand les règles changent, de ce que d’autres lignes disent.",
}
"""The tables that the journal does not tell of, and why."""
CHAMPS_DES_COMPTES: Final[Champs] = {
    "contrats_d_aide.RecompteDeContrats": {"base": EMPREINTE},
    "contrats_d_aide.CompteDeContrat": {"empreinte": EMPREINTE},
    "contrats_d_aide.AbonnementAuxEcheances": {"etat": CODE, "jeton": EMPREINTE},
}


def declarer_les_comptes() -> None:
    """Declares them, once models are ready and the flow of contracts is known."""
    declarer(suivie(AbonnementAuxEcheances))
    declarer_champs(CHAMPS_DES_COMPTES)
    declarer_flux(ABONNEMENTS_AUX_ECHEANCES)
    declarer_suites(ABONNEMENTS_AUX_ECHEANCES.nom, SUITES_DES_ABONNEMENTS)
    declarer_effets(CONTRATS.nom, {geste.nom: compter_apres for geste in CONTRATS.table})
