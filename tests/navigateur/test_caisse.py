"""A caisse on a phone: its table, what it pays, a table of contracts brought in and mended; each page readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from binome.contrats_d_aide.models import Contrat
from tests.contrats_d_aide.cabinets import RPPS, Cabinets, cabinets
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_prises_en_charge import Regards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = (
    "RPPS;Nom du médecin;Prénom du médecin;Option;Signé le;Commencé le;Département\n"
    f"{RPPS[2]};Inventé;Trois;Un mi-temps;02/09/2024;01/10/2024;35\n"
    "10000000000;Inventé;Quatre;trois quarts;02/09/2024;;35\n"
)


@pytest.fixture
def gens() -> Cabinets:
    gens = cabinets()
    gens.en_cours()
    return gens


@pytest.mark.long(12)
def test_une_caisse_lit_ses_contrats_et_en_importe_sur_un_telephone(
    ouvrir: Callable[..., Page], gens: Cabinets, tmp_path: Path
) -> None:
    regards = Regards()
    carole = entrer(ouvrir(largeur=390, bruits=["422"]), gens.carole.personne)
    carole.goto("/espace/")
    regards.sur(carole)
    carole.get_by_role("main").get_by_role("link", name="Les contrats d’aide").click()
    expect(carole.get_by_role("link", name="Un Essai")).to_be_visible()
    regards.sur(carole)
    carole.get_by_role("link", name="Les versements, mois par mois").click()
    expect(carole.get_by_role("heading", name="Les versements")).to_be_visible()
    regards.sur(carole)
    contrat = Contrat.objects.filter(medecin=gens.un).latest("pk")
    for page in (
        f"caisse/contrats/medecins/{gens.un.pk}", "caisse/contrats/regles", f"contrats-d-aide/{contrat.pk}/et-si",
        "contrats-d-aide/echeances",
    ):  # fmt: skip
        carole.goto(f"/espace/{page}/")
        regards.sur(carole)
    carole.goto("/espace/caisse/contrats/importer/")
    regards.sur(carole)
    fichier = tmp_path / "contrats.csv"
    fichier.write_text(TABLE, encoding="utf-8")
    carole.get_by_label("Un tableau").set_input_files(fichier)
    carole.get_by_role("button", name="Lire ce fichier").click()
    expect(carole.get_by_text("1 contrat écrit. 1 ligne à corriger.")).to_be_visible()
    regards.sur(carole)
    carole.get_by_label("RPPS").fill(RPPS[3])
    carole.get_by_label("Option").fill("un mi-temps")
    carole.get_by_role("button", name="Écrire ces lignes").click()
    expect(carole.get_by_text("1 contrat écrit.")).to_be_visible()
    expect(carole.get_by_role("link", name="Quatre Inventé")).to_be_visible()
    assert Contrat.objects.count() == 3
    assert not regards.fautes, "\n".join(regards.fautes)
