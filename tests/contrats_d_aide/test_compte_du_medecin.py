"""A doctor and their account: tied by the number that the caisse reads and the address that opens the link, never otherwise."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Invitation, Personne
from binome.comptes.services import ChangementImpossible, accepter, ouvrir_compte
from binome.contrats_d_aide.abonnement import contrats_au_calendrier
from binome.contrats_d_aide.compte_du_medecin import inviter_un_medecin
from binome.contrats_d_aide.models import Contrat, HorlogeDeContrat, Medecin
from binome.contrats_d_aide.permissions import visibles
from binome.contrats_d_aide.rappels import rappeler
from binome.courrier.models import Avis, Message
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from tests.contrats_d_aide.cabinets import RPPS, Cabinets, deux_medecins
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
ADRESSE = "docteure@exemple.fr"


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _client(qui: Acteur) -> Client:
    client = Client()
    client.force_login(qui.personne)
    return client


def _inviter(ici: Cabinets, courriel: str = ADRESSE, medecin: Medecin | None = None) -> str:
    """Sends the invitation by the page; gives the token of its letter."""
    qui = medecin or ici.un
    page = reverse("medecin-de-la-caisse", args=[qui.pk])
    rendu = _client(ici.carole).post(
        page, {"geste": "inviter", "rpps": qui.rpps, "courriel": courriel}
    )
    assert rendu.status_code == 302, rendu.content.decode()[-2_000:]
    lettre = Message.objects.filter(destinataire=courriel).latest("pk")
    for texte in (lettre.texte, lettre.html):
        assert "Avec un compte à cette adresse" in texte
        assert "créez d’abord" not in texte
    trouve = re.search(r"/compte/invitation/([\w-]+)/", lettre.texte)
    assert trouve is not None
    return trouve[1]


def test_un_medecin_invite_lit_les_contrats_de_toutes_ses_caisses(ici: Cabinets) -> None:
    chez_carole = ici.en_cours()
    ailleurs = ici.signe(caisse=ici.autre_caisse)
    jeton = _inviter(ici)
    medecin = ouvrir_compte(jeton, prenom="Un", nom="Essai", mot_de_passe="un-long-mot-de-passe-9")
    acteur = Acteur(medecin)
    assert set(visibles(acteur)) == set(contrats_au_calendrier(acteur)) == {chez_carole, ailleurs}
    assert Entree.objects.filter(geste="medecin.rattache", objet=ici.un.objet).count() == 1
    client = _client(acteur)
    accueil = client.get(reverse("espace")).content.decode()
    assert reverse("contrats-d-aide") in accueil
    assert "Rien ne vous est ouvert" not in accueil
    echeances = client.get(reverse("echeances-des-contrats")).content.decode()
    assert "Caisse Voisine (exemple)" in echeances
    assert echeances.count(f"/contrats-d-aide/{ailleurs.pk}/") >= 1
    # Nobody of the second caisse is told of the first's.
    assert set(visibles(ici.carole)) == {chez_carole}


def test_le_medecin_lit_et_n_ecrit_pas(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    medecin = ouvrir_compte(
        _inviter(ici), prenom="Un", nom="Essai", mot_de_passe="un-long-mot-de-passe-9"
    )
    page = reverse("patientele-du-contrat", args=[contrat.pk])
    dit = {"version": contrat.version, "jour": "2025-01-02", "mt": "1"}
    assert _client(Acteur(medecin)).post(page, dit).status_code == 403


@pytest.mark.parametrize(
    ("rpps", "courriel", "raison"),
    [
        ("", ADRESSE, "Écrivez le numéro RPPS"),
        (RPPS[3], ADRESSE, "pas le numéro RPPS de ce médecin"),
        ("10000000008", ADRESSE, "sa clé"),
        (RPPS[0], "sans-arobase", "pas complète"),
    ],
)
def test_sans_le_bon_numero_ni_adresse_rien_ne_part(
    ici: Cabinets, rpps: str, courriel: str, raison: str
) -> None:
    ici.en_cours()
    with pytest.raises(GesteImpossible, match=raison):
        inviter_un_medecin(ici.un, ici.carole, ici.caisse, rpps=rpps, courriel=courriel)
    assert not Invitation.objects.exists()


def test_le_numero_lu_par_la_caisse_complete_le_medecin(ici: Cabinets) -> None:
    medecin = Medecin.objects.create(nom="Sans", prenom="Numéro")
    ici.en_cours(medecin)
    inviter_un_medecin(medecin, ici.carole, ici.caisse, rpps=RPPS[2], courriel=ADRESSE)
    assert Medecin.objects.get(pk=medecin.pk).rpps == RPPS[2]
    autre = Medecin.objects.create(nom="Sans", prenom="Numéro")
    with pytest.raises(GesteImpossible, match="celui d’un autre"):
        inviter_un_medecin(autre, ici.carole, ici.caisse, rpps=RPPS[2], courriel=ADRESSE)


def test_une_autre_caisse_et_un_cabinet_n_invitent_pas(ici: Cabinets) -> None:
    ici.signe(caisse=ici.autre_caisse)
    ici.prepare(ici.deux)
    for medecin in (ici.un, ici.deux):
        page = reverse("medecin-de-la-caisse", args=[medecin.pk])
        assert _client(ici.carole).get(page).status_code == 404
        assert _client(ici.emma).get(page).status_code == 403


def test_une_invitation_se_retire_se_remplace_et_ne_sert_qu_une_fois(ici: Cabinets) -> None:
    ici.en_cours()
    premier, second = _inviter(ici), _inviter(ici)
    quelqu_un = personne("quelqu-un")
    with pytest.raises(ChangementImpossible):
        accepter(premier, quelqu_un)
    page = reverse("medecin-de-la-caisse", args=[ici.un.pk])
    assert _client(ici.carole).post(page, {"geste": "retirer"}).status_code == 302
    with pytest.raises(ChangementImpossible):
        accepter(second, quelqu_un)
    accepter(_inviter(ici), quelqu_un)
    assert Medecin.objects.get(pk=ici.un.pk).personne == quelqu_un
    rendu = _client(ici.carole).post(
        page, {"geste": "inviter", "rpps": ici.un.rpps, "courriel": ADRESSE}
    )
    assert rendu.status_code == 422


def test_un_compte_n_est_celui_que_d_un_medecin_et_le_refus_ne_prend_rien(ici: Cabinets) -> None:
    ici.en_cours()
    ici.signe(ici.deux)
    quelqu_un = personne("quelqu-un")
    accepter(_inviter(ici), quelqu_un)
    jeton = _inviter(ici, medecin=ici.deux)
    with pytest.raises(ChangementImpossible, match="un autre médecin"):
        accepter(jeton, quelqu_un)
    assert Medecin.objects.get(pk=ici.deux.pk).personne is None
    accepter(jeton, personne("une-autre"))


def test_un_compte_delie_ne_lit_plus_rien(ici: Cabinets) -> None:
    ici.en_cours()
    quelqu_un = personne("quelqu-un")
    accepter(_inviter(ici), quelqu_un)
    page = reverse("medecin-de-la-caisse", args=[ici.un.pk])
    assert _client(ici.carole).post(page, {"geste": "detacher"}).status_code == 302
    assert not visibles(Acteur(Personne.objects.get(pk=quelqu_un.pk))).exists()
    assert _client(ici.carole).post(page, {"geste": "detacher"}).status_code == 422


def test_le_medecin_relie_a_sa_ligne_dans_le_courriel_du_jour(
    ici: Cabinets, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    contrat = ici.en_cours(le=date(2024, 9, 2))
    quelqu_un = personne("quelqu-un")
    accepter(_inviter(ici), quelqu_un)
    HorlogeDeContrat.objects.filter(contrat=contrat, code="renouvellement").update(
        jour=timezone.localdate()
    )
    rappeler()
    assert Avis.objects.filter(destinataire=quelqu_un.courriel, genre="contrat").exists()
    Contrat.objects.filter(pk=contrat.pk).update(essai=True)
    Avis.objects.all().delete()
    settings.DEMONSTRATION = False
    rappeler()
    assert not Avis.objects.filter(destinataire=quelqu_un.courriel).exists()
