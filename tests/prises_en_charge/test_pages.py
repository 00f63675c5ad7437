"""The pages of agreements: asked by the organisation, answered by the payer, read by who it concerns, and nobody else."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binome.comptes.services import creer_organisation, donner_role
from binome.prises_en_charge.certificats import sceller_les_certificats
from binome.prises_en_charge.etats import EtatDUnEtatDeService
from binome.prises_en_charge.flows import ce_qui_est_demande
from binome.prises_en_charge.models import (
    BaremeDuPayeur,
    CertificatDeRealisation,
    EnveloppeDuPayeur,
    EtatDeService,
    PriseEnCharge,
)
from binome.prises_en_charge.rayons import CERTIFICATS_SCELLES
from tests.depot.test_controle import pdf
from tests.dossiers.monde import personne
from tests.prises_en_charge.monde import Paye, ce_mois, deux_mois, paye

if TYPE_CHECKING:
    from binome.comptes.models import Personne

pytestmark = pytest.mark.django_db
ICI: Final = "/espace/prises-en-charge/"


def chez(qui: Personne) -> Client:
    navigateur = Client()
    navigateur.force_login(qui)
    return navigateur


def lu(navigateur: Client, adresse: str, status: int = 200) -> str:
    reponse = navigateur.get(adresse)
    assert reponse.status_code == status, (adresse, reponse.status_code)
    dit = re.sub(r"<[^>]+>", " ", reponse.content.decode())
    return " ".join(html.unescape(dit).replace("\u202f", " ").split())


def formulaire(gens: Paye, **autres: str) -> dict[str, str]:
    termes = gens.termes()
    return {
        "voie": "pdc", "payeur": str(gens.opco.pk), "autre_payeur": "", "debut": termes.debut.isoformat(),
        "fin": termes.fin.isoformat(), "minutes": "100 h", "taux": "20 €", "salaire": "", "plafond": "",
        "ecart": "Essai.", "subrogation": "on", **autres,
    }  # fmt: skip


def test_une_demande_se_prepare_se_joint_part_et_recoit_sa_reponse() -> None:
    gens = paye()
    alice, olga = chez(gens.monde.alice), chez(gens.olga)
    adresse = f"{ICI}parcours/{gens.parcours.pk}/"
    assert "Ce que paierait chaque voie" in lu(alice, adresse)
    refus = alice.post(adresse, formulaire(gens, taux="2 000 €"))
    assert refus.status_code == 422
    assert "Un taux horaire va de" in html.unescape(refus.content.decode())
    assert 'value="2 000 €"' in refus.content.decode().replace("\u202f", " ")
    assert not PriseEnCharge.objects.exists()
    assert alice.post(adresse, formulaire(gens)).status_code == 302
    prise = PriseEnCharge.objects.get()
    page = f"/espace/suivis/prises-en-charge/{prise.pk}/"
    assert "Il manque : Devis Programme Convention de formation" in lu(alice, page)
    assert olga.get(page).status_code == 404
    envoi = {"version": str(prise.version)}
    assert alice.post(f"{page}demander/", envoi).status_code == 422
    for nature in ("devis", "programme", "convention"):
        fichier = SimpleUploadedFile(f"{nature}.pdf", pdf(pages=len(nature)))
        alice.post(f"{ICI}{prise.pk}/documents/", {"nature": nature, "fichier": fichier})
    assert prise.documents.count() == 3
    assert alice.post(f"{page}demander/", envoi).status_code == 302
    prise.refresh_from_db()
    assert (prise.minutes_demandees, prise.taux_demande_cents, prise.demande_cents) == (
        6_000,
        2_000,
        200_000,
    )
    total = "2 000 € au plus"
    assert "Répondre à plusieurs ensemble" in lu(olga, ICI)
    assert total in lu(olga, ICI)
    assert total in lu(olga, page)
    assert "Accorder comme demandé" in lu(olga, page)
    document = prise.documents.order_by("pk")[0]
    assert olga.get(f"{ICI}{prise.pk}/documents/{document.pk}/").status_code == 200
    reponse = {
        "version": str(prise.version),
        "taux": "15 €",
        "raison": "Notre barème.",
        "minutes": "90",
    }
    trop = olga.post(f"{page}accorder_en_partie/", {**reponse, "taux": "150 €"})
    assert trop.status_code == 422
    assert "un accord ne la dépasse pas" in trop.content.decode()
    assert olga.post(f"{page}accorder_en_partie/", reponse).status_code == 302
    prise.refresh_from_db()
    assert (prise.minutes_accordees, prise.taux_horaire_cents) == (5_400, 1_500)
    assert prise.engage_cents == 135_000
    dit = lu(chez(gens.monde.lea), page)
    assert "90 h à 15 € l’heure : 1 350 € au plus" in dit
    assert "Accorder" not in dit.replace("Accordé", "")


def test_d_autres_chiffres_que_ceux_du_bareme_se_disent() -> None:
    gens = paye()
    olga, alice = chez(gens.olga), chez(gens.monde.alice)
    dit = {
        "voie": "pdc",
        "du": ce_mois(-6).isoformat(),
        "taux": "18 €",
        "document": "Décision d’essai",
    }
    assert olga.post(f"{ICI}baremes/", {**dit, "taux": "0"}).status_code == 422
    assert olga.post(f"{ICI}baremes/", dit).status_code == 302
    assert BaremeDuPayeur.objects.get().taux_horaire_cents == 1_800
    assert "18 € l’heure" in lu(olga, f"{ICI}baremes/")
    adresse = f"{ICI}parcours/{gens.parcours.pk}/"
    refus = alice.post(adresse, formulaire(gens, ecart=""))
    assert refus.status_code == 422
    assert "Barème du financeur" in html.unescape(refus.content.decode())
    assert alice.post(adresse, formulaire(gens)).status_code == 302
    assert PriseEnCharge.objects.get().bareme is not None


def test_le_financeur_accepte_ensemble_ce_qui_concorde_et_le_reprend() -> None:
    gens = deux_mois()
    alice, olga = chez(gens.monde.alice), chez(gens.olga)
    premier, dernier = gens.etats()
    alice.post(f"{ICI}mois/{premier.pk}/certificat/")
    assert sceller_les_certificats() == 1
    PriseEnCharge.objects.update(employeur_identifiant="12345678200010")
    page = lu(olga, ICI)
    assert "Tout concorde" not in page
    assert "commence le" in page
    # The agreement came before the training, and both numbers are known.
    PriseEnCharge.objects.update(
        debut=ce_mois(-2), repondue_le=_avant(gens), demandee_le=_avant(gens)
    )
    _siret(gens)
    page = lu(olga, ICI)
    assert "Tout concorde" in page
    assert "Le certificat de réalisation manque" in page
    coches = {"objet": [f"{un.pk}:{un.version}" for un in (premier, dernier)]}
    olga.post(f"{ICI}accepter/", coches)
    assert _etats() == [EtatDUnEtatDeService.ACCEPTE, EtatDUnEtatDeService.ETABLI]
    assert "1 mois accepté" in lu(alice, ICI)
    olga.post(f"{ICI}reprendre/")
    assert _etats() == [EtatDUnEtatDeService.ETABLI] * 2


def test_accorder_ensemble_montre_ce_qui_est_demande_et_ne_donne_pas_un_numero_a_tous() -> None:
    gens = paye()
    demandees = [gens.demandee(), gens.demandee(voie="cpf")]
    olga = chez(gens.olga)
    page = lu(olga, "/espace/suivis/prises-en-charge/?etat=demandee")
    assert ce_qui_est_demande(demandees[0]) in page
    assert "Le numéro d’accord" not in page
    coches = {
        "objet": [f"{un.pk}:{un.version}" for un in demandees],
        "numero_d_accord": "TOUS-1",
    }
    olga.post("/espace/suivis/prises-en-charge/ensemble/accorder/", coches)
    accordees = PriseEnCharge.objects.order_by("pk")
    assert {une.etat for une in accordees} == {"accordee"}
    assert len({une.numero_d_accord for une in accordees} - {"TOUS-1"}) == 2


def _avant(gens: Paye) -> object:
    return gens.creneau(ce_mois(-3)).debut


def _siret(gens: Paye) -> None:
    type(gens.monde.organisme).objects.filter(pk=gens.monde.organisme.pk).update(
        identifiant="12345678200028"
    )


def _etats() -> list[str]:
    return list(EtatDeService.objects.order_by("mois").values_list("etat", flat=True))


def test_le_certificat_se_telecharge_scelle() -> None:
    gens = deux_mois()
    alice, lea = chez(gens.monde.alice), chez(gens.monde.lea)
    (etat, _) = gens.etats()
    assert alice.post(f"{ICI}mois/{etat.pk}/certificat/").status_code == 302
    assert chez(gens.olga).post(f"{ICI}mois/{etat.pk}/certificat/").status_code == 403
    certificat = etat.certificats.get()
    papier = f"{ICI}certificats/{certificat.pk}/certificat.pdf"
    assert lea.get(papier).status_code == 404
    assert sceller_les_certificats() == 1
    assert lea.get(papier).content[:5] == b"%PDF-"
    assert "7 h réalisées" in lu(lea, f"/espace/suivis/certificats-de-realisation/{certificat.pk}/")
    assert "SPÉCIMEN" not in lu(lea, f"/espace/suivis/etats-de-service/{etat.pk}/")


def test_un_financeur_hors_de_binome_se_recopie() -> None:
    gens = paye()
    prise = gens.demandee(payeur=None, autre_payeur="Un financeur d’essai")
    alice, page = chez(gens.monde.alice), f"/espace/suivis/prises-en-charge/{prise.pk}/"
    sans = alice.post(f"{page}accorder/", {"version": str(prise.version)})
    assert sans.status_code == 422
    assert (
        alice.post(
            f"{page}accorder/", {"version": str(prise.version), "numero_d_accord": "N-12"}
        ).status_code
        == 302
    )
    prise.refresh_from_db()
    assert prise.numero_d_accord == "N-12"
    assert chez(gens.olga).get(page).status_code == 404


def test_les_fonds_disent_ce_qui_reste_et_jusqu_a_quand() -> None:
    gens = deux_mois()
    olga = chez(gens.olga)
    annee = str(gens.termes().debut.year)
    assert (
        olga.post(f"{ICI}fonds/", {"annee": annee, "voie": "", "montant": "beaucoup"}).status_code
        == 422
    )
    assert (
        olga.post(f"{ICI}fonds/", {"annee": annee, "voie": "", "montant": "10 000 €"}).status_code
        == 302
    )
    assert EnveloppeDuPayeur.objects.get().montant_cents == 1_000_000
    page = lu(olga, f"{ICI}baremes/")
    # 100 h at 20 € are committed out of 10 000 €; 210 € are proven, nothing accepted, billed nor paid.
    assert "10 000 € 2 000 € 210 € 0 € 0 € 0 € 8 000 €" in page
    assert chez(gens.monde.alice).post(f"{ICI}fonds/", {}).status_code == 403


def test_l_employeur_lit_ce_que_son_financeur_paie_et_le_tuteur_rien() -> None:
    gens = deux_mois()
    cabinet = creer_organisation("cabinet", "Cabinet de l’accord", exemple=True)
    employeur, tuteur = personne("eric"), personne("tina")
    donner_role(employeur, cabinet, "employeur")
    donner_role(tuteur, cabinet, "tuteur")
    PriseEnCharge.objects.update(employeur=cabinet)
    prise = PriseEnCharge.objects.get()
    page = f"/espace/suivis/prises-en-charge/{prise.pk}/"
    assert "Mois par mois" in lu(chez(employeur), page)
    EtatDeService.objects.filter(mois=ce_mois(-1)).update(
        salaire_cents=4_200, etat="accepte", repondu_le=prise.demandee_le
    )
    EtatDeService.objects.filter(mois=ce_mois(-2)).update(salaire_cents=8_400)
    assert "Prouvé à ce jour 126 € Dont accepté par un financeur 42 €" in lu(chez(employeur), ICI)
    for nul in (tuteur, gens.monde.emma, gens.monde.bob, gens.monde.charlie):
        assert chez(nul).get(page).status_code == 404


def test_un_certificat_abime_se_delivre_de_nouveau() -> None:
    """The way out is on the page of the month, once; what was altered stays, and nobody is handed it."""
    gens = deux_mois()
    alice = chez(gens.monde.alice)
    etat = gens.etats()[0]
    mois, delivrer = (
        f"/espace/suivis/etats-de-service/{etat.pk}/",
        f"{ICI}mois/{etat.pk}/certificat/",
    )
    alice.post(delivrer)
    sceller_les_certificats()
    premier = CertificatDeRealisation.objects.get()
    papier = f"{ICI}certificats/{premier.pk}/certificat.pdf"
    assert "Délivrer" not in lu(alice, mois)
    alice.post(delivrer)
    assert CertificatDeRealisation.objects.count() == 1, "rien n’y manque"
    CERTIFICATS_SCELLES.chemin_de(premier.fichier).write_bytes(b"%PDF-1.7 un autre")
    assert "depuis la page de son mois" in lu(alice, papier, 404)
    assert "Demandez à l’organisme de formation" in lu(chez(gens.monde.lea), papier, 404)
    assert "n’est plus celui qui a été scellé" not in lu(chez(gens.olga), mois)
    assert "Délivrez-en un autre : il le remplace. Délivrer un autre certificat" in lu(alice, mois)
    for _ in "deux clics":
        alice.post(delivrer)
    premier.refresh_from_db()
    autre = CertificatDeRealisation.objects.get(etat="delivre")
    assert (premier.etat, autre.minutes) == ("remplace", premier.minutes)
    assert sceller_les_certificats() == 1
    assert alice.get(f"{ICI}certificats/{autre.pk}/certificat.pdf").status_code == 200
    assert "Délivrer" not in lu(alice, mois)


def test_le_formulaire_officiel_sort_dans_son_ordre_avec_ce_qui_manque() -> None:
    gens = paye()
    prise = gens.demandee(
        voie="periode_reconversion", payeur=None, autre_payeur="Un financeur d’essai"
    )
    page = lu(chez(gens.monde.alice), f"{ICI}{prise.pk}/formulaire/")
    page = page.partition("sans chercher")[2]
    cadres = [page.index(un) for un in ("Employeur", "Salarié", "Période", "Opco Nom")]
    assert cadres == sorted(cadres)
    assert "Il manque" in page
    assert chez(gens.monde.lea).get(f"{ICI}{prise.pk}/formulaire/").status_code == 403


def test_un_avenant_se_prepare_depuis_l_accord() -> None:
    gens = deux_mois()
    prise = PriseEnCharge.objects.get()
    alice = chez(gens.monde.alice)
    adresse = f"{ICI}{prise.pk}/avenant/"
    assert "L’accord garde sa voie" in lu(alice, adresse)
    dit = {**formulaire(gens, taux="25 €"), "depuis": ce_mois(-1).isoformat()}
    assert alice.post(adresse, {**dit, "depuis": "2020-01-01"}).status_code == 422
    assert alice.post(adresse, dit).status_code == 302
    assert PriseEnCharge.objects.filter(rang=2, taux_demande_cents=2_500).exists()


def test_l_accueil_du_financeur_dit_ce_qui_l_attend() -> None:
    gens = paye()
    olga = chez(gens.olga)
    assert "Rien ne vous attend." in lu(olga, "/espace/")
    gens.demandee()
    page = lu(olga, "/espace/")
    assert "Demande de prise en charge" in page
    assert "Rien ne vous attend." not in page


@pytest.mark.parametrize("flux", ["prises-en-charge", "etats-de-service"])
def test_une_liste_ne_lit_que_ce_qu_elle_montre(flux: str, django_assert_num_queries: Any) -> None:
    """As many queries for who answers as for who asks, whatever the states: no column is fetched line by line."""
    gens = deux_mois()
    gens.demandee(voie="cpf", payeur=gens.opco)
    dehors = gens.demandee(voie="poei", payeur=None, autre_payeur="Caisse d’essai")
    gens.geste(dehors, "accorder", gens.alice, numero_d_accord="C-1")
    premier, dernier = gens.etats()[:2]
    EtatDeService.objects.filter(pk=premier.pk).update(
        etat="accepte", repondu_le=premier.etabli_le, repondu_par=gens.olga
    )
    for qui in (gens.monde.alice, gens.olga, gens.monde.lea):
        navigateur = chez(qui)
        navigateur.get("/espace/")
        with django_assert_num_queries(4):
            page = navigateur.get(f"/espace/suivis/{flux}/").content.decode()
        assert page.count("<tr>") >= 3
    assert dernier.etat == "etabli"
