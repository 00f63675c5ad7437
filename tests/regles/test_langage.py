"""The language and its readings know no trade: neither its words nor its modules."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from binome.regles import base as langage
from binome.regles.courante import certifications, construire, donnees_de
from binome.regles.lecture import lire_brut

REGLES = Path(langage.__file__).parent
AU_DESSUS = {
    "__init__",
    "cas",
    "courante",
    "ecarts",
    "mots",
    "page",
    "profils",
    "recherche",
    "taches",
    "usages",
}
"""What reads the data of a certification: it stands on the trades."""
LANGAGE = sorted(un for un in REGLES.glob("*.py") if un.stem not in AU_DESSUS)
DU_METIER = re.compile(
    r"cqp|\bfae\b|afgsu|secr[ée]taire|dentaire|date_entree|\bopco\b|m[ée]decin|prerequis|\bmetiers\b"
    r"|positionnement|financement|deja_certifie",
    re.IGNORECASE,
)


@pytest.mark.parametrize("module", LANGAGE, ids=lambda un: un.stem)
def test_aucun_mot_du_metier_dans_le_langage(module: Path) -> None:
    lignes = module.read_text(encoding="utf-8").splitlines()
    assert [ligne for ligne in lignes if DU_METIER.search(ligne)] == []


def test_un_mot_une_chose() -> None:
    """A class of the rules, and of the rooms that tell them, has a name of its own."""
    salles = ("regles", "agenda", "api", "impression", "lots")
    fichiers = (un for salle in salles for un in (REGLES.parent / salle).rglob("*.py"))
    arbres = (
        ast.parse(un.read_text(encoding="utf-8")) for un in fichiers if "migrations" not in un.parts
    )
    noms = Counter(
        noeud.name
        for arbre in arbres
        for noeud in arbre.body
        if isinstance(noeud, ast.ClassDef) and not noeud.name.startswith("_")
    )
    assert [nom for nom, nombre in noms.items() if nombre > 1] == []


def test_aucune_ligne_de_python_ne_nomme_une_certification() -> None:
    """A certification is data: the programs only know the one that its sheet says is by default."""
    codes = re.compile("|".join(map(re.escape, certifications())))
    programmes = REGLES.parent.rglob("*.py")
    assert [un.name for un in programmes if codes.search(un.read_text(encoding="utf-8"))] == []


def test_la_fiche_par_defaut_reste_hors_de_l_empreinte() -> None:
    """The decisions kept since before there were several certifications keep their hash."""
    brut = lire_brut(donnees_de())
    assert "certification" not in brut
    assert construire(brut).certification.par_defaut
