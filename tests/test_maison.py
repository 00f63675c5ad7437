"""How the house is built: no circle of files, no file too long, no room without a name on its door."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from binome import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RACINE: Final = Path(__file__).parents[1]
SOURCE: Final = RACINE / "src"
LONGUEUR: Final = 400
PLAFOND_DES_DOSSIERS: Final = 6000
COULISSES: Final = {"src/binome/comptes/coulisses.py"}
"""The only files that may use what a library keeps to itself: docs/decisions/0040."""


def fichiers() -> dict[str, Path]:
    """Every module of the house, by its name."""
    chemins = {
        ".".join(chemin.relative_to(SOURCE).with_suffix("").parts): chemin
        for chemin in (SOURCE / "binome").rglob("*.py")
    }
    return {nom.removesuffix(".__init__"): chemin for nom, chemin in chemins.items()}


def a_nous() -> list[Path]:
    """Every file of Python, tests, tools and benches included."""
    return [
        chemin
        for dossier in ("src", "tests", "outils", "bench")
        for chemin in (RACINE / dossier).rglob("*.py")
    ]


class Lu(NamedTuple):
    """What these tests read of a file, which is parsed once for them all."""

    pris: tuple[tuple[str, str], ...]
    """Each module that it imports and the name taken from it, empty for the module itself."""
    classes: tuple[str, ...]


@cache
def lire(chemin: Path) -> Lu:
    """What a file imports, at its head, for types alone, or within a function; and its classes."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    pris: list[tuple[str, str]] = []
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            pris += [(un.name, "") for un in noeud.names]
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            pris += [(noeud.module, un.name) for un in noeud.names]
    return Lu(tuple(pris), tuple(classes(arbre)))


