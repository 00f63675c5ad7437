"""An invoice is numbered without gap, bills a month once, is never changed; what is corrected asks for its credit note."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from binome.comptes.acteur import Acteur
from binome.factures.comptes_de_factures import compte_de
from binome.factures.emettre import (
    AcheteurDit,
    a_facturer,
    avoirs_a_faire,
    emettre,
    faire_un_avoir,
    trous,
)
from binome.factures.models import Facture, LigneDeFacture, MentionsDeFacture
from binome.factures.rayons import FACTURES_SCELLEES
from binome.factures.sceller import sceller_les_factures
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.presences.constat import CeQuiSEstPasse
from binome.presences.gel import corriger
from binome.presences.models import Presence
from binome.prises_en_charge.flows import ETATS_DE_SERVICE
from tests.factures.monde import Facturable, facturable

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def corrigee(gens: Facturable) -> None:
    """A slot of the first month is corrected: twenty minutes less."""
    presence = Presence.objects.select_related("creneau__session__site").earliest("pk")
    corriger(Acteur(gens.paye.monde.bob), presence, CeQuiSEstPasse(retard=20), "heure", version=presence.version)  # fmt: skip


def test_une_facture_dit_ses_mois_au_centime(gens: Facturable) -> None:
    facture = gens.facturer()
    assert facture.rang == 1
    assert [(une.minutes, une.taux_cents, une.montant_cents) for une in facture.lignes.all()] == [
        (420, 2_000, 14_000),
        (210, 2_000, 7_000),
    ]
    assert facture.total_cents == 21_000
    assert (facture.payeur, facture.acheteur) == (gens.paye.opco, gens.employeur)
    assert not a_facturer([facture.organisme_id]).exists()


def test_un_double_clic_facture_une_fois(gens: Facturable) -> None:
    gens.facturer()
    with pytest.raises(GesteImpossible, match="déjà facturés"):
        gens.facturer()
    assert Facture.objects.count() == 1


def test_la_base_refuse_le_meme_mois_deux_fois(gens: Facturable) -> None:
    ligne = gens.facturer().lignes.first()
    assert ligne is not None
    ligne.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        ligne.save(force_insert=True)


def test_ce_qui_echoue_ne_laisse_pas_de_trou(gens: Facturable) -> None:
    premier, second = gens.mois()
    gens.facturer(premier)
    sans_adresse = AcheteurDit(gens.employeur.nom, "", "69001", "Lyon")
    with pytest.raises(GesteImpossible, match="l’adresse"):
        emettre(gens.prise, [second.pk], gens.alice, sans_adresse)
    assert gens.facturer(second).rang == 2
    assert trous(gens.prise.organisme_id, Facture.objects.latest("pk").annee) == []


def test_rien_ne_se_facture_sans_les_mentions(gens: Facturable) -> None:
    MentionsDeFacture.objects.all().delete()
    with pytest.raises(GesteImpossible, match="Dites d’abord"):
        gens.facturer()


def test_un_mois_refuse_au_financeur_ou_sans_certificat_ne_se_facture_pas(gens: Facturable) -> None:
    premier, second = gens.mois()
    premier.certificats.update(etat="remplace")
    assert [un.pk for un in a_facturer([gens.prise.organisme_id])] == [second.pk]
    with pytest.raises(GesteImpossible, match="plus à facturer"):
        gens.facturer(premier)


def test_qui_ne_gere_pas_l_organisme_ne_facture_pas(gens: Facturable) -> None:
    for autre in (gens.lea, gens.patron, gens.paye.payeur):
        with pytest.raises(GesteImpossible):
            emettre(gens.prise, [gens.mois()[0].pk], autre, gens.acheteur)
    assert not Facture.objects.exists()


def test_un_mois_facture_puis_renvoye_propose_son_avoir(gens: Facturable) -> None:
    facture = gens.facturer()
    premier = gens.mois()[0]
    for geste, donnees in (
        ("rouvrir", {"pourquoi": "verifier"}),
        ("renvoyer", {"raison": "heures"}),
    ):
        premier.refresh_from_db()
        faire(
            ETATS_DE_SERVICE, geste, premier, gens.paye.payeur, version=premier.version, donnees=donnees
        )  # fmt: skip
    (ligne,) = avoirs_a_faire([facture.organisme_id])
    assert ligne.etat_de_service == premier
    faire_un_avoir(facture, [ligne.pk], gens.alice, "correction")
    assert not avoirs_a_faire([facture.organisme_id]).exists()
    assert compte_de(facture).reste_cents == 7_000


def test_un_creneau_corrige_propose_son_avoir_puis_l_autre_facture(gens: Facturable) -> None:
    facture = gens.facturer()
    corrigee(gens)
    (ligne,) = avoirs_a_faire([facture.organisme_id])
    assert ligne.montant_cents == 14_000
    avoir = faire_un_avoir(facture, [ligne.pk], gens.alice, "correction")
    assert (avoir.rang, avoir.total_cents, avoir.corrige) == (2, 14_000, facture)
    facture.refresh_from_db()
    assert facture.etat == "emise"
    assert compte_de(facture).reste_cents == 7_000
    assert not avoirs_a_faire([facture.organisme_id]).exists()
    gens.accepter()
    redit = [un for un in gens.mois() if un.remplace_id]
    autre = gens.facturer(*redit)
    assert (autre.rang, autre.total_cents) == (3, 13_333)


def test_un_avoir_de_tout_annule_et_le_mois_se_facture_de_nouveau(gens: Facturable) -> None:
    facture = gens.facturer()
    lignes = [une.pk for une in facture.lignes.all()]
    faire_un_avoir(facture, lignes, gens.alice, "acheteur")
    facture.refresh_from_db()
    assert facture.etat == "annulee"
    with pytest.raises(GesteImpossible, match="reprend déjà"):
        faire_un_avoir(facture, lignes, gens.alice, "acheteur")
    assert gens.facturer().rang == 3
    assert set(LigneDeFacture.objects.values_list("sens", "fois")) == {
        ("facture", 1), ("avoir", 1), ("facture", 2),
    }  # fmt: skip


def test_un_avoir_ne_corrige_pas_un_avoir(gens: Facturable) -> None:
    facture = gens.facturer()
    avoir = faire_un_avoir(facture, [une.pk for une in facture.lignes.all()], gens.alice, "erreur")
    with pytest.raises(GesteImpossible, match="pas un autre avoir"):
        faire_un_avoir(avoir, [une.pk for une in avoir.lignes.all()], gens.alice, "erreur")


def test_le_papier_scelle_porte_sa_facture(gens: Facturable) -> None:
    """Its XML is there, its metadata say so after the seal too, and nobody who follows the training is named."""
    facture = gens.facturer()
    assert sceller_les_factures() == 1
    facture.refresh_from_db()
    contenu = FACTURES_SCELLEES.intact(facture.fichier, facture.empreinte)
    assert contenu is not None
    lu = PdfReader(BytesIO(contenu))
    assert b"210.00" in lu.attachments["factur-x.xml"][0]
    dits = lu.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index] # a PDF of ours has both
    assert b"EN 16931" in dits
    assert b"pdfaid" in dits
    texte = "".join(page.extract_text() for page in lu.pages)
    assert facture.numero in texte
    assert gens.prise.parcours.dossier.nom not in texte
    assert sceller_les_factures() == 0
