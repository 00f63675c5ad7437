"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import declarer
from binome.livret.flows import (
    ABONNEMENTS,
    APPRECIATIONS,
    CARTES,
    GLISSEMENTS,
    RAPPELS,
    SIGNATURES,
    TUTORATS,
)
from binome.livret.models import (
    AbonnementDAppareil,
    Appreciation,
    CarteDeSemaine,
    CarteScannee,
    Glissement,
    RappelDeCarte,
    SignatureDeCarte,
    Tutorat,
)
from binome.livret.nomination import prevenir_qui_est_nomme
from binome.livret.papier_flux import CARTES_SCANNEES, declarer_les_scans
from binome.livret.rayons import declarer_le_rayon
from binome.livret.registre import GARDE, archiver, effacer
from binome.livret.reouvrir import rouvrir_ce_qui_est_conteste
from binome.livret.volets import livret_du_parcours
from binome.socle.sort_des_champs import CODE, COMPTE, DOSSIER, EMPREINTE, FAITS, declarer_champs

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")
NOMMER: Final = {"nommer": Suite("qui est nommé, sauf par soi-même", prevenir_qui_est_nomme)}
CHAMPS: Final[Champs] = {
    "livret.Tutorat": {"etat": CODE},
    "livret.CarteDeSemaine": {"etat": CODE, "semaine": FAITS},
    "livret.Appreciation": {
        "etat": CODE,
        "competence": CODE,
        "valeur": CODE,
        "phrase": DOSSIER,
        "cote": CODE,
        "appareil": CODE,
    },
    "livret.SignatureDeCarte": {
        "etat": CODE,
        "cote": CODE,
        "moyen": CODE,
        "empreinte": EMPREINTE,
        "image": EMPREINTE,
    },
    "livret.CarteScannee": {
        "etat": CODE,
        "semaines": CODE,
        "confirmees": CODE,
        "fichier": EMPREINTE,
        "empreinte": EMPREINTE,
        "type": CODE,
    },
    "livret.RappelDeCarte": {"etat": CODE, "derniere": FAITS},
    "livret.AbonnementDAppareil": {"etat": CODE, "adresse": COMPTE},
    "livret.Glissement": {"etat": CODE, "tache": CODE, "base": EMPREINTE},
}


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Tutorat),
        suivie(CarteDeSemaine),
        suivie(Appreciation, personnel=True),
        suivie(SignatureDeCarte),
        suivie(Glissement),
        suivie(RappelDeCarte),
        suivie(AbonnementDAppareil, personnel=True),
        suivie(CarteScannee),
    )
    declarer_champs(CHAMPS)
    declarer_le_rayon()
    declarer_les_scans()
    declarer_evenements(Evenement(GARDE, "Ce qui reste d’une carte est redit, sans personne."))
    declarer_attaches(Attache("livret", None, effacer, archiver))
    tous = (
        TUTORATS, CARTES, APPRECIATIONS, SIGNATURES, GLISSEMENTS, RAPPELS, ABONNEMENTS, CARTES_SCANNEES,
    )  # fmt: skip
    declarer_flux(*tous)
    declarer_volets(Volet(HAUT, "livret/volet.html", livret_du_parcours, sur="parcours.parcours"))
    declarer_effets(SIGNATURES.nom, {"contester": rouvrir_ce_qui_est_conteste})
    for flux in tous:
        dites = {un.nom: PERSONNE_ENCORE for un in flux.table}
        declarer_suites(flux.nom, {**dites, **(NOMMER if flux is TUTORATS else {})})
