"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.contrats_d_aide.compte_du_medecin import DETACHER, RATTACHER, ecouter
from binome.contrats_d_aide.declarations_des_comptes import COMPTES, declarer_les_comptes
from binome.contrats_d_aide.effacement import EFFACER_UN_MEDECIN
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.medecins import COMPLETER_UN_MEDECIN, DIRE_UN_MEDECIN
from binome.contrats_d_aide.models import (
    Contrat,
    EvenementDeContrat,
    HorlogeDeContrat,
    Medecin,
    MembreDuContrat,
    Objectif,
    PosteDuContrat,
    ReleveDActivite,
    VersementAttendu,
)
from binome.contrats_d_aide.oubli_des_personnes import (
    OUBLIER,
    archiver_le_dossier,
    oublier_le_dossier,
)
from binome.contrats_d_aide.registre import CHAMPS
from binome.contrats_d_aide.volets import le_contrat
from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.socle.sort_des_champs import declarer_champs

if TYPE_CHECKING:
    from django.db.models import Model

PERSONNE: Final = Suite("personne : la page le montre")
COMPTE_DE_NOUVEAU: Final = "Compté de nouveau à chaque événement, de ce que d’autres lignes disent."
HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {
    VersementAttendu: COMPTE_DE_NOUVEAU,
    HorlogeDeContrat: COMPTE_DE_NOUVEAU,
    **COMPTES,
}
"""The tables that the journal does not tell of, and why."""


def _du_contrat(_numero: int, contrat: int) -> tuple[str, str]:
    """What is of a contract goes with it, under its key."""
    return f"contrat:{contrat}", f"contrat:{contrat}"


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        TableSuivie(Medecin, (), lambda numero: (f"medecin:{numero}", f"medecin:{numero}")),
        TableSuivie(
            Contrat,
            (),
            lambda numero: (f"contrat:{numero}", f"contrat:{numero}"),
            {
                "version": "Un compteur : chaque entrée l’avance.",
                "prochaine_le": COMPTE_DE_NOUVEAU,
                "prochaine": COMPTE_DE_NOUVEAU,
                "recherche": "Refait des noms que d’autres lignes disent.",
            },
        ),
        *(
            TableSuivie(un, ("contrat_id",), _du_contrat)
            for un in (
                MembreDuContrat,
                PosteDuContrat,
                EvenementDeContrat,
                Objectif,
                ReleveDActivite,
            )
        ),
    )
    declarer_champs(CHAMPS)
    declarer_evenements(
        Evenement(DIRE_UN_MEDECIN, "Un médecin est écrit."),
        Evenement(EFFACER_UN_MEDECIN, "Un médecin n’a plus de nom."),
        Evenement(RATTACHER, "Un compte est celui d’un médecin."),
        Evenement(DETACHER, "Un compte n’est plus celui d’un médecin."),
        Evenement(COMPLETER_UN_MEDECIN, "Ce qui manquait d’un médecin est écrit."),
        Evenement(OUBLIER, "Un contrat d’aide ne nomme plus quelqu’un."),
    )
    declarer_attaches(Attache("contrats_d_aide", None, oublier_le_dossier, archiver_le_dossier))
    declarer_volets(
        Volet(
            HAUT, "contrats_d_aide/volet_du_contrat.html", le_contrat, sur="contrats_d_aide.contrat"
        )
    )
    declarer_flux(CONTRATS)
    declarer_suites(CONTRATS.nom, {un.nom: PERSONNE for un in CONTRATS.table})
    declarer_les_comptes()
    ecouter()
