"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import declarer
from binome.jurys.annonces import PERSONNE, SUITES
from binome.jurys.flows import (
    DECISIONS,
    JURYS,
    MEMBRES,
    PLACES,
    PRESENTATIONS,
    PROCES_VERBAUX,
    RECOURS,
    REGLEMENTS,
    VAES,
)
from binome.jurys.membres_flux import GARDE as GARDE_DU_MEMBRE
from binome.jurys.models import (
    DecisionDeBloc,
    DemarcheVae,
    Jury,
    MembreDeJury,
    PlaceAuJury,
    Presentation,
    ProcesVerbal,
    RecoursDeJury,
    ReglementDeJury,
)
from binome.jurys.rayons import declarer_les_rayons
from binome.jurys.registre import CHAMPS, GARDE, archiver, effacer
from binome.jurys.sceller import SCELLER
from binome.jurys.volets import recours_dit, resultats_du_parcours, vae_dite
from binome.socle.sort_des_champs import declarer_champs


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(ReglementDeJury),
        suivie(MembreDeJury, personnel=True),
        suivie(Jury),
        suivie(PlaceAuJury),
        suivie(Presentation),
        suivie(DecisionDeBloc, personnel=True),
        suivie(RecoursDeJury, personnel=True),
        suivie(ProcesVerbal, personnel=True),
        suivie(DemarcheVae, personnel=True),
    )
    declarer_les_rayons()
    declarer_champs(CHAMPS)
    declarer_attaches(Attache("jurys", None, effacer, archiver))
    declarer_evenements(
        Evenement(GARDE, "Ce qui reste de ce qu’un jury a décidé est redit, sans les mots."),
        Evenement(SCELLER, "Un procès-verbal est scellé."),
        Evenement(
            GARDE_DU_MEMBRE, "Ce qui reste d’une personne qui siégeait est redit, sans son nom."
        ),
    )
    tous = (
        REGLEMENTS,
        MEMBRES,
        JURYS,
        PLACES,
        PRESENTATIONS,
        DECISIONS,
        PROCES_VERBAUX,
        RECOURS,
        VAES,
    )
    declarer_flux(*tous)
    for flux in tous:
        siennes = SUITES.get(flux.nom, {})
        declarer_suites(flux.nom, {un.nom: siennes.get(un.nom, PERSONNE) for un in flux.table})
    declarer_volets(
        Volet(HAUT, "jurys/resultat.html", resultats_du_parcours, sur="parcours.parcours"),
        Volet(HAUT, "jurys/volet_recours.html", recours_dit, sur="jurys.recoursdejury"),
        Volet(HAUT, "jurys/volet_vae.html", vae_dite, sur="jurys.demarchevae"),
    )
