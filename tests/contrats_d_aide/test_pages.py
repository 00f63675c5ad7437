"""The pages of a contract: what each shows, to whom, and what comes back when a form does not pass."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binome.comptes.services import creer_organisation, donner_role
from binome.contrats_d_aide.models import Contrat, HorlogeDeContrat, Medecin, VersementAttendu
from binome.contrats_d_aide.partage_des_frais import partager
from binome.contrats_d_aide.services import renouveler
from binome.contrats_d_aide.vie_lue import objectifs_du_contrat
from binome.emplois.services import adherer, dire_l_emploi, salarie_de
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from tests.contrats_d_aide.cabinets import RPPS, SIGNE, Cabinets, deux_medecins
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur

pytestmark = pytest.mark.django_db
NEUF = {
    "nom": "Nouveau", "prenom": "Zoé", "rpps": "1000 000 0025", "specialite": "medecine_generale", "option": "un",
    "secteur": "1", "departement": "35", "nouvel_installe": "non", "patientele_mt": "900",
}  # fmt: skip


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _client(qui: Acteur) -> Client:
    client = Client()
    client.force_login(qui.personne)
    return client


def _lue(client: Client, adresse: str, **dits: str) -> str:
    """A page, its narrow spaces plain."""
    return client.get(adresse, dits).content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def _page(contrat: Contrat) -> str:
    return reverse("suivi", args=["contrats-d-aide", contrat.pk])


def test_un_cabinet_prepare_signe_et_commence_par_ses_pages(ici: Cabinets) -> None:
    client = _client(ici.emma)
    dits = {**NEUF, "signataire": ici.cabinet.pk, "caisse": ici.caisse.pk, "genre": "individuel"}
    assert client.get(reverse("preparer-un-contrat")).status_code == 200
    rendu = client.post(reverse("preparer-un-contrat"), dits | {"rpps": "10000000026"})
    assert rendu.status_code == 422
    assert "sa clé" in rendu.content.decode()
    assert not Medecin.objects.filter(nom="Nouveau").exists()
    assert client.post(reverse("preparer-un-contrat"), dits).status_code == 302
    contrat = Contrat.objects.get()
    assert (contrat.medecin and contrat.medecin.rpps, contrat.faits["patientele_mt"]) == (
        RPPS[2],
        900,
    )
    signer = reverse("geste-de-suivi", args=["contrats-d-aide", contrat.pk, "signer"])
    rendu = client.post(signer, {"version": contrat.version, "signe_le": "2019-08-19"})
    assert rendu.status_code == 422
    assert "20 août 2019" in rendu.content.decode()
    assert (
        client.post(signer, {"version": contrat.version, "signe_le": "2024-09-02"}).status_code
        == 302
    )
    contrat.refresh_from_db()
    poser = reverse("ajouter-au-contrat", args=[contrat.pk])
    dit = {
        "version": contrat.version,
        "genre": "assistant",
        "emploi": ici.emploi.pk,
        "part": "120 %",
        "du": "2024-09-02",
    }
    assert client.post(poser, dit).status_code == 422
    assert client.post(poser, dit | {"part": "temps plein"}).status_code == 302
    contrat.refresh_from_db()
    commencer = reverse("geste-de-suivi", args=["contrats-d-aide", contrat.pk, "commencer"])
    assert (
        client.post(commencer, {"version": contrat.version, "le": "2024-09-02"}).status_code == 302
    )
    page = _lue(client, _page(contrat))
    for dit_la in ("L’argent des cinq ans", "38 000", "Sam-Assistant Exemple", "temps plein", "Convention médicale"):  # fmt: skip
        assert dit_la in page, dit_la


def test_lire_n_ecrit_rien_et_tient_en_peu_de_requetes(
    ici: Cabinets, django_assert_max_num_queries: object
) -> None:
    contrat, autre = ici.en_cours(), ici.en_cours(ici.deux)
    client, avant = _client(ici.emma), Entree.objects.count()
    adresses = [
        _page(contrat), reverse("contrats-d-aide"), reverse("suite-d-un-contrat", args=[contrat.pk]),
        *(
            reverse(nom, args=[contrat.pk])
            for nom in ("ajouter-au-contrat", "evenement-du-contrat", "objectif-du-contrat", "patientele-du-contrat", "entree-dans-un-contrat")
        ),
        reverse("depart-du-contrat", args=[autre.pk, autre.postes.get().pk]),
    ]  # fmt: skip
    for adresse in adresses:
        with django_assert_max_num_queries(30):  # type: ignore[operator] # a fixture of pytest-django
            assert client.get(adresse).status_code == 200, adresse
    assert Entree.objects.count() == avant


def test_une_personne_partagee_est_vue_une_fois(ici: Cabinets) -> None:
    ici.en_cours()
    ici.en_cours(ici.deux, caisse=ici.autre_caisse)
    page = _lue(_client(ici.emma), reverse("contrats-d-aide"))
    assert page.count("<caption>Sam-Assistant Exemple</caption>") == 1
    for dit in (
        "Un Essai",
        "Deux Essai",
        "Caisse d’Exemple",
        "Caisse Voisine (exemple)",
        "temps plein",
    ):
        assert dit in page, dit


def test_le_contrat_d_un_autre_n_existe_pas(ici: Cabinets) -> None:
    contrat, autre = ici.en_cours(), ici.signe(ici.deux)
    client = _client(ici.etrangere)
    for adresse in (
        _page(contrat), reverse("modifier-un-contrat", args=[contrat.pk]), reverse("suite-d-un-contrat", args=[contrat.pk]),
        reverse("ajouter-au-contrat", args=[contrat.pk]), reverse("patientele-du-contrat", args=[contrat.pk]),
    ):  # fmt: skip
        assert client.get(adresse).status_code == 404, adresse
    # A post of one contract is not another's, even for who reads both.
    poste = contrat.postes.get()
    sien = _client(ici.emma)
    assert sien.get(reverse("depart-du-contrat", args=[autre.pk, poste.pk])).status_code == 404
    # Nor is another's job, though its number be guessed.
    etranger = dire_l_emploi(
        salarie_de(personne("loin"), auteur="systeme"), ici.autre, auteur="systeme", part=5_000
    )
    dit = {
        "version": autre.version,
        "genre": "assistant",
        "emploi": etranger.pk,
        "part": "mi-temps",
        "du": "2024-09-02",
    }
    assert sien.post(reverse("ajouter-au-contrat", args=[autre.pk]), dit).status_code == 422


def test_une_caisse_lit_les_siens_et_n_ecrit_pas_ceux_d_une_autre(ici: Cabinets) -> None:
    contrat, ailleurs = ici.en_cours(), ici.signe(ici.deux, caisse=ici.autre_caisse)
    client = _client(ici.carole)
    assert client.get(_page(contrat)).status_code == 200
    assert client.get(_page(ailleurs)).status_code == 404
    assert client.get(reverse("modifier-un-contrat", args=[contrat.pk])).status_code == 403


def test_ce_qui_est_dit_se_rectifie_par_la_page(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    client = _client(ici.emma)
    adresse = reverse("evenement-du-contrat", args=[contrat.pk])
    dit = {"version": contrat.version, "nature": "absence", "du": "2025-03-03"}
    rendu = client.post(adresse, dit)
    assert rendu.status_code == 422
    assert "Choisissez une personne" in rendu.content.decode()
    assert client.post(adresse, dit | {"poste": contrat.postes.get().pk}).status_code == 302
    assert client.post(adresse, dit | {"poste": contrat.postes.get().pk}).status_code == 409
    contrat.refresh_from_db()
    absence = contrat.evenements.get(nature="absence")
    rectifier = reverse("rectifier-un-evenement", args=[contrat.pk, absence.pk])
    assert client.get(rectifier).status_code == 200
    assert client.post(rectifier, {"version": contrat.version}).status_code == 302
    assert "Rectification de « Absence »" in _lue(client, _page(contrat))


def test_un_objectif_manque_se_lit_sans_invention(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    client = _client(ici.emma)
    dit = {"version": contrat.version, "rang": "3", "mt_depart": "1000", "mt_attendu": "1200", "fa_depart": "1500",
           "fa_attendu": "1600", "dit_par": "contrat"}  # fmt: skip
    assert client.post(reverse("objectif-du-contrat", args=[contrat.pk]), dit).status_code == 302
    contrat.refresh_from_db()
    releve = {"version": contrat.version, "jour": "2026-10-01", "mt": "1150", "fa": "1550"}
    assert (
        client.post(reverse("patientele-du-contrat", args=[contrat.pk]), releve).status_code == 302
    )
    page = _lue(client, _page(contrat))
    assert "1150, 1200 à atteindre, il en manque 50" in page
    assert "cette année du contrat n’est pas finie" in page


def test_un_groupement_voit_des_parts_qui_font_cent(ici: Cabinets) -> None:
    groupement = creer_organisation("groupement", "Groupement des Halles (exemple)", exemple=True)
    gaelle = personne("gaelle-groupement")
    donner_role(gaelle, groupement, "groupement")
    adherer(groupement, ici.cabinet, timezone.localdate() - timedelta(days=400), auteur="systeme")
    emploi = dire_l_emploi(
        salarie_de(personne("zelie-partagee"), auteur="systeme"),
        groupement,
        auteur="systeme",
        part=10_000,
        du=SIGNE,
    )
    contrat = ici.signe(option="tiers", faits={**ici.dit().faits, "contrat_en_cours": True})
    client = Client()
    client.force_login(gaelle)
    adresse = reverse("contrats-du-groupement")
    dit = {"contrat": contrat.pk, "emploi": emploi.pk, "part": "tiers", "du": SIGNE.isoformat()}
    assert client.post(adresse, dit | {"contrat": 999_999}).status_code == 422
    assert client.post(adresse, dit).status_code == 302
    page = _lue(client, adresse, cout="3 000 €", frais="100,01 €")
    assert "33,33 %" in page
    assert "66,67 %" in page
    assert "Pas encore attribué" in page
    assert "3 100,01" in page
    poste = contrat.postes.get(emploi=emploi)
    depart = reverse("depart-du-groupement", args=[poste.pk])
    assert depart in page
    assert client.post(depart, {"au": "2024-09-01"}).status_code == 422
    assert client.post(depart, {"au": "2025-01-31"}).status_code == 302
    poste.refresh_from_db()
    assert poste.au == date(2025, 1, 31)
    assert client.post(depart, {"au": "2025-02-28"}).status_code == 404
    page = _lue(client, adresse)
    assert depart not in page
    assert "33,33 %" not in page
    ailleurs = ici.en_cours(ici.deux)
    autre = reverse("depart-du-groupement", args=[ailleurs.postes.get().pk])
    assert client.get(autre).status_code == 404
    assert _client(ici.emma).get(autre).status_code == 403
    # The rest of the contract is not the group's to read.
    assert client.get(_page(contrat)).status_code == 404
    assert _client(ici.emma).get(adresse).status_code == 403


@pytest.mark.parametrize("poids", [[3_333, 3_333, 3_333], [5_000], [1, 1], [0, 7, 0], [], [0]])
def test_une_somme_partagee_ne_perd_pas_un_centime(poids: list[int]) -> None:
    parts = partager(10_001, poids)
    assert sum(parts) == (10_001 if sum(poids) else 0)
    assert all(part >= 0 for part in parts)


def test_la_suite_d_un_contrat_est_reprise_de_lui(ici: Cabinets) -> None:
    ancien = ici.en_cours(le=date(2022, 1, 10))
    client = _client(ici.emma)
    adresse = reverse("suite-d-un-contrat", args=[ancien.pk])
    page = client.get(adresse)
    initial = {nom: un for nom, un in page.context["form"].initial.items() if un not in (None, "")}
    rendu = client.post(adresse, {**initial, "genre": "individuel"})
    assert rendu.status_code == 302
    suite = Contrat.objects.get(precedent=ancien)
    assert suite.faits["contrat_en_cours"] is True
    assert client.post(adresse, {**initial, "genre": "individuel"}).status_code == 422


def test_ce_qui_manque_a_l_argent_est_dit(ici: Cabinets) -> None:
    page = _lue(_client(ici.emma), _page(ici.signe(bande="")))
    assert "Il manquait à la signature : rang de l’activité." in page
    assert "Il manquait" not in _lue(_client(ici.emma), _page(ici.signe(ici.deux)))


def test_une_echeance_tenue_se_dit_d_un_geste_a_cote_d_elle(ici: Cabinets) -> None:
    contrat = ici.signe()
    ici.geste(contrat, "poser", genre="assistant", nom="Exemple", part=5_000, du=SIGNE, promue=True)
    ici.geste(contrat, "commencer", le=SIGNE)
    client = _client(ici.emma)
    for code, autres in (("remplacement_secretaire", {"pourvu_par": "telesecretariat"}), ("qualification", {}), ("renouvellement", {})):  # fmt: skip
        contrat.refresh_from_db()
        horloge = HorlogeDeContrat.objects.get(contrat=contrat, code=code)
        adresse = reverse("tenir-une-echeance", args=[contrat.pk, horloge.pk])
        assert adresse in _lue(client, _page(contrat))
        dit = {"version": contrat.version, "le": "2025-02-03", **autres}
        assert client.post(adresse, dit).status_code == 302
        horloge.refresh_from_db()
        assert horloge.etat == "faite"
        assert adresse not in _lue(client, _page(contrat))
    assert "Exemple, depuis" not in _lue(client, _page(contrat))
    assert "Échéance tenue, dire à la caisse si le contrat continue" in _lue(client, _page(contrat))


def test_un_anniversaire_ne_se_tient_pas(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    horloge = HorlogeDeContrat.objects.filter(contrat=contrat, code="anniversaire").earliest("pk")
    adresse = reverse("tenir-une-echeance", args=[contrat.pk, horloge.pk])
    assert _client(ici.emma).get(adresse).status_code == 404


def test_un_contrat_prepare_par_erreur_s_abandonne_et_ne_prend_plus_rien(ici: Cabinets) -> None:
    contrat = ici.prepare()
    ici.geste(contrat, "poser", genre="assistant", emploi=ici.emploi, part=5_000, du=SIGNE)
    ici.geste(contrat, "abandonner")
    client = _client(ici.emma)
    assert "abandonné avant la signature" in _lue(client, reverse("contrats-d-aide"))
    assert client.get(_page(contrat)).status_code == 200
    assert _client(ici.carole).get(_page(contrat)).status_code == 404
    autre = ici.signe(ici.deux, option="un")
    ici.geste(autre, "poser", genre="assistant", emploi=ici.emploi, part=10_000, du=SIGNE)
    with pytest.raises(GesteImpossible, match="n’est pas possible"):
        ici.geste(contrat, "signer", signe_le=SIGNE)


def test_la_suite_abandonnee_laisse_la_place_a_une_autre(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    premiere = renouveler(contrat, ici.dit(), ici.emma)
    with pytest.raises(GesteImpossible, match="déjà préparée"):
        renouveler(contrat, ici.dit(), ici.emma)
    ici.geste(premiere, "abandonner")
    renouveler(contrat, ici.dit(), ici.emma)


def test_une_annee_se_juge_sur_ce_qui_etait_lu_a_sa_fin(ici: Cabinets) -> None:
    contrat = ici.en_cours(le=date(2022, 6, 1))
    for rang in (3, 4):
        ici.geste(
            contrat, "fixer", rang=rang, mt_depart=1_000, mt_attendu=1_200, fa_depart=1_500, fa_attendu=1_600,
            dit_par="contrat",
        )  # fmt: skip
    ici.geste(contrat, "relever", jour=date(2025, 5, 1), mt=1_150, fa=1_550)
    ici.geste(contrat, "relever", jour=date(2026, 5, 1), mt=1_300, fa=1_700)
    trois, quatre = objectifs_du_contrat(contrat)
    assert (trois["niveau"].atteint, quatre["niveau"].atteint) == (False, True)
    assert trois["releve"].jour == date(2025, 5, 1)


def test_apres_un_avenant_le_plafond_d_une_annee_est_celui_de_ses_versements(ici: Cabinets) -> None:
    contrat = ici.en_cours(le=date(2022, 6, 1))
    ici.geste(contrat, "amender", du=date(2023, 6, 1), option="un", etp=None)
    ici.geste(contrat, "fixer", rang=3, mt_attendu=1_200, fa_attendu=1_600, dit_par="contrat")
    ici.geste(contrat, "relever", jour=date(2025, 5, 1), mt=1_300, fa=1_700)
    (trois,) = objectifs_du_contrat(contrat)
    versements = VersementAttendu.objects.filter(contrat=contrat, rang=3)
    assert trois["niveau"].cents == sum(un.montant_cents or 0 for un in versements)
    assert trois["niveau"].cents != contrat.reponse["annees"][2]["aide_max_cents"]
    assert "Depuis l’avenant" in _lue(_client(ici.emma), _page(contrat))


def test_ce_qui_arrive_dit_a_qui_et_jusqu_a_quand_et_la_caisse_n_a_pas_de_porte_fermee(
    ici: Cabinets,
) -> None:
    contrat = ici.signe()
    ici.geste(contrat, "poser", genre="assistant", nom="Exemple Charme", part=5_000, du=SIGNE)
    ici.geste(contrat, "commencer", le=SIGNE)
    client = _client(ici.emma)
    dit = {
        "version": contrat.version, "nature": "absence", "poste": contrat.postes.get().pk, "du": "2025-03-03",
        "au": "2025-03-21",
    }  # fmt: skip
    assert client.post(reverse("evenement-du-contrat", args=[contrat.pk]), dit).status_code == 302
    page = " ".join(_lue(client, _page(contrat)).split())
    assert "3 mars 2025 au 21 mars 2025 : Absence, Exemple Charme" in page
    suite = reverse("suite-d-un-contrat", args=[contrat.pk])
    assert suite in page
    assert suite not in _lue(_client(ici.carole), _page(contrat))
