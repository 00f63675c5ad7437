"""Who pays: the routes of one person by their addresses, and the page that explains the funding."""

from __future__ import annotations

import gzip
import re
from itertools import cycle, product
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.financement import VUE
from tests.site.lecture import lire, titre

if TYPE_CHECKING:
    from django.test import Client

PORTES = ("candidat", "employeur", "organisme")
SECRETAIRE = {
    "date_entree": "2023-06-01",
    "diplomes": "aucun",
    "niveau_diplome": "4",
    "experience_secretaire_mois": "0",
    "experience_dentaire_mois": "0",
    "afgsu_niveau": "0",
    "situation": "salarie_cabinet",
}
VOIES = len(base_courante().vue(VUE).question.cibles)


def adresse(porte: str = "candidat", **autres: str) -> str:
    """The address of a secretary's funding, but for some answers; an empty one is left out."""
    dits = {nom: dit for nom, dit in (SECRETAIRE | autres).items() if dit}
    return f"/simulateur/{porte}/financement/?{urlencode(dits)}"


def voie(client: Client, ancre: str, page: str) -> str:
    """The words of one route on a page."""
    source = client.get(page).content.decode()
    corps = source.partition(f'id="{ancre}"')[2].partition("</tbody>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", corps))


def test_les_neuf_voies_sont_dans_la_table_les_ouvertes_d_abord(client: Client) -> None:
    source = client.get(adresse()).content.decode()
    etats = re.findall(r'<tbody class="voie voie-(\w+)"', source)
    assert len(etats) == VOIES == 9
    assert etats == sorted(etats, key=["oui", "indetermine", "non"].index)
    page = lire(client, adresse())
    assert "Deux voies sont ouvertes : le plan de développement" in page.texte
    assert "Trois restent à vérifier, quatre sont fermées" in page.texte


def test_le_plan_de_2023_paie_a_l_euro_et_dit_hors_taxes(client: Client) -> None:
    dits = voie(client, "pdc", adresse())
    assert re.search(r"7.680.€ hors taxes", dits)
    assert re.search(r"4.608.€", dits)
    assert "Nous ne l’avons pas lu" in dits
    assert not re.search(r"(?<![\d.,])0.€", dits)
    assert "rorata de la présence" in dits


def test_aujourd_hui_le_plan_ne_dit_aucun_montant(client: Client) -> None:
    dits = voie(client, "pdc", adresse(date_entree="2026-11-25"))
    assert dits.count("Nous ne l’avons pas lu") == 3
    assert "La branche en a suspendu le paiement en 2023" in dits
    assert re.search(
        r"environ 2.550.€", voie(client, "periode-reconversion", adresse(date_entree="2026-11-25"))
    )


def test_un_montant_conteste_ou_suppose_le_dit(client: Client) -> None:
    page = adresse(date_entree="2026-11-25")
    assert re.search(
        r"au moins 150 € les sources divergent ; et ce que vos droits ne couvrent pas",
        voie(client, "cpf", page),
    )
    forfait = r"environ 2 550 € la source ne dit pas si la TVA est comprise ; les sources divergent"
    assert re.search(forfait, voie(client, "periode-reconversion", page))
    suppose = voie(client, "contrat-professionnalisation", page)
    assert (
        "TVA est comprise ; hypothèse, déduite et non lue ; le barème lu est celui d’une autre branche"
        in suppose
    )


def test_un_montant_qui_attend_une_reponse_dit_laquelle(client: Client) -> None:
    page = adresse(diplomes="", niveau_diplome="", objectif="cqp")
    assert "Il manque : heures de formation" in voie(client, "pdc", page)
    # The two first headings wait for an answer; what no source gives comes after them.
    dits = voie(client, "pdc", page)
    assert dits.index("heures de formation") < dits.index("Nous ne l’avons pas lu")
    assert dits.count("Il manque : heures de formation") >= 2


def test_une_voie_fermee_ne_promet_rien_et_dit_pourquoi(client: Client) -> None:
    dits = voie(client, "apprentissage", adresse())
    assert "fermée" in dits
    assert dits.count("Rien : la voie est fermée") == 3
    assert "Ce qui s’y oppose" in dits
    assert "Ce qui n’est pas établi" not in dits


def test_ce_qui_ouvrirait_une_voie_mene_a_la_reponse_changee(client: Client) -> None:
    page = adresse(
        date_entree="2026-11-25", duree_parcours_mois="14", heures_semaine="35", age="30"
    )
    source = client.get(page).content.decode()
    bloc = source.partition('id="periode-reconversion"')[2].partition("</tbody>")[0]
    lien = re.search(r'<li>Avec un parcours de [^<]*<a href="([^"]+)"', bloc)
    assert lien is not None
    suite = client.get(lien[1].replace("&amp;", "&")).content.decode()
    assert '<tbody class="voie voie-oui" id="periode-reconversion"' in suite


