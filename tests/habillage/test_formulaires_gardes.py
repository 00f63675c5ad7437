"""Every form of the house keeps what is typed in it, or says in a word why it does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

CODE: Final = Path(__file__).parents[2] / "src" / "binome"
BASE: Final = CODE / "habillage" / "gabarits" / "base.html"
RAISONS: Final = {
    "geste": "a button alone, or a sign-out",
    "recherche": "a search or a filter: the address holds it once sent, and nothing is written at length",
    "fichiers": "files that leave as soon as they are chosen, each with a line that says what became of it",
    "secret": "a password, a code or a key",
    "brouillon": "kept by `brouillons.js`, which a copy of the page without network may read: it holds no key",
    "telechargement": "the answer is a file; nothing is typed",
}
SANS_NOM: Final = {
    "composants/dessin.html": "a name that becomes a drawing, which the outbox keeps once it is confirmed",
    "espace/mots.html": "inserts a ready sentence in a field, and is not sent",
    "espace/touches.html": "a choice of this browser, which its own script keeps",
}
"""Fields that are neither sent nor kept, each with its reason."""
PAR_SON_NOM: Final = re.compile(r"\{%\s*include\s+[^\"\s]")
"""Where a page takes a part by a name that is worked out: it may be any that nobody names."""
FORME: Final = re.compile(r"<form\b[^>]*>", re.DOTALL)
ETEND: Final = re.compile(r"\{%\s*extends\s+\"([^\"]+)\"")
COMPRIS: Final = re.compile(r"\{%\s*include\s+\"([^\"]+)\"")
SAISIE: Final = ("<textarea", "<select", 'type="text"', 'type="email"', "{{ champ }}")


def _gabarits() -> dict[str, str]:
    return {
        chemin.as_posix().partition("/gabarits/")[2]: chemin.read_text(encoding="utf-8")
        for chemin in CODE.glob("*/gabarits/**/*.html")
    }


def _pages_de(nom: str, tous: dict[str, str]) -> set[str]:
    """The roots of what shows a template: the bases that it extends, itself or by who includes it."""
    if nom == "base.html":
        return {nom}
    etend = ETEND.search(tous[nom])
    if etend:
        return _pages_de(etend[1], tous)
    porteurs = [autre for autre, texte in tous.items() if nom in COMPRIS.findall(texte)]
    porteurs = porteurs or [
        autre for autre, texte in tous.items() if PAR_SON_NOM.search(texte) and ETEND.search(texte)
    ]
    return {racine for un in porteurs for racine in _pages_de(un, tous)} or {nom}


def test_chaque_formulaire_est_garde_ou_dit_pourquoi_pas() -> None:
    vus, fautes = 0, []
    for nom, texte in _gabarits().items():
        for forme in FORME.findall(texte):
            vus += 1
            raison = re.search(r'data-sans-garde="([^"]*)"', forme)
            if raison and raison[1] not in RAISONS:
                fautes.append(f"{nom}: « {raison[1]} » is no reason that we know")
            if raison and raison[1] == "geste" and "account_logout" not in forme:
                fautes.append(f"{nom}: a form without a field needs no reason")
            if raison and raison[1] == "recherche" and re.search(r'method="post"', forme):
                fautes.append(f"{nom}: a search writes nothing, and is no POST")
    assert vus > 60, "the forms are no longer seen"
    assert not fautes


def test_ce_qui_se_tape_a_un_nom_et_un_formulaire() -> None:
    """A field without a name is neither sent nor kept; one outside of any form neither."""
    champ = re.compile(r"<(?:input|select|textarea)\b[^>]*>", re.DOTALL)
    sans_nom = [
        (nom, un)
        for nom, texte in _gabarits().items()
        for un in champ.findall(texte)
        if "name=" not in un and "readonly" not in un and nom not in SANS_NOM
    ]
    assert not sans_nom


def test_toute_page_qui_a_un_formulaire_a_les_trois_scripts() -> None:
    tous = _gabarits()
    for script in ("garde", "envoi", "collage"):
        assert f"binome/{script}.js" in BASE.read_text(encoding="utf-8")
    for nom, texte in tous.items():
        if FORME.search(texte):
            assert _pages_de(nom, tous) <= {"base.html"}, nom
