"""Invoices and credit notes: numbered without gap, a month billed once, never changed.

Whoever issues one holds the row of the organisation's year first: a transaction that fails leaves no number behind it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from binome.factures.composition_des_factures import electronique
from binome.factures.etats import NatureDeFacture, RaisonDAvoir
from binome.factures.flows import FACTURES
from binome.factures.mentions import mentions_en_vigueur
from binome.factures.models import (
    Facture,
    LigneDeFacture,
    MentionsDeFacture,
    NumerotationDeFactures,
)
from binome.facturx.facture_electronique import FactureImpossible, PartieALaFacture, verifier
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, naitre
from binome.journal.lignes import lignes as lignes_du_journal
from binome.journal.services import Ecriture, ecrire
from binome.prises_en_charge.etats import EtatDeCertificat, EtatDUnEtatDeService
from binome.prises_en_charge.models import CertificatDeRealisation, EtatDeService
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.prises_en_charge.models import PriseEnCharge

LIGNES: Final = "factures.lignes"
"""The entry that keeps what an invoice bills."""
SANS_MENTIONS: Final = "Dites d’abord, une fois pour toutes, ce que vos factures portent : adresse, déclaration d’activité, attestation d’exonération, délais."
RIEN: Final = "Ces mois sont déjà facturés, ou ne sont plus à facturer : relisez la page."
MOIS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True)
class AcheteurDit:
    """Who buys, as the organisation says it: an organisation of Binôme or words, and an address."""

    nom: str
    adresse: str
    code_postal: str
    ville: str
    siret: str = ""
    organisation: Organisation | None = None


def a_facturer(organismes: Collection[int]) -> QuerySet[EtatDeService]:
    """The months that organisations may bill today: accepted, worth something, certified, and not billed (or taken back since)."""
    certifie = CertificatDeRealisation.objects.filter(
        etat_de_service=OuterRef("pk"), etat=EtatDeCertificat.DELIVRE
    )
    tenue = LigneDeFacture.objects.filter(
        etat_de_service=OuterRef("pk"), sens=NatureDeFacture.FACTURE, avoir__isnull=True
    )
    return (
        EtatDeService.objects.filter(
            ~Exists(tenue),
            Exists(certifie),
            prise_en_charge__organisme__in=organismes,
            etat=EtatDUnEtatDeService.ACCEPTE,
            montant_cents__gte=1,
        )
        .select_related("prise_en_charge__parcours__dossier", "prise_en_charge__payeur")
        .order_by("prise_en_charge", "mois", "pk")
    )


def avoirs_a_faire(organismes: Collection[int]) -> QuerySet[LigneDeFacture]:
    """The lines billed for a month that was said again, or sent back, since: each asks for its credit note."""
    return (
        LigneDeFacture.objects.filter(
            sens=NatureDeFacture.FACTURE,
            avoir__isnull=True,
            facture__organisme__in=organismes,
            etat_de_service__etat__in=(
                EtatDUnEtatDeService.REMPLACE,
                EtatDUnEtatDeService.RENVOYE,
            ),
        )
        .select_related("facture", "etat_de_service")
        .order_by("facture", "pk")
    )


def dernier_acheteur(prise: PriseEnCharge) -> dict[str, str]:
    """The buyer of the last invoice to the same one, to be proposed again; else what is known of who buys."""
    memes = Facture.objects.filter(
        organisme=prise.organisme_id,
        acheteur=prise.employeur_id,
        nature=NatureDeFacture.FACTURE,
    )
    if prise.employeur_id is None:
        memes = memes.filter(prise_en_charge__parcours=prise.parcours_id)
    derniere = memes.order_by("-annee", "-rang").first()
    if derniere is not None:
        return {nom: str(dit) for nom, dit in derniere.contenu["acheteur"].items()}
    nom = prise.nom_du_payeur if prise.employeur is None else prise.employeur.nom
    siret = "" if prise.employeur is None else prise.employeur.identifiant
    return {"nom": nom, "siret": siret if len(siret) == 14 else ""}


def emettre(
    prise: PriseEnCharge, etats: Collection[int], par: Acteur, acheteur: AcheteurDit
) -> Facture:
    """An invoice of these months of an agreement, all of them or none. Raises GesteImpossible."""
    try:
        return _emettre(prise, etats, par, acheteur)
    except IntegrityError:
        raise GesteImpossible(RIEN) from None


@transaction.atomic
def _emettre(
    prise: PriseEnCharge, etats: Collection[int], par: Acteur, acheteur: AcheteurDit
) -> Facture:
    if not etats:
        raise GesteImpossible("Choisissez au moins un mois à facturer.")
    le = timezone.localdate()
    rang = _prochain_rang(prise.organisme, le.year)
    mentions = mentions_en_vigueur(prise.organisme_id)
    if mentions is None:
        raise GesteImpossible(SANS_MENTIONS)
    list(EtatDeService.objects.select_for_update(of=("self",)).filter(pk__in=etats).order_by("pk"))
    mois = list(a_facturer([prise.organisme_id]).filter(pk__in=etats, prise_en_charge=prise))
    if len(mois) != len(set(etats)):
        raise GesteImpossible(RIEN)
    lignes = _lignes(prise, mois)
    facture = Facture(
        nature=NatureDeFacture.FACTURE, organisme=prise.organisme, annee=le.year, rang=rang,
        prise_en_charge=prise, payeur=prise.payeur, acheteur=acheteur.organisation, le=le,
        echeance=le + timedelta(days=mentions.delai), total_cents=sum(une.montant_cents for une in lignes),
        contenu=_contenu(prise, mentions, acheteur), emise_par=par.personne,
        essai=prise.essai or mentions.essai,
    )  # fmt: skip
    return _naitre(facture, lignes, par)


def _prochain_rang(organisme: Organisation, annee: int) -> int:
    """The next number of an organisation's year, whose row stays held until the transaction ends."""
    NumerotationDeFactures.objects.get_or_create(organisme=organisme, annee=annee)
    NumerotationDeFactures.objects.select_for_update().get(organisme=organisme, annee=annee)
    tirees = Facture.objects.filter(organisme=organisme, annee=annee)
    return (tirees.aggregate(dernier=Max("rang"))["dernier"] or 0) + 1


