"""The flows of the house as a page: who may do what, from where to where, and what the journal may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.auteur import MAISON
from binome.gestes.registre import flux_de_la_maison
from binome.gestes.suites import suite_de
from binome.journal.catalogue import evenements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.gestes.table import Flux, Geste

ENTETE: Final = """# Gestures

Who may do what, from which state to which, and what the journal may say. Written by `python -m outils.gestes` from the
tables of the rooms; a test holds it to them. To write one more: [how to add a flow](ajouter-un-flux.md).
"""
COLONNES: Final = (
    "| geste | de | vers | qui | ce qu’il demande | par lot | qui en reçoit un courriel |\n"
    "|---|---|---|---|---|---|---|"
)


def en_markdown() -> str:
    """The whole page."""
    # A flow of the tests is not the house's.
    siens = [un for un in flux_de_la_maison() if un.modele.__module__.startswith("binome.")]
    parties = [ENTETE, *(_flux(un) for un in siens), _catalogue()]
    return "\n".join(parties)


def matrice(flux: Flux[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each gesture, and the sides that may do it."""
    for geste in flux.table:
        yield geste.nom, frozenset(geste.qui)


def _flux(flux: Flux[Any]) -> str:
    mots = {str(code): str(mot) for code, mot in flux.modele._meta.get_field("etat").flatchoices}
    lignes = [f"## {flux.nom}", "", COLONNES, *(_geste(flux, un, mots) for un in flux.table), ""]
    return "\n".join(lignes)


def _geste(flux: Flux[Any], geste: Geste[Any], mots: Mapping[str, str]) -> str:
    de = _etats(geste.de, mots) or "rien"
    if geste.vers is None:
        vers = "inchangé"
    elif isinstance(geste.vers, str):
        vers = mots.get(geste.vers, geste.vers)
    else:
        vers = _etats(tuple(dict.fromkeys(geste.vers.values())), mots)
    qui = ", ".join("la maison" if un == MAISON else un for un in geste.qui)
    champs = ", ".join(f"{un.nom}{'' if un.requis else ' (au choix)'}" for un in geste.champs)
    ensemble = "oui" if geste.ensemble else ""
    suite = suite_de(flux.nom, geste.nom)
    dit = "" if suite is None else suite.dit
    return f"| `{geste.nom}` {geste.mot} | {de} | {vers} | {qui} | {champs} | {ensemble} | {dit} |"


def _etats(codes: tuple[str, ...], mots: Mapping[str, str]) -> str:
    if set(codes) == mots.keys():
        return "tous"
    return ", ".join(mots.get(un, un) for un in codes)


def _catalogue() -> str:
    des_flux = {flux.evenement(geste.nom) for flux in flux_de_la_maison() for geste in flux.table}
    dits = [f"| `{un.nom}` | {un.dit} |" for un in evenements() if un.nom not in des_flux]
    return "\n".join(
        ["## Ce que le journal dit d’autre", "", "| entrée | |", "|---|---|", *dits, ""]
    )
