"""The ledger of discrepancies: every wrong total is explained, every explanation is of use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles import ecarts as registre
from binome.regles.ecarts import Controle, controles, ecarts, en_markdown, verifier_ecarts

if TYPE_CHECKING:
    from binome.regles.base import Base


DOCS = Path(__file__).parents[2] / "docs"


def test_la_page_des_ecarts_est_a_jour() -> None:
    assert (DOCS / "ecarts.md").read_text(encoding="utf-8") == en_markdown()


def test_chaque_total_faux_est_explique_et_chaque_explication_utile() -> None:
    assert verifier_ecarts() == []
    faux = {controle.objet: controle.ecart for controle in controles() if not controle.juste}
    assert "États-Unis, assistants par médecin (%)" in faux
    assert faux["Bloc 3 du RNCP 40913, module par module"] == "bloc-3-15-h"
    assert len(controles()) >= 65


def test_les_dix_huit_ecarts_de_la_fiche_sont_au_registre() -> None:
    assert {
        "bloc-3-15-h", "deux-seuils-experience", "lien-correspondances", "delais-2-3-ans", "epreuve-trois-parties",
        "dispense-252", "niveau-6-bac-2", "renvoi-tableau-7", "objectif-fin-2022", "cqp-ou-fae-400",
        "nombre-de-stagiaires", "contrats-pro", "anciennes-secretaires", "note-53", "enregistrement-36358",
        "niveau-avenant-81", "avenant-81-extension", "formation-initiale",
    } <= {ecart.id for ecart in ecarts()}  # fmt: skip


def test_un_ecart_donne_au_moins_une_lecture_sourcee() -> None:
    for ecart in ecarts():
        assert ecart.lectures, ecart.id
        assert all(lecture.sources for lecture in ecart.lectures), ecart.id
        assert ecart.traitement.endswith(".")


def controle(base: Base, **champs: Any) -> Controle:
    depart = {"source": "igas-2023, ¶50", "objet": "Essai"}
    return registre._controle({**depart, **champs}, base)


@pytest.mark.parametrize(
    ("champs", "juste"),
    [
        ({"somme": [1, 2, 3], "imprime": 6}, True),
        ({"somme": [1, 2, 3], "imprime": 7}, False),
        ({"somme": ["1 h", "30 min"], "imprime": "1 h 30"}, True),
        ({"somme": ["1 h", "29 min"], "imprime": "1 h 30"}, False),
        ({"difference": [10, 2, 3], "imprime": 5}, True),
        ({"difference": [10, 2, 3], "imprime": 4}, False),
        ({"produit": [2, 3, 4], "imprime": 24}, True),
        ({"part": [1, 8], "imprime": 12.5}, True),
        ({"part": [1, 8], "imprime": 12}, True),
        ({"part": [1, 8], "imprime": 13}, True),
        ({"part": [1, 8], "imprime": 12.4}, False),
        ({"part": [1, 3], "imprime": 33.3}, True),
        ({"part": [1, 3], "imprime": 33.34}, False),
    ],
)
def test_un_total_est_juste_a_la_precision_imprimee(
    base: Base, champs: dict[str, Any], juste: bool
) -> None:
    assert controle(base, **champs).juste is juste


def test_un_total_se_dit_comme_la_source_l_imprime(base: Base) -> None:
    un = controle(base, somme=["1 h", "29 min"], imprime="1 h 30")
    assert (un.en_clair(un.calcule), un.en_clair(un.imprime)) == ("1 h 29", "1 h 30")
    part = controle(base, part=[1, 3], imprime=33.3)
    assert (part.en_clair(part.calcule), part.en_clair(part.imprime)) == ("33,3", "33,3")
    entier = controle(base, part=[12000, 5250], imprime=300)
    assert (entier.en_clair(entier.calcule), entier.en_clair(entier.imprime)) == ("228,6", "300")


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        (
            {"somme": [1, 1], "imprime": 3},
            "Essai : 2 par le calcul, 3 dans la source, sans explication",
        ),
        ({"somme": [1, 1], "imprime": 3, "ecart": "zzz"}, "Essai : l’écart « zzz » n’existe pas"),
        (
            {"somme": [1, 1], "imprime": 2, "ecart": "tripler"},
            "Essai : le total tombe juste, l’écart « tripler » est de trop",
        ),
    ],
)
def test_le_registre_refuse_un_total_inexplique(
    base: Base, monkeypatch: pytest.MonkeyPatch, champs: Any, faute: str
) -> None:
    monkeypatch.setattr(registre, "controles", lambda: (controle(base, **champs),))
    assert verifier_ecarts() == [faute]


def test_le_registre_refuse_un_ecart_mal_ecrit(monkeypatch: pytest.MonkeyPatch) -> None:
    premier = ecarts()[0]
    faux = registre.Ecart("x", "X", "peut-être", premier.lectures, "Rien.", "zzz")  # type: ignore[arg-type] # what is refused
    ecarts_vrais = ecarts()
    monkeypatch.setattr(registre, "ecarts", lambda: (*ecarts_vrais, faux, premier))
    assert verifier_ecarts() == [
        "écart x : certitude inconnue « peut-être »",
        "écart x : l’alerte « zzz » n’existe pas",
        f"écart {premier.id} : donné deux fois",
    ]
