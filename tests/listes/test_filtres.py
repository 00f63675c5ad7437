"""Filters in the address, pages by key and tables, on a list that is not of dossiers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from binome.comptes.models import Personne
from binome.listes import pages
from binome.listes.filtres import Filtre, entier, ici, lu, parmi, texte
from binome.listes.pages import PAR_NUMERO, Cle, Ordre, couper, lire_cle, premiers
from binome.listes.tableaux import ecrire_csv, ecrire_xlsx

DEBUT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Gens(Filtre):
    role: str = lu(parmi({"a": "Un", "b": "Deux"}, ("c",)))
    lieu: int | None = lu(entier(3), None)
    q: str = lu(texte(5))
    tri: str = lu(parmi(("nom", "age")), "nom")


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("", Gens()),
        ("role=c&lieu=12&q=++a++b++&tri=age", Gens("c", 12, "a b", "age")),
        ("role=d&lieu=1234&tri=hasard", Gens()),
        ("lieu=-1&q=abcdefgh", Gens(q="abcde")),
        ("role=a&role=b", Gens("b")),
    ],
)
def test_ce_qu_une_adresse_ne_peut_pas_vouloir_dire_est_laisse(adresse: str, attendu: Gens) -> None:
    assert Gens.lire(QueryDict(adresse)) == attendu


def test_l_adresse_se_refait_sans_ce_qui_va_de_soi() -> None:
    filtre = Gens("a", 12, "", "age")
    assert filtre.requete() == "role=a&lieu=12&tri=age"
    assert filtre.requete(role="b", avant=Cle(DEBUT, 4)).startswith("role=b&lieu=12&tri=age&avant=")
    assert Gens.lire(QueryDict(filtre.requete())) == filtre
    assert Gens().requete() == ""
    assert filtre.filtre
    assert not Gens(tri="age").filtre, "an order leaves nothing out"


@pytest.fixture
def gens(db: None) -> list[Personne]:
    crees = [
        Personne.objects.create(courriel=f"p{rang}@exemple.fr", nom=str(rang)) for rang in range(7)
    ]
    for rang, une in enumerate(crees):
        Personne.objects.filter(pk=une.pk).update(creee_le=DEBUT + timedelta(days=rang // 2))
    return list(Personne.objects.order_by("creee_le", "pk"))


@pytest.mark.parametrize("descend", [False, True])
def test_une_autre_liste_se_coupe_comme_celle_des_dossiers(
    gens: list[Personne], *, descend: bool
) -> None:
    attendus = gens[::-1] if descend else gens
    ordre, lus, cle, filtre = Ordre("creee_le", descend), [], None, Gens()
    while True:
        page = couper(Personne.objects.all(), ordre, 3, apres=cle)
        lus += page.lignes
        adresses = filtre.adresses(page)
        assert bool(adresses["avant"]) == (cle is not None)
        if not adresses["apres"]:
            break
        cle = ici(QueryDict(adresses["apres"]).dict())["apres"]
        assert cle == page.apres
        assert page.nombre == len(gens)
    assert lus == attendus
    assert premiers(Personne.objects.all(), ordre, 2) == attendus[:2]


def test_le_compte_s_arrete(gens: list[Personne], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "COMPTES", 4)
    page = couper(Personne.objects.all(), Ordre("creee_le"), 3)
    assert page.davantage
    assert page.nombre == 5
    assert len(gens) > 5


def test_une_page_que_plus_rien_ne_precede_est_la_premiere(gens: list[Personne]) -> None:
    page = couper(
        Personne.objects.all(), Ordre("creee_le"), 3, avant=Cle(DEBUT - timedelta(days=1), 0)
    )
    assert page.lignes == gens[:3]
    assert lire_cle(str(Cle(DEBUT, 3))) == Cle(DEBUT, 3)


LIGNES = [["=1+1", "é"], ["-2", "a;b"], ["sûr", ""]]


def test_rien_ne_s_execute_dans_un_tableau() -> None:
    sortie = io.BytesIO()
    assert ecrire_csv(["Un", "Deux"], LIGNES, sortie) == 3
    assert sortie.getvalue().startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8"
    lues = list(csv.reader(io.StringIO(sortie.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert lues == [["Un", "Deux"], ["'=1+1", "é"], ["-2", "a;b"], ["sûr", ""]]
    classeur = io.BytesIO()
    assert ecrire_xlsx("Essai", ["Un", "Deux"], LIGNES, classeur) == 3
    feuille = load_workbook(classeur)["Essai"]
    assert [ligne[0].value for ligne in feuille.iter_rows()] == ["Un", "=1+1", "-2", "sûr"]
    assert all(cellule.data_type == "s" for ligne in feuille.iter_rows() for cellule in ligne[:1])
    assert ecrire_csv(["Un"], [], io.BytesIO()) == 0


def test_une_cle_d_une_autre_liste_montre_le_debut(gens: list[Personne]) -> None:
    """By number alone, or by date: an address cannot cut a list by the key of the other kind."""
    toutes = Personne.objects.all()
    par_date, sans_date = Cle(DEBUT, gens[3].pk), Cle(None, gens[3].pk)
    assert lire_cle(str(sans_date)) == sans_date
    assert lire_cle(str(gens[3].pk)) is None
    assert couper(toutes, PAR_NUMERO, 3, apres=sans_date).lignes == gens[4:]
    assert couper(toutes, PAR_NUMERO, 2, avant=sans_date).lignes == gens[1:3]
    assert couper(toutes, PAR_NUMERO, 3, apres=par_date).lignes == gens[:3]
    debut = couper(toutes, Ordre("creee_le"), 3).lignes
    assert couper(toutes, Ordre("creee_le"), 3, apres=sans_date).lignes == debut
