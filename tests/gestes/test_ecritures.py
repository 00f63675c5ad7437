"""Nothing but the gestures writes a state: the source is read for whatever else would."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import binome
from binome.gestes.registre import flux_de_la_maison

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES: Final = Path(binome.__file__).parent
ETAT: Final = "etat"
SANS_FLUX: Final[dict[str, str]] = {
    "api/services.py": "Un lot de l’API : un calcul en attente, effacé passé son heure, sans personne.",
    "imports/services.py": "Un import et ses lignes : un tableau en attente, sans flux.",
    "imports/rangs.py": "Les lignes d’un tableau en attente, telles que lues : sans flux.",
    "imports/tranches.py": "Les lignes d’un import : chacune finit par les gestes du dossier.",
    "dossiers/effets.py": "Les pièces : leur état est l’effet des gestes `joindre`, `retirer_une_piece` et `examiner`.",
    "dossiers/oubli.py": "Les lignes d’un import : l’effet du geste `anonymiser`.",
    "exemples/dossiers/ecriture.py": "Le monde inventé naît tel qu’il aurait été vécu, journal compris.",
}
"""Where a column of that name is another's than a flow's, or is born with its story; and why."""


def _nommes(noeud: ast.expr | None) -> bool:
    """Whether a list of columns names the state."""
    return isinstance(noeud, ast.List | ast.Tuple | ast.Set) and any(
        isinstance(un, ast.Constant) and un.value == ETAT for un in noeud.elts
    )


def _dit_l_etat(appel: ast.Call, modeles: frozenset[str]) -> bool:
    """Whether a call sets a state: an update, a save or a bulk write that names it, a model made with it."""
    nom = appel.func.attr if isinstance(appel.func, ast.Attribute) else ""
    if isinstance(appel.func, ast.Name) and appel.func.id in modeles:
        return any(un.arg == ETAT for un in appel.keywords)
    if nom in ("update", "create", "get_or_create", "update_or_create"):
        return any(un.arg == ETAT for un in appel.keywords)
    if nom in ("bulk_update", "bulk_create", "save"):
        listes = [*appel.args[1:2], *(un.value for un in appel.keywords if "fields" in str(un.arg))]
        return any(_nommes(une) for une in listes)
    return nom == "__setattr__" and not _nomme_autre_chose(appel)


def _nomme_autre_chose(appel: ast.Call) -> bool:
    """Whether `object.__setattr__` says in full the name of a field that is not the state: what is frozen fills itself so."""
    nomme = appel.args[1:2]
    return isinstance(nomme[0], ast.Constant) and nomme[0].value != ETAT if nomme else False


def _ecritures(arbre: ast.Module, modeles: frozenset[str]) -> Iterator[int]:
    """The lines where a source writes a state."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and _dit_l_etat(noeud, modeles):
            yield noeud.lineno
        if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name):
            dit = noeud.args[1:2]
            if noeud.func.id == "setattr" and isinstance(dit[0], ast.Constant):
                yield from [noeud.lineno] * (dit[0].value == ETAT)
        cibles: list[ast.expr] = []
        if isinstance(noeud, ast.Assign):
            cibles = [
                une
                for cible in noeud.targets
                for une in (cible.elts if isinstance(cible, ast.Tuple) else [cible])
            ]
        elif isinstance(noeud, ast.AugAssign | ast.AnnAssign):
            cibles = [noeud.target]
        for cible in cibles:
            if isinstance(cible, ast.Attribute) and cible.attr == ETAT:
                yield cible.lineno


def _modeles() -> frozenset[str]:
    return frozenset(un.modele.__name__ for un in flux_de_la_maison())


def _fautifs() -> dict[str, list[int]]:
    """The files that write a state, and where."""
    trouves, modeles = {}, _modeles()
    for fichier in sorted(SOURCES.rglob("*.py")):
        nom = str(fichier.relative_to(SOURCES))
        if nom.startswith("gestes/") or "/migrations/" in nom:
            continue
        texte = fichier.read_text(encoding="utf-8")
        if ETAT not in texte and "setattr" not in texte:
            continue  # nothing that `_ecritures` sees can be there
        if lignes := list(_ecritures(ast.parse(texte), modeles)):
            trouves[nom] = lignes
    return trouves


def test_rien_n_ecrit_un_etat_hors_des_gestes() -> None:
    fautifs = _fautifs()
    assert not fautifs.keys() - SANS_FLUX.keys(), fautifs
    assert not SANS_FLUX.keys() - fautifs.keys(), "an exception that is no longer needed"


def test_chaque_facon_d_ecrire_un_etat_est_vue() -> None:
    for texte in (
        "Dossier.objects.filter(pk=1).update(etat='clos')",
        "dossier.etat = 'clos'",
        "a, dossier.etat = 1, 'clos'",
        "dossier.save(update_fields=['etat'])",
        "Dossier.objects.bulk_update(lus, ['nom', 'etat'])",
        "Dossier.objects.bulk_create(lus, update_fields=['etat'])",
        "Dossier(etat='clos')",
        "Dossier.objects.create(etat='clos')",
        "setattr(dossier, 'etat', 'clos')",
    ):
        assert list(_ecritures(ast.parse(texte), frozenset({"Dossier"}))), texte
    for texte in (
        "Dossier.objects.filter(etat='clos')",
        "Filtre(etat='clos')",
        "dossier.etat == 'clos'",
        "setattr(dossier, nom, valeur)",
    ):
        assert not list(_ecritures(ast.parse(texte), frozenset({"Dossier"}))), texte