def _lignes(prise: PriseEnCharge, mois: Sequence[EtatDeService]) -> list[LigneDeFacture]:
    certificats = {
        un.etat_de_service_id: un
        for un in CertificatDeRealisation.objects.filter(
            etat_de_service__in=[un.pk for un in mois], etat=EtatDeCertificat.DELIVRE
        ).order_by("pk")
    }
    deja = dict(
        LigneDeFacture.objects.filter(
            etat_de_service__in=[un.pk for un in mois], sens=NatureDeFacture.FACTURE
        )
        .order_by()
        .values_list("etat_de_service")
        .annotate(fois=Count("pk"))
    )
    return [
        LigneDeFacture(
            sens=NatureDeFacture.FACTURE, etat_de_service=un, fois=deja.get(un.pk, 0) + 1,
            designation=_designation(certificats[un.pk], un), du=certificats[un.pk].du, au=certificats[un.pk].au,
            minutes=un.minutes_payables, taux_cents=prise.taux_horaire_cents or 0, montant_cents=un.montant_cents,
        )
        for un in mois
    ]  # fmt: skip


def _designation(certificat: CertificatDeRealisation, etat: EtatDeService) -> str:
    """What is billed, of nobody by name."""
    intitule = str(certificat.contenu.get("intitule", "Action de formation"))
    mois = elider("de", f"{MOIS[etat.mois.month - 1]} {etat.mois.year}")
    return f"{intitule[:120]}, heures suivies {mois}"