def importes(lu: Lu, connus: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a file names."""
    for module, nom in lu.pris:
        entier = f"{module}.{nom}"
        yield entier if entier in connus else module


def imports() -> dict[str, set[str]]:
    connus = fichiers()
    return {
        nom: {lu for lu in importes(lire(chemin), connus) if lu in connus and lu != nom}
        for nom, chemin in connus.items()
    }


def cercles(liens: Mapping[str, set[str]]) -> list[set[str]]:
    """What can be reached from itself, each circle once (Tarjan)."""
    rangs: dict[str, int] = {}
    bas: dict[str, int] = {}
    pile: list[str] = []
    trouves: list[set[str]] = []

    def visiter(nom: str) -> None:
        rangs[nom] = bas[nom] = len(rangs)
        pile.append(nom)
        for autre in sorted(liens[nom]):
            if autre not in rangs:
                visiter(autre)
                bas[nom] = min(bas[nom], bas[autre])
            elif autre in pile:
                bas[nom] = min(bas[nom], rangs[autre])
        if bas[nom] == rangs[nom]:
            debut = pile.index(nom)
            cercle = set(pile[debut:])
            del pile[debut:]
            if len(cercle) > 1:
                trouves.append(cercle)

    for nom in sorted(liens):
        if nom not in rangs:
            visiter(nom)
    return trouves


def test_aucun_cercle_de_fichiers() -> None:
    """What is imported for types alone counts: two files that name each other are read as one."""
    assert cercles(imports()) == []


def test_un_cercle_se_voit() -> None:
    liens = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert cercles(liens) == [{"b", "c"}]
    assert len(imports()) > 400, "the files are no longer found"


def test_aucun_fichier_n_est_trop_long() -> None:
    """Tests, tools and benches as well; migrations are as Django wrote them, and never change."""
    longs = {
        str(chemin.relative_to(RACINE)): lignes
        for chemin in a_nous()
        if "migrations" not in chemin.parts
        and (lignes := len(chemin.read_text(encoding="utf-8").splitlines())) > LONGUEUR
    }
    assert longs == {}


def test_les_dossiers_ne_logent_pas_ce_qui_a_sa_piece() -> None:
    """A room that grows without end is several: documents, employers and trades have theirs."""
    lignes = sum(
        len(chemin.read_text(encoding="utf-8").splitlines())
        for chemin in (SOURCE / "binome" / "dossiers").rglob("*.py")
        if "migrations" not in chemin.parts
    )
    assert 0 < lignes < PLAFOND_DES_DOSSIERS


def test_la_version_est_la_meme_partout() -> None:
    """What is installed, what says `--version`, and the first section of the changelog."""
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    sections = re.findall(
        r"(?m)^## (\S+?),? ", (RACINE / "CHANGELOG.md").read_text(encoding="utf-8")
    )
    assert {projet["version"], __version__} == {sections[0]}


def test_toute_piece_dit_ce_qu_elle_est() -> None:
    muettes = [
        nom
        for nom, chemin in fichiers().items()
        if chemin.name == "__init__.py"
        and "migrations" not in chemin.parts
        and not ast.get_docstring(ast.parse(chemin.read_text(encoding="utf-8")))
    ]
    assert muettes == []


def _du_dedans(chemin: Path) -> bool:
    """Whether a file imports what a library of others calls internal, or hides behind an underscore."""
    noms = [f"{module}.{nom}".rstrip(".") for module, nom in lire(chemin).pris]
    return any(
        morceau in {"internal", "internals"}
        or (morceau.startswith("_") and not morceau.endswith("__"))
        for nom in noms
        if nom.partition(".")[0] not in {"_typeshed", "binome", "bench", "outils", "tests"}
        for morceau in nom.split(".")
    )


def test_une_bibliotheque_ne_se_prend_que_par_ce_qu_elle_promet() -> None:
    chemins = a_nous()
    assert len(chemins) > 800, "the files are no longer found"
    trouves = {str(chemin.relative_to(RACINE)) for chemin in chemins if _du_dedans(chemin)}
    assert trouves == COULISSES


def classes(arbre: ast.AST) -> Iterator[str]:
    """The public classes of a file, or of a function of its; not those within a class, as `Meta`."""
    for noeud in ast.iter_child_nodes(arbre):
        if isinstance(noeud, ast.ClassDef):
            if not noeud.name.startswith("_"):
                yield noeud.name
        else:
            yield from classes(noeud)


def nommees_deux_fois(chemins: Mapping[str, Path]) -> dict[str, list[str]]:
    """Where each name that several classes have is given, migrations aside: Django names them all alike."""
    ou: dict[str, list[str]] = {}
    for nom, chemin in chemins.items():
        if "migrations" not in chemin.parts:
            for classe in lire(chemin).classes:
                ou.setdefault(classe, []).append(nom)
    return {classe: noms for classe, noms in sorted(ou.items()) if len(noms) > 1}


def test_un_mot_ne_nomme_qu_une_chose() -> None:
    """A reader who meets a class by its name knows which one: no file gives it again to another."""
    assert nommees_deux_fois(fichiers()) == {}


def test_un_mot_donne_deux_fois_se_voit(tmp_path: Path) -> None:
    (tmp_path / "un.py").write_text(
        "class Fait:\n    class Meta:\n        pass\n", encoding="utf-8"
    )
    (tmp_path / "deux.py").write_text("if 1:\n    class Fait:\n        class Meta: ...\n")
    lus = {nom: tmp_path / f"{nom}.py" for nom in ("un", "deux")}
    assert nommees_deux_fois(lus) == {"Fait": ["un", "deux"]}


def test_un_type_ecarte_dit_pourquoi() -> None:
    """`# type: ignore[code] # why`: the reason is on the line."""
    muets = [
        f"{fichier.relative_to(RACINE)}:{rang}"
        for fichier in a_nous()
        for rang, ligne in enumerate(fichier.read_text("utf-8").splitlines(), 1)
        if re.search(r"# type: ignore(\[[\w, -]+\])?\s*$", ligne)
    ]
    assert muets == []
