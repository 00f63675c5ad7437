"""Taking one's dossiers away: only one's own, harmless to spreadsheets, and written in the journal."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from openpyxl import load_workbook

from binome.bureau.colonnes import colonnes
from binome.bureau.filtres import FiltreDeDossiers
from binome.comptes.acteur import Acteur
from binome.dossiers import rayons
from binome.dossiers.models import Dossier
from binome.exports import services
from binome.exports.tableau import tableau_de
from binome.gestes.refus import GesteImpossible
from binome.imports.services import commencer, comptes, ouvrir_import
from binome.imports.tranches import tout_faire
from binome.imports.verifier import Lecteur
from binome.journal.chaine import verifier
from binome.journal.models import Entree
from binome.lots.inoffensif import inoffensif, inoffensifs, sans_garde
from tests.dossiers.monde import brouillon, depose, joindre
from tests.imports.tableau import ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde


def _contenu(client: Client, **champs: str) -> tuple[Any, bytes]:
    reponse = client.post("/espace/exports/", champs)
    flux = getattr(reponse, "streaming_content", None)
    return reponse, b"".join(flux) if flux is not None else reponse.content


def _table(contenu: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    "texte", ["=1+1", "+33-1", "-2+3", "@A1", "\t=1", "  =1", "\r=1", "%x", "|x", "-A1", "+cmd|x!A"]
)
def test_aucune_formule(texte: str) -> None:
    assert inoffensif(texte) == f"'{texte}"
    assert sans_garde(inoffensif(texte)) == texte


@pytest.mark.parametrize("texte", ["+33 6 12 34 56 78", "+33612345678", "-2", "-2,5", "'t Hooft"])
def test_un_telephone_reste_ce_qu_il_est(texte: str) -> None:
    assert inoffensif(texte) == sans_garde(texte) == texte


def test_un_texte_reste_lui_meme() -> None:
    assert inoffensif("Léa = Exemple") == "Léa = Exemple"
    assert inoffensif("a\x00b") == "ab"


def test_un_tableau_se_nettoie_comme_un_texte() -> None:
    textes = [
        "=1+1",
        "+33",
        "+33\u00a06\u202f12",
        "+33-1",
        "-2",
        "@A1",
        "\t=1",
        "\u00a0=1",
        "\r=1",
        "|x",
        "a\x00b",
        "\ufffea",
        "",
        "Léa = x",
    ]
    lus = inoffensifs(pl.DataFrame({"a": [*textes, None], "n": range(-1, len(textes))}))
    assert lus["a"].to_list() == [*map(inoffensif, textes), None]
    assert lus["n"].to_list() == list(range(-1, len(textes)))


def test_le_csv_et_le_journal(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    dossier.nom = "=HYPERLINK(1)"
    dossier.save(update_fields=["nom"])
    client.force_login(monde.alice)
    avant = Entree.objects.count()
    assert client.get("/espace/exports/").status_code == 200
    assert Entree.objects.count() == avant
    reponse, contenu = _contenu(client, sorte="csv")
    assert "attachment" in reponse["Content-Disposition"]
    (ligne,) = _table(contenu)
    assert ligne["Référence"] == dossier.reference
    assert ligne["Nom"] == "'=HYPERLINK(1)"
    assert ligne["Dossier fictif"] == "oui"
    derniere = Entree.objects.order_by("rang").last()
    assert derniere is not None
    assert (derniere.geste, derniere.auteur) == ("export", f"personne:{monde.alice.pk}")
    assert derniere.apres["dossiers"] == 1
    assert verifier() is None


def test_ce_qui_sort_se_dit_en_mots_et_se_relit(client: Client, monde: Monde) -> None:
    dossier = depose(monde, diplomes=["aide_dentaire", "ide"], afgsu_niveau=0)
    client.force_login(monde.alice)
    (ligne,) = _table(_contenu(client, sorte="csv")[1])
    assert ligne["Situation"] == "salariée ou salarié d’un cabinet médical libéral"
    assert ligne["Diplômes et titres"] == "CQP d’aide dentaire ; diplôme d’État infirmier"
    assert ligne["AFGSU"] == "aucune"
    cellules = {nom: ligne[une.titre] for nom, une in colonnes().par_nom.items() if une.fait}
    lue = Lecteur().lire({"cle": "K1", **cellules})
    assert lue.erreurs == ()
    assert lue.faits == {un.nom: un.valeur for un in dossier.faits.all()}


@pytest.mark.parametrize(
    ("nom", "valeur", "mots"),
    [
        ("diplomes", [], "aucun"),
        ("diplomes", None, ""),
        ("contrat", "cdi", "CDI"),
        ("experience_secretaire_mois", 60, "60"),
        ("date_entree", "2026-01-15", "2026-01-15"),
    ],
)
def test_une_cellule_dit_les_mots_du_formulaire(nom: str, valeur: object, mots: str) -> None:
    assert colonnes().par_nom[nom].en_mots(valeur) == mots


def test_le_classeur(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    dossier.nom = "=HYPERLINK(1)"
    dossier.save(update_fields=["nom"])
    client.force_login(monde.emma)
    _, contenu = _contenu(client, sorte="xlsx")
    feuille = load_workbook(io.BytesIO(contenu)).active
    assert feuille is not None
    assert feuille["A2"].value == dossier.reference
    cellules = [un for ligne in feuille.iter_rows() for un in ligne]
    nom = next(un for un in cellules if un.value == "=HYPERLINK(1)")
    assert nom.quotePrefix, "and nothing is seen before it"
    assert all(un.data_type != "f" for un in cellules)
    titres, valeurs = feuille.iter_rows(values_only=True)
    lue = dict(zip(titres, valeurs, strict=True))
    assert lue["Date de naissance"] == datetime(1984, 5, 3)  # noqa: DTZ001 - a day
    assert isinstance(lue["Date d’entrée en formation"], datetime)


@pytest.mark.parametrize("sorte", ["csv", "xlsx"])
def test_un_tableau_importe_revient_de_l_export(
    client: Client, monde: Monde, tmp_path: Path, sorte: str
) -> None:
    alice = Acteur(monde.alice)
    aller, retour = tmp_path / "aller.xlsx", tmp_path / f"retour.{sorte}"
    aller.write_bytes(xlsx(ligne_de(1, cle="0012"), ligne_de(2, nom="-Tiret", diplomes="aucun")))
    premier = ouvrir_import(monde.organisme, alice, aller)
    commencer(premier, alice, deposer=False)
    tout_faire(premier, alice)
    client.force_login(monde.alice)
    retour.write_bytes(_contenu(client, sorte=sorte)[1])
    second = ouvrir_import(monde.organisme, alice, retour)
    commencer(second, alice, deposer=False)
    tout_faire(second, alice)
    assert {etat: n for etat, n in comptes(second).items() if n} == {"identique": 2}


def test_chaque_titre_d_un_export_revient_ou_n_est_que_raconte(monde: Monde) -> None:
    attendues = colonnes()
    titres = tableau_de(Dossier.objects.all()).titres
    assert [t for t in titres if attendues.nom_de(t) is None and not attendues.racontee(t)] == []


def test_l_archive_et_ses_pieces(
    client: Client, monde: Monde, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = depose(monde)
    gardee, perdue = joindre(monde, dossier, "diplomes"), joindre(monde, dossier, "contrat")
    gardee.fichier = rayons.PIECES.ranger(b"%PDF-essai", "pdf")
    gardee.save(update_fields=["fichier"])
    client.force_login(monde.alice)
    _, contenu = _contenu(client, sorte="zip")
    archive = zipfile.ZipFile(io.BytesIO(contenu))
    assert archive.testzip() is None
    assert (
        archive.read(f"{dossier.reference}-lea-exemple/diplomes-{gardee.pk}-diplomes.pdf")
        == b"%PDF-essai"
    )
    assert f"contrat-{perdue.pk}" in archive.read("pieces-manquantes.txt").decode()
    assert len(_table(archive.read("dossiers.csv"))) == 1


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("recto.jpg", "recto"),
        ("Carte d’identité (verso).PDF", "carte-d-identite-verso"),
        ("../../etc/passwd", "passwd"),
        ("C:\\con.pdf", "con"),
        ("a\nb.pdf", "a-b"),
        ("x" * 110 + ".pdf", "x" * 40),
        ("Паспорт.pdf", "pasport"),
        ("证件.pdf", ""),
    ],
)
def test_l_archive_dit_la_personne_et_le_nom_du_fichier(
    client: Client, monde: Monde, nom: str, attendu: str
) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "identite")
    type(piece).objects.filter(pk=piece.pk).update(
        nom=nom, fichier=rayons.PIECES.ranger(b"%PDF-essai", "pdf")
    )
    client.force_login(monde.alice)
    archive = zipfile.ZipFile(io.BytesIO(_contenu(client, sorte="zip")[1]))
    (trouve,) = [un for un in archive.namelist() if "/" in un]
    dit = f"-{attendu}" if attendu else ""
    assert trouve == f"{dossier.reference}-lea-exemple/identite-{piece.pk}{dit}.pdf"


def test_chacun_les_siens(client: Client, monde: Monde) -> None:
    brouillon(monde)
    client.force_login(monde.charlie)
    reponse, contenu = _contenu(client, sorte="csv")
    assert reponse.status_code == 422
    assert "Aucun dossier à exporter" in contenu.decode()
    client.force_login(monde.emma)
    assert _contenu(client, sorte="csv")[0].status_code == 422
    for sans_droit in (monde.bob, monde.lea):
        client.force_login(sans_droit)
        reponse, contenu = _contenu(client, sorte="csv")
        assert reponse.status_code == 403
        assert "réservé" in contenu.decode()


def test_les_filtres_et_les_bornes(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    depose(monde)
    joindre(monde, brouillon(monde), "contrat")
    alice = Acteur(monde.alice)
    with services.exporter(alice, "csv", FiltreDeDossiers(etat="depose")) as fichier:
        assert len(_table(fichier.read())) == 1
    monkeypatch.setattr(services, "PLAFOND_XLSX", 1)
    monkeypatch.setattr(services, "PLAFOND_ZIP", 1)
    for sorte, mot in (("xlsx", "20 000"), ("zip", "2 Go"), ("exe", "CSV, XLSX ou ZIP")):
        with pytest.raises(GesteImpossible, match=mot):
            services.exporter(alice, sorte, FiltreDeDossiers())


def test_la_page_dit_quels_filtres_et_combien_de_dossiers(client: Client, monde: Monde) -> None:
    depose(monde)
    brouillon(monde)
    client.force_login(monde.alice)

    def dit(adresse: str) -> str:
        page = client.get(adresse).content.decode()
        return " ".join(re.sub(r"<[^>]*>", " ", page).split())

    assert "2 dossiers, sans filtre." in dit("/espace/exports/")
    filtree = dit("/espace/exports/?etat=depose&mois=2026-01&q=lea&session=Lyon")
    assert "0 dossier, avec les filtres de la liste" in filtree
    for filtre in ("File ou état : Déposé", "Entrée en formation : janvier 2026", "Recherche : « lea »",
                   "Session souhaitée : Lyon"):  # fmt: skip
        assert filtre in filtree
    assert "1 dossier, avec les filtres" in dit("/espace/exports/?etat=depose")
    # What only the branch filters by is neither applied nor said.
    assert "Alertes" not in dit("/espace/exports/?etat=depose&alertes=avec")
    liste = client.get("/espace/dossiers/").content.decode()
    vers = re.search(r'href="(/espace/exports/\?[^"]*)"', liste)
    assert vers is not None
    assert "Tout ce qui est en cours" in dit(vers[1].replace("&amp;", "&"))
