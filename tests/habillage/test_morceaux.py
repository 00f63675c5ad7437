"""What a page swaps is a part of itself, never a page: a swapped page came without its styles and its title."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

CODE: Final = Path(__file__).parents[2] / "src" / "binome"
MORCEAUX: Final = {
    "espace/apercu.html": "#apercu",
    "espace/decider.html": "#reponse-calculee",
    "espace/imports/avancement.html": "form.encours",
    "espace/imports/ligne.html": "#corps-import",
    "espace/imports/pretes.html": "#corps-import",
    "espace/saisie.html": "#etat-saisie",
    "presences/code.html": "#code-affiche",
    "presences/creneau.html": ":is(#compte, [id^=signatures-])",
}
"""Each template that asks for a part by itself, and what of the page it puts in its place."""
DEMANDE: Final = re.compile(r"\bhx-(?:get|post|put|delete|boost)\b")


def test_seuls_des_morceaux_connus_s_echangent() -> None:
    trouves = {
        chemin.as_posix().partition("/gabarits/")[2]: texte
        for chemin in CODE.glob("*/gabarits/**/*.html")
        if DEMANDE.search(texte := chemin.read_text(encoding="utf-8"))
    }
    assert trouves.keys() == MORCEAUX.keys()
    for nom, texte in trouves.items():
        assert "hx-boost" not in texte, nom
        assert "#contenu" not in texte, nom
