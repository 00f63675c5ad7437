"""What the documents show is what the programs do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import base_courante
from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from collections.abc import Callable

RACINE = Path(__file__).parent.parent
LISEZ = (RACINE / "README.md").read_text(encoding="utf-8")


def _lignes(texte: str) -> list[str]:
    return [ligne.rstrip() for ligne in texte.splitlines()]


def test_le_readme_montre_une_vraie_reponse(tmp_path: Path) -> None:
    trouve = re.search(
        r"\$ cat fiche.toml\n(.*?)\n\n\$ ./binome [^\n]*\n(.*?)```", LISEZ, re.DOTALL
    )
    assert trouve
    fiche = tmp_path / "fiche.toml"
    fiche.write_text(trouve[1], encoding="utf-8")
    sortie = "\n".join(_lignes(lancer("positionner", "--fiche", fiche).sortie))
    morceaux = trouve[2].split("  […]\n")
    assert len(morceaux) == 3
    for morceau in morceaux:
        assert "\n".join(_lignes(morceau.strip("\n"))) in sortie


def test_le_readme_montre_un_vrai_json() -> None:
    trouve = re.search(
        r"\$ echo '(.*?)'.*?jq -c '.pour_changer\[0\]'\n(.*?)\n```", LISEZ, re.DOTALL
    )
    assert trouve
    reponse = json.loads(lancer("positionner", "--json", "-", entree=trouve[1]).sortie)
    assert reponse["pour_changer"][0] == json.loads(trouve[2])


CONTRAT = (RACINE / "docs" / "contrat-json.md").read_text(encoding="utf-8")
EXTRAITS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "financer": lambda rendu: next(un for un in rendu["voies"] if un["code"] == "cpf"),
    "aide": lambda rendu: {
        cle: valeur
        for cle, valeur in rendu.items()
        if cle not in ("motifs", "alertes", "documents", "base")
    },
    "echeances": lambda rendu: next(un for un in rendu["echeances"] if un["code"] == "fin_contrat"),
}


@pytest.mark.parametrize("commande", EXTRAITS)
def test_le_contrat_montre_de_vraies_reponses(commande: str) -> None:
    trouve = re.search(
        rf"\$ echo '([^']*)' \|\n +\./binome {commande} [^\n]*\n(.*?)\n```", CONTRAT, re.DOTALL
    )
    assert trouve
    rendu = json.loads(lancer(commande, "--json", "-", entree=trouve[1]).sortie)
    assert json.loads(trouve[2]) == EXTRAITS[commande](rendu)


def test_le_contrat_nomme_chaque_fait_et_chaque_code() -> None:
    base = base_courante()
    for nom in base.vues:
        vue = base.vue(nom)
        noms = [*vue.faits, *(code for fait in vue.faits.values() for code in fait.valeurs)]
        assert [un for un in noms if f"`{un}`" not in CONTRAT] == []


def test_chaque_decision_a_un_numero_a_elle_et_le_dit() -> None:
    fichiers = sorted((RACINE / "docs" / "decisions").glob("[0-9]*.md"))
    numeros = [int(un.name[:4]) for un in fichiers]
    assert len(set(numeros)) == len(numeros), numeros
    for numero, fichier in zip(numeros, fichiers, strict=True):
        assert fichier.read_text(encoding="utf-8").startswith(f"# {numero}. "), fichier.name
