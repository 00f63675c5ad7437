"""What the room tells the rest of the house: its tables to the journal, what becomes of its texts, its shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.attaches import Attache, declarer_attaches
from binome.factures.comptes_de_factures import sommes_du_payeur
from binome.factures.emettre import LIGNES
from binome.factures.flows import AVANCES, DEPENSES, FACTURES, REGLEMENTS
from binome.factures.mentions import DONNER, objet_des_mentions
from binome.factures.models import (
    Avance,
    Depense,
    Facture,
    FichierDeBanque,
    Lettrage,
    LigneDeFacture,
    MentionsDeFacture,
    NumerotationDeFactures,
    Reglement,
)
from binome.factures.rayons import declarer_les_rayons
from binome.factures.registre import CHAMPS, archiver, effacer
from binome.factures.reglements import IMPORTER, objet_de_la_banque
from binome.factures.sceller import SCELLER
from binome.factures.volets import (
    argent_de_la_prise,
    volet_de_l_avance,
    volet_de_la_depense,
    volet_de_la_facture,
    volet_du_reglement,
)
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.volets import HAUT, TRAVAIL, Volet, declarer_volets
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.journal.tables import TableSuivie, declarer
from binome.prises_en_charge.fonds import declarer_des_sommes
from binome.socle.sort_des_champs import declarer_champs

if TYPE_CHECKING:
    from django.db.models import Model

PERSONNE: Final = Suite("personne : la page le montre")
HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {
    NumerotationDeFactures: "Une ligne que l’on tient le temps de tirer un numéro : les numéros sont ceux des factures.",
}
"""The tables that the journal does not tell of, and why."""


def declarer_tout() -> None:
    """Declares them, once models are ready."""
    declarer(
        suivie(Facture),
        suivie(Depense),
        suivie(Avance),
        suivie(Reglement, personnel=True),
        TableSuivie(LigneDeFacture, ("facture_id",), lambda _, facture: (f"facture:{facture}", "")),
        TableSuivie(Lettrage, ("reglement_id",), lambda _, reglement: (f"reglement:{reglement}", "")),
        TableSuivie(
            MentionsDeFacture, ("organisme_id",), lambda _, organisme: (objet_des_mentions(organisme), "")
        ),
        TableSuivie(
            FichierDeBanque, ("organisme_id",), lambda _, organisme: (objet_de_la_banque(organisme), "")
        ),
    )  # fmt: skip
    declarer_champs(CHAMPS)
    declarer_les_rayons()
    declarer_evenements(
        Evenement(DONNER, "Les mentions des factures d’un organisme sont données."),
        Evenement(LIGNES, "Les lignes d’une facture sont écrites."),
        Evenement(IMPORTER, "Un fichier de banque est lu."),
        Evenement(SCELLER, "Le papier d’une facture est scellé."),
    )
    declarer_volets(
        Volet(HAUT, "factures/volet_de_la_facture.html", volet_de_la_facture, sur="factures.facture"),
        Volet(HAUT, "factures/volet_de_la_depense.html", volet_de_la_depense, sur="factures.depense"),
        Volet(HAUT, "factures/volet_de_l_avance.html", volet_de_l_avance, sur="factures.avance"),
        Volet(HAUT, "factures/volet_du_reglement.html", volet_du_reglement, sur="factures.reglement"),
        Volet(TRAVAIL, "factures/volet_de_la_prise.html", argent_de_la_prise, sur="prises_en_charge.priseencharge"),
    )  # fmt: skip
    declarer_des_sommes(sommes_du_payeur)
    declarer_attaches(Attache("factures", None, effacer, archiver))
    for flux in (FACTURES, DEPENSES, AVANCES, REGLEMENTS):
        declarer_flux(flux)
        declarer_suites(flux.nom, {un.nom: PERSONNE for un in flux.table})
