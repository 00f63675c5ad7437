"""The rules as anyone reads them: each page, the time machine, what changed between two days."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from binome.habillage.ancres import adresse_de, ancre
from binome.regles.regle import Horloge
from binome.site.regles.catalogue import catalogue
from binome.site.regles.comparaison import changements, jours_de_changement
from binome.site.regles.exemples import exemples
from binome.socle.typographie import typographier
from tests.site.lecture import lire, titre

if TYPE_CHECKING:
    from django.test import Client

    from binome.regles.base import Base

REGLES = sorted(catalogue())


def html_nu(titre: str) -> str:
    """A title without the markup that holds its spaces together."""
    return unescape(re.sub(r"<[^>]+>", "", titre))


@pytest.mark.parametrize("une_sur", [5, pytest.param(1, marks=pytest.mark.long(4))])
def test_chaque_regle_a_sa_page_d_un_titre_a_elle(client: Client, une_sur: int) -> None:
    titres = [titre(client, un) for un in ("/regles/", "/regles/?q=afgsu", "/regles/comparer/")]
    for identifiant in REGLES[::une_sur]:
        page = lire(client, f"/regles/{identifiant}/")
        regle = catalogue()[identifiant].regle
        attendu = html_nu(typographier(f"<p>{regle.titre}</p>"))
        assert [html_nu(un) for un in page.titres] == [attendu], identifiant
        assert "Les sources" in page.texte, identifiant
        for citation in regle.sources:
            assert f"/{adresse_de(citation)}" in page.liens, identifiant
        titres.append(page.titre)
    assert all(titres)
    assert len(set(titres)) == len(titres)


def test_chaque_source_citee_s_ouvre_au_bon_paragraphe(client: Client) -> None:
    citations = {str(c): c for entree in catalogue().values() for c in entree.regle.sources}
    for citation in citations.values():
        reponse = client.get(f"/sources/{citation.source.id}/")
        assert reponse.status_code == 200
        assert f'id="{ancre(citation.passage)}"' in reponse.content.decode()


def test_les_regles_du_jour_viennent_avant_les_autres(client: Client) -> None:
    source = client.get("/au/2023-03-01/regles/").content.decode()
    section = source.partition('id="dispenses-384"')[2].partition("</section>")[0]
    avant, _, plie = section.partition("<details class=")
    assert "dispense.384.secretaire-un-an" in avant
    assert "autre époque" not in avant
    assert "dispense.40913.secretaire" not in plie
    recente = source.partition('id="dispenses-40913"')[2].partition("</section>")[0]
    assert "Aucune règle ce jour-là" in recente
    assert "Pas encore en vigueur" in recente


def test_en_2023_le_cqp_de_384_heures_est_en_vigueur(client: Client) -> None:
    page = lire(client, "/au/2023-03-01/regles/referentiel.rncp36358-384/")
    assert "En vigueur le 1er mars 2023" in page.texte
    assert "/au/2023-03-01/regles/comparer/" in page.liens
    assert "N’est plus en vigueur" in lire(client, "/regles/referentiel.rncp36358-384/").texte


def test_le_10_mai_2025_aucun_referentiel_n_est_actif(client: Client) -> None:
    page = lire(client, "/au/2025-05-10/regles/")
    assert (
        "Aucun référentiel du certificat du métier (CQP) n’était en vigueur ce jour-là"
        in page.texte
    )
    section = page.texte.partition("Quelle version du CQP s’applique ?")[2]
    assert section.strip().startswith("Entre deux enregistrements")
    assert "En vigueur ; hypothèse, déduite et non lue" in section


def test_la_dispense_de_63_heures_se_lit_et_s_essaie(client: Client) -> None:
    page = lire(client, "/regles/dispense.40913.secretaire/")
    assert "63 h de cours en moins" in page.texte
    assert "du 25 juin 2025 au 25 juin 2030" in page.texte
    assert "216 h en tout" in page.texte
    essais = [un for un in page.liens if un.startswith("/simulateur/candidat/resultat/?")]
    pages = (re.sub(r"\s+", " ", client.get(un).content.decode()) for un in essais)
    assert any("216 h, évaluations comprises" in un for un in pages)
    assert "/regles/alerte.cumul-40913/" in page.liens


def test_chaque_exemple_repond_ce_que_la_fiche_annonce(client: Client, base: Base) -> None:
    for un in exemples(base.regles["dispense.40913.dentaire"], base).exemples:
        totaux = [mot.removesuffix(" en tout") for mot in un.donne if mot.endswith(" en tout")]
        reponse = re.search(r"<h1.*?</h1>", client.get(un.adresse).content.decode())
        assert reponse is not None
        phrase = re.sub(r"\s", " ", reponse[0]).replace(" au plus", "")
        assert all(f" : {total}, " in phrase for total in totaux)


def test_une_regle_mene_a_la_suivante_du_meme_sujet(client: Client) -> None:
    source = client.get("/regles/fae.279/").content.decode()
    assert '<a href="/regles/fae.384/" rel="prev">' in source
    assert '<a href="/regles/fae.sans-referentiel/" rel="next">' in source


def test_la_regle_brute_est_celle_de_la_base(client: Client) -> None:
    source = client.get("/regles/dispense.40913.secretaire/").content.decode()
    assert "id: dispense.40913.secretaire" in source
    assert "experience_secretaire_mois" in source


def test_une_regle_proposee_se_dit_proposee(client: Client) -> None:
    page = lire(client, "/regles/prerequis.igas-8/")
    assert "Proposée, non en vigueur" in page.texte
    assert "/reformes/?reforme=igas-8" in page.liens
    assert "proposées, non en vigueur" in lire(client, "/regles/").texte


def test_les_points_contestes_montrent_chaque_lecture(client: Client) -> None:
    page = lire(client, "/regles/alerte.echeance-36358/")
    assert "Les sources divergent" in page.texte
    assert "24 avril 2025" in page.texte
    assert "25 avril 2025" in page.texte


def test_une_regle_inconnue_n_existe_pas(client: Client) -> None:
    assert "Aucune règle ne s’appelle « x »" in lire(client, "/regles/x/", 404).texte


@pytest.mark.parametrize("mots", ["expérience secrétaire", "EXPERIENCE secretaires"])
def test_la_recherche_oublie_accents_majuscules_et_pluriels(client: Client, mots: str) -> None:
    page = lire(client, f"/regles/?q={mots}")
    assert "/regles/prerequis.40913.secretaire-un-an/" in page.liens
    assert "/regles/referentiel.rncp40913/" not in page.liens


def test_une_recherche_vaine_dit_quoi_faire(client: Client) -> None:
    page = lire(client, "/regles/?q=hippopotame")
    assert "Aucune règle ne parle de « hippopotame »" in page.texte


@pytest.mark.parametrize("adresse", ["/regles/", "/ecarts/", "/missions/"])
@pytest.mark.parametrize(
    "mots", ["<script>alert(1)</script>", '"><img src=x>', "\x00\x01", "%", "'; --", "é" * 5000]
)
def test_une_recherche_hostile_reste_un_texte(client: Client, adresse: str, mots: str) -> None:
    reponse = client.get(adresse, {"q": mots})
    source = reponse.content.decode()
    assert reponse.status_code == (400 if "\x00" in mots else 200)
    assert "<script>alert" not in source
    assert "<img" not in source
    assert "\x00" not in source


def test_comparer_montre_le_passage_de_384_a_279_heures(client: Client) -> None:
    page = lire(client, "/regles/comparer/?avant=2023-12-31&apres=2024-01-01")
    assert "la FAE est le bloc 2 du CQP, soit 112 heures" in page.texte
    assert "la FAE dure 98 heures" in page.texte
    assert "/regles/fae.279/" in page.liens


def test_comparer_part_du_dernier_changement_avant_le_jour(client: Client) -> None:
    page = lire(client, "/au/2022-10-01/regles/comparer/")
    assert "Du 6 juillet 2022 au 7 juillet 2022" in page.texte


def test_comparer_un_jour_a_lui_meme_ne_montre_rien(client: Client) -> None:
    page = lire(client, "/regles/comparer/?avant=2023-03-01&apres=01/03/2023")
    assert "Rien ne change entre ces deux jours" in page.texte


def test_comparer_a_rebours_se_lit_et_se_dit(client: Client) -> None:
    page = lire(client, "/regles/comparer/?avant=2026-01-01&apres=2023-01-01")
    assert "la lecture se fait à rebours" in page.texte


@pytest.mark.parametrize("jour", ["hier", "2023-02-30", "32/01/2023", "0001-01-01", "9999-12-31"])
def test_un_jour_illisible_est_dit_en_clair(client: Client, jour: str) -> None:
    reponse = client.get("/regles/comparer/", {"avant": jour})
    source = reponse.content.decode()
    assert reponse.status_code == 200
    assert 'role="alert"' in source
    assert 'aria-describedby="erreur-avant"' in source
    assert "n’est pas une date" in source or "n’est pas plausible" in source


def test_aucun_changement_n_a_lieu_hors_des_jours_proposes(base: Base) -> None:
    jours = jours_de_changement()
    for avant, apres in pairwise(jours):
        assert not changements(avant, date.fromordinal(apres.toordinal() - 1))


def test_chaque_changement_montre_ses_regles_et_leurs_sources() -> None:
    jours = jours_de_changement()
    for jour in jours:
        for change in changements(date.fromordinal(jour.toordinal() - 1), jour):
            dits = len(change.changement.avant) + len(change.changement.apres)
            assert 0 < len(change.regles) <= dits
            assert change.citations


def test_une_ligne_de_bareme_montre_ses_cases(client: Client) -> None:
    page = lire(client, "/regles/taux-pdc.2023.opco-ep/")
    assert re.search(r"Frais pédagogiques, par heure 20 €", page.texte)
    assert re.search(r"Salaire, par heure 12 €", page.texte)
    inconnue = lire(client, "/regles/taux-pdc.inconnu/").texte
    assert inconnue.count("Aucune source ne le donne") >= 2
    assert "/regles/?vue=financement#taux-pdc" in page.liens


def test_une_condition_mene_a_celles_qui_vont_avec(client: Client) -> None:
    page = lire(client, "/au/2024-12-01/regles/pdc.salarie/")
    assert "toutes doivent être remplies" in page.texte
    assert "/au/2024-12-01/regles/pdc.fonds-2024/" in page.liens
    assert "/regles/pdc.fonds-2024/" not in lire(client, "/regles/pdc.salarie/").liens


def test_une_part_et_une_echeance_se_lisent(client: Client) -> None:
    part = lire(client, "/regles/pro-a.part-maximale/").texte
    assert "25 % de la durée totale du parcours en temps de travail" in part
    echeances = [nom for nom in REGLES if isinstance(catalogue()[nom].regle.effet, Horloge)]
    for nom in echeances:
        assert "chéance" in lire(client, f"/regles/{nom}/").texte


@pytest.mark.parametrize(
    ("identifiant", "page"),
    [
        ("taux-pdc.2023.opco-ep", "/simulateur/candidat/financement/"),
        ("pro-a.part-maximale", "/simulateur/candidat/financement/"),
        ("bareme.un-2024", "/simulateur/employeur/aide/resultat/"),
        ("dispense.40913.secretaire", "/simulateur/candidat/resultat/"),
    ],
)
def test_chaque_exemple_s_essaie_dans_sa_vue(client: Client, identifiant: str, page: str) -> None:
    essais = [un for un in lire(client, f"/regles/{identifiant}/").liens if "simulateur" in un]
    assert essais
    for essai in essais:
        assert essai.startswith(page)
        assert client.get(essai).status_code == 200


def test_une_recherche_dit_a_quelle_question_chaque_regle_repond(client: Client) -> None:
    texte = lire(client, "/regles/?q=salaire").texte
    assert "Le financement de la formation" in texte
    assert "L’aide à l’emploi de l’Assurance Maladie" in texte


def test_comparer_range_les_changements_par_question(client: Client) -> None:
    source = client.get("/regles/comparer/?avant=2025-12-31&apres=2026-02-01").content.decode()
    assert source.count('class="vue-titre" id="financement"') == 1
    assert "periode-reconversion" in source or "reconversion" in source


@pytest.mark.parametrize("vue", ["", "x", "<script>", "financement"])
def test_une_question_inconnue_montre_le_positionnement(client: Client, vue: str) -> None:
    reponse = client.get("/regles/", {"vue": vue})
    assert reponse.status_code == 200
    assert "<script>alert" not in reponse.content.decode()


def test_le_registre_mene_aux_alertes_du_financement(client: Client) -> None:
    liens = lire(client, "/ecarts/?q=salaire").liens
    assert "/regles/alerte.salaire-suspendu/" in liens
