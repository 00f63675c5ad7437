"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts, what it does after others."""

from __future__ import annotations

from typing import Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.passeport.effets import apres_la_fiche, ouvrir_les_passages, retirer_les_passages
from binome.passeport.flows import ETATS_CIVILS, LOTS, PASSAGES, REGLAGES
from binome.passeport.models import (
    AccuseRecu,
    FicheDEtatCivil,
    LigneDeLot,
    LotDePassages,
    PassageADeclarer,
    ReglagesDuPasseport,
)
from binome.passeport.nouvelles import DE_LA_DECLARATION
from binome.passeport.rayons import declarer_les_rayons
from binome.passeport.registre import CHAMPS, GARDE, archiver, effacer
from binome.passeport.volets import passeport_du_parcours
from binome.socle.sort_des_champs import declarer_champs
from binome.titres.flows import TITRES

PERSONNE: Final = Suite("personne : la page le montre, et le courrier du jour dit ce qui attend")


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(FicheDEtatCivil, personnel=True),
        suivie(ReglagesDuPasseport),
        suivie(PassageADeclarer, personnel=True),
        suivie(LotDePassages),
        TableSuivie(
            LigneDeLot, ("passage_id",), lambda _, passage: (f"passageadeclarer:{passage}", "")
        ),
        TableSuivie(AccuseRecu, ("lot_id",), lambda _, lot: (f"lotdepassages:{lot}", "")),
    )
    declarer_champs(CHAMPS)
    declarer_les_rayons()
    declarer_evenements(
        Evenement(GARDE, "Ce qui reste d’une déclaration est redit, sans personne.")
    )
    declarer_attaches(Attache("passeport", None, effacer, archiver))
    tous = (ETATS_CIVILS, REGLAGES, PASSAGES, LOTS)
    declarer_flux(*tous)
    declarer_effets(TITRES.nom, {"delivrer": ouvrir_les_passages, "revoquer": retirer_les_passages})
    declarer_effets(ETATS_CIVILS.nom, {"saisir": apres_la_fiche, "corriger": apres_la_fiche})
    declarer_volets(
        Volet(HAUT, "passeport/volet.html", passeport_du_parcours, sur="parcours.parcours")
    )
    for flux in tous:
        dites = DE_LA_DECLARATION if flux is PASSAGES else {}
        declarer_suites(flux.nom, {un.nom: dites.get(un.nom, PERSONNE) for un in flux.table})
