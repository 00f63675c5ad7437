"""The pages of the room: the branch declares, the organisation and the person complete, nobody else reads."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from binome.passeport.etats import EtatDeDeclaration
from binome.passeport.fiches import fiche_de
from binome.passeport.models import LotDePassages, ReglagesDuPasseport
from tests.dossiers.monde import personne
from tests.passeport.test_lots import DE_NAISSANCE
from tests.passeport.test_vie import retirer
from tests.passeport.vie import FICHE, NUMEROS, SCHEMA, accuse, regler_d_essai

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.comptes.models import Personne
    from tests.passeport.vie import Certifies

ACCUEIL = "/espace/passeport/"


@pytest.fixture
def chez(certifies: Certifies) -> Callable[[str], Client]:
    """The browser of one of the people of the world."""

    def ouvrir(nom: str) -> Client:
        navigateur = Client()
        qui: Personne = getattr(certifies.monde, nom)
        navigateur.force_login(qui)
        return navigateur

    return ouvrir


def lu(navigateur: Client, adresse: str, status: int = 200) -> str:
    reponse = navigateur.get(adresse)
    assert reponse.status_code == status, adresse
    return " ".join(re.sub(r"<[^>]+>", " ", reponse.content.decode()).split())


def test_du_reglage_a_l_accuse_par_les_pages(
    certifies: Certifies, chez: Callable[[str], Client]
) -> None:
    ana = chez("ana")
    page = lu(ana, ACCUEIL)
    assert "Il manque l’identifiant client. La Caisse des Dépôts le donne à la branche" in page
    assert ana.post(f"{ACCUEIL}reglages/", {**NUMEROS, "contrat": "x" * 21}).status_code == 422
    assert ana.post(f"{ACCUEIL}reglages/", NUMEROS).status_code == 302
    faux = SimpleUploadedFile("faux.xsd", SCHEMA.replace(b'version="1.1.2"', b'version="2.0.0"'))
    refus = ana.post(f"{ACCUEIL}reglages/schema/", {"fichier": faux, "du": "2026-11-29"})
    assert refus.status_code == 422
    assert "la version 2.0.0" in refus.content.decode()
    bon = SimpleUploadedFile("cpf-1.1.2.xsd", SCHEMA)
    assert ana.post(
        f"{ACCUEIL}reglages/schema/", {"fichier": bon, "du": timezone.localdate().isoformat()}
    ).status_code == 302  # fmt: skip
    tenus = ReglagesDuPasseport.objects.get()
    assert (tenus.version_du_schema, tenus.essai) == ("1.1.2", True), "cette branche est inventée"
    certifies.completer(0)
    assert "1 certification prête à déclarer" in lu(ana, ACCUEIL)
    prepare = ana.post(f"{ACCUEIL}lots/", {"action": "CREATION"})
    lot = LotDePassages.objects.get()
    assert prepare["Location"] == f"{ACCUEIL}lots/{lot.pk}/"
    fichiers = [ana.get(f"{ACCUEIL}lots/{lot.pk}/fichier/") for _ in range(2)]
    assert fichiers[0].content == fichiers[1].content
    assert f'filename="{lot.nom}"' in fichiers[0]["Content-Disposition"]
    trop_tot = (timezone.localdate() + timedelta(days=1)).isoformat()
    depot = f"{ACCUEIL}lots/{lot.pk}/depot/"
    assert ana.post(depot, {"version": lot.version, "le": trop_tot}).status_code == 422
    aujourd_hui = timezone.localdate().isoformat()
    assert ana.post(depot, {"version": lot.version, "le": aujourd_hui}).status_code == 302
    assert ana.post(depot, {"version": lot.version, "le": aujourd_hui}).status_code == 409
    recu = SimpleUploadedFile("Accusé de traitement.xml", accuse(certifies, lot, {0: DE_NAISSANCE}))
    assert ana.post(f"{ACCUEIL}accuses/", {"accuse": recu}).status_code == 302
    page = lu(ana, ACCUEIL)
    assert "Vérifiez le jour et le mois de naissance" in page
    assert DE_NAISSANCE in page
    assert "1 refusée" in lu(ana, f"{ACCUEIL}lots/{lot.pk}/") or "Refusée" in lu(
        ana, f"{ACCUEIL}lots/{lot.pk}/"
    )


def test_la_personne_et_son_organisme_completent_et_personne_d_autre(
    certifies: Certifies, chez: Callable[[str], Client]
) -> None:
    parcours = certifies.titres[0].parcours
    adresse = f"{ACCUEIL}etats-civils/{parcours.pk}/"
    alice, lea = chez("alice"), chez("lea")
    assert "Parchemin délivré : à compléter sans attendre" in lu(alice, f"{ACCUEIL}etats-civils/")
    assert "Il manque votre état civil" in lu(lea, f"/espace/suivis/parcours/{parcours.pk}/")
    assert 'value="Exemple"' in lea.get(adresse).content.decode()
    refus = lea.post(adresse, {**FICHE, "sexe": "", "insee": "400888"})
    assert refus.status_code == 422
    assert "Choisissez le sexe inscrit à l’état civil." in refus.content.decode()
    assert 'value="400888"' in refus.content.decode()
    assert lea.post(adresse, FICHE).status_code == 302
    fiche = fiche_de(parcours.dossier)
    assert fiche is not None
    assert (fiche.naissance, fiche.insee) == ("1984-05-03", "40088")
    assert certifies.passage().etat == EtatDeDeclaration.PRETE
    # Alice opened the page before: what she types does not go over what Léa wrote.
    assert alice.post(adresse, FICHE).status_code == 422
    for nom in ("bob", "charlie", "emma"):
        lu(chez(nom), adresse, 404)
    etranger = Client()
    etranger.force_login(personne("zoe"))
    lu(etranger, adresse, 404)
    for nom in ("alice", "lea", "emma"):
        lu(chez(nom), ACCUEIL, 404)


def test_le_certificat_accepte_se_lit_sur_le_parcours(
    certifies: Certifies, chez: Callable[[str], Client]
) -> None:
    regler_d_essai(certifies.monde)
    certifies.completer(0)
    certifies.repondre(certifies.lot())
    parcours = certifies.titres[0].parcours
    page = lu(chez("lea"), f"/espace/suivis/parcours/{parcours.pk}/")
    assert "Votre certificat est dans le passeport de compétences." in page


def test_l_accueil_mene_a_l_etat_civil_tant_que_le_titre_vaut(
    chez: Callable[[str], Client], certifies: Certifies
) -> None:
    lea = chez("lea")
    parcours = certifies.titres[0].parcours
    accueil = lea.get("/espace/").content.decode()
    assert (
        f'href="/espace/passeport/etats-civils/{parcours.pk}/">Compléter mon état civil' in accueil
    )
    for rang in range(3):
        retirer(certifies, rang)
    assert "Il manque votre état civil" not in lu(lea, "/espace/")
    assert "retiré depuis le" in lu(lea, "/espace/")
    page = lu(lea, f"/espace/suivis/parcours/{parcours.pk}/")
    assert "rien n’est à inscrire au passeport" in page
    assert "Sans suite" not in page
    assert "le jour venu" not in page


def test_la_liste_coute_autant_pour_une_que_pour_trois(
    certifies: Certifies,
    chez: Callable[[str], Client],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    regler_d_essai(certifies.monde)
    ana = chez("ana")
    ana.get(ACCUEIL)
    for rang in range(3):
        certifies.completer(rang)
        with django_assert_max_num_queries(22):  # type: ignore[attr-defined] # a context of pytest-django
            ana.get(ACCUEIL)
