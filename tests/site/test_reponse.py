"""The result page: help first, proof on demand, a « what if » that is told as such and goes into no document."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict

from binome.regles.courante import base_courante
from binome.regles.metiers.annonce import minimum
from binome.regles.metiers.incertitude import heures_incertaines
from binome.regles.metiers.positionnement import positionner
from binome.site.aide.maintenant import etapes as etapes_de_l_aide
from binome.site.simulateur import hypothese
from binome.site.simulateur.etapes_suivantes import dans_combien
from binome.site.simulateur.heures import LARGEUR, dessiner_les_heures
from binome.site.simulateur.maintenant import etapes, maintenant
from binome.site.simulateur.parcours import lire
from binome.site.simulateur.portes import PORTES
from binome.site.simulateur.vie import vers, vie
from tests.site.lecture import lire as lire_la_page
from tests.site.test_simulateur import texte

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from binome.regles.metiers.positionnement import Positionnement
    from binome.site.simulateur.etapes_suivantes import EtapeSuivante

SECRETAIRE = (
    "diplomes=secretaire_medical&date_entree=2027-01-04&afgsu_niveau=0&situation=salarie_cabinet"
)
PRESQUE = (
    "date_entree=2026-01-15&diplomes=aucun&niveau_diplome=3"
    "&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet"
)
EN_MAI = "si.experience_secretaire_mois=24&si.date_entree=2026-05-15"


def reponse(requete: str) -> Positionnement:
    return lire(base_courante(), QueryDict(requete)).reponse


def page(client: Client, requete: str, porte: str = "candidat", quoi: str = "resultat") -> str:
    return client.get(f"/simulateur/{porte}/{quoi}/?{requete}").content.decode()


def test_la_reponse_vient_dans_l_ordre_ou_l_on_en_a_besoin(client: Client) -> None:
    titres = re.findall(r"<h2 id=\"([\w-]+)\"", page(client, PRESQUE))
    assert titres == ["maintenant", "changer", "heures", "vie", "qui-paie", "documents", "garder"]


def test_ce_qui_change_se_lit_d_abord_en_quelques_mots(client: Client) -> None:
    assert "Commencer en mai 2026 : 63 h de moins" in texte(page(client, PRESQUE).encode())


@pytest.mark.parametrize(
    ("requete", "porte"),
    [
        (SECRETAIRE, "candidat"),
        (SECRETAIRE, "organisme"),
        ("date_entree=2027-01-04&diplomes=ide&situation=salarie_cabinet", "employeur"),
        ("date_entree=2027-01-04&diplomes=aucun&niveau_diplome=4&situation=demandeur_emploi&afgsu_niveau=0", "candidat"),
    ],
)  # fmt: skip
def test_trois_etapes_disent_quand_quoi_et_combien_de_temps(requete: str, porte: str) -> None:
    suites = maintenant(reponse(requete), PORTES[porte], date(2026, 11, 30))
    assert len(suites) == 3
    assert suites[0]["quand"] == "Dès aujourd’hui, 30 novembre 2026"
    assert "4 janvier 2027" in suites[1]["quand"]
    assert all(une["duree"] and une["sources"] for une in suites)
    assert any(une["adresse"].startswith("https://") for une in suites)


def test_sans_employeur_on_en_cherche_un_d_abord() -> None:
    def premiere(situation: str) -> str:
        requete = SECRETAIRE.replace("salarie_cabinet", situation)
        return str(maintenant(reponse(requete), PORTES["candidat"], date(2026, 11, 30))[0]["titre"])

    assert premiere("demandeur_emploi") == "Trouvez un cabinet qui vous emploie"
    assert premiere("salarie_cabinet") == "Parlez-en au médecin qui vous emploie"


def test_une_entree_passee_se_dit_passee() -> None:
    suites = maintenant(reponse(PRESQUE), PORTES["candidat"], date(2026, 11, 30))
    assert suites[1]["quand"] == "L’entrée était le 15 janvier 2026"
    assert dans_combien(date(2026, 12, 1), date(2026, 11, 30)) == "demain"
    assert dans_combien(date(2027, 1, 4), date(2026, 11, 30)) == "dans 5 semaines"


@pytest.mark.parametrize("etapes", [etapes, etapes_de_l_aide], ids=["positionnement", "aide"])
def test_chaque_lieu_d_une_etape_est_celui_d_une_source(
    etapes: Callable[[], tuple[EtapeSuivante, ...]],
) -> None:
    """No address that no source gives: each is the link of one, or is written in a passage."""
    sources = {c.source.lien or "" for une in etapes() for c in une.sources}
    sources |= {un.lien or "" for un in base_courante().sources.values()}
    dits = " ".join(c.resume for une in etapes() for c in une.sources)
    for une in etapes():
        if une.ou is not None and une.ou.lien:
            site = re.sub(r"^https://(www\.)?|/$", "", une.ou.lien)
            assert une.ou.lien in sources or site in dits, une.ou.lien


@pytest.mark.parametrize(
    ("requete", "attendu"),
    [
        ("diplomes=secretaire_medical&date_entree=2027-01-04&situation=salarie_cabinet"
         "&afgsu_niveau=1&afgsu_date=2023-09-01", ("14 h en moins, selon : date du jury",)),
        ("diplomes=secretaire_medical&date_entree=2027-01-04&situation=salarie_cabinet"
         "&afgsu_niveau=2&afgsu_date=2026-09-01",
         ("14 h en moins, à confirmer par l’organisme de formation et la branche",)),
        (SECRETAIRE, ()),
    ],
)  # fmt: skip
def test_la_part_incertaine_est_hachuree_et_dit_de_quoi_elle_depend(
    client: Client, requete: str, attendu: tuple[str, ...]
) -> None:
    dessin = dessiner_les_heures(reponse(requete))
    assert dessin is not None
    assert dessin.reserves == attendu
    assert sum(un.largeur for un in dessin.parts) == LARGEUR
    source = page(client, requete)
    assert ("barre-incertain" in source) == bool(attendu)
    assert f'<desc id="heures-mots">{dessin.description}' in source.replace("\u202f", " ")


@pytest.mark.parametrize("situation", ["", "&situation=salarie_cabinet"])
@pytest.mark.parametrize("afgsu", ["", "&afgsu_niveau=1", "&afgsu_niveau=0"])
@pytest.mark.parametrize("jour", ["2023-03-01", "2027-01-04"])
def test_ce_qui_est_incertain_va_du_moins_au_plus(jour: str, afgsu: str, situation: str) -> None:
    """What is hatched is what lies between the two bounds that the sentence tells."""
    un = reponse(f"date_entree={jour}&diplomes=aucun&niveau_diplome=4{afgsu}{situation}")
    assert un.comptees is not None
    enlevees = sum(une.minutes for une in heures_incertaines(un))
    assert un.comptees - enlevees == minimum(un)


def test_les_heures_deviennent_des_jours() -> None:
    assert [vers(date(2027, 4, jour)) for jour in (3, 20, 21)] == [
        "début avril 2027",
        "mi-avril 2027",
        "fin avril 2027",
    ]
    dite = vie(date(2027, 1, 8), 12_960, 840, None)
    assert dite is not None
    assert dite.jours == "de 29 à 31 jours"
    # Training is on Mondays and Tuesdays: who enters on a Friday begins on the Monday after.
    assert dite.quand.startswith("du 11 janvier 2027 ")
    assert dite.quand.endswith(" au plus tôt")


def test_le_calendrier_nomme_les_jours_et_les_numerote(client: Client) -> None:
    source = page(client, f"{SECRETAIRE}&zone=A".replace("2027-01-04", "2027-01-08"))
    mois = source.partition('<table class="mois">')[2].partition("</table>")[0]
    assert re.findall(r'abbr="(\w+)"', mois)[0] == "lundi"
    premier = re.search(r'class="jour-formation">(\d+)', mois)
    assert premier is not None
    assert premier[1] == "11"


def test_la_machine_du_temps_n_est_pas_a_cote_d_une_reponse(client: Client) -> None:
    assert "remonter-jour" not in page(client, SECRETAIRE)
    assert "remonter-jour" not in client.get("/simulateur/candidat/").content.decode()
    assert "remonter-jour" in client.get(
        f"/au/2023-03-01/simulateur/candidat/resultat/?{SECRETAIRE}"
    ).content.decode()  # fmt: skip


def test_une_hypothese_se_dit_et_se_quitte(client: Client) -> None:
    source = page(client, f"{PRESQUE}&{EN_MAI}")
    lu = texte(source.encode())
    assert "216 h, évaluations comprises" in lu.partition("Ceci est une hypothèse")[0]
    assert "Expérience au secrétariat médical : 24 mois , au lieu de 20 mois" in lu
    retour = re.search(r'class="bouton" href="([^"]+)">Revenir à ma réponse', source)
    assert retour is not None
    assert "279 h, évaluations comprises" in texte(
        client.get(retour[1].replace("&amp;", "&")).content
    )


def test_ce_que_personne_n_a_dit_n_entre_dans_aucun_document(client: Client) -> None:
    assert "resultat.pdf" not in page(client, f"{PRESQUE}&{EN_MAI}")
    dits = lire(base_courante(), QueryDict(f"{PRESQUE}&{EN_MAI}"))
    # What the PDF reads of the same address is what was said.
    assert dits.dossier["experience_secretaire_mois"] == 20
    assert dits.reponse.minutes["total"] == 279 * 60


def test_une_hypothese_illisible_laisse_ce_qui_est_dit(client: Client) -> None:
    assert "279 h" in page(client, f"{PRESQUE}&si.niveau_diplome=99").replace("\u202f", " ")
    assert hypothese.supposee(QueryDict(f"{PRESQUE}&si.niveau_diplome=")) is None


def test_deux_reponses_se_lisent_cote_a_cote(client: Client) -> None:
    lue = lire_la_page(client, f"/simulateur/candidat/comparer/?{PRESQUE}&{EN_MAI}")
    plat = lue.texte.replace("\u202f", " ")
    assert "Avec cette hypothèse : 63 h de moins." in plat
    change = plat.partition("Ce que l’hypothèse change")[2].partition("Ce que vous supposez")[0]
    assert "Les heures : 216 h" in change
    assert "Expérience" not in change
    assert plat.index("279 h, évaluations") < plat.index("216 h, évaluations")
    seule = lire_la_page(client, f"/simulateur/candidat/comparer/?{PRESQUE}")
    assert "L’hypothèse" not in seule.titre
    assert any("si.date_entree=2026-05-15" in lien for lien in seule.liens)


@pytest.mark.parametrize("porte", PORTES)
def test_chaque_porte_a_ses_etapes(porte: str) -> None:
    for voie in ("cqp", "fae"):
        assert any(porte in une.portes and voie in une.reponses for une in etapes())


def test_les_sources_se_comptent_et_disent_leur_force(client: Client) -> None:
    source = page(client, SECRETAIRE)
    assert "<summary>Sources (4)</summary>" in source
    assert "Officiel</b>" in source
    assert "original non en ligne" in source
    assert re.search(r'<a href="https://[^"]+">l’original</a>', source)
    assert positionner(base_courante(), base_courante().lire({})).voie == "indetermine"


def test_deux_personnes_se_comparent_chacune_avec_ses_reponses(client: Client) -> None:
    deux = f"/simulateur/employeur/comparer/?{SECRETAIRE}&personnes=deux"
    avant = lire_la_page(client, deux)
    assert "Répondez pour la deuxième personne" in avant.texte.replace("\u202f", " ")
    source = client.get(f"{deux}&si.diplomes=ide&si.situation=salarie_cabinet").content.decode()
    plat = texte(source.encode())
    change = plat.partition("Ce qui change de l’une à l’autre")[2].partition(
        "Ce qui les distingue"
    )[0]
    assert "La réponse" in change
    # What the first one said of herself is not said of the second: her AFGSU is not known.
    assert "une réponse inconnue, au lieu d’aucune" in plat
    sienne = re.findall(r'href="(/simulateur/employeur/resultat/[^"]+)"', source)[-1]
    assert "diplomes=ide" in sienne
    assert "secretaire_medical" not in sienne
    assert "si." not in sienne


def test_la_deuxieme_personne_est_repondue_a_cote_des_fautes(client: Client) -> None:
    lu = page(
        client,
        f"{PRESQUE}&personnes=deux&si.experience_secretaire_mois=beaucoup",
        "organisme",
        "comparer",
    )
    assert "« beaucoup » n’est pas un nombre" in texte(lu.encode())
    assert "au lieu de" not in texte(lu.encode())
    # Who answers for themselves compares what-ifs, never somebody else.
    assert "deuxième personne" not in page(client, f"{SECRETAIRE}&personnes=deux", quoi="comparer")