def _contenu(
    prise: PriseEnCharge, mentions: MentionsDeFacture, acheteur: AcheteurDit
) -> dict[str, Any]:
    """What the paper says, as it is today."""
    organisme = prise.organisme
    vendeur = PartieALaFacture(
        organisme.nom, mentions.adresse, mentions.code_postal, mentions.ville,
        siret=organisme.identifiant, numero_de_tva=mentions.numero_de_tva,
    )  # fmt: skip
    achete = PartieALaFacture(
        acheteur.nom, acheteur.adresse, acheteur.code_postal, acheteur.ville, siret=acheteur.siret
    )
    return {
        "vendeur": asdict(vendeur),
        "acheteur": asdict(achete),
        "payeur": prise.nom_du_payeur if prise.subrogation else acheteur.nom,
        "accord": prise.numero_d_accord,
        "dossier": prise.parcours.dossier.reference,
        "attestation": f"{mentions.attestation_le:%d/%m/%Y}",
        "iban": mentions.iban,
        "mentions": {
            "activite": f"Déclaration d’activité enregistrée sous le numéro {mentions.declaration}.",
            "penalites": mentions.penalites,
            "indemnite": mentions.indemnite,
            "escompte": mentions.escompte,
        },
    }


def _naitre(facture: Facture, lignes: list[LigneDeFacture], par: Acteur) -> Facture:
    """Writes the paper and its lines, checked as the standard asks. Raises GesteImpossible."""
    try:
        verifier(electronique(facture, lignes))
    except FactureImpossible as impossible:
        raise GesteImpossible(str(impossible)) from None
    naitre(FACTURES, "emettre", [facture], par, apres={"numero": facture.numero, "cents": facture.total_cents})  # fmt: skip
    for une in lignes:
        une.facture = facture
    LigneDeFacture.objects.bulk_create(lignes)
    ecrire(
        Ecriture(LIGNES, facture.objet, auteur=par.nom_au_journal, lignes=lignes_du_journal(lignes))
    )
    return facture


def faire_un_avoir(facture: Facture, voulues: Collection[int], par: Acteur, raison: str) -> Facture:
    """A credit note that takes back these lines of an invoice, each whole. Raises GesteImpossible."""
    try:
        return _faire_un_avoir(facture, voulues, par, raison)
    except IntegrityError:
        raise GesteImpossible("Un avoir reprend déjà ces lignes : relisez la page.") from None


@transaction.atomic
def _faire_un_avoir(
    facture: Facture, voulues: Collection[int], par: Acteur, raison: str
) -> Facture:
    if raison not in RaisonDAvoir.values:
        raise GesteImpossible("Choisissez pourquoi.", champ="raison")
    if facture.nature != NatureDeFacture.FACTURE:
        raise GesteImpossible("Un avoir corrige une facture, pas un autre avoir.")
    le = timezone.localdate()
    rang = _prochain_rang(facture.organisme, le.year)
    tenue = Facture.objects.select_for_update(of=("self",)).get(pk=facture.pk)
    ouvertes = list(tenue.lignes.filter(avoir__isnull=True).order_by("pk"))
    reprises = [une for une in ouvertes if une.pk in voulues]
    if not voulues:
        raise GesteImpossible("Choisissez au moins une ligne à reprendre.")
    if len(reprises) != len(set(voulues)):
        raise GesteImpossible("Un avoir reprend déjà ces lignes : relisez la page.")
    avoir = Facture(
        nature=NatureDeFacture.AVOIR, organisme=facture.organisme, annee=le.year, rang=rang,
        prise_en_charge=facture.prise_en_charge, payeur=facture.payeur, acheteur=facture.acheteur,
        corrige=tenue, raison=raison, le=le, echeance=le,
        total_cents=sum(une.montant_cents for une in reprises), contenu=tenue.contenu,
        emise_par=par.personne, essai=tenue.essai,
    )  # fmt: skip
    lignes = [
        LigneDeFacture(
            sens=NatureDeFacture.AVOIR, etat_de_service=une.etat_de_service, fois=une.fois, corrige=une,
            designation=une.designation, du=une.du, au=une.au, minutes=une.minutes,
            taux_cents=une.taux_cents, montant_cents=une.montant_cents,
        )
        for une in reprises
    ]  # fmt: skip
    _naitre(avoir, lignes, par)
    if len(reprises) == len(ouvertes):
        faire_par_la_maison(FACTURES, "annuler", [tenue])
    return avoir


def trous(organisme: int, annee: int) -> list[int]:
    """The numbers that are missing in a year, which is never any: for who controls."""
    tires = set(
        Facture.objects.filter(Q(organisme=organisme, annee=annee)).values_list("rang", flat=True)
    )
    return [rang for rang in range(1, max(tires, default=0) + 1) if rang not in tires]
