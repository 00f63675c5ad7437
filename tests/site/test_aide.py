"""The employer's door to the aid contract, by its addresses: questions, five years, files, mistakes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

QUESTION = "/simulateur/employeur/aide/"
RESULTAT = f"{QUESTION}resultat/"
GENERALISTE = {
    "date_signature_contrat_aide": "2026-03-01",
    "specialite": "medecine_generale",
    "secteur": "1",
    "option_etp": "un",
    "patientele_mt": "1200",
    "salaire_charge_mensuel_cents": "3 200",
    "bande_activite": "p50_p70",
    "date_prise_fonction": "2026-03-02",
    "secretaire_promue": "oui",
}


def adresse(page: str = RESULTAT, **autres: str) -> str:
    """The address of a generalist's contract, but for some answers; an empty one is left out."""
    dits = {nom: dit for nom, dit in (GENERALISTE | autres).items() if dit}
    return f"{page}?{urlencode(dits)}"


def test_une_question_a_la_fois_jusqu_aux_cinq_ans(client: Client) -> None:
    dites: dict[str, str] = {}
    for _ in range(12):
        page = client.get(QUESTION, dites)
        if page.status_code == 302:
            break
        posee = re.search(r'name="posee" value="(\w+)"', page.content.decode())
        assert posee is not None
        assert posee[1] not in dites
        dites[posee[1]] = GENERALISTE[posee[1]]
    else:
        pytest.fail("the questions do not end")
    assert set(dites) == set(GENERALISTE)
    assert page.headers["Location"].startswith(RESULTAT)
    assert "jusqu’à 132 000 €" in lire(client, page.headers["Location"]).texte


def test_la_date_du_jour_est_celle_de_la_page(client: Client) -> None:
    page = client.get(f"/au/2022-03-01{QUESTION}").content.decode()
    assert 'type="date"' in page
    assert 'value="2022-03-01"' in page
    assert f'action="/au/2022-03-01{QUESTION}"' in page


def test_un_oui_ou_non_se_repond_par_deux_boutons(client: Client) -> None:
    page = client.get(adresse(QUESTION, secretaire_promue="")).content.decode()
    assert re.findall(r'<button[^>]* name="secretaire_promue" value="(\w+)"', page) == [
        "oui",
        "non",
    ]
    assert "secretaire_promue=inconnu" in page


def test_les_cinq_annees_sont_dans_l_image_et_dans_la_table(client: Client) -> None:
    source = client.get(adresse()).content.decode()
    page = lire(client, adresse())
    assert 'role="img"' in source
    assert source.count('class="marche marche-ferme"') == 2
    assert source.count('class="marche marche-objectifs"') == 3
    for montant in ("38 000 €", "28 000 €", "22 000 €", "38 400 €", "16 400 €"):
        assert montant in page.texte
    assert "29 février 2028" in page.texte


def test_les_cinq_ans_ont_leur_total_et_ce_qui_reste_est_un_minimum(client: Client) -> None:
    source = client.get(adresse()).content.decode().replace("\u202f", " ")
    total = source.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert re.findall(r">([^<>]*€)<", total) == ["132 000 €", "192 000 €", "au moins 60 000 €"]
    assert "au moins 16 400 €" in source
    assert ">400 €<" in source


def test_un_salaire_brut_donne_un_cout_au_moins(client: Client) -> None:
    sans = adresse(salaire_charge_mensuel_cents="inconnu")
    texte = lire(client, f"{sans}&brut=2100").texte.replace("\u202f", " ")
    assert "au moins 25 200 €" in texte
    assert "au moins 3 200 €" in texte
    assert "les cotisations de l’employeur s’ajoutent" in texte
    assert "n’est pas un montant" in lire(client, f"{sans}&brut=beaucoup").texte
    assert 'name="brut"' not in client.get(adresse()).content.decode()


def test_les_versements_ont_leur_jour_et_rien_n_est_du_a_l_anniversaire(client: Client) -> None:
    texte = lire(client, adresse()).texte.replace("\u202f", " ")
    assert "Mars 2026, le mois du contrat 38 000 €" in texte
    assert "Le 1er mars 2027, à l’anniversaire 28 000 €" in texte
    assert texte.count("11 000 € chaque fois, au plus") == 3
    assert "Premier anniversaire" not in texte
    # The calendar of an older contract is not that one.
    ancien = lire(client, adresse(date_signature_contrat_aide="2021-03-01", nouvel_installe="non"))
    assert "Quand l’argent arrive" not in ancien.texte


