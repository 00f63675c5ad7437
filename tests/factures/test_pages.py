"""Each sees the money that is theirs, acts by its pages, and what is refused comes back with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from binome.factures.depenses import DepenseDite, declarer, dire_une_avance
from binome.factures.models import Facture, Reglement
from binome.factures.reglements import saisir
from binome.factures.sceller import sceller_les_factures
from tests.factures.monde import Facturable, facturable, un_fichier, un_justificatif

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne

pytestmark = pytest.mark.django_db
ARGENT = "/espace/argent/"
ACHETEUR = {
    "nom": "Cabinet d’essai", "adresse": "2 rue de l’Essai", "code_postal": "69001", "ville": "Lyon", "siret": "",
}  # fmt: skip


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def lue(client: Client, qui: Personne, adresse: str = ARGENT, statut: int = 200) -> str:
    client.force_login(qui)
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    texte = b"".join(reponse).decode(errors="replace")
    return texte.replace("\xa0", " ").replace("\u202f", " ")


def test_l_organisme_facture_puis_lit_le_papier(client: Client, gens: Facturable) -> None:
    alice = gens.paye.monde.alice
    assert "210 €" in lue(client, alice)
    adresse = f"{ARGENT}accords/{gens.prise.pk}/facturer/"
    assert "Cabinet d’essai" in lue(client, alice, adresse)
    mois = [str(un.pk) for un in gens.mois()]
    refusee = client.post(adresse, {**ACHETEUR, "ville": "", "mois": mois})
    assert refusee.status_code == 422
    assert "Écrivez sa ville" in refusee.content.decode()
    faux = client.post(adresse, {**ACHETEUR, "siret": "732 829 320 00075", "mois": mois})
    assert "un de ses chiffres est faux" in faux.content.decode()
    en_partie = client.post(adresse, {**ACHETEUR, "ville": "", "mois": mois[:1]}).content.decode()
    assert en_partie.count("checked") == 1, "ce qui n’est pas coché ne le redevient pas"
    colle = {**ACHETEUR, "siret": "732 829 320 00074", "code_postal": "69 001", "mois": mois}
    assert client.post(adresse, colle).status_code == 302
    facture = Facture.objects.get()
    acheteur = facture.contenu["acheteur"]
    assert (acheteur["siret"], acheteur["code_postal"]) == ("73282932000074", "69001")
    assert client.post(adresse, {**ACHETEUR, "mois": mois}).status_code == 422
    assert Facture.objects.count() == 1
    lue(client, alice, f"{ARGENT}factures/{facture.pk}/facture.pdf", 404)
    sceller_les_factures()
    assert lue(client, alice, f"{ARGENT}factures/{facture.pk}/facture.pdf").startswith("%PDF")
    page = lue(client, alice, f"/espace/suivis/factures/{facture.pk}/")
    assert "Reste à payer" in page
    assert "c’est un service" in page


def test_l_organisme_donne_ses_mentions_et_fait_un_avoir(client: Client, gens: Facturable) -> None:
    facture = gens.facturer()
    client.force_login(gens.paye.monde.alice)
    page = client.get(f"{ARGENT}mentions/").content.decode()
    assert "75001" in page
    assert client.post(f"{ARGENT}mentions/", {"vues": "0"}).status_code == 422
    lignes = [str(une.pk) for une in facture.lignes.all()]
    client.post(f"{ARGENT}factures/{facture.pk}/avoir/", {"ligne": lignes, "raison": "erreur"})
    facture.refresh_from_db()
    assert facture.etat == "annulee"


def test_un_releve_de_banque_se_lit_par_sa_page(client: Client, gens: Facturable) -> None:
    facture = gens.facturer()
    client.force_login(gens.paye.monde.alice)
    releve = un_fichier(("02/11/2026", "210,00", f"VIR {facture.numero}"))
    for statut, octets in ((302, releve), (422, releve), (422, b"%PDF-1.4")):
        envoi = {"fichier": SimpleUploadedFile("releve.csv", octets)}
        assert client.post(f"{ARGENT}banque/", envoi).status_code == statut
    recu = Reglement.objects.get()
    assert recu.etat == "rapproche"
    assert "210 €" in lue(client, gens.paye.monde.alice, f"/espace/suivis/reglements/{recu.pk}/")
    main = {
        "jour": timezone.localdate().isoformat(), "montant": "12 €", "texte": "Chèque", "cle": "c" * 32,
    }  # fmt: skip
    assert client.post(f"{ARGENT}reglements/", main).status_code == 302
    assert client.post(f"{ARGENT}reglements/", main).status_code == 422
    assert client.post(f"{ARGENT}reglements/", {**main, "montant": "douze"}).status_code == 422
    assert "Chèque" in lue(client, gens.paye.monde.alice)


def test_l_employeur_declare_et_la_personne_dit_ce_qu_elle_a_avance(
    client: Client, gens: Facturable
) -> None:
    client.force_login(gens.eric)
    adresse = f"{ARGENT}accords/{gens.prise.pk}/depense/"
    assert "la même page dit que la restauration" in lue(client, gens.eric, adresse)
    dite = {
        "nature": "trajet",
        "jour": gens.prise.debut.isoformat(),
        "montant": "15 €",
        "proche": "non",
    }
    refusee = client.post(adresse, {**dite, "fichier": SimpleUploadedFile("a.png", b"rien")})
    assert refusee.status_code == 422
    client.force_login(gens.paye.monde.lea)
    avance = f"{ARGENT}accords/{gens.prise.pk}/avance/"
    dite = {"nature": "trajet", "jour": gens.prise.debut.isoformat(), "montant": "15 €"}
    assert client.post(avance, dite).status_code == 302
    assert client.post(avance, dite).status_code == 422
    for qui in (gens.paye.monde.lea, gens.eric):
        page = lue(client, qui)
        assert "15 € à rembourser" in page
        assert "droit du travail" in page
    assert "à rembourser" not in lue(client, gens.paye.monde.alice)
    lue(client, gens.paye.monde.alice, adresse, 403)
    lue(client, gens.eric, avance, 403)


def test_l_argent_est_au_menu_de_qui_en_a(client: Client, gens: Facturable) -> None:
    """The employer's as the organisation's, and that of who follows a training; a trainer has none."""
    monde = gens.paye.monde
    entree = f'<a href="{ARGENT}"'
    for qui, attendu in (
        (monde.alice, True),
        (gens.eric, True),
        (monde.lea, True),
        (monde.bob, False),
    ):
        assert (entree in lue(client, qui, "/espace/")) is attendu, qui
    assert f'{entree} aria-current="page"' in lue(client, gens.eric)
    assert "/espace/prises-en-charge/" in lue(client, gens.eric, "/espace/")


def test_l_accueil_dit_l_argent_qui_attend(client: Client, gens: Facturable) -> None:
    monde = gens.paye.monde
    assert "Mois à facturer" in lue(client, monde.alice, "/espace/")
    gens.facturer()
    saisir(gens.prise.organisme, gens.alice, timezone.localdate(), 100, "Chèque", "c")
    page = lue(client, monde.alice, "/espace/")
    assert "Mois à facturer" not in page
    assert "Règlement à rapprocher" in page
    assert "Avance à rembourser" not in lue(client, gens.eric, "/espace/")
    repas = DepenseDite("repas", gens.prise.debut, 1_500)
    dire_une_avance(gens.prise, gens.lea, repas)
    declarer(gens.prise, gens.patron, repas, un_justificatif())
    page = lue(client, gens.eric, "/espace/")
    assert "Avance à rembourser" in page
    assert "Rien ne vous est demandé aujourd’hui" not in page
    assert "Dépense d’employeur à vérifier" in lue(client, gens.paye.olga, "/espace/")


def test_les_pages_de_chacun_par_leur_table(client: Client, gens: Facturable) -> None:
    facture = gens.facturer()
    depense = declarer(
        gens.prise, gens.patron, DepenseDite("repas", gens.prise.debut, 1_500), un_justificatif()
    )
    avance = dire_une_avance(gens.prise, gens.lea, DepenseDite("repas", gens.prise.debut, 1_500))
    monde = gens.paye.monde
    pages = {
        f"/espace/suivis/factures/{facture.pk}/": (
            monde.alice,
            gens.paye.olga,
            gens.eric,
            monde.lea,
        ),
        f"/espace/suivis/depenses/{depense.pk}/": (gens.eric, gens.paye.olga, monde.lea),
        f"/espace/suivis/avances/{avance.pk}/": (gens.eric, monde.lea),
        f"{ARGENT}depenses/{depense.pk}/justificatif/": (gens.eric, gens.paye.olga, monde.lea),
        f"/espace/suivis/prises-en-charge/{gens.prise.pk}/": (monde.alice, gens.eric, monde.lea),
    }
    tous = (monde.alice, gens.paye.olga, gens.eric, monde.lea, monde.emma)
    for adresse, lisent in pages.items():
        for qui in tous:
            if qui in lisent or "prises-en-charge" not in adresse:
                lue(client, qui, adresse, 200 if qui in lisent else 404)
    for qui in tous:
        assert "L’argent" in lue(client, qui)
        assert "Jours de retard" in lue(client, qui, f"{ARGENT}releve.csv")


def test_chacun_lit_de_qui_il_s_agit_et_n_est_mene_qu_ou_il_peut_aller(
    client: Client, gens: Facturable
) -> None:
    gens.facturer()
    monde, olga = gens.paye.monde, gens.paye.olga
    assert f'data-titre="Organisme">{monde.organisme}<' in lue(client, olga)
    assert 'data-titre="Organisme"' not in lue(client, monde.alice)
    assert "la formation de Léa Exemple" in lue(client, gens.eric)
    accord = f"/espace/suivis/prises-en-charge/{gens.prise.pk}/"
    son_parcours = f'href="/espace/suivis/parcours/{gens.prise.parcours_id}/"'
    assert son_parcours in lue(client, monde.alice, accord)
    assert son_parcours not in lue(client, olga, accord)
    recu = saisir(gens.prise.organisme, gens.alice, timezone.localdate(), 21_000, "Chèque", "c")
    assert "le montant exact" in lue(client, monde.alice, f"/espace/suivis/reglements/{recu.pk}/")
    acceptes = lue(client, monde.alice, "/espace/prises-en-charge/")
    assert "À facturer" not in acceptes
    assert "Ce qui reste à facturer" in acceptes


def test_le_bilan_a_sa_page_son_tableau_et_son_papier(client: Client, gens: Facturable) -> None:
    gens.facturer()
    alice = gens.paye.monde.alice
    annee = f"?du={timezone.localdate().year}-01-01&au={timezone.localdate().year}-12-31"
    assert "concordent" in lue(client, alice, f"{ARGENT}bilan/{annee}")
    tableau = lue(client, alice, f"{ARGENT}bilan/bilan.csv{annee}")
    assert "F-3" in tableau
    assert lue(client, alice, f"{ARGENT}bilan/bilan.pdf{annee}").startswith("%PDF")
    assert lue(client, alice, f"{ARGENT}bilan/?du=2026-02-01&au=2026-01-01", 422)
    lue(client, gens.eric, f"{ARGENT}bilan/{annee}", 403)
