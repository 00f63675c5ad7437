"""Becoming an employer, by its addresses: the steps, the sheet, what is compared, the folder and the days."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from pypdfium2 import PdfDocument

from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide
from binome.regles.regle import Horloge
from binome.regles.taches import taches
from binome.site.employeur.etapes import _etape, etapes
from binome.site.employeur.fiche import fiche_de_poste
from binome.site.employeur.salaire import juger_le_brut, smic_du
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

GUIDE = "/employeur/"
DITS = {
    "date_prise_fonction": "2027-01-11",
    "date_signature_contrat_aide": "2026-12-15",
    "secretaire_promue": "oui",
}
MEDECIN = {
    "specialite": "medecine_generale",
    "secteur": "1",
    "patientele_mt": "1200",
    "bande_activite": "p50_p70",
}


def adresse(page: str = GUIDE, *fois: tuple[str, str], **autres: str) -> str:
    """The address of a hiring, but for some answers."""
    return f"{GUIDE}{page.removeprefix(GUIDE)}?{urlencode([*(DITS | autres).items(), *fois])}"


def test_rien_de_dit_aucune_date_mais_toutes_les_etapes(client: Client) -> None:
    page = lire(client, GUIDE)
    assert page.texte.count("C’est fait") == len(etapes().toutes) == 20
    assert "Dites le jour de l’embauche" in page.texte
    assert "(.ics)" not in page.texte
    assert "Nous ne savons pas : La grille d’aujourd’hui" in page.texte


def test_les_dates_se_calculent_de_l_embauche_et_du_contrat(client: Client) -> None:
    texte = lire(client, adresse()).texte
    assert "Du 3 janvier 2027 au 10 janvier 2027" in texte
    assert "Au plus tard le 16 janvier 2027" in texte
    assert "Le 11 janvier 2027" in texte
    assert "11 juillet 2027" in texte  # the secretary to replace, six months
    assert (
        "15 décembre 2028, par prudence" in texte
    )  # the title: from the signature, the nearest reading
    assert "14 décembre 2031" in texte  # the end of the aid contract


def test_une_etape_faite_est_dans_l_adresse_et_se_defait(client: Client) -> None:
    source = client.get(adresse()).content.decode()
    lien = re.search(r'href="(/employeur/\?[^"]*fait=piece[^"]*)#piece"', source)
    assert lien is not None
    faite = lien[1].replace("&amp;", "&")
    page = lire(client, faite)
    assert "1 étape faite sur 20" in page.texte
    source = client.get(faite).content.decode()
    assert 'id="piece"' in source
    assert re.search(r'href="/employeur/\?(?![^"]*fait=piece)[^"]*#piece"', source)
    assert "0 étape faite" in lire(client, adresse(GUIDE, ("fait", "n-existe-pas"))).texte


def test_le_brut_se_juge_par_le_smic_du_jour_de_l_embauche(client: Client) -> None:
    smic = smic_du(date(2027, 1, 11))
    assert smic.mensuel == 186_702
    assert "167,02 €" in juger_le_brut(170_000, smic)
    assert "est le SMIC" in juger_le_brut(186_702, smic)
    assert "dépasse" in juger_le_brut(186_703, smic)
    assert smic_du(date(2024, 10, 31)).mensuel is None
    assert juger_le_brut(170_000, smic_du(date(2024, 10, 31))) == ""
    assert "sous le SMIC" in lire(client, adresse(brut_plein="1 700")).texte
    assert "n’est pas un montant" in lire(client, adresse(brut_plein="abc")).texte


def test_ce_qui_est_connu_du_salaire_est_date_et_le_reste_est_demande(client: Client) -> None:
    texte = lire(client, GUIDE).texte
    for dit in (
        "de 1 642 à 1 943 €",
        "au 1er juin 2021",
        "au 1er juillet 2022",
        "le 1er juin. Nous",
    ):
        assert dit in re.sub(r"[\u202f\u00a0]", " ", texte)
    assert "Nous ne savons pas : La grille d’aujourd’hui" in texte


def test_une_regle_qui_ne_vaut_pas_ce_jour_la_se_tait(client: Client) -> None:
    ancienne = lire(client, f"{GUIDE}?date_signature_contrat_aide=2021-03-01").texte
    assert "70 % de la première année" in ancienne
    assert "70 % de la première année" not in lire(client, adresse()).texte


def test_la_fiche_ne_confie_que_ce_qui_se_confie() -> None:
    toute = fiche_de_poste({une.code for une in taches()})
    interdits = [un.geste for une in taches() if une.statut == "interdite" for un in une.gestes]
    assert interdits
    assert not [dit for dit in toute.confies for un in interdits if dit.endswith(f"{un}.")]
    confies = {f"{t.tache} : {g.geste}." for t in taches() for g in t.gestes if g.verdict == "oui"}
    assert set(toute.confies) == confies
    assert toute.gardes
    assert toute.a_trancher
    assert fiche_de_poste(["n-existe-pas"]).vide


def test_la_fiche_dit_ce_qui_est_coche_et_rien_d_autre(client: Client) -> None:
    page = lire(client, "/employeur/fiche-de-poste/?tache=A8")
    fiche = page.texte.partition("Votre fiche de poste")[2].partition("Revenir aux étapes")[0]
    assert "préremplir le document" in fiche
    assert "Reste au médecin" in fiche
    assert "Accueillir" not in fiche
    vide = lire(client, "/employeur/fiche-de-poste/")
    assert "Rien n’est coché" in vide.texte
    assert not re.search(r'value="F10"', client.get("/employeur/fiche-de-poste/").content.decode())


def ligne(client: Client, **dits: str) -> dict[str, list[str]]:
    """The rows of the comparison, by their title, as their cells."""
    source = client.get("/employeur/comparer/", {**DITS, **MEDECIN, **dits}).content.decode()
    lues = {}
    for rang in re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", source, re.DOTALL):
        titre = rang.partition("<")[0]
        cases = re.findall(r"<td[^>]*>([^<]*)", rang)
        lues[titre] = [re.sub(r"[\u202f\u00a0]", " ", un).strip() for un in cases]
    return lues


def test_quatre_facons_l_aide_par_les_regles_le_prix_par_la_personne(client: Client) -> None:
    dites = ligne(client, option_etp="un", plein="3200", groupement="3500", telephone="300")
    assert dites == {
        "Chez vous, sans partage": ["132 000 €", "192 000 €", "Au moins 60 000 €"],
        "À deux médecins": ["66 000 €", "96 000 €", "Au moins 30 000 €"],
        "Par un groupement d’employeurs": ["132 000 €", "210 000 €", "Au moins 78 000 €"],
        "Un secrétariat téléphonique": ["Aucune aide à l’emploi", "18 000 €", "18 000 €"],
    }


def test_l_aide_comparee_est_celle_de_la_page_des_cinq_ans(client: Client) -> None:
    dites = ligne(client, option_etp="demi", plein="3201")
    aide = (
        client.get(
            "/simulateur/employeur/aide/resultat/",
            {**DITS, **MEDECIN, "option_etp": "demi", "salaire_charge_mensuel_cents": "1600,50"},
        )
        .content.decode()
        .replace("\u202f", " ")
    )
    total = re.findall(r">([^<>]*€)<", aide.partition("<tfoot>")[2].partition("</tfoot>")[0])
    assert dites["Chez vous, sans partage"] == [total[0], total[1], total[2].capitalize()]


def test_ce_qui_n_est_pas_dit_est_inconnu_et_dit_qui_sait(client: Client) -> None:
    dites = ligne(client, option_etp="un")
    assert [cases[1] for cases in dites.values()] == ["Inconnu"] * 4
    assert [cases[2] for cases in dites.values()] == ["Inconnu"] * 4
    texte = lire(client, "/employeur/comparer/?option_etp=un").texte
    for qui in ("qui tient votre paie", "il la dit dans son devis", "un prestataire"):
        assert qui in texte
    assert ligne(client, option_etp="un", brut_plein="2500")["Chez vous, sans partage"] == [
        "132 000 €",
        "Au moins 150 000 €",
        "Au moins 18 000 €",
    ]


def test_une_aide_fermee_n_a_pas_de_montant(client: Client) -> None:
    dites = ligne(client, option_etp="un", specialite="radiologie", plein="3200")
    assert "€" not in dites["Chez vous, sans partage"][0]
    assert dites["Chez vous, sans partage"][1:] == ["192 000 €", "192 000 €"]


def test_le_calendrier_porte_chaque_jour_une_fois_et_garde_ses_noms(client: Client) -> None:
    def lus(page: str) -> dict[str, date]:
        calendrier = Calendar.from_ical(client.get(page).content)
        return {str(un["uid"]): un.decoded("dtstart") for un in calendrier.walk("vevent")}

    avant, apres = (
        lus(adresse("dates.ics")),
        lus(adresse("dates.ics", date_prise_fonction="2027-02-01")),
    )
    assert avant.keys() == apres.keys()
    assert len(avant) >= 7
    assert date(2027, 1, 10) in avant.values()
    assert date(2027, 1, 31) in apres.values()
    assert client.get(f"{GUIDE}dates.ics").status_code == 404


def test_une_adresse_illisible_n_a_ni_dossier_ni_dates(client: Client) -> None:
    for page in ("dossier.pdf", "dates.ics"):
        assert client.get(adresse(page, date_prise_fonction="31/02/2027")).status_code == 404


@pytest.mark.parametrize(
    "change", [{"sources": []}, {"inconnue": 1}, {"repere": "autre"}, {"titre": None}]
)
def test_une_etape_mal_ecrite_ne_se_lit_pas(change: dict[str, object]) -> None:
    bonne: dict[str, object] = {
        "id": "une", "moment": "decider", "titre": "Une", "texte": "Une.", "qui": "Vous",
        "sources": ["igas-2023, ¶45"],
    }  # fmt: skip
    assert _etape(bonne, {}).id == "une"
    mauvaise = {cle: un for cle, un in (bonne | change).items() if un is not None}
    with pytest.raises(BaseInvalide):
        _etape(mauvaise, {})


def test_chaque_regle_et_chaque_horloge_citee_existe() -> None:
    codes = {
        regle.effet.code
        for regle in base_courante().entiere.regles.values()
        if isinstance(regle.effet, Horloge)
    }
    for une in etapes().toutes:
        assert set(une.echeances) <= codes, une.id


def texte_du_pdf(contenu: bytes) -> str:
    """The words of a PDF, page after page, with plain spaces."""
    lu = PdfDocument(contenu)
    try:
        pages = []
        for page in lu:
            texte = page.get_textpage()
            pages.append(texte.get_text_range())
            texte.close()
            page.close()
    finally:
        lu.close()
    return re.sub(r"\s+", " ", " ".join(pages).replace("\ufffe", ""))


def test_le_dossier_imprime_ne_dit_que_ce_qui_est_dit(client: Client) -> None:
    fois = (("fait", "piece"), ("tache", "A8"))
    reponse = client.get(adresse("dossier.pdf", *fois, plein="3200", option_etp="un", **MEDECIN))
    assert b"/Lang(fr-FR)" in reponse.content
    texte = texte_du_pdf(reponse.content)
    assert "1 étape faite, 19 à faire." in texte
    assert "Du 3 janvier 2027 au 10 janvier 2027" in texte
    assert "préremplir le document" in texte
    assert "Accueillir et orienter" not in texte
    assert re.search(r"132\s?000\s?€", texte)
    nu = texte_du_pdf(client.get(f"{GUIDE}dossier.pdf").content)
    assert "Le jour de l’embauche n’est pas dit." in nu
    assert "La fiche de poste Ce que vous avez coché" not in nu

    assert "Ce que vous avez comparé" not in nu
    assert "2027" not in nu