def test_la_formation_de_la_personne_se_compte_en_jours_d_absence(client: Client) -> None:
    qui = "&diplomes=secretaire_medical&date_entree=2027-01-04&afgsu_niveau=0&situation=salarie_cabinet"
    assert "31 jours d’absence" in lire(client, adresse() + qui).texte
    assert "jours d’absence, deux" not in lire(client, adresse()).texte


def test_un_montant_inconnu_dit_quelle_question_le_donne(client: Client) -> None:
    page = lire(client, adresse(bande_activite="inconnu"))
    assert "les suivantes dépendent du rang de votre activité" in page.titres[0]
    assert page.texte.count("inconnu, il manque : rang de l’activité") >= 4
    assert any("question=bande_activite" in lien for lien in page.liens)
    assert "0 €" not in re.sub(r"\d\d0\W€", "", page.texte)


def test_un_montant_sans_source_le_dit_et_ne_demande_rien(client: Client) -> None:
    page = lire(client, adresse(option_etp="deux", bande_activite=""))
    assert "inconnu : aucune source ne le donne" in page.texte
    assert "il manque : rang" not in page.texte


def test_les_lectures_rivales_sont_cote_a_cote_et_la_plus_proche_retenue(client: Client) -> None:
    texte = lire(client, adresse(date_prise_fonction="2026-05-02")).texte
    assert "1er mars 2028, par prudence" in texte
    apres = texte[texte.index("par prudence") :]
    assert re.search(r"1er mars 2028 .* 2 mai 2028 .* 2 mai 2029", apres)
    assert "Les sources divergent" in apres


def test_un_jour_chome_dit_le_dernier_jour_ouvre(client: Client) -> None:
    texte = lire(client, adresse(date_signature_contrat_aide="2026-03-02")).texte
    assert "Le 1er mars 2031 est un samedi" in texte
    assert "agissez au plus tard le vendredi 28 février 2031" in texte


def test_une_echeance_sans_jour_dit_ce_qu_elle_attend(client: Client) -> None:
    page = lire(client, adresse())
    assert "Sans date pour l’instant" in page.texte
    assert 'devoir-jour">24 avril' not in client.get(adresse()).content.decode()
    assert any("question=date_jury" in lien for lien in page.liens)


def test_les_objectifs_viennent_du_contrat_ou_du_calcul(client: Client) -> None:
    assert "C’est votre contrat qui donne ce chiffre" in lire(client, adresse()).texte
    ancien = adresse(
        date_signature_contrat_aide="2022-03-01",
        option_etp="un",
        bande_activite="p90_p95",
        file_active="1600",
        zone_sous_dense="oui",
        exercice_coordonne="oui",
        nouvel_installe="non",
    )
    texte = lire(client, ancien).texte
    assert "150 patients de plus en médecin traitant" in texte
    assert "200 patients de plus en file active" in texte
    assert "À atteindre au plus tard le 1er mars 2025" in texte


def test_un_refus_dit_pourquoi_et_ce_qui_le_changerait(client: Client) -> None:
    refusee = adresse(secteur="2", patientele_mt="500", nouvel_installe="non")
    page = lire(client, refusee)
    assert page.titres[0].startswith("Ce contrat d’aide ne vous est pas ouvert")
    assert "276 patients de plus" in page.texte
    assert "Ce qui est dû" not in page.texte
    voir = next(lien for lien in page.liens if "2_optam" in lien and "resultat" in lien)
    assert "vous est ouvert" in lire(client, voir).titres[0]
    assert client.get(adresse(f"{QUESTION}echeances.ics", secteur="2")).status_code == 404


def test_plusieurs_medecins_comptent_plusieurs_contrats(client: Client) -> None:
    page = lire(client, adresse(medecins="2", option_etp="demi"))
    assert "pour 2 contrats" in page.titres[0]
    assert "rien : l’aide" not in page.texte
    peu = {"medecins": "2", "salaire_charge_mensuel_cents": "2000"}
    assert "rien : l’aide dépasse ce coût" in lire(client, adresse(option_etp="demi", **peu)).texte
    # Two full-time aids for one post: nobody may sign that.
    trop = lire(client, adresse(option_etp="un", **peu))
    assert "ne vous est pas ouvert" in trop.titres[0]
    assert "rien : l’aide" not in trop.texte