def test_chaque_porte_a_ses_mots(client: Client) -> None:
    candidat, employeur, organisme = (lire(client, adresse(porte)).texte for porte in PORTES)
    assert "Votre employeur reçoit, pour le salaire" in candidat
    assert "Il vous reste à payer" in candidat
    assert "Vous recevez, pour le salaire" in employeur
    assert "Quel âge aura-t-elle" in employeur
    assert "Vous recevez, pour la formation" in organisme
    assert "Sa voie est" in organisme


def test_l_organisme_sait_ce_qu_il_recoit_et_quand(client: Client) -> None:
    source = client.get(adresse("organisme")).content.decode()
    bloc = re.sub(r"\s", " ", source.partition('id="versements"')[2].partition("</section>")[0])
    assert re.search(r"20 €</td>", bloc)
    assert "7 680 €" in bloc
    assert "après exécution" in bloc
    assert "Aucune source ne dit quand" in bloc
    assert 'id="versements"' not in client.get(adresse()).content.decode()


def test_les_questions_se_posent_sur_place_et_se_gardent(client: Client) -> None:
    page = client.get(adresse(age="23", publics="aucun", contrat="cdi"))
    source = " ".join(page.content.decode().split())
    assert 'name="age" value="23"' in source
    assert '<option value="cdi" selected>' in source
    assert re.search(r'name="publics" value="aucun" checked', source)
    assert '<input type="hidden" name="diplomes" value="aucun">' in source
    assert '<input type="hidden" name="age"' not in source
    page = client.get(adresse(age="inconnu"))
    assert 'name="age" value=""' in " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("nom", "dit", "raison"),
    [
        ("age", "abc", "n’est pas un nombre"),
        ("age", "12", "trop petit"),
        ("contrat", "stage", "réponse connue"),
        ("date_avenant_contrat", "2025-02-31", "existe pas"),
        ("heures_semaine", "-3", "trop petit"),
        ("heures_formation", "999999", "trop grand"),
        ("objectif", "x", "réponse connue"),
    ],
)
def test_une_reponse_illisible_est_dite_a_sa_place(
    client: Client, nom: str, dit: str, raison: str
) -> None:
    reponse = client.get(adresse(**{nom: dit}))
    source = " ".join(reponse.content.decode().split())
    assert reponse.status_code == 200
    faute = re.search(rf'id="erreur-{nom}" role="alert">([^<]+)<', source)
    assert faute is not None
    assert raison in faute[1]
    assert f'aria-describedby="erreur-{nom}"' in source
    assert '<details class="detail preciser" id="preciser" open>' in source


def test_cocher_aucun_avec_autre_chose_se_dit(client: Client) -> None:
    source = client.get(f"{adresse()}&publics=aucun&publics=minima_sociaux").content.decode()
    assert "Vous avez coché « aucun » avec autre chose" in re.sub(r"[\u00a0\u202f]", " ", source)


def test_une_reponse_du_positionnement_illisible_se_redemande(client: Client) -> None:
    reponse = client.get(adresse(date_entree="2023-02-30"))
    assert reponse.status_code == 302
    assert reponse.headers["Location"].startswith("/simulateur/candidat/?")


N_IMPORTE_QUOI = (
    ["", "a=b", "age=%00", "publics=%3Cscript%3E", "date_entree=", "age=1&age=2", "question=age"]
    + [f"{nom}=inconnu" for nom in ("age", "publics", "objectif", "situation", "diplomes")]
    + [
        "heures_formation=0",
        "heures_semaine=48&duree_parcours_mois=60",
        "voie=cqp",
        "minutes_positionnement=3",
    ]
)


@pytest.mark.parametrize(("porte", "requete"), list(zip(cycle(PORTES), N_IMPORTE_QUOI)))
def test_n_importe_quoi_reste_une_page(client: Client, porte: str, requete: str) -> None:
    _rester_une_page(client, porte, requete)


@pytest.mark.long(5)
def test_n_importe_quoi_reste_une_page_a_chaque_porte(client: Client) -> None:
    for porte, requete in product(PORTES, N_IMPORTE_QUOI):
        _rester_une_page(client, porte, requete)


def _rester_une_page(client: Client, porte: str, requete: str) -> None:
    reponse = client.get(f"/simulateur/{porte}/financement/?{requete}", follow=True)
    source = reponse.content.decode()
    assert source.count("<h1") == 1
    assert source.rstrip().endswith("</html>")
    assert "<script>" not in source
    if "%00" in requete:
        assert reponse.status_code == 400
        assert "un caractère qui ne s’écrit pas" in source
        return
    # The page itself, or the question that it lacks, at the same door.
    assert reponse.status_code == 200
    assert {adresse.split("?")[0] for adresse, _ in reponse.redirect_chain} <= {
        f"/simulateur/{porte}/",
        f"/simulateur/{porte}/financement/",
    }
    assert f'action="/simulateur/{porte}/' in source


def test_une_porte_inconnue_n_existe_pas(client: Client) -> None:
    assert "n’a pas d’entrée « x »" in lire(client, "/simulateur/x/financement/", 404).texte


