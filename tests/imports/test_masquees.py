"""Rows that a sheet hides, by hand or by a filter: how many is said, and what to do of them is asked first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from binome.comptes.acteur import Acteur
from binome.dossiers.receptions import Import
from binome.imports import services
from binome.imports.rangs import LignesMasquees
from binome.lots.masques import RangMasque, en_liste
from tests.cli.terminal import lancer
from tests.imports.tableau import ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.dossiers.monde import Monde


def _masquant(*numeros: int) -> bytes:
    """Three candidates; the sheet hides these rows."""
    livre = load_workbook(io.BytesIO(xlsx(ligne_de(1), ligne_de(2), ligne_de(3))))
    feuille: Any = livre.active
    feuille.auto_filter.ref = "A1:I4"
    for numero in numeros:
        feuille.row_dimensions[numero].hidden = True
    tampon = io.BytesIO()
    livre.save(tampon)
    return tampon.getvalue()


def _numeros(importation: Import) -> list[int]:
    return list(importation.rangs.order_by("numero").values_list("numero", flat=True))


def test_rien_n_est_garde_sans_le_choix(monde: Monde, tmp_path: Path) -> None:
    chemin, acteur = tmp_path / "t.xlsx", Acteur(monde.alice)
    chemin.write_bytes(_masquant(3, 4))
    with pytest.raises(LignesMasquees, match=r"2 lignes, .* \(lignes 3 et 4\)"):
        services.ouvrir_import(monde.organisme, acteur, chemin)
    assert not Import.objects.exists()
    prises = services.ouvrir_import(monde.organisme, acteur, chemin, masquees=True)
    assert _numeros(prises) == [2, 3, 4]
    laissees = services.ouvrir_import(monde.organisme, acteur, chemin, masquees=False)
    assert _numeros(laissees) == [2]


def test_une_feuille_qui_montre_tout_ne_demande_rien(monde: Monde, tmp_path: Path) -> None:
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(_masquant())
    assert len(_numeros(services.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin))) == 3


def test_la_page_demande_puis_fait(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)

    def envoyer(**choix: str) -> Any:
        fichier = SimpleUploadedFile("t.xlsx", _masquant(3))
        envoi = {"organisme": monde.organisme.pk, "fichier": fichier, **choix}
        return client.post("/espace/imports/", envoi)

    demande = envoyer()
    assert demande.status_code == 422
    page = demande.content.decode()
    assert "Votre fichier masque une ligne" in page
    assert "Que faire des lignes masquées" in page
    assert envoyer(masquees="laisser").status_code == 302
    assert _numeros(Import.objects.get()) == [2, 4]


def test_un_lot_le_dit(tmp_path: Path) -> None:
    livre = Workbook()
    feuille: Any = livre.active
    for rang in (["reference", "date_entree"], ["a", "2026-01-15"], ["b", "2026-01-15"]):
        feuille.append(rang)
    feuille.row_dimensions[3].hidden = True
    chemin, sortie = tmp_path / "t.xlsx", tmp_path / "s.csv"
    livre.save(chemin)
    dit = lancer("positionner", "--lot", chemin, "--sortie", sortie)
    assert dit.code == 0
    assert dit.fautes[0] == ("Le tableur masque 1 ligne (ligne 3) : elle est lue comme les autres.")
    assert len(sortie.read_text().splitlines()) == 3


def test_beaucoup_de_lignes_ne_se_disent_pas_toutes() -> None:
    assert (
        en_liste([RangMasque(n) for n in range(2, 30)]) == "lignes 2, 3, 4, 5, 6, 7, 8, 9, 10, 11…"
    )


def test_la_page_dit_ce_que_la_lecture_a_choisi(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    livre = load_workbook(io.BytesIO(xlsx(ligne_de(1))))
    livre.create_sheet("Liste d’attente")
    tampon = io.BytesIO()
    livre.save(tampon)
    envoi = {
        "organisme": monde.organisme.pk,
        "fichier": SimpleUploadedFile("t.xlsx", tampon.getvalue()),
    }
    page = client.post("/espace/imports/", envoi, follow=True)
    assert "seule la première est lue." in page.content.decode()