def test_une_aide_selon_des_objectifs_ne_promet_pas_qu_il_ne_reste_rien(client: Client) -> None:
    """From the third year on the aid is a most: more than the cost, it covers it if it is whole."""
    texte = lire(client, adresse(salaire_charge_mensuel_cents="300")).texte
    assert texte.count("rien, si l’aide est entière") == 4  # three years, and the five together
    assert texte.count("rien : l’aide dépasse ce coût") == 2


def test_un_contrat_collectif_suit_son_bareme(client: Client) -> None:
    page = lire(client, adresse(contrat_collectif="oui", etp="1,5", medecins="2"))
    assert "57 000 €" in page.texte
    assert "165 patients de plus en file active" in page.texte


@pytest.mark.parametrize(
    ("nom", "saisie", "raison"),
    [
        ("date_signature_contrat_aide", "2026-02-31", "n’existe pas dans le calendrier"),
        ("date_signature_contrat_aide", "demain", "n’est pas une date"),
        ("date_prise_fonction", "0001-01-01", "n’est pas plausible"),
        ("salaire_charge_mensuel_cents", "-200", "indiquez 0 € ou plus"),
        ("salaire_charge_mensuel_cents", "beaucoup", "n’est pas un montant"),
        ("salaire_charge_mensuel_cents", "999999999", "le plus grand possible est 100 000 €"),
        ("salaire_charge_mensuel_cents", "1e9", "n’est pas un montant"),
        ("option_etp", "trois", "n’est pas une réponse connue"),
        ("secretaire_promue", "peut-être", "n’est ni oui ni non"),
        ("patientele_mt", "-3", "est négatif"),
        ("patientele_mt", "9" * 400, "est un nombre trop grand"),
        ("medecins", "0", "trop petit"),
        ("part_ccam_pct", "12,345", "plus de deux décimales"),
    ],
)
def test_une_reponse_illisible_est_redemandee_a_sa_place(
    client: Client, nom: str, saisie: str, raison: str
) -> None:
    page = client.get(adresse(**{nom: saisie}))
    assert page.status_code == 302
    question = lire(client, page.headers["Location"])
    assert raison in question.texte
    assert f'name="posee" value="{nom}"' in client.get(page.headers["Location"]).content.decode()
    for fichier in ("cinq-ans.pdf", "echeances.ics"):
        assert client.get(adresse(f"{QUESTION}{fichier}", **{nom: saisie})).status_code == 404


@pytest.mark.parametrize(
    "requete",
    ["", "inconnue=1", "question=voie", "question=plafond_etp", "annee=3&debut_annee=2026-01-01",
     "posee=annee", "date_signature_contrat_aide=inconnu", "specialite=%00%F0%9F"],
)  # fmt: skip
def test_une_adresse_etrange_ne_casse_rien(client: Client, requete: str) -> None:
    for page in (QUESTION, RESULTAT, f"{QUESTION}cinq-ans.pdf", f"{QUESTION}echeances.ics"):
        attendus = (400,) if "%00" in requete else (200, 302, 404)
        assert client.get(f"{page}?{requete}").status_code in attendus


def test_aller_positionner_la_personne_et_revenir_ne_perd_rien(client: Client) -> None:
    aller = next(
        lien for lien in lire(client, adresse()).liens if lien.startswith("/simulateur/employeur/?")
    )
    page = client.get(f"{aller}&diplomes=secretaire_medical&date_entree=2026-06-01&afgsu_niveau=0")
    while page.status_code == 200:
        posee = re.search(r'name="posee" value="(\w+)"', page.content.decode())
        assert posee is not None
        assert 'name="option_etp" value="un"' in page.content.decode()
        aller = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}&{posee[1]}=inconnu"
        page = client.get(aller)
    retour = next(lien for lien in lire(client, page.headers["Location"]).liens if QUESTION in lien)
    revenu = client.get(retour)
    assert revenu.status_code == 302
    dits = parse_qs(urlsplit(revenu.headers["Location"]).query)
    assert {nom: dits[nom][0] for nom in GENERALISTE} == GENERALISTE
    texte = lire(client, revenu.headers["Location"]).texte
    assert "Obtenir le CQP" in texte
    assert "Suivre la formation d’adaptation" not in texte


def test_la_porte_mene_a_l_aide_des_la_premiere_question(client: Client) -> None:
    assert f'href="{QUESTION}?' in client.get("/simulateur/employeur/").content.decode()
    assert f'href="{QUESTION}?' not in client.get("/simulateur/candidat/").content.decode()
    assert "sur cinq ans" in lire(client, "/").texte


