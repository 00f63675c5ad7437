"""What a table's page shows: each row then and now, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.rapport.tableau import UniteDuRapport
from binome.regles.calendrier import duree_en_clair, nombre_en_clair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.rapport.models import ReleveDeTableau
    from binome.rapport.tableau import TableauDuRapport

NON_DIT: Final = "non dit"


@dataclass(frozen=True, slots=True)
class LigneMontree:
    """A row; the numbers are those of the drawing, None where there is none or where it is a text."""

    dit: str
    alors: int | None
    aujourdhui: int | None
    alors_dit: str
    aujourdhui_dit: str


def lignes_de(
    tableau: TableauDuRapport, releve: ReleveDeTableau | None
) -> tuple[LigneMontree, ...]:
    """The rows that have something to say, then or now."""
    valeurs = _aujourdhui(tableau, releve)
    rendues = []
    for ligne in tableau.lignes:
        valeur = valeurs.get(ligne.code)
        if ligne.alors is None and valeur is None:
            continue
        alors = ligne.alors if isinstance(ligne.alors, int) else None
        rendues.append(
            LigneMontree(
                ligne.dit,
                alors,
                valeur,
                ligne.alors if isinstance(ligne.alors, str) else _dire(tableau.unite, alors),
                _dire(tableau.unite, valeur),
            )
        )
    return tuple(rendues)


def _aujourdhui(tableau: TableauDuRapport, releve: ReleveDeTableau | None) -> Mapping[str, int]:
    if tableau.rejouer is not None:
        return tableau.rejouer()
    if releve is None:
        return {}
    if tableau.unite == UniteDuRapport.POUR_CENT:
        return {
            code: (1_000 * nombre + releve.lus // 2) // releve.lus
            for code, nombre in releve.valeurs.items()
            if releve.lus
        }
    return {code: int(nombre) for code, nombre in releve.valeurs.items()}


def _dire(unite: UniteDuRapport, valeur: int | None) -> str:
    if valeur is None:
        return NON_DIT
    if unite == UniteDuRapport.MINUTES:
        return duree_en_clair(valeur)
    if unite == UniteDuRapport.POUR_CENT:
        entier, dixieme = divmod(valeur, 10)
        return f"{entier},{dixieme} %" if dixieme else f"{entier} %"
    return nombre_en_clair(valeur)
