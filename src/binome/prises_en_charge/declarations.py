"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts, what it does after others."""

from __future__ import annotations

from typing import Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_effets, declarer_suites
from binome.gestes.volets import HAUT, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.presences.flows import PRESENCES
from binome.prises_en_charge.baremes import BAREME, ENVELOPPE, objet_du_payeur
from binome.prises_en_charge.certificats import SCELLER
from binome.prises_en_charge.conges import DIRE, RETIRER, heures_en_conge, objet_des_conges
from binome.prises_en_charge.documents import JOINDRE
from binome.prises_en_charge.flows import CERTIFICATS, ETATS_DE_SERVICE, PRISES_EN_CHARGE
from binome.prises_en_charge.models import (
    BaremeDuPayeur,
    CertificatDeRealisation,
    DocumentDePriseEnCharge,
    EnveloppeDuPayeur,
    EtatDeService,
    JoursDeConge,
    PriseEnCharge,
)
from binome.prises_en_charge.payerait import declarer_un_controle
from binome.prises_en_charge.rayons import declarer_les_rayons
from binome.prises_en_charge.registre import CHAMPS, GARDE, archiver, effacer
from binome.prises_en_charge.suites import apres_un_accord, apres_un_gel, apres_une_correction
from binome.prises_en_charge.volets import (
    la_prise,
    le_certificat,
    le_mois,
    prises_du_parcours,
)
from binome.sessions.flows import CRENEAUX
from binome.socle.sort_des_champs import declarer_champs

PERSONNE: Final = Suite("personne : la page le montre")


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(PriseEnCharge, personnel=True),
        TableSuivie(
            EtatDeService,
            (),
            lambda numero: (f"etatdeservice:{numero}", ""),
            {
                "version": "Un compteur : chaque entrée l’avance.",
                "detail": "Les créneaux : leur empreinte est dite.",
                "ecarts": "Compté de nouveau à chaque contrôle, de ce que d’autres lignes disent.",
            },
        ),
        suivie(CertificatDeRealisation, personnel=True),
        TableSuivie(
            DocumentDePriseEnCharge,
            ("prise_en_charge_id",),
            lambda _, prise: (f"priseencharge:{prise}", ""),
        ),
        TableSuivie(
            BaremeDuPayeur,
            ("payeur_id",),
            lambda _, payeur: (objet_du_payeur(payeur), ""),
        ),
        TableSuivie(
            EnveloppeDuPayeur,
            ("payeur_id",),
            lambda _, payeur: (objet_du_payeur(payeur), ""),
        ),
    )
    declarer(
        TableSuivie(
            JoursDeConge,
            ("employeur_id",),
            lambda _, employeur: (objet_des_conges(employeur), ""),
        )
    )
    declarer_un_controle(heures_en_conge)
    declarer_champs(CHAMPS)
    declarer_les_rayons()
    declarer_evenements(
        Evenement(GARDE, "Ce qui reste d’une prise en charge est redit, sans personne."),
        Evenement(BAREME, "Un financeur donne un barème."),
        Evenement(ENVELOPPE, "Un financeur dit ses fonds d’une année."),
        Evenement(DIRE, "Un employeur dit des jours de congé."),
        Evenement(RETIRER, "Un employeur retire des jours de congé."),
        Evenement(JOINDRE, "Un document est joint à une prise en charge."),
        Evenement(SCELLER, "Le papier d’un certificat de réalisation est scellé."),
    )
    declarer_attaches(Attache("prises_en_charge", None, effacer, archiver))
    ici = "prises_en_charge"
    declarer_volets(
        Volet(HAUT, f"{ici}/volet_du_parcours.html", prises_du_parcours, sur="parcours.parcours"),
        Volet(HAUT, f"{ici}/volet_de_la_prise.html", la_prise, sur=f"{ici}.priseencharge"),
        Volet(HAUT, f"{ici}/volet_du_mois.html", le_mois, sur=f"{ici}.etatdeservice"),
        Volet(
            HAUT, f"{ici}/volet_du_certificat.html", le_certificat, sur=f"{ici}.certificatderealisation"
        ),
    )  # fmt: skip
    tous = (PRISES_EN_CHARGE, ETATS_DE_SERVICE, CERTIFICATS)
    declarer_flux(*tous)
    declarer_effets(PRESENCES.nom, {"corriger": apres_une_correction})
    declarer_effets(CRENEAUX.nom, {"geler": apres_un_gel})
    declarer_effets(
        PRISES_EN_CHARGE.nom, dict.fromkeys(("accorder", "accorder_en_partie"), apres_un_accord)
    )
    for flux in tous:
        declarer_suites(flux.nom, {un.nom: PERSONNE for un in flux.table})
