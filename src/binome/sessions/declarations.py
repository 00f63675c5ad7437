"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.tables import declarer
from binome.parcours.flows import FLUX as PARCOURS
from binome.reseau.flows import FORMATEURS
from binome.sessions.abonnement import ABONNEMENTS, SUITES_DES_ABONNEMENTS
from binome.sessions.abonnement_modeles import AbonnementAuxCreneaux
from binome.sessions.confier import confier_les_creneaux
from binome.sessions.fin_de_parcours import FINISSENT, oter_du_parcours
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS, SESSIONS
from binome.sessions.models import Creneau, Inscription, Session
from binome.sessions.prevenir import (
    SUITES_DES_CRENEAUX,
    SUITES_DES_INSCRIPTIONS,
    SUITES_DES_SESSIONS,
)
from binome.sessions.registre import archiver, rien_de_plus
from binome.sessions.vues.miens import au_parcours
from binome.socle.sort_des_champs import CODE, EMPREINTE, FAITS, MORALE, declarer_champs

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "sessions_de_formation.Session": {
        "etat": CODE,
        "certification": CODE,
        "referentiel": CODE,
        "blocs": CODE,
        "debut": MORALE,
        "jours": CODE,
        "modalite": CODE,
    },
    "sessions_de_formation.Creneau": {
        "etat": CODE,
        "module": CODE,
        "modalite": CODE,
        "salle": MORALE,
        "lien": MORALE,
    },
    "sessions_de_formation.Inscription": {
        "etat": CODE,
        "blocs": CODE,
        "raison": CODE,
        "depuis": FAITS,
    },
    "sessions_de_formation.AbonnementAuxCreneaux": {"etat": CODE, "jeton": EMPREINTE},
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Session),
        suivie(Creneau),
        suivie(Inscription),
        suivie(AbonnementAuxCreneaux),
    )
    declarer_champs(CHAMPS)
    declarer_flux(SESSIONS, CRENEAUX, INSCRIPTIONS, ABONNEMENTS)
    declarer_suites(SESSIONS.nom, SUITES_DES_SESSIONS)
    declarer_suites(CRENEAUX.nom, SUITES_DES_CRENEAUX)
    declarer_suites(INSCRIPTIONS.nom, SUITES_DES_INSCRIPTIONS)
    declarer_suites(ABONNEMENTS.nom, SUITES_DES_ABONNEMENTS)
    declarer_effets(PARCOURS.nom, dict.fromkeys(FINISSENT, oter_du_parcours))
    declarer_effets(FORMATEURS.nom, dict.fromkeys(("rattacher", "corriger"), confier_les_creneaux))
    declarer_attaches(Attache("sessions", None, rien_de_plus, archiver))
    declarer_volets(Volet(HAUT, "sessions/au_parcours.html", au_parcours, sur="parcours.parcours"))
