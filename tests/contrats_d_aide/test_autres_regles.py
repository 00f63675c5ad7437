"""The next signature tried, the contracts under other rules, the table that a caisse takes away."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binome.cli.contrats import commande
from binome.contrats_d_aide import recompter
from binome.contrats_d_aide.essais_lus import signatures_essayees
from binome.contrats_d_aide.models import Contrat, Medecin, VersementAttendu
from binome.regles.courante import base_courante
from tests.contrats_d_aide.cabinets import SIGNE, Cabinets, deux_medecins
from tests.contrats_d_aide.test_compter import autre_bareme

if TYPE_CHECKING:
    from pathlib import Path

    from binome.comptes.acteur import Acteur

pytestmark = pytest.mark.django_db
LE = date(2029, 9, 2)


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _client(qui: Acteur) -> Client:
    client = Client()
    client.force_login(qui.personne)
    return client


def _lue(qui: Acteur, adresse: str, **dits: str) -> str:
    lue = _client(qui).get(adresse, dits)
    assert lue.status_code == 200, lue.status_code
    return " ".join(lue.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def test_la_suite_s_essaie_sous_chaque_option_et_l_ecart_se_dit(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    temoin, un = signatures_essayees(contrat, LE)
    assert (temoin.titre, temoin.temoin, temoin.ecart) == ("Un mi-temps", True, None)
    assert (temoin.trois, temoin.total) == ((1_900_000, 1_400_000, 1_100_000), 6_600_000)
    assert (un.titre, un.trois, un.ecart) == (
        "Un temps plein",
        (3_800_000, 2_800_000, 2_200_000),
        6_600_000,
    )
    page = _lue(ici.emma, reverse("essayer-la-suite", args=[contrat.pk]))
    assert "Signé le 2 septembre 2029" in page
    assert "+ 66 000 €" in page


def test_un_avenant_est_ce_qui_se_signe_de_nouveau(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "amender", du=date(2025, 9, 2), option="un", etp=None)
    assert signatures_essayees(contrat, LE)[0].titre == "Un temps plein"


def test_avec_un_groupe_ce_que_les_regles_refusent_est_dit(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    groupe = signatures_essayees(contrat, LE, 100)[-1]
    assert groupe.titre == "Avec un groupe"
    assert groupe.refus or groupe.total is not None or groupe.manquants


@pytest.mark.parametrize(
    "dits",
    [{"jour": "31/02/2029"}, {"jour": "2199-01-01"}, {"etp": "mille"}, {"jour": "", "etp": "-1"}],
)
def test_un_essai_mal_dit_se_dit_et_n_essaie_rien(ici: Cabinets, dits: dict[str, str]) -> None:
    contrat = ici.en_cours()
    page = _lue(ici.emma, reverse("essayer-la-suite", args=[contrat.pk]), **dits)
    assert "En cinq ans" not in page
    assert 'aria-invalid="true"' in page


def test_l_essai_d_un_autre_n_existe_pas(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    adresse = reverse("essayer-la-suite", args=[contrat.pk])
    assert _client(ici.etrangere).get(adresse).status_code == 404


def test_une_caisse_lit_ce_que_des_regles_changent_des_siens_et_d_eux_seuls(ici: Cabinets) -> None:
    sien = ici.signe()
    ici.signe(ici.deux, caisse=ici.autre_caisse)
    for base in (base_courante(), autre_bareme()):
        while recompter.recompter(base):
            pass
    page = _lue(ici.carole, reverse("recomptes-de-la-caisse"))
    assert f"/contrats-d-aide/{sien.pk}/" in page
    assert "66 000 € avant, 67 000 € après" in page
    assert page.count(" avant, ") == 1
    assert 'data-titre="Gagnent">1<' in page


def test_la_table_s_emporte_entiere_filtree_et_sans_formule(ici: Cabinets) -> None:
    voulu = ici.en_cours()
    hostile = Medecin.objects.create(nom="=CMD()", prenom="+1")
    ici.signe(hostile, le=SIGNE)
    ici.signe(ici.deux, caisse=ici.autre_caisse)
    adresse = reverse("contrats-de-la-caisse-en-csv")
    rendu = _client(ici.carole).get(adresse)
    assert rendu["Content-Disposition"].endswith('.csv"')
    lignes = list(csv.DictReader(io.StringIO(rendu.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == 2
    par_nom = {une["Médecin ou société"]: une for une in lignes}
    assert not any(valeur[:1] in "=+-@" for une in lignes for valeur in une.values() if valeur)
    assert par_nom["Un Essai"]["Signé le"] == "2024-09-02"
    assert par_nom["Un Essai"]["Option ou temps pleins"] == "Un mi-temps"
    seule = _client(ici.carole).get(adresse, {"q": "essai"}).content.decode("utf-8-sig")
    assert len(seule.splitlines()) == 2
    assert _client(ici.emma).get(adresse).status_code == 403
    assert str(voulu.medecin) in seule


def test_emporter_tient_en_autant_de_requetes_pour_dix_que_pour_un(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    adresse = reverse("contrats-de-la-caisse-en-csv")
    client = _client(ici.carole)
    client.get(adresse)
    with CaptureQueriesContext(connection) as une:
        client.get(adresse)
    for rang in range(9):
        medecin = Medecin.objects.create(nom=f"Exemple {rang}")
        Contrat.objects.filter(pk=ici.signe(medecin).pk).update(
            prochaine_le=SIGNE + timedelta(days=rang), prochaine=contrat.prochaine
        )
    with CaptureQueriesContext(connection) as dix:
        client.get(adresse)
    assert len(dix) == len(une)


def test_la_commande_dit_qui_gagne_et_n_ecrit_rien(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    contrat = ici.signe()
    monkeypatch.setattr("binome.cli.contrats.ouvrir_la_base", lambda: None)
    monkeypatch.setattr("binome.cli.contrats.ouvrir", lambda _: autre_bareme())
    rendu = CliRunner().invoke(commande, ["essayer", "--base", "courante+exemple"])
    dit = " ".join(rendu.output.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert rendu.exit_code == 0
    assert "1 contrat compté" in dit
    assert "Gagnent : 1. Perdent : 0. Sans certitude : 0." in dit
    assert f"contrat {contrat.pk} : 66 000 € → 67 000 €" in dit
    versements = VersementAttendu.objects.filter(contrat=contrat).values_list(
        "montant_cents", flat=True
    )
    assert sum(un or 0 for un in versements) == 6_600_000
    monkeypatch.undo()
    monkeypatch.setattr("binome.cli.contrats.ouvrir_la_base", lambda: None)
    refus = CliRunner().invoke(commande, ["essayer", "--base", str(tmp_path / "rien")])
    assert refus.exit_code != 0
