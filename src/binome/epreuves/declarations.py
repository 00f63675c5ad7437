"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.epreuves.convoquer import prevenir_qui_est_convoque
from binome.epreuves.flows import (
    AMENAGEMENTS,
    ATTESTATIONS,
    AVIS,
    GRILLES,
    PASSATIONS,
    VERDICTS,
)
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
    VerdictDeCompetence,
)
from binome.epreuves.registre import GARDE, archiver, effacer, finir_avec_le_parcours
from binome.epreuves.suivre import quitter_la_session, suivre_le_creneau, tomber_avec_le_creneau
from binome.epreuves.volets import epreuves_du_parcours
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import declarer
from binome.parcours.flows import FLUX as PARCOURS
from binome.sessions.fin_de_parcours import FINISSENT
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS
from binome.socle.sort_des_champs import CODE, DOSSIER, FAITS, MORALE, declarer_champs

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
CONVOQUER: Final = {
    "convoquer": Suite(
        "la personne, d’un courriel pour toutes ses épreuves", prevenir_qui_est_convoque
    )
}
CHAMPS: Final[Champs] = {
    "epreuves.Passation": {"etat": CODE, "epreuve": CODE, "parties": CODE, "raison": CODE},
    "epreuves.Amenagement": {"etat": CODE, "epreuve": CODE, "mesure": CODE, "precision": DOSSIER},
    "epreuves.Grille": {"etat": CODE, "appareil": CODE},
    "epreuves.VerdictDeCompetence": {
        "etat": CODE,
        "competence": CODE,
        "verdict": CODE,
        "observation": DOSSIER,
    },
    "epreuves.AvisDeTuteur": {"etat": CODE, "verdict": CODE, "observation": DOSSIER},
    "epreuves.AttestationAfgsu": {"etat": CODE, "obtenue_le": FAITS, "cesu": MORALE},
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Passation),
        suivie(Amenagement, personnel=True),
        suivie(Grille, personnel=True),
        suivie(VerdictDeCompetence, personnel=True),
        suivie(AvisDeTuteur, personnel=True),
        suivie(AttestationAfgsu),
    )
    declarer_champs(CHAMPS)
    declarer_evenements(Evenement(GARDE, "Ce qui reste d’une grille est redit, sans personne."))
    declarer_attaches(Attache("epreuves", None, effacer, archiver))
    tous = (PASSATIONS, AMENAGEMENTS, GRILLES, VERDICTS, AVIS, ATTESTATIONS)
    declarer_flux(*tous)
    declarer_effets(PARCOURS.nom, dict.fromkeys(FINISSENT, finir_avec_le_parcours))
    declarer_effets(
        CRENEAUX.nom,
        {
            "deplacer": suivre_le_creneau,
            "annuler": tomber_avec_le_creneau,
            "tomber": tomber_avec_le_creneau,
        },
    )
    declarer_effets(INSCRIPTIONS.nom, {"retirer": quitter_la_session, "oter": quitter_la_session})
    declarer_volets(
        Volet(HAUT, "epreuves/volet.html", epreuves_du_parcours, sur="parcours.parcours")
    )
    for flux in tous:
        dites = {un.nom: PERSONNE_ENCORE for un in flux.table}
        declarer_suites(flux.nom, {**dites, **(CONVOQUER if flux is PASSATIONS else {})})
