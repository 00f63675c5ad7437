"""A call, what an organisation answers, what the branch decides: each a gesture, and what is missing is named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.courrier.models import Avis
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.reseau.appels import APPELS, CANDIDATURES
from binome.reseau.etats import EtatDAppel, EtatDeCandidature
from binome.reseau.exigences import compter_les_formateurs, exigences
from binome.reseau.models import Appel, Candidature, Convention, Formateur
from binome.reseau.permissions import candidatures_visibles
from tests.reseau.vie import un_appel, un_formateur, un_site, une_candidature

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde

APPEL = {
    "titre": "Appel 2027", "referentiel": "rncp40913", "texte": "Former dans les zones sans site.",
    "annees": "1", "formation_de_formateur": "on", "part_de_soignants": "25",
}  # fmt: skip


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    contenu: str = reponse.content.decode()
    return contenu.replace("\xa0", " ").replace("\u202f", " ")


def dans(jours: int) -> str:
    return (timezone.localdate() + timedelta(days=jours)).isoformat()


def geste(qui: Any, une: Candidature, nom: str, **donnees: Any) -> Candidature:
    faire(CANDIDATURES, nom, une, Acteur(qui), version=une.version, donnees=donnees)
    return Candidature.objects.select_related("appel", "organisme").get(pk=une.pk)


def test_la_branche_prepare_corrige_puis_publie(
    monde: Monde, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    client.force_login(monde.emma)
    nouveau = lire(client, "/espace/reseau/appels/nouveau/")
    assert "¶189" in nouveau
    assert 'value="25"' in nouveau
    recu = {**APPEL, "du": dans(0), "au": dans(-1)}
    refus = client.post("/espace/reseau/appels/nouveau/", recu)
    assert "Le dernier jour vient avant le premier." in refus.content.decode()
    client.post("/espace/reseau/appels/nouveau/", {**recu, "au": dans(40)})
    appel = Appel.objects.get()
    client.post(
        f"/espace/reseau/appels/{appel.pk}/", {**recu, "au": dans(50), "version": appel.version}
    )
    client.force_login(monde.alice)
    assert client.get(f"/espace/suivis/appels/{appel.pk}/").status_code == 404
    client.force_login(monde.emma)
    client.post(f"/espace/suivis/appels/{appel.pk}/publier/", {"version": 2})
    appel.refresh_from_db()
    assert (appel.etat, appel.au.isoformat()) == (EtatDAppel.PUBLIE, dans(50))
    assert client.post(f"/espace/reseau/appels/{appel.pk}/", recu).status_code == 422
    assert set(Avis.objects.values_list("destinataire", flat=True)) == {
        monde.alice.courriel, monde.charlie.courriel,
    }  # fmt: skip
    client.force_login(monde.alice)
    page = lire(client, f"/espace/suivis/appels/{appel.pk}/")
    assert "Il est ouvert aujourd’hui." in page
    assert "Au moins 25 % des personnes qui forment" in page
    assert "Répondre à l’appel" in page


@pytest.mark.parametrize(("du", "au", "ouvert"), [(0, 0, True), (1, 9, False), (-9, -1, False)])
def test_les_deux_jours_de_l_appel_comptent(
    monde: Monde, client: Client, du: int, au: int, ouvert: bool
) -> None:
    appel = un_appel(monde)
    jour = timezone.localdate()
    Appel.objects.filter(pk=appel.pk).update(
        du=jour + timedelta(days=du), au=jour + timedelta(days=au)
    )
    client.force_login(monde.alice)
    repondu = client.post(f"/espace/reseau/appels/{appel.pk}/repondre/")
    assert repondu.status_code == (302 if ouvert else 403)
    assert Candidature.objects.count() == int(ouvert)


def test_la_reponse_se_garde_incomplete_puis_s_envoie(monde: Monde, client: Client) -> None:
    appel, site, un = un_appel(monde), un_site(monde), un_formateur(monde)
    client.force_login(monde.alice)
    client.post(f"/espace/reseau/appels/{appel.pk}/repondre/")
    suite = client.post(f"/espace/reseau/appels/{appel.pk}/repondre/", follow=True)
    une = Candidature.objects.get()
    page = suite.content.decode()
    for manque in ("Une modalité", "Un site ouvert", "Qui formera", "La capacité par an"):
        assert manque in page
    adresse = f"/espace/reseau/candidatures/{une.pk}/"
    recu: dict[str, Any] = {
        "version": une.version, "modalites": ["sur_place"], "sites": [site.pk], "capacite": "beaucoup",
        "distance_1": "50", "qualiopi": "QUA 1", "qualiopi_du": dans(30), "qualiopi_au": dans(3),
    }  # fmt: skip
    faute = client.post(adresse, recu)
    assert faute.status_code == 422
    assert "beaucoup" in faute.content.decode()
    une.refresh_from_db()
    # What could be read is kept, what could not is named.
    assert (une.sites, une.distance, une.qualiopi) == ([site.pk], {"1": 50}, "QUA 1")
    assert (une.capacite, une.qualiopi_du) == (None, None)
    recu |= {
        "version": une.version, "capacite": "24", "qualiopi_du": dans(-3), "envoyer": "oui",
        "formateurs": [un.pk], "distance_2": "0", "distance_3": "0",
    }  # fmt: skip
    retenue = client.post(adresse, recu)
    assert retenue.status_code == 422
    assert "la part à distance du bloc 4" in retenue.content.decode()
    une.refresh_from_db()
    assert (une.etat, une.capacite) == (EtatDeCandidature.BROUILLON, 24)
    recu |= {"version": une.version, "distance_4": "0"}
    assert "envoyée à la branche" in client.post(adresse, recu, follow=True).content.decode()
    une.refresh_from_db()
    assert une.etat == EtatDeCandidature.DEPOSEE
    assert une.comptes["soignants"] == 1
    assert client.get(adresse).status_code == 302
    assert not list(differences())


def test_ce_qui_est_demande_se_compte_sans_rien_refuser(monde: Monde) -> None:
    appel = un_appel(monde)
    soignante = un_formateur(monde)
    autres = [
        Formateur(nom=str(rang), annees=2, forme_a_former=True, soignant=False) for rang in range(3)
    ]
    tenues = [
        une.tenue for une in exigences(appel, compter_les_formateurs(appel, [soignante, *autres]))
    ]
    assert tenues == [True, True, True]  # one in four is a quarter
    cinq = [soignante, *autres, Formateur(nom="5", annees=0, forme_a_former=None, soignant=False)]
    dites = exigences(appel, compter_les_formateurs(appel, cinq))
    assert [une.tenue for une in dites] == [False, None, False]
    assert [une.compte for une in dites] == ["4 sur 5", "4 sur 5, non dit pour 1", "1 sur 5"]
    cinq[-1].soignant = None
    assert exigences(appel, compter_les_formateurs(appel, cinq))[2].tenue is None
    assert [une.tenue for une in exigences(appel, compter_les_formateurs(appel, []))] == [None] * 3
    appel.annees = appel.part_de_soignants = None
    appel.formation_de_formateur = False
    assert exigences(appel, {}) == []


def test_une_reponse_qui_ne_tient_pas_tout_part_et_la_branche_le_lit(
    monde: Monde, client: Client
) -> None:
    une = une_candidature(monde)
    Formateur.objects.update(soignant=False)
    une = geste(monde.alice, une, "deposer")
    Formateur.objects.update(soignant=True)
    client.force_login(monde.emma)
    page = lire(client, f"/espace/suivis/candidatures/{une.pk}/")
    # As it was counted the day it was sent.
    assert "0 sur 1" in page
    assert "Rien n’est refusé d’office" in page
    assert "Accepter, et ouvrir la convention" in page


def test_la_branche_demande_puis_accepte_et_la_convention_s_ouvre(
    monde: Monde, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    une = geste(monde.alice, une_candidature(monde), "deposer")
    with pytest.raises(GesteImpossible, match="Dites ce qui manque"):
        geste(monde.emma, une, "demander")
    une = geste(monde.emma, une, "demander", motif="Le plan du site")
    # What the branch asked for may come once the window is over.
    fin = une.appel.au
    Appel.objects.update(au=timezone.localdate() - timedelta(days=1))
    une = geste(monde.alice, Candidature.objects.select_related("appel").get(), "deposer")
    Appel.objects.update(au=fin)
    assert une.etat == EtatDeCandidature.COMPLETEE
    with pytest.raises(GesteImpossible, match="vient avant le premier"):
        geste(monde.emma, une, "accepter", du=dans(2), au=dans(1))
    une = geste(monde.emma, une, "accepter", du=dans(1), au=dans(700))
    convention = Convention.objects.get()
    assert (convention.sites, convention.distance, convention.capacite) == (
        une.sites, une.distance, une.capacite,
    )  # fmt: skip
    assert [(un.mot, un.motif) for un in recit(CANDIDATURES, une, interne=True)] == [
        ("Candidature acceptée", ""), ("Candidature envoyée", ""),
        ("Complément demandé", "Le plan du site"), ("Candidature envoyée", ""),
        ("Candidature écrite", ""), ("Candidature commencée", ""),
    ]  # fmt: skip
    textes = set(Avis.objects.values_list("destinataire", "texte"))
    assert (
        monde.emma.courriel,
        "Un organisme a envoyé ou complété sa candidature à un appel.",
    ) in textes
    assert (
        monde.alice.courriel,
        "La branche accepte votre candidature : lisez la convention.",
    ) in textes
    assert not list(differences())
    assert verifier() is None


def test_un_refus_dit_pourquoi_et_ne_s_ouvre_pas(monde: Monde, client: Client) -> None:
    une = geste(monde.alice, une_candidature(monde), "deposer")
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        geste(monde.emma, une, "refuser", motif=" ")
    une = geste(monde.emma, une, "refuser", motif="Le site est fermé au public.")
    assert (une.etat, une.decidee_le is None) == (EtatDeCandidature.REFUSEE, False)
    client.force_login(monde.alice)
    assert "Le site est fermé au public." in lire(client, f"/espace/suivis/candidatures/{une.pk}/")
    assert not Convention.objects.exists()


def test_retirer_puis_reprendre_rend_un_brouillon(monde: Monde) -> None:
    une = geste(monde.alice, une_candidature(monde), "deposer")
    assert une in candidatures_visibles(Acteur(monde.emma))
    une = geste(monde.alice, geste(monde.alice, une, "retirer"), "reprendre")
    assert (une.etat, une.deposee_le) == (EtatDeCandidature.BROUILLON, None)
    assert une not in candidatures_visibles(Acteur(monde.emma))


def test_chacun_de_son_cote(monde: Monde, client: Client) -> None:
    une = une_candidature(monde)
    adresse = f"/espace/suivis/candidatures/{une.pk}/"
    for qui in ("bob", "charlie", "emma", "lea"):
        client.force_login(getattr(monde, qui))
        assert client.get(adresse).status_code == 404, qui
    une = geste(monde.alice, une, "deposer")
    client.force_login(monde.emma)
    assert client.get(adresse).status_code == 200
    assert client.post(f"{adresse}retirer/", {"version": une.version}).status_code == 403
    client.force_login(monde.alice)
    assert client.post(f"{adresse}accepter/", {"version": une.version}).status_code == 403
    # Who trains there too examines nothing of it, and is told why.
    donner_role(monde.emma, monde.organisme, "formateur")
    with pytest.raises(GesteImpossible, match="un rôle dans cet organisme"):
        geste(monde.emma, une, "refuser", motif="x")


def test_un_appel_se_prolonge_et_se_retire(monde: Monde) -> None:
    appel = un_appel(monde)
    emma = Acteur(monde.emma)
    with pytest.raises(GesteImpossible, match="donnez un jour d’après"):
        faire(APPELS, "prolonger", appel, emma, version=2, donnees={"au": dans(30)})
    faire(APPELS, "prolonger", appel, emma, version=2, donnees={"au": dans(31)})
    faire(APPELS, "retirer", appel, emma, version=3)
    assert not appel.ouvert_le(timezone.localdate())
    passe = un_appel(
        monde,
        publie=False,
        du=timezone.localdate() - timedelta(9),
        au=timezone.localdate() - timedelta(1),
    )
    with pytest.raises(GesteImpossible, match="donnez-lui d’autres jours"):
        faire(APPELS, "publier", passe, emma, version=1)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "faux",
    [
        {"au": timezone.localdate() - timedelta(days=9)},
        {"part_de_soignants": 101},
        {"publie_le": None},
    ],
)
def test_la_base_refuse_un_appel_faux(monde: Monde, faux: dict[str, Any]) -> None:
    un_appel(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appel.objects.update(**faux)


@pytest.mark.postgresql
def test_la_base_refuse_deux_reponses_d_un_organisme(monde: Monde) -> None:
    une = une_candidature(monde)
    une.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        une.save(force_insert=True)