def test_la_reponse_dit_qui_paie_et_y_mene(client: Client) -> None:
    for porte in PORTES:
        page = lire(client, f"/simulateur/{porte}/resultat/?{urlencode(SECRETAIRE)}")
        assert "Deux voies sont ouvertes" in page.texte
        liens = [un for un in page.liens if un.startswith(f"/simulateur/{porte}/financement/?")]
        assert "situation=salarie_cabinet" in liens[0]
        retour = lire(client, liens[0]).liens
        assert any(un.startswith(f"/simulateur/{porte}/resultat/?") for un in retour)


def test_les_reponses_d_une_autre_porte_se_gardent(client: Client) -> None:
    source = client.get(adresse("employeur", option_etp="un")).content.decode()
    assert '<input type="hidden" name="option_etp" value="un">' in source


def section(client: Client, page: str, ancre: str) -> str:
    """The words of a section of a page."""
    source = client.get(page).content.decode()
    corps = source.partition(f'<section id="{ancre}"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", corps))


def test_le_cout_du_rapport_est_refait_a_l_euro(client: Client) -> None:
    dits = section(client, "/financement/", "rapport")
    for morceau in ("384 h × 20 €", "7 680 €", "384 h × 12 €", "4 608 €", "12 288 €", "312 €"):
        assert morceau in dits
    assert "12 600 €" in dits
    assert "Déduit, le rapport ne le dit pas" in dits


def test_les_totaux_du_rapport_sont_recalcules(client: Client) -> None:
    dits = section(client, "/financement/", "rapport")
    assert re.search(r"6 000 stagiaires .*75 75,6", dits)
    assert re.search(r"trois ans et demi .*21,5 21,6", dits)
    assert "30,2" in dits


def test_le_bareme_suit_la_machine_a_remonter(client: Client) -> None:
    ancien = section(client, "/au/2023-06-01/financement/", "voies")
    assert re.search(r"20 € 7 680 €", ancien)
    assert re.search(r"centre de santé .*12 € 4 608 €", ancien)
    assert "La période de reconversion n’existe que depuis 2026" in ancien
    recent = section(client, "/au/2026-11-25/financement/", "voies")
    assert "7 680 €" not in recent
    assert re.search(r"9,15 € .*environ 2 550 €", recent)
    assert "La Pro-A n’existe plus" in recent


def test_un_jour_sans_cqp_ne_compte_aucun_total(client: Client) -> None:
    dits = section(client, "/au/2025-05-10/financement/", "voies")
    assert "Aucun CQP n’était en vigueur" in dits
    assert "2 550" not in dits
    assert "Pas de CQP ce jour-là" in dits


@pytest.mark.parametrize(
    ("jour", "annees"),
    [
        ("2026-11-25", "2021, 2022, 2024, 2025 et 2026"),
        ("2023-06-01", "2021 et 2022"),
        ("2021-03-01", "2021"),
    ],
)
def test_les_annees_sans_bareme_sont_dites(client: Client, jour: str, annees: str) -> None:
    assert annees in section(client, f"/au/{jour}/financement/", "inconnu")


@pytest.mark.parametrize(
    "jour", ["2018-01-01", "2021-01-01", "2024-12-01", "2031-01-01", "2099-12-31"]
)
def test_chaque_epoque_a_sa_page(client: Client, jour: str) -> None:
    page = lire(client, f"/au/{jour}/financement/")
    assert "Comment l’argent circule" in page.texte


def test_l_image_et_les_tableaux_disent_les_memes_montants(client: Client) -> None:
    source = client.get("/au/2026-11-25/financement/").content.decode()
    image = source.partition('<svg viewBox="0 0 360')[2].partition("</svg>")[0]
    assert "<title" in image
    assert "<desc" in image
    dessines = set(re.findall(r"\d[\d\s,]*€", image.partition("</desc>")[2]))
    tables = "".join(re.findall(r"<table.*?</table>", source, flags=re.DOTALL))
    assert len(dessines) >= 4
    assert all(montant in tables for montant in dessines)


def test_les_liens_vers_le_registre_s_ouvrent_a_l_ecart(client: Client) -> None:
    liens = {un for un in lire(client, "/financement/").liens if un.startswith("/ecarts/")}
    assert len(liens) > 5
    for lien in liens:
        page, _, ancre = lien.partition("#")
        assert f'id="{ancre}"' in client.get(page).content.decode(), lien


def test_la_rubrique_est_dans_le_bandeau(client: Client) -> None:
    source = client.get("/financement/").content.decode()
    assert '<a href="/financement/" aria-current="true">Qui paie</a>' in source
    assert "le 1er juin 2023" in titre(client, "/au/2023-06-01/financement/")


@pytest.mark.parametrize(
    ("page", "octets"),
    [
        ("/financement/", 20_000),
        (adresse(), 20_000),
        (adresse("organisme"), 20_000),
        ("/ecarts/", 24_000),  # every reading with its source, and a row more for each new one
    ],
)
def test_les_pages_sont_legeres(client: Client, page: str, octets: int) -> None:
    assert len(gzip.compress(client.get(page).content, 6)) < octets
