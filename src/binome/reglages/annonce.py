"""What the settings say of themselves: the table of the documentation, and the list of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.reglages.declarations import REGLAGES
from binome.reglages.reglage import FICHIER, FamilleDeReglages, ReglageRefuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.reglages.reglage import Environnement, Reglage

CACHE: Final = "(donné, et tu)"
"""What is shown of a secret."""


def defaut_dit(reglage: Reglage[Any]) -> str:
    """What holds without it, in words."""
    defaut = reglage.defaut
    if reglage.sans:
        return reglage.sans
    if defaut is True or defaut is False:
        return "oui" if defaut else "non"
    if isinstance(defaut, tuple):
        return ", ".join(f"`{un}`" for un in defaut)
    return "" if defaut is None else f"{defaut} {reglage.unite}".strip()


def _attendu(reglage: Reglage[Any]) -> str:
    return f" ({reglage.attendu})" if reglage.attendu else ""


def en_markdown() -> str:
    """One table for each heading, as the documentation holds them."""
    lignes: list[str] = []
    for rubrique in FamilleDeReglages:
        lignes += [
            f"**{rubrique.value}**",
            "",
            "| réglage | ce qu’il fait | sans lui |",
            "|---|---|---|",
        ]
        for un in REGLAGES:
            if un.rubrique is rubrique:
                nom = f"`{un.nom}`" + (f", `{un.nom}{FICHIER}`" if un.secret else "")
                role = un.role.removesuffix(".")
                lignes.append(f"| {nom} | {role}{_attendu(un)} | {defaut_dit(un)} |")
        lignes.append("")
    return "\n".join(lignes)


def valeur_dite(reglage: Reglage[Any], environnement: Environnement | None = None) -> str:
    """What is given, a secret's name alone; or why it cannot be; or what holds without it."""
    try:
        if not reglage.donne(environnement):
            return f"par défaut : {defaut_dit(reglage) or 'rien'}".replace("`", "")
        reglage.lire(environnement)
    except ReglageRefuse as refus:
        return f"REFUSÉ : {refus}"
    return CACHE if reglage.secret else reglage.texte(environnement)


def en_lignes(environnement: Environnement | None = None) -> Iterator[tuple[str, str]]:
    """The name and the value of each setting that whoever runs the house may give."""
    for un in REGLAGES:
        if un.rubrique not in {FamilleDeReglages.INTERNE, FamilleDeReglages.ESSAIS}:
            yield un.nom, valeur_dite(un, environnement)
