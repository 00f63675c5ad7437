"""Months that may be billed, out of the made-up world of agreements; and a life that fills every table of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from binome.banque.lire_a_part import lire_un_releve
from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation
from binome.comptes.services import creer_organisation, donner_role
from binome.depot.controle import Document
from binome.factures.depenses import DepenseDite, declarer, dire_une_avance
from binome.factures.emettre import AcheteurDit, emettre, faire_un_avoir
from binome.factures.mentions import MentionsDites, donner_les_mentions, mentions_en_vigueur
from binome.factures.reglements import importer
from binome.gestes.services import faire
from binome.prises_en_charge.certificats import delivrer
from binome.prises_en_charge.flows import ETATS_DE_SERVICE
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from tests.dossiers.monde import dire, personne
from tests.prises_en_charge.monde import Paye, deux_mois, un_jour
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.factures.models import Facture

SIRET: Final = "73282932000074"
MENTIONS: Final = MentionsDites(
    {
        "adresse": "1 rue de l’Essai", "code_postal": "75001", "ville": "Paris", "declaration": "11 75 00000 75",
        "penalites": "Pénalités d’essai.", "indemnite": "Indemnité d’essai.", "escompte": "Pas d’escompte.",
        "iban": "FR76 3000 6000 0112 3456 7890 189", "numero_de_tva": "",
    },
    date(2025, 1, 15),
    30,
)  # fmt: skip


@dataclass
class Facturable:
    """Two accepted and certified months of an agreement, an employer, who answers for each."""

    paye: Paye
    prise: PriseEnCharge
    employeur: Organisation
    eric: Personne

    @property
    def alice(self) -> Acteur:
        """Who manages the organisation."""
        return self.paye.alice

    @property
    def patron(self) -> Acteur:
        """Who answers for the employer."""
        return Acteur(self.eric)

    @property
    def lea(self) -> Acteur:
        """Who follows the training."""
        return Acteur(self.paye.monde.lea)

    @property
    def acheteur(self) -> AcheteurDit:
        """The employer, as the organisation says it."""
        return AcheteurDit(
            self.employeur.nom, "2 rue de l’Essai", "69001", "Lyon", organisation=self.employeur
        )

    def mois(self) -> list[EtatDeService]:
        """The months that hold."""
        return self.paye.etats()

    def facturer(self, *mois: EtatDeService) -> Facture:
        """An invoice of these months, of both where none is named."""
        voulus = [un.pk for un in mois or self.mois()]
        return emettre(self.prise, voulus, self.alice, self.acheteur)

    def accepter(self) -> None:
        """The payer accepts what waits, and each month has its certificate."""
        for un in self.mois():
            if un.etat == "etabli":
                faire(ETATS_DE_SERVICE, "accepter", un, self.paye.payeur, version=un.version)
            if un.minutes_prouvees and not un.certificats.filter(etat="delivre").exists():
                delivrer(un, self.alice)


def rendre_facturable(paye: Paye, prise: PriseEnCharge) -> Facturable:
    """What is needed to bill: numbers, an employer, accepted months and their certificates."""
    organisme = paye.monde.organisme
    Organisation.objects.filter(pk=organisme.pk).update(identifiant=SIRET)
    dire(f"organisation:{organisme.pk}", Organisation.objects.get(pk=organisme.pk))
    employeur = creer_organisation("cabinet", "Cabinet d’essai", exemple=organisme.exemple)
    eric = personne("eric")
    donner_role(eric, employeur, "employeur")
    PriseEnCharge.objects.filter(pk=prise.pk).update(employeur=employeur)
    dire(prise.objet, PriseEnCharge.objects.get(pk=prise.pk))
    tenues = mentions_en_vigueur(organisme.pk)
    organisme = Organisation.objects.get(pk=organisme.pk)
    donner_les_mentions(organisme, paye.alice, MENTIONS, vues=0 if tenues is None else tenues.pk)
    prete = PriseEnCharge.objects.select_related(
        "organisme", "payeur", "employeur", "parcours__dossier"
    ).get(pk=prise.pk)
    gens = Facturable(paye, prete, employeur, eric)
    gens.accepter()
    return gens


@remembre
def facturable() -> Facturable:
    """Seven hours, then three hours and a half, at 20 €: 140 € and 70 €."""
    paye = deux_mois()
    return rendre_facturable(paye, PriseEnCharge.objects.get())


def un_justificatif(dit: bytes = b"justificatif d'essai") -> Document:
    """A receipt, made up."""
    return Document(b"%PDF-1.4 " + dit + b" %%EOF", "pdf", "application/pdf", 1)


def un_fichier(*lignes: tuple[str, str, str]) -> bytes:
    """A bank's CSV of what came in: a day, an amount, a label."""
    return "\n".join(("Date;Montant;Libellé", *(";".join(une) for une in lignes), "")).encode()


def vivre_les_factures(paye: Paye) -> None:
    """A row in each table of the room."""
    prise = PriseEnCharge.objects.latest("pk")
    gens = rendre_facturable(paye, prise)
    facture = gens.facturer(*[un for un in gens.mois() if un.prise_en_charge_id == prise.pk][:1])
    faire_un_avoir(facture, [facture.lignes.get().pk], gens.alice, "erreur")
    autre = gens.facturer(*[un for un in gens.mois() if un.prise_en_charge_id == prise.pk][:1])
    jour = max(prise.debut, un_jour(gens.mois()[0].mois))
    declarer(gens.prise, gens.patron, DepenseDite("repas", jour, 1_500), un_justificatif())
    dire_une_avance(gens.prise, gens.lea, DepenseDite("trajet", jour, 2_000))
    euros = f"{autre.total_cents // 100},{autre.total_cents % 100:02}"
    lu = lire_un_releve(un_fichier((f"{jour:%d/%m/%Y}", euros, f"VIR {autre.numero}")))
    importer(paye.monde.organisme, gens.alice, lu)
