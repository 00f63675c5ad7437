"""Lots: sent, followed, taken back; each life a lot may have, and the ends it must come to."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from binome.api import services, travail
from binome.api.models import EtatDeLot, Lot
from binome.lots.questions import QUESTIONS
from binome.regles.courante import base_courante, certifications
from binome.regles.metiers.positionnement import positionner
from tests.api.outils import V1, attendre, envoyer, probleme
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("dossier_des_lots"),
]

(ESSAI,) = (code for code, une in certifications().items() if une.essai)
ENTETE = "reference,date_entree,diplomes,niveau_diplome\n"
BONNES = "A,15/01/2026,secretaire_medical,\nB,2022-09-05,ide,\n"
MAUVAISE = "C,2026-02-30,idee,12\n"
TABLEAU = (ENTETE + BONNES + MAUVAISE).encode()
JETON_INCONNU = "x" * 43


def _jeton(reponse: Any) -> str:
    assert reponse.status_code == 202, reponse.content
    return str(reponse.json()["jeton"])


def test_un_lot_va_de_l_envoi_au_resultat(client: Client, dossier_des_lots: Path) -> None:
    envoi = envoyer(client, "Cabinet du Dr X.CSV", TABLEAU)
    jeton = _jeton(envoi)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", jeton)
    assert envoi.headers["Location"] == f"{V1}/lots/{jeton}"
    etat = attendre(client, jeton)
    assert etat["etat"] == "termine"
    assert etat["lignes"] == {"lues": 3, "decidees": 2, "ecartees": 1}
    assert etat["raison"] is None

    resultat = client.get(f"{V1}/lots/{jeton}/resultat")
    assert resultat.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert resultat.headers["Content-Disposition"] == 'attachment; filename="positionnement.csv"'
    lignes = list(csv.DictReader(io.StringIO(resultat.getvalue().decode())))
    base = base_courante()
    seule = positionner(
        base, base.lire({"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"]})
    ).en_json()
    assert [(un["reference"], un["voie"]) for un in lignes] == [("A", "cqp"), ("B", "fae")]
    assert lignes[0]["minutes_total"] == str(seule["minutes"]["total"])

    ecartes = client.get(f"{V1}/lots/{jeton}/ecartes").json()
    assert (ecartes["lignes"], ecartes["suivant"]) == (1, None)
    assert [(un["ligne"], un["colonne"], un["valeur"]) for un in ecartes["erreurs"]] == [
        (4, "date_entree", "2026-02-30"),
        (4, "diplomes", "idee"),
        (4, "niveau_diplome", "12"),
    ]
    assert all(un["raison"] for un in ecartes["erreurs"])
    # What was sent is gone as soon as it is decided, and nothing tells its name.
    assert not list(dossier_des_lots.glob("*recu*"))
    assert "Cabinet" not in " ".join(chemin.name for chemin in dossier_des_lots.iterdir())
    assert jeton not in str(Lot.objects.values().get())


@pytest.mark.parametrize("sorte", un_sur(2, [".xlsx", ".parquet"], 0.8))
def test_un_tableur_et_un_parquet_reviennent_pareils(client: Client, sorte: str) -> None:
    frame = pl.DataFrame({"date_entree": ["2026-01-15"], "diplomes": ["ide"]})
    if sorte == ".parquet":
        tampon = io.BytesIO()
        frame.write_parquet(tampon)
        contenu = tampon.getvalue()
    else:
        from binome.lots.tableaux import en_octets  # noqa: PLC0415

        contenu = en_octets(frame, ".xlsx")
    jeton = _jeton(envoyer(client, f"lot{sorte}", contenu))
    assert attendre(client, jeton)["lignes"]["decidees"] == 1
    resultat = client.get(f"{V1}/lots/{jeton}/resultat").getvalue()
    assert resultat[:4] == (b"PK\x03\x04" if sorte == ".xlsx" else b"PAR1")


def test_sans_suffixe_le_contenu_decide(client: Client) -> None:
    jeton = _jeton(envoyer(client, "tableau", TABLEAU))
    assert attendre(client, jeton)["lignes"]["decidees"] == 2
    assert client.get(f"{V1}/lots/{jeton}/resultat").getvalue().startswith(b"ligne,reference,")


@pytest.mark.parametrize(
    ("question", "entete", "ligne", "colonne", "attendu"),
    un_sur(
        3,
        [
            (
                "financer",
                "date_entree,diplomes,date_avenant_contrat",
                "2026-01-15,secretaire_medical,2026-01-02",
                "pro_a",
                ["non"],
            ),
            (
                "aide",
                "date_signature_contrat_aide,option_etp,contrat_en_cours",
                "2023-06-01,tiers,non",
                "eligible",
                ["non"] * 5,
            ),
            (
                "echeances",
                "date_prise_fonction,date_entree",
                "2026-01-15,2026-02-15",
                "echeance_entree_formation",
                ["2028-01-15"],
            ),
        ],
        0.7,
    ),
)
def test_chaque_question_se_pose_d_un_lot(
    client: Client, question: str, entete: str, ligne: str, colonne: str, attendu: list[str]
) -> None:
    tableau = f"reference,{entete}\nA,{ligne}\n".encode()
    jeton = _jeton(envoyer(client, "lot.csv", tableau, f"?question={question}"))
    etat = attendre(client, jeton)
    assert (etat["etat"], etat["question"]) == ("termine", question), etat
    resultat = client.get(f"{V1}/lots/{jeton}/resultat")
    lignes = list(csv.DictReader(io.StringIO(resultat.getvalue().decode())))
    assert [un[colonne] for un in lignes] == attendu
    assert {un["base"] for un in lignes} == {etat["base"]}
    nom = QUESTIONS[question].fichier
    assert resultat.headers["Content-Disposition"] == f'attachment; filename="{nom}.csv"'


def test_une_question_inconnue_est_refusee(client: Client) -> None:
    refus = probleme(envoyer(client, "lot.csv", TABLEAU, "?question=aides"), "parametre_invalide")
    assert "vouliez-vous dire « aide »" in refus["detail"]


def test_une_certification_vaut_pour_le_lot(client: Client) -> None:
    tableau = b"reference,date_entree,niveau_diplome,diplomes\nA,05/09/2022,3,aide_dentaire\n"
    jeton = _jeton(envoyer(client, "lot.csv", tableau, f"?certification={ESSAI}"))
    etat = attendre(client, jeton)
    base = base_courante(certification=ESSAI)
    assert (etat["certification"], etat["base"]) == (ESSAI, base.empreinte)
    assert etat["lignes"]["decidees"] == 1
    rendu = client.get(f"{V1}/lots/{jeton}/resultat").getvalue().decode()
    (ligne,) = csv.DictReader(io.StringIO(rendu))
    dossier = {"date_entree": "2022-09-05", "niveau_diplome": 3, "diplomes": ["aide_dentaire"]}
    assert ligne["voie"] == positionner(base, base.lire(dossier)).voie == "titre"
    assert "certification_d_essai" in ligne["alertes"]


def test_une_certification_ne_repond_qu_a_ses_questions(client: Client) -> None:
    suite = f"?question=financer&certification={ESSAI}"
    refus = probleme(envoyer(client, "lot.csv", TABLEAU, suite), "parametre_invalide")
    assert refus["erreurs"][0]["raison"].endswith("attendu : positionner")
    refus = probleme(
        envoyer(client, "lot.csv", TABLEAU, "?certification=boulanger"), "parametre_invalide"
    )
    assert refus["erreurs"][0]["cle"] == "certification"
    assert not Lot.objects.exists()


def test_une_reforme_vaut_pour_le_lot(client: Client) -> None:
    jeton = _jeton(envoyer(client, "lot.csv", TABLEAU, "?reforme=igas-8"))
    etat = attendre(client, jeton)
    assert etat["reformes"] == ["igas-8"]
    assert etat["base"] == base_courante("igas-8").empreinte


@pytest.mark.parametrize(
    ("nom", "contenu", "raison"),
    un_sur(
        3,
        [
            ("lot.csv", b"nom\nDupont\n", "fichier : la colonne « nom » n’existe pas"),
            ("lot.csv", ENTETE.encode(), "fichier : aucune ligne sous l’en-tête."),
            (
                "lot.csv",
                b"date_entree\n\xff\xfe",
                "fichier : ce n’est pas du texte UTF-8 (octet 13)",
            ),
            ("lot.xlsx", b"pas un classeur", "fichier : ce n’est pas un classeur XLSX lisible."),
            ("lot.parquet", b"PAR1 pas PAR1", "fichier : ce n’est pas un fichier Parquet lisible."),
        ],
        0.4,
    ),
)
def test_un_fichier_illisible_echoue_et_le_dit(
    client: Client, dossier_des_lots: Path, nom: str, contenu: bytes, raison: str
) -> None:
    jeton = _jeton(envoyer(client, nom, contenu))
    etat = attendre(client, jeton)
    assert etat["etat"] == "echoue"
    assert etat["raison"].startswith(raison)
    assert str(dossier_des_lots) not in etat["raison"]
    refus = probleme(client.get(f"{V1}/lots/{jeton}/resultat"), "lot_sans_resultat")
    assert raison in refus["detail"]
    assert not list(dossier_des_lots.glob("*recu*"))


def test_toutes_les_lignes_ecartees_se_lisent_par_pages(client: Client) -> None:
    tableau = ("niveau_diplome\n" + "99\n" * 1500).encode()
    jeton = _jeton(envoyer(client, "lot.csv", tableau))
    assert attendre(client, jeton)["lignes"] == {"lues": 1500, "decidees": 0, "ecartees": 1500}
    premiere = client.get(f"{V1}/lots/{jeton}/ecartes").json()
    assert (len(premiere["erreurs"]), premiere["suivant"]) == (1000, 1000)
    suite = client.get(f"{V1}/lots/{jeton}/ecartes?depuis=1000").json()
    assert (len(suite["erreurs"]), suite["suivant"]) == (500, None)
    assert suite["erreurs"][0]["ligne"] == 1002
    refus = probleme(client.get(f"{V1}/lots/{jeton}/resultat"), "lot_sans_resultat")
    assert "lignes écartées" in refus["detail"]


def test_trop_de_lignes_ou_trop_de_contenu_est_refuse(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travail, "LIGNES", 2)
    etat = attendre(client, _jeton(envoyer(client, "lot.csv", TABLEAU)))
    assert etat["raison"] == "fichier : plus de 2 lignes ; coupez-le en plusieurs."


@pytest.mark.parametrize(
    ("fichiers", "code"),
    [
        ({}, "demande_illisible"),
        ({"autre": ("lot.csv", TABLEAU)}, "demande_illisible"),
        ({"fichier": ("lot.csv", b"")}, "demande_illisible"),
        ({"fichier": ("lot.ods", TABLEAU)}, "genre_refuse"),
        ({"fichier": ("lot.csv", b"x" * 20_000_001)}, "trop_gros"),
        ({"fichier": ("lot.csv", b"x" * 20_200_000)}, "trop_gros"),
        ({"fichier": ("a.csv", TABLEAU), "second": ("b.csv", TABLEAU)}, "demande_illisible"),
    ],
    ids=["rien", "autre nom", "vide", "ods", "trop gros", "annoncé trop gros", "deux"],
)
def test_un_mauvais_envoi_ne_cree_rien(
    client: Client, dossier_des_lots: Path, fichiers: dict[str, tuple[str, bytes]], code: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    donnees = {nom: SimpleUploadedFile(*un) for nom, un in fichiers.items()}
    probleme(client.post(f"{V1}/lots", donnees), code)
    assert not Lot.objects.exists()
    assert not dossier_des_lots.exists() or not list(dossier_des_lots.iterdir())


def test_un_envoi_qui_n_est_pas_multipart_est_refuse(client: Client) -> None:
    reponse = client.post(f"{V1}/lots", data=b"{}", content_type="application/json")
    probleme(reponse, "genre_refuse")


def test_sans_le_jeton_rien_ne_s_ouvre(client: Client) -> None:
    envoyer(client, "lot.csv", TABLEAU)
    lot = Lot.objects.get()
    for suite in ("", "/resultat", "/ecartes"):
        for essai in (JETON_INCONNU, str(lot.pk), lot.cle, lot.fichier, "é"):
            probleme(client.get(f"{V1}/lots/{essai}{suite}"), "introuvable")
        probleme(client.get(f"{V1}/lots/%00{suite}"), "demande_illisible")


def _lot(**valeurs: Any) -> tuple[Lot, str]:
    """A lot whose worker is another process."""
    lot, jeton = services.creer([TABLEAU], ".csv", base_courante())
    Lot.objects.filter(pk=lot.pk).update(porteur="ailleurs", **valeurs)
    lot.refresh_from_db()
    return lot, jeton


def test_un_lot_en_cours_n_a_pas_encore_de_resultat(client: Client) -> None:
    _, jeton = _lot(etat=EtatDeLot.EN_COURS, lues=2)
    assert client.get(f"{V1}/lots/{jeton}").json()["etat"] == "en_cours"
    for suite in ("resultat", "ecartes"):
        probleme(client.get(f"{V1}/lots/{jeton}/{suite}"), "lot_sans_resultat")


@pytest.mark.parametrize("etat", [EtatDeLot.ATTENTE, EtatDeLot.EN_COURS])
def test_un_lot_dont_le_processus_est_mort_est_interrompu(client: Client, etat: str) -> None:
    _, jeton = _lot(etat=etat, vu_le=timezone.now() - timedelta(seconds=61))
    lu = client.get(f"{V1}/lots/{jeton}").json()
    assert (lu["etat"], lu["raison"]) == ("interrompu", services.INTERRUPTION)
    assert Lot.objects.get().etat == etat  # reading writes nothing
    probleme(client.get(f"{V1}/lots/{jeton}/resultat"), "lot_sans_resultat")
    services.purger()
    assert Lot.objects.get().etat == EtatDeLot.INTERROMPU


def test_un_signe_de_vie_tient_le_lot_en_vie(client: Client) -> None:
    lot, jeton = _lot(etat=EtatDeLot.EN_COURS, vu_le=timezone.now() - timedelta(seconds=59))
    assert client.get(f"{V1}/lots/{jeton}").json()["etat"] == "en_cours"
    Lot.objects.update(porteur=services.PORTEUR, vu_le=timezone.now() - timedelta(hours=1))
    services.battre()
    lot.refresh_from_db()
    assert lot.etat_au(timezone.now()) == EtatDeLot.EN_COURS


def test_apres_24_heures_il_ne_reste_rien(client: Client, dossier_des_lots: Path) -> None:
    lot, jeton = _lot(etat=EtatDeLot.TERMINE)
    assert lot.expire_le - lot.cree_le == timedelta(hours=24)
    hier = timezone.localtime() - timedelta(days=2)
    Lot.objects.update(cree_le=hier, vu_le=hier, expire_le=hier + timedelta(hours=24))
    probleme(client.get(f"{V1}/lots/{jeton}"), "introuvable")
    assert list(dossier_des_lots.iterdir())
    suivant = _jeton(envoyer(client, "lot.csv", TABLEAU))
    attendre(client, suivant)
    assert Lot.objects.count() == 1
    assert not [un for un in dossier_des_lots.iterdir() if un.name.startswith(lot.fichier)]


def test_un_lot_fini_ne_change_plus_d_etat() -> None:
    lot, _ = _lot(etat=EtatDeLot.TERMINE)
    assert not services.commencer(lot)
    assert not services.avancer(lot, lues=5, ecartees=0)
    assert not services.terminer(lot, decidees=1, ecartees=0)
    assert not services.echouer(lot, "trop tard")
    lot.refresh_from_db()
    assert (lot.etat, lot.lues, lot.raison) == (EtatDeLot.TERMINE, 0, "")


def test_un_lot_efface_pendant_le_travail_ne_laisse_rien(dossier_des_lots: Path) -> None:
    lot, _ = services.creer([TABLEAU], ".csv", base_courante())
    Lot.objects.all().delete()
    travail._travailler(lot)
    assert not list(dossier_des_lots.iterdir())


def test_la_file_a_une_fin(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "EN_FILE", 1)
    _lot(etat=EtatDeLot.ATTENTE)
    reponse = envoyer(client, "lot.csv", TABLEAU)
    probleme(reponse, "file_pleine")
    assert reponse.headers["Retry-After"] == "300"
    assert Lot.objects.count() == 1


@pytest.mark.parametrize(
    ("valeurs", "contrainte"),
    [
        ({"etat": "presque"}, "lot_etat_connu"),
        ({"lues": 1, "decidees": 1, "ecartees": 1}, "lot_progression_coherente"),
        ({"expire_le": timezone.localtime() - timedelta(days=3)}, "lot_expire_apres_sa_creation"),
    ],
)
def test_la_base_de_donnees_refuse_l_impossible(valeurs: dict[str, Any], contrainte: str) -> None:
    lot, _ = _lot()
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(**valeurs)


def test_un_lot_dit_ce_que_sa_lecture_a_choisi(client: Client, dossier_des_lots: Path) -> None:
    masquant = load_workbook(io.BytesIO(_classeur()))
    masquant.worksheets[0].row_dimensions[2].hidden = True
    masquant.create_sheet("Mme Untel")
    tampon = io.BytesIO()
    masquant.save(tampon)
    etat = attendre(client, _jeton(envoyer(client, "t.xlsx", tampon.getvalue())))
    assert etat["etat"] == "termine"
    assert etat["avis"] == [
        "Le classeur montre 2 feuilles : seule la première est lue.",
        "Le tableur masque 1 ligne (ligne 2) : elle est lue comme les autres.",
    ]


def _classeur() -> bytes:
    livre = Workbook()
    for ligne in (["reference", "date_entree"], ["A", "2026-01-15"], ["B", "2026-02-15"]):
        livre.worksheets[0].append(ligne)
    tampon = io.BytesIO()
    livre.save(tampon)
    return tampon.getvalue()


@pytest.mark.parametrize("longueur", ["99999999999999999999999", "20200001"])
def test_une_longueur_demesuree_est_trop_grosse(client: Client, longueur: str) -> None:
    reponse = client.post(
        f"{V1}/lots", b"x", content_type="multipart/form-data; boundary=B", CONTENT_LENGTH=longueur
    )
    assert (reponse.status_code, reponse.json()["code"]) == (413, "trop_gros")
