"""The catalogue of the journal: what no room declares is not written, what is declared is."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import binome
from binome.dossiers.receptions import EtatDImport
from binome.gestes.registre import flux_de_la_maison
from binome.journal.catalogue import Evenement, declarer_evenements, evenements
from binome.journal.models import Entree
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES: Final = Path(binome.__file__).parent
COMPOSES: Final = {
    *(flux.evenement(geste.nom) for flux in flux_de_la_maison() for geste in flux.table),
    *(f"import.{etat}" for etat in (EtatDImport.FINI, EtatDImport.ABANDONNE)),
}
"""The names that the source composes: those of a flow's table, and of how an import ends."""


def _jamais_ecrits(noms: set[str]) -> set[str]:
    """Those of these names that no text of the source is: whole, and in no docstring."""
    restent = set(noms)
    for fichier in SOURCES.rglob("*.py"):
        texte = fichier.read_text(encoding="utf-8")
        if fichier.name == "evenements.py" or not any(un in texte for un in restent):
            continue
        for noeud in ast.walk(ast.parse(texte)):
            if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
                restent.discard(noeud.value)
    return restent


def _premiers_arguments() -> Iterator[tuple[str, str]]:
    """What each entry of the source is called, where it is written out, and its file."""
    for fichier in SOURCES.rglob("*.py"):
        texte = fichier.read_text(encoding="utf-8")
        if "binome.journal.services" not in texte and fichier.name != "services.py":
            continue
        for noeud in ast.walk(ast.parse(texte)):
            if (
                isinstance(noeud, ast.Call)
                and isinstance(noeud.func, ast.Name)
                and noeud.func.id == "Ecriture"
                and noeud.args
                and isinstance(noeud.args[0], ast.Constant)
            ):
                yield str(noeud.args[0].value), str(fichier.relative_to(SOURCES))


def test_la_source_n_ecrit_que_ce_qui_est_declare() -> None:
    connus = {un.nom for un in evenements()}
    ecrits = list(_premiers_arguments())
    assert len(ecrits) > 30
    assert not [(nom, ou) for nom, ou in ecrits if nom not in connus]


def test_rien_n_est_declare_que_la_source_n_ecrive() -> None:
    dits = {un.nom for un in evenements()} - {"essai"}
    assert not _jamais_ecrits(dits - COMPOSES)


@pytest.mark.django_db
def test_le_journal_refuse_un_geste_que_personne_ne_declare() -> None:
    with pytest.raises(ValueError, match=r"Aucune table ne déclare : rêve\.fait"):
        ecrire(Ecriture("essai", "objet:1"), Ecriture("rêve.fait", "objet:1"))
    assert not Entree.objects.filter(objet="objet:1").exists()


def test_deux_salles_ne_se_partagent_pas_un_nom() -> None:
    declarer_evenements(Evenement("essai", "Un essai."))
    with pytest.raises(ValueError, match="déjà déclaré"):
        declarer_evenements(Evenement("essai", "Autre chose."))


def test_chaque_geste_dit_ce_qu_il_est_en_une_phrase() -> None:
    for un in evenements():
        assert un.dit.endswith("."), un.nom
