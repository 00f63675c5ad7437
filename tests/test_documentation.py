"""What the documents show is what the programs do."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.terminal import lancer

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
        r"\$ echo '(.*?)'.*?jq -c '.pour_changer\[1\]'\n(.*?)\n```", LISEZ, re.DOTALL
    )
    assert trouve
    reponse = json.loads(lancer("positionner", "--json", "-", entree=trouve[1]).sortie)
    assert reponse["pour_changer"][1] == json.loads(trouve[2])
