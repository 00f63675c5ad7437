"""The template of an exchanged table, for who fills it in."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from binome.echanges.recu import LIGNES

if TYPE_CHECKING:
    from binome.echanges.colonnes import C, Colonnes

REPONSES: Final = "Réponses"
"""The sheet of the words that cells offer: a list written in a cell's own rule takes no comma, and 255 characters."""


def classeur_modele(colonnes: Colonnes[C], feuille: str, note: tuple[str, str]) -> bytes:
    """The template: an empty sheet with its headings, one of help that ends with a note, one of the answers offered."""
    from openpyxl import Workbook  # noqa: PLC0415 - spreadsheets only
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    classeur = Workbook()
    onglet = classeur.worksheets[0]
    onglet.title = feuille
    onglet.append(colonnes.titres)
    onglet.freeze_panes = "A2"
    reponses = classeur.create_sheet(REPONSES)
    for rang, une in enumerate(colonnes.au_modele, start=1):
        lettre = get_column_letter(rang)
        onglet[f"{lettre}1"].font = Font(bold=True)
        onglet.column_dimensions[lettre].width = max(14, len(une.titre) + 3)
        if une.choix:
            for place, mots in enumerate((une.titre, *une.choix), start=1):
                reponses.cell(place, rang, mots)
            places = f"'{REPONSES}'!${lettre}$2:${lettre}${len(une.choix) + 1}"
            # Offered, not imposed: other words are read too, and a cell may hold several answers.
            liste = DataValidation("list", formula1=places, allow_blank=True)
            onglet.add_data_validation(liste)
            liste.add(f"{lettre}2:{lettre}{LIGNES}")
    aide = classeur.create_sheet("Aide", 1)
    aide.append(["Colonne", "Ce qu’il faut écrire"])
    for une in colonnes.au_modele:
        aide.append([une.titre, une.aide])
    aide.append(list(note))
    aide.column_dimensions["A"].width, aide.column_dimensions["B"].width = 40, 110
    for (cellule,) in aide["B1:B200"]:
        cellule.alignment = Alignment(wrap_text=True, vertical="top")
    for cellule in aide[1]:
        cellule.font = Font(bold=True)
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def csv_modele(colonnes: Colonnes[C]) -> str:
    """The headings alone, for who would rather fill in a text table."""
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=";").writerow(colonnes.titres)
    return tampon.getvalue()
