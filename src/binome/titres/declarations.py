"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    DOSSIER,
    EMPREINTE,
    FAITS,
    MORALE,
    Declaration,
    Sort,
    declarer_champs,
)
from binome.titres.badges import CREER
from binome.titres.cles import TOURNER
from binome.titres.flows import DUPLICATAS, TITRES
from binome.titres.mentions import DONNER, nom_des_mentions
from binome.titres.models import (
    AnneeDeTitres,
    Badge,
    CleDeBadge,
    Duplicata,
    MentionsDuTitre,
    Titre,
)
from binome.titres.rayons import declarer_le_rayon
from binome.titres.registre import GARDE, archiver, effacer
from binome.titres.sceller import SCELLER
from binome.titres.volets import papiers_du_titre, titres_a_delivrer, titres_du_parcours

if TYPE_CHECKING:
    from django.db.models import Model

    from binome.socle.sort_des_champs import Champs

PERSONNE: Final = Suite("personne : la page le montre")
SON_TITULAIRE: Final = Suite(
    "la personne candidate, par un courriel de la branche ou de l’organisme"
)
"""The mail itself is a room above's to write."""
SIGNE: Final = Declaration(
    Sort.GARDE, "Qui signe pour une organisation : son nom est sur chaque papier qu’elle délivre."
)
CHAMPS: Final[Champs] = {
    "titres.Titre": {
        "etat": CODE,
        "nature": CODE,
        "jeton": CODE,
        "sel": CODE,
        "referentiel": CODE,
        "blocs": CODE,
        "contenu": FAITS,
        "titulaire": DOSSIER,
        "delivre_le": FAITS,
        "fichier": EMPREINTE,
        "empreinte": EMPREINTE,
        "motif_du_retrait": CODE,
        "raison": DOSSIER,
    },
    "titres.Duplicata": {
        "etat": CODE,
        "delivre_le": FAITS,
        "fichier": EMPREINTE,
        "empreinte": EMPREINTE,
    },
    "titres.MentionsDuTitre": {
        "rncp": CODE,
        "decision_le": MORALE,
        "certificateur": DE_LA_BRANCHE,
        "intitule": DE_LA_BRANCHE,
        "niveau": DE_LA_BRANCHE,
        "niveau_europeen": DE_LA_BRANCHE,
        "nsf": DE_LA_BRANCHE,
        "lieu": DE_LA_BRANCHE,
        "signataire": SIGNE,
        "qualite": SIGNE,
    },
    "titres.CleDeBadge": {"code": CODE, "publique": EMPREINTE},
}
SUITES: Final = {"delivrer": SON_TITULAIRE, "revoquer": SON_TITULAIRE}
HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {
    AnneeDeTitres: "Une ligne que l’on tient le temps de tirer un numéro : les numéros sont ceux des titres.",
}
"""The tables that the journal does not tell of, and why."""


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Titre, personnel=True),
        suivie(Duplicata),
        TableSuivie(
            MentionsDuTitre, ("emetteur_id",), lambda _, emetteur: (nom_des_mentions(emetteur), "")
        ),
        TableSuivie(Badge, ("titre_id",), lambda _, titre: (f"titre:{titre}", "")),
        TableSuivie(CleDeBadge, (), lambda numero: (f"cledebadge:{numero}", "")),
    )
    declarer_champs(CHAMPS)
    declarer_le_rayon()
    declarer_evenements(
        Evenement(DONNER, "Les mentions imprimées sur les titres sont données."),
        Evenement(CREER, "Les badges d’un titre prennent leur place."),
        Evenement(SCELLER, "Le papier d’un titre est scellé."),
        Evenement(TOURNER, "Une autre clé signe les badges."),
        Evenement(GARDE, "Ce qui reste d’un titre est redit, sans personne."),
    )
    declarer_attaches(Attache("titres", None, effacer, archiver))
    declarer_volets(
        Volet(HAUT, "titres/volet_du_parcours.html", titres_du_parcours, sur="parcours.parcours"),
        Volet(HAUT, "titres/volet_du_titre.html", papiers_du_titre, sur="titres.titre"),
        Volet(HAUT, "titres/volet_du_jury.html", titres_a_delivrer, sur="jurys.jury"),
    )
    for flux in (TITRES, DUPLICATAS):
        declarer_flux(flux)
        declarer_suites(flux.nom, {un.nom: SUITES.get(un.nom, PERSONNE) for un in flux.table})