def test_le_calendrier_et_le_pdf_s_emportent(client: Client) -> None:
    page = client.get(adresse(f"{QUESTION}echeances.ics"))
    jours = [str(un.start) for un in Calendar.from_ical(page.content).events]
    assert jours == ["2026-09-02", "2027-03-01", "2028-03-01", "2028-03-01", "2031-02-28"]
    deplacee = client.get(
        adresse(f"{QUESTION}echeances.ics", date_signature_contrat_aide="2026-05-01")
    )
    numeros = [
        {str(un["uid"]) for un in Calendar.from_ical(lue.content).events}
        for lue in (page, deplacee)
    ]
    assert numeros[0] == numeros[1], "un contrat signé plus tard déplace ses échéances"
    pdf = client.get(adresse(f"{QUESTION}cinq-ans.pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content == client.get(adresse(f"{QUESTION}cinq-ans.pdf")).content
    assert "binome-cinq-ans.pdf" in pdf.headers["Content-Disposition"]


def test_le_jour_de_la_machine_a_remonter_tient_dans_chaque_lien(client: Client) -> None:
    page = lire(client, f"/au/2022-03-01{adresse()}")
    ailleurs = [
        lien
        for lien in page.liens
        if "/simulateur/" in lien and not lien.startswith("/au/2022-03-01/")
    ]
    # Only the way back to the rules of today.
    assert ailleurs == [adresse()]


def _etapes(client: Client, adresse: str) -> list[str]:
    source = (
        client.get(adresse).content.decode().partition('class="etapes"')[2].partition("</ol>")[0]
    )
    return re.findall(r"<h3>([^<]+)</h3>", source)


def test_et_maintenant_suit_l_etat_du_contrat(client: Client) -> None:
    demain = (timezone.localdate() + timedelta(days=40)).isoformat()
    a_signer = _etapes(
        client, adresse(date_signature_contrat_aide=demain, date_prise_fonction=demain)
    )
    assert a_signer == [
        "Faites confirmer votre cas par la CPAM",
        "Signez le contrat avec votre CPAM",
        "Inscrivez la personne en formation",
    ]
    signe = _etapes(client, adresse())
    assert len(signe) == 3
    assert signe[0] == "Prévenez la CPAM de ce qui change"
    assert signe[2] == "Comparez votre activité à l’objectif du contrat"
    ancien = _etapes(
        client,
        adresse(
            date_signature_contrat_aide="2022-03-01",
            nouvel_installe="non",
            exercice_regroupe="oui",
            exercice_coordonne="oui",
        ),
    )
    assert "Faites le point avec la caisse" in ancien
    refuse = _etapes(client, adresse(secteur="2"))
    assert refuse == [
        "Demandez à la CPAM un contrat adapté",
        "Le poste peut exister sans cette aide",
    ]


def test_deux_options_se_comparent_par_leur_adresse(client: Client) -> None:
    comparer = adresse(f"{QUESTION}comparer/")
    page = lire(client, comparer)
    vers = [lien for lien in page.liens if "si.option_etp=demi" in lien]
    assert len(vers) == 1
    lue = lire(client, vers[0])
    plat = lue.texte.replace("\u202f", " ")
    assert "66 000 € d’aide en moins, sur cinq ans." in plat
    assert "L’aide sur cinq ans : 66 000 € , au lieu de 132 000 €" in plat
    assert "Option du contrat d’aide : un mi-temps, au lieu d’un temps plein" in plat
    retour = next(lien for lien in lue.liens if lien.startswith(RESULTAT) and "si." not in lien)
    assert "option_etp=un" in retour
    assert any(lien.startswith(f"{QUESTION}comparer/") for lien in lire(client, adresse()).liens)
    illisible = client.get(adresse(f"{QUESTION}comparer/", secteur="9"))
    assert illisible.headers["Location"].startswith(QUESTION)


def test_un_salaire_brut_suit_la_comparaison(client: Client) -> None:
    sans = adresse(f"{QUESTION}comparer/", salaire_charge_mensuel_cents="inconnu")
    lue = lire(client, f"{sans}&brut=2100&si.option_etp=demi")
    assert "Au moins 126 000 €" in lue.texte.replace("\u202f", " ")
    assert all(
        "brut=2100" in lien for lien in lue.liens if lien.startswith(RESULTAT) and "si." in lien
    )
