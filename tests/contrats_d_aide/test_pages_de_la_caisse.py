"""The pages of a caisse, as somebody there sees them: its table, its payments, a table of contracts that comes in."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from binome.contrats_d_aide.etats import EtatDeVersement, EtatDHorloge
from binome.contrats_d_aide.models import (
    Contrat,
    EvenementDeContrat,
    HorlogeDeContrat,
    VersementAttendu,
)
from tests.contrats_d_aide.cabinets import RPPS, deux_medecins

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from binome.comptes.acteur import Acteur
    from tests.contrats_d_aide.cabinets import Cabinets

TABLE = "/espace/caisse/contrats/"
IMPORTER = f"{TABLE}importer/"
TETE = "RPPS;Nom du médecin;Prénom du médecin;Option;Signé le;Commencé le\n"


@pytest.fixture
def gens(db: None) -> Cabinets:
    return deux_medecins()


def _client(qui: Acteur) -> Client:
    client = Client()
    client.force_login(qui.personne)
    return client


def _lire(qui: Acteur, chemin: str = TABLE, **dits: str) -> str:
    reponse = _client(qui).get(chemin, dits)
    assert reponse.status_code == 200, reponse.status_code
    return reponse.content.decode()


def _csv(texte: str, nom: str = "contrats.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, texte.encode(), content_type="text/csv")


def _echeance(contrat: Contrat, jour: date, code: str = "anniversaire") -> None:
    Contrat.objects.filter(pk=contrat.pk).update(prochaine_le=jour, prochaine=code)


def test_la_prochaine_echeance_d_abord_et_ce_qui_la_tient(gens: Cabinets) -> None:
    jour = timezone.localdate()
    un, deux = gens.en_cours(), gens.signe(gens.deux)
    _echeance(un, jour + timedelta(days=200))
    _echeance(deux, jour - timedelta(days=2), "suivi_caisse")
    preuve = EvenementDeContrat.objects.filter(contrat=un).latest("pk")
    horloge, _ = HorlogeDeContrat.objects.update_or_create(
        contrat=un,
        code="suivi_caisse",
        rang=99,
        defaults={"uid": "u-1", "changee_le": timezone.now()},
    )
    HorlogeDeContrat.objects.filter(pk=horloge.pk).update(etat=EtatDHorloge.FAITE, preuve=preuve)
    page = _lire(gens.carole)
    assert page.index("Deux Essai") < page.index("Un Essai")
    assert page.count("<strong>en retard</strong>") == 1
    assert "Point avec la caisse, recrutement le" in page
    assert "Un Essai" not in _lire(gens.carole, f"{TABLE}?periode=retard")
    assert "Deux Essai" not in _lire(gens.carole, f"{TABLE}?q={RPPS[0]}")
    assert "Aucun contrat ne répond" in _lire(gens.carole, f"{TABLE}?departement=75")


def test_ce_qu_un_cabinet_prepare_ne_se_lit_pas_a_la_caisse(gens: Cabinets) -> None:
    contrat = gens.prepare()
    for suite in ("", "?etat=prepare", "?periode=sans", "?etat=prepare&periode=sans"):
        assert f"/contrats-d-aide/{contrat.pk}/" not in _lire(gens.carole, TABLE + suite)


def test_seule_une_caisse_a_ces_pages(gens: Cabinets) -> None:
    for chemin in (TABLE, f"{TABLE}versements/", IMPORTER, f"{IMPORTER}modele.xlsx"):
        assert _client(gens.emma).get(chemin).status_code == 403


def test_treize_mois_de_versements_et_ce_qui_n_a_pas_de_montant(gens: Cabinets) -> None:
    contrat = gens.en_cours()
    VersementAttendu.objects.filter(contrat=contrat).delete()
    premier = timezone.localdate().replace(day=1)
    for rang, (jour, cents) in enumerate(
        ((premier, 100_000), (premier, None), (premier - timedelta(days=1), 5_000))
    ):
        VersementAttendu.objects.create(
            contrat=contrat,
            caisse=contrat.caisse,
            rang=1,
            numero=rang + 1,
            etat=EtatDeVersement.ATTENDU,
            jour=jour,
            montant_cents=cents,
        )
    page = _lire(gens.carole, f"{TABLE}versements/")
    assert page.count('<th scope="row">') == 13
    assert "1 versement n’a pas de montant" in " ".join(page.split())
    assert "d’avant ce mois" in page


def _lignes(page: str) -> list[str]:
    """What the page keeps of the rows to mend, as a browser would send it."""
    return [unescape(un) for un in re.findall(r'name="ligne" value="([^"]*)"', page)]


def test_une_longue_table_se_corrige_sans_passer_la_borne_des_formulaires(
    gens: Cabinets, settings: Settings
) -> None:
    """Every column filled, two of them wrong: the form that comes back holds in what the house takes of one."""
    tete = "RPPS;Nom du médecin;Prénom du médecin;Spécialité;Cabinet;Département;Zone;Option;Secteur;Patientèle MT;File active;Signé le\n"
    ligne = "10000000000;Inventé;Trois;Médecine générale;Cabinet d’exemple;35;Oui;Un mi-temps;3;900;1200;02/09/2024\n"
    client = _client(gens.carole)
    page = client.post(IMPORTER, {"fichier": _csv(tete + ligne * 60)}).content.decode()
    lignes = _lignes(page)
    assert len(lignes) == 40
    assert "20 autres lignes à corriger" in page
    mendees = dict(re.findall(r'name="(l\d+-(?:rpps|secteur))"\s+value="([^"]*)"', page))
    assert len(lignes) + len(mendees) + 1 <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    corrigees = {nom: RPPS[3] if nom.endswith("rpps") else "1" for nom in mendees}
    reponse = client.post(f"{IMPORTER}corriger/", {"ligne": lignes, **corrigees})
    # One doctor forty times: the first row is written whole, the others are told which one it was.
    assert reponse.status_code == 422
    assert "1 contrat écrit" in reponse.content.decode()
    assert Contrat.objects.filter(medecin__rpps=RPPS[3]).count() == 1
    assert Contrat.objects.get().cabinet == "Cabinet d’exemple"


@pytest.mark.parametrize(
    "recue", ["", "3", "{", "[]", '["3", {}]', "[3, []]", "[-1, {}]", '[3, {"nom": 4}]', "null"]
)
def test_une_ligne_qui_n_est_pas_de_la_page_est_laissee_ou_dite(gens: Cabinets, recue: str) -> None:
    assert _client(gens.carole).post(f"{IMPORTER}corriger/", {"ligne": recue}).status_code == 422
    assert not Contrat.objects.exists()


def test_une_table_se_lit_et_ses_fautes_se_corrigent_sur_place(gens: Cabinets) -> None:
    client = _client(gens.carole)
    texte = (
        TETE
        + f"{RPPS[2]};Inventé;Trois;Un mi-temps;02/09/2024;\n10000000000;Inventé;Quatre;Un mi-temps;02/09/2024;\n"
    )
    reponse = client.post(IMPORTER, {"fichier": _csv(texte)})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert Contrat.objects.count() == 1
    assert "Ligne 3" in page
    assert "sa clé ne va pas" in page
    assert 'name="l3-rpps"' in page
    donnees = {"ligne": _lignes(page), "l3-rpps": RPPS[3]}
    assert client.post(f"{IMPORTER}corriger/", donnees).status_code == 302
    assert Contrat.objects.count() == 2
    # Sent again, by a second click or a second tab: nothing is written twice.
    assert client.post(f"{IMPORTER}corriger/", donnees).status_code == 302
    assert Contrat.objects.count() == 2


def test_les_lignes_masquees_se_demandent(gens: Cabinets) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - one test only

    classeur = Workbook()
    feuille = classeur.worksheets[0]
    for ligne in (TETE.strip() + f"\n{RPPS[2]};Inventé;Trois;Un mi-temps;02/09/2024;").split("\n"):
        feuille.append(ligne.split(";"))
    feuille.append([RPPS[3], "Caché", "Quatre", "Un mi-temps", date(2024, 9, 2), None])
    feuille.row_dimensions[3].hidden = True
    tampon = io.BytesIO()
    classeur.save(tampon)
    client = _client(gens.carole)

    def envoyer(**autres: str) -> int:
        return client.post(
            IMPORTER, {"fichier": SimpleUploadedFile("c.xlsx", tampon.getvalue()), **autres}
        ).status_code

    assert envoyer() == 422
    assert not Contrat.objects.exists()
    assert envoyer(cachees="laisser") == 302
    assert Contrat.objects.count() == 1
    assert envoyer(cachees="prendre") == 302
    assert Contrat.objects.count() == 2


@pytest.mark.parametrize("texte", ["", "n’importe quoi", TETE, "Couleur;Taille\nrouge;3\n"])
def test_une_table_inutilisable_le_dit(gens: Cabinets, texte: str) -> None:
    reponse = _client(gens.carole).post(IMPORTER, {"fichier": _csv(texte)})
    assert reponse.status_code == 422
    assert 'role="alert"' in reponse.content.decode()


def test_une_colonne_inconnue_est_nommee(gens: Cabinets) -> None:
    texte = TETE.strip() + f";Couleur\n{RPPS[2]};Inventé;Trois;Un mi-temps;02/09/2024;;rouge\n"
    page = _client(gens.carole).post(IMPORTER, {"fichier": _csv(texte)}).content.decode()
    assert "Couleur" in page
    assert "comme dans le modèle" in page
    assert not Contrat.objects.exists()


@pytest.mark.parametrize("q", ["Un Essai", "essai un", "ÉSSAI", "tilleuls un", "1000 0000 009"])
def test_un_contrat_se_retrouve_comme_on_l_ecrit(gens: Cabinets, q: str) -> None:
    voulu, autre = gens.en_cours(), gens.signe(gens.deux)
    page = _lire(gens.carole, TABLE, q=q)
    assert f"/contrats-d-aide/{voulu.pk}/" in page
    assert (f"/contrats-d-aide/{autre.pk}/" in page) == (q == "ÉSSAI")


def test_ce_qui_est_en_retard_attend_la_caisse_et_le_cabinet(gens: Cabinets) -> None:
    contrat = gens.en_cours()
    Contrat.objects.filter(pk=contrat.pk).update(prochaine_le=timezone.localdate())
    assert "en retard" not in _lire(gens.carole, "/espace/")
    Contrat.objects.filter(pk=contrat.pk).update(
        prochaine_le=timezone.localdate() - timedelta(days=1)
    )
    for qui, adresse in (
        (gens.carole, f"{TABLE}?periode=retard"),
        (gens.emma, "/espace/contrats-d-aide/"),
    ):
        page = _lire(qui, "/espace/")
        assert "Contrat d’aide en retard" in page
        assert f'href="{adresse}"' in page
    assert "en retard" not in _lire(gens.etrangere, "/espace/")
