"""The pages: who delivers, who reads, and what anybody may verify without an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from binome.comptes import cadence
from binome.comptes.acteur import Acteur
from binome.espace.des_jurys import des_jurys
from binome.journal.ancres import poser
from binome.jurys.models import Jury
from binome.titres.delivrance import delivrer, redelivrer
from binome.titres.etats import NatureDeTitre
from binome.titres.jetons import jeton_dit
from binome.titres.models import Duplicata, MentionsDuTitre, Titre
from binome.titres.registre import fichiers
from binome.titres.sceller import sceller_les_titres
from tests.journal.etranger import Etranger
from tests.parcours.test_parcours import ouvert
from tests.titres.monde import ESSAI, certifiable, en_jury, jury_clos, mentions_donnees, valider
from tests.titres.test_delivrance import revoquer, texte_de

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from tests.dossiers.monde import Monde

NOMMENT = ("Léa", "Exemple", "1984")


def entrer(client: Client, qui: object) -> Client:
    client.force_login(qui)  # type: ignore[arg-type] # a person
    return client


def lu(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut, reponse
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_un_inconnu_verifie_un_titre_par_son_code_et_n_apprend_rien_par_son_numero(
    monde: Monde, rayon: Path
) -> None:
    titre, dehors = delivrer(certifiable(monde), en_jury(monde)), Client()
    sceller_les_titres()
    titre.refresh_from_db()
    adresse = reverse("verifier-un-titre", args=[titre.jeton])
    dit = lu(dehors, adresse)
    for mot in (
        "Spécimen reconnu : sans valeur", "Léa Exemple", "3 mai 1984", titre.numero, "RNCP40913", "331 Santé",
        "validé par le jury du", titre.empreinte, "Spécimen",
    ):  # fmt: skip
        assert mot in dit, mot
    par_numero = lu(dehors, f"/verifier/?titre={titre.numero.lower().replace('-', '+')}")
    assert "Spécimen reconnu : sans valeur" in par_numero
    assert "Ce titre est valide" not in par_numero
    a_l_adresse = dehors.get(f"/verifier/{titre.numero}/", follow=True)
    assert "Spécimen reconnu" in a_l_adresse.content.decode()
    de_travers = dehors.get(f"/verifier/0{titre.jeton[1:]}/", follow=True)
    assert (de_travers.status_code, "Ce code contient" in de_travers.content.decode()) == (
        422,
        True,
    )
    assert not any(mot in par_numero for mot in NOMMENT)
    suivi = dehors.get(f"/verifier/?titre={jeton_dit(titre.jeton).lower()}")
    assert (suivi.status_code, suivi["Location"]) == (302, adresse)
    for colle in (f"http://un.exemple{adresse}?vu=1", f"Code : {jeton_dit(titre.jeton)}"):
        suivi = dehors.get("/verifier/", {"titre": colle})
        assert (suivi.status_code, suivi["Location"]) == (302, adresse), colle
    for colle in (f"N° {titre.numero}", f"https://un.exemple/verifier/?titre={titre.numero}"):
        assert "Spécimen reconnu" in dehors.get("/verifier/", {"titre": colle}).content.decode()
    inconnu = lu(dehors, "/verifier/?titre=" + str(type(titre)(annee=2026, rang=99)))
    assert "Aucun titre ne correspond" in inconnu
    faute = dehors.get(
        f"/verifier/?titre={titre.numero[:-1]}{'A' if titre.numero[-1] != 'A' else 'B'}"
    )
    assert (faute.status_code, "faute de frappe" in faute.content.decode()) == (422, True)
    assert "Aucun titre ne correspond" in lu(dehors, "/verifier/23456789ABCDEFGHJ/", 404)
    revoquer(titre, Acteur(monde.ana), raison="Écrit pour la branche.")
    retire = lu(dehors, adresse)
    assert "Ce titre a été retiré" in retire
    assert "Écrit pour la branche" not in retire
    assert not dehors.cookies
    assert "no-store" in dehors.get(adresse)["Cache-Control"]


@pytest.mark.parametrize("chemin", ["verifier/", "verifier/23456789ABCDEFGHJ/", "badges/did.json"])
def test_qui_demande_trop_souvent_attend(
    db: None, monkeypatch: pytest.MonkeyPatch, chemin: str
) -> None:
    monkeypatch.setattr(cadence, "DEBUTS", 0)
    reponse = Client().get(f"/{chemin}")
    assert (reponse.status_code, reponse["Retry-After"]) == (429, "60")
    assert "max-age=300" not in reponse.get("Cache-Control", "")


def test_la_preuve_d_un_titre_tient_jusqu_a_l_empreinte_publiee(
    monde: Monde, rayon: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    titre = delivrer(certifiable(monde), en_jury(monde))
    sceller_les_titres()
    adresse = reverse("preuves-d-un-titre", args=[titre.jeton])
    assert json.loads(Client().get(adresse).content)["preuves"] == []
    poser()
    texte = Client().get(adresse).content.decode()
    titre.refresh_from_db()
    assert titre.empreinte in texte
    assert "titres.delivrer" in texte
    assert not any(mot in texte for mot in ("Léa", "Exemple", "1984-05-03"))
    etranger = Etranger(tmp_path)
    verdict = etranger.verifier(etranger.prendre(), etranger.garder("preuve.json", texte))
    assert (verdict.code, "Rien n’est faux" in verdict.dit) == (3, True), verdict.dit


def test_la_branche_donne_les_mentions_et_la_page_dit_ce_qui_manque(
    monde: Monde, client: Client
) -> None:
    en_jury(monde)
    entrer(client, monde.ana)
    page = f"/espace/titres/mentions/?emetteur={monde.branche.pk}&rncp=40913"
    dit = lu(client, page)
    assert "La date de la décision de France compétences" in dit
    assert "Nos sources disent : 331 Santé" in dit
    donnees = {**ESSAI, "decision_le": "2026-01-02", "vues": "0"}
    assert client.post(page, {**donnees, "decision_le": "2099-01-01"}).status_code == 422
    assert client.post(page, {**donnees, "signataire": "\U00012000"}).status_code == 422
    assert not MentionsDuTitre.objects.exists()
    assert client.post(page, donnees).status_code == 302
    assert client.post(page, donnees).status_code == 409
    assert MentionsDuTitre.objects.get().essai, "cette branche est inventée"
    assert "tout est donné" in lu(client, "/espace/titres/")
    entrer(client, monde.emma)
    assert client.get(page).status_code == 403


def test_un_jury_se_delivre_d_un_geste_puis_chacun_lit_le_sien(
    monde: Monde, rayon: Path, client: Client
) -> None:
    en_jury(monde)
    mentions_donnees(monde)
    jury = jury_clos(monde)
    un, deux = ouvert(monde), ouvert(monde)
    valider(monde, jury, un)
    valider(monde, jury, deux, (1,))
    entrer(client, monde.ana)
    page = f"/espace/titres/jurys/{jury.pk}/"
    assert "n’ont pas encore de parchemin" in lu(client, "/espace/titres/")
    assert "Délivrer les parchemins de ce jury" in lu(client, f"/espace/jurys/{jury.pk}/")
    dit = lu(client, page)
    assert "Délivrer 1 parchemin" in dit
    assert "il reste les blocs 2, 3, 4" in dit
    avant = f"/espace/titres/parcours/{un.pk}/apercu.pdf?nature=cqp"
    assert f'href="{avant}"' in dit
    apercu = texte_de(client.get(avant).content)
    assert "Léa Exemple" in apercu
    assert "Aperçu : rien n’est délivré." in apercu
    assert "AM-" not in apercu
    assert not Titre.objects.exists()
    lu(client, f"/espace/titres/parcours/{deux.pk}/apercu.pdf?nature=cqp", 404)
    assert client.post(page).status_code == 302
    titre = Titre.objects.get()
    assert titre.numero in lu(client, page)
    du_jury = lu(client, f"/espace/jurys/{jury.pk}/")
    assert "Délivrer les parchemins de ce jury" not in du_jury
    assert f'href="{page}"' in du_jury
    assert "se prépare" in lu(client, f"/espace/suivis/titres/{titre.pk}/")
    sceller_les_titres()
    for _ in range(2):
        double = client.post(f"/espace/titres/{titre.pk}/duplicata/", {"vus": "0"})
        assert double.status_code == 302
    assert Duplicata.objects.count() == 1
    assert "Duplicata n° 1 délivré" in lu(client, f"/espace/suivis/titres/{titre.pk}/")
    assert client.get(f"/espace/titres/{titre.pk}/duplicata-1.pdf").status_code == 404
    sceller_les_titres()
    for qui, statut in ((monde.ana, 200), (monde.lea, 200), (monde.emma, 404), (monde.alice, 404)):
        entrer(client, qui)
        for nom in ("titre.pdf", "duplicata-1.pdf"):
            assert client.get(f"/espace/titres/{titre.pk}/{nom}").status_code == statut
    entrer(client, monde.lea)
    assert titre.numero in lu(client, "/espace/")
    assert titre.numero in lu(client, f"/espace/suivis/parcours/{un.pk}/")
    assert f"/espace/suivis/parcours/{un.pk}/" in lu(client, f"/espace/suivis/titres/{titre.pk}/")
    assert "Open Badges 3.0" in lu(client, f"/espace/suivis/titres/{titre.pk}/")
    assert client.post(f"/espace/titres/{titre.pk}/duplicata/").status_code == 403
    assert client.post(
        f"/espace/suivis/titres/{titre.pk}/revoquer/", {"version": "1"}
    ).status_code == 403  # fmt: skip
    entrer(client, monde.alice)
    assert titre.numero not in lu(client, "/espace/")
    assert titre.numero not in lu(client, f"/espace/suivis/parcours/{un.pk}/")


def test_le_parcours_offre_ce_qui_se_delivre_a_qui_delivre(monde: Monde, client: Client) -> None:
    parcours = certifiable(monde, (1, 3))
    en_jury(monde)
    entrer(client, monde.ana)
    dit = lu(client, f"/espace/suivis/parcours/{parcours.pk}/")
    assert "Délivrer : Attestation de blocs" in dit
    assert "il reste les blocs 2, 4" in dit
    adresse = f"/espace/titres/parcours/{parcours.pk}/"
    assert client.post(adresse, {"nature": NatureDeTitre.BLOCS}).status_code == 302
    assert Titre.objects.get().blocs == [1, 3]
    entrer(client, monde.alice)
    assert client.post(adresse, {"nature": NatureDeTitre.BLOCS}).status_code == 403
    assert Titre.objects.count() == 1
    entrer(client, monde.charlie)
    assert client.post(adresse, {"nature": NatureDeTitre.CQP}).status_code == 404


@pytest.mark.parametrize("chemin", ["", "mentions/"])
def test_qui_ne_delivre_rien_n_a_pas_ces_pages(monde: Monde, client: Client, chemin: str) -> None:
    entrer(client, monde.bob)
    assert client.get(f"/espace/titres/{chemin}").status_code == 403


def test_un_titre_retire_ne_se_delivre_de_nouveau_que_pour_cette_personne_seule(
    monde: Monde, client: Client
) -> None:
    parcours, ana = certifiable(monde), en_jury(monde)
    jury = Jury.objects.get()
    assert any(un.titre == "Parchemin à délivrer" for un in des_jurys(ana))
    titre = revoquer(delivrer(parcours, ana), ana)
    assert not any(un.titre == "Parchemin à délivrer" for un in des_jurys(ana))
    entrer(client, monde.ana)
    page = f"/espace/titres/jurys/{jury.pk}/"
    dit = lu(client, page)
    assert f"{titre.numero}</a> : retiré, le titre a été délivré par erreur" in dit
    assert "Délivrer 1 parchemin" not in dit
    sien = lu(client, f"/espace/suivis/titres/{titre.pk}/")
    assert "Titre retiré par la branche : le titre a été délivré par erreur" in sien
    assert "Ensuite : quand ce qui était faux est corrigé" in sien
    assert "badge-" not in sien
    client.post(page)
    adresse = f"/espace/titres/parcours/{parcours.pk}/"
    client.post(adresse, {"nature": NatureDeTitre.CQP})
    assert Titre.objects.count() == 1
    assert "Délivrer de nouveau" in lu(client, f"/espace/suivis/parcours/{parcours.pk}/")
    client.post(adresse, {"nature": NatureDeTitre.CQP, "apres": str(titre.pk)})
    second = Titre.objects.get(rang=2)
    revoquer(second, ana, motif="fraude")
    assert "retiré pour fraude : aucun autre" in lu(client, page)
    client.post(adresse, {"nature": NatureDeTitre.CQP, "apres": str(second.pk)})
    assert Titre.objects.count() == 2


def test_un_titre_retire_se_relit_avec_son_etat_et_son_badge_ne_se_remet_plus(
    monde: Monde, rayon: Path, client: Client
) -> None:
    titre, ana = delivrer(certifiable(monde), en_jury(monde)), Acteur(monde.ana)
    sceller_les_titres()
    redelivrer(Titre.objects.get(pk=titre.pk), ana)
    sceller_les_titres()
    papier, double = (f"/espace/titres/{titre.pk}/{un}.pdf" for un in ("titre", "duplicata-1"))
    entrer(client, monde.lea)
    scelle = client.get(papier).content
    revoquer(Titre.objects.get(pk=titre.pk), ana)
    for adresse, quoi in ((papier, ""), (double, "-duplicata-1")):
        rendu = client.get(adresse)
        assert rendu.status_code == 200
        assert f"{titre.numero}{quoi}-retire.pdf" in rendu["Content-Disposition"]
        dit = texte_de(rendu.content)
        assert "Titre retiré le" in dit
        assert "le titre a été délivré par erreur. Cette copie ne vaut rien." in dit
        assert "Papier scellé" not in dit
        assert rendu.content != scelle
        assert rendu.content == client.get(adresse).content
    assert papier in lu(client, f"/espace/suivis/titres/{titre.pk}/")
    assert "ne se remet plus" in lu(client, f"/espace/titres/{titre.pk}/badge-0.jwt", 410)
    assert [nom for _, _, nom in fichiers(monde.lea)] == [
        f"{titre.parcours.dossier.reference}/titres/{titre.numero}{quoi}-retire.pdf"
        for quoi in ("", "-duplicata-1")
    ]
    assert Client().get(papier).status_code == 302
    for qui in (monde.emma, monde.alice, monde.charlie):
        entrer(client, qui)
        assert [client.get(un).status_code for un in (papier, double)] == [404, 404]


def test_un_titre_retire_avant_son_papier_n_en_a_jamais(monde: Monde, rayon: Path) -> None:
    titre = delivrer(certifiable(monde), en_jury(monde))
    revoquer(titre, Acteur(monde.ana))
    assert sceller_les_titres() == 0
    assert Titre.objects.get().fichier == ""
