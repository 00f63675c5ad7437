"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import declarer
from binome.presences.flows import ACTIVITES, PRESENCES, SIGNATURES
from binome.presences.gel import (
    constater_tout,
    redire,
    refuser_ce_qui_est_signe,
    refuser_trop_tard,
    suivre_la_fin,
)
from binome.presences.models import Activite, Presence, Signature
from binome.presences.rayons import declarer_le_rayon
from binome.presences.registre import GARDE, archiver, effacer
from binome.presences.volets import avancement_du_parcours
from binome.sessions.flows import CRENEAUX
from binome.socle.sort_des_champs import CODE, DOSSIER, EMPREINTE, declarer_champs

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
PAR_LA_CORRECTION: Final = Suite("la personne candidate, par la présence corrigée avec elle")
A_QUI_ENSEIGNE: Final = Suite("personne à part ; qui enseigne, dans le courriel du jour")
A_PART: Final = {"proposer": A_QUI_ENSEIGNE, "accepter": PAR_LA_CORRECTION}
DITS_PAR_COURRIEL: Final = ("corriger", "refuser")
"""The gestures whose mails the room of letters writes."""
CHAMPS: Final[Champs] = {
    "presences.Signature": {
        "etat": CODE,
        "moyen": CODE,
        "appareil": CODE,
        "image": EMPREINTE,
        "empreinte": EMPREINTE,
        "raison": CODE,
    },
    "presences.Activite": {"etat": CODE, "preuve": DOSSIER},
    "presences.Presence": {"etat": CODE, "nature": CODE, "raison": CODE},
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Signature, personnel=True),
        suivie(Presence),
        suivie(Activite, personnel=True),
    )
    declarer_champs(CHAMPS)
    declarer_le_rayon()
    declarer_evenements(Evenement(GARDE, "Ce qui reste d’une signature est redit, sans personne."))
    declarer_attaches(Attache("presences", None, effacer, archiver))
    declarer_flux(SIGNATURES, PRESENCES, ACTIVITES)
    declarer_volets(
        Volet(HAUT, "presences/avancement.html", avancement_du_parcours, sur="parcours.parcours")
    )
    declarer_effets(
        CRENEAUX.nom,
        {
            "ouvrir": refuser_trop_tard,
            "geler": constater_tout,
            "ecourter": suivre_la_fin,
            "deplacer": refuser_ce_qui_est_signe,
        },
    )
    declarer_effets(PRESENCES.nom, {"corriger": redire})
    declarer_suites(ACTIVITES.nom, {un.nom: PERSONNE_ENCORE for un in ACTIVITES.table})
    for flux in (SIGNATURES, PRESENCES):
        declarer_suites(
            flux.nom,
            {
                un.nom: A_PART.get(un.nom, PERSONNE_ENCORE)
                for un in flux.table
                if un.nom not in DITS_PAR_COURRIEL
            },
        )
