"""The template, and the file that comes back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from binome.dossiers.colonnes import CLE, colonnes, nom_de
from binome.lots.erreurs import Refus
from binome.lots.tableaux import lire_tableau
from binome.regles.faits import plus_proche
from binome.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SORTES: Final = (".xlsx", ".ods", ".csv")
OCTETS: Final = 20_000_000
LIGNES: Final = 50_000
NOM: Final = "Votre fichier"
"""What messages call the table: its own name may say who it speaks of."""
LISTE_MAX: Final = 255
"""The longest list that a spreadsheet offers in a cell."""


def modele() -> bytes:
    """The template: an empty sheet with its headings, and a sheet of help."""
    from openpyxl import Workbook  # noqa: PLC0415 - spreadsheets only
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    classeur = Workbook()
    feuille = classeur.worksheets[0]
    feuille.title = "Candidats"
    feuille.append([une.titre for une in colonnes().values()])
    feuille.freeze_panes = "A2"
    for rang, une in enumerate(colonnes().values(), start=1):
        lettre = get_column_letter(rang)
        feuille[f"{lettre}1"].font = Font(bold=True)
        feuille.column_dimensions[lettre].width = max(14, len(une.titre) + 3)
        choix = ",".join(une.fait.valeurs) if une.fait and une.fait.type == "choix" else ""
        if choix and len(choix) <= LISTE_MAX:
            liste = DataValidation("list", formula1=f'"{choix}"', allow_blank=True)
            feuille.add_data_validation(liste)
            liste.add(f"{lettre}2:{lettre}{LIGNES}")
    aide = classeur.create_sheet("Aide")
    aide.append(["Colonne", "Ce qu’il faut écrire"])
    for une in colonnes().values():
        aide.append([une.titre, une.aide])
    aide.append(["Cellule vide", "Elle ne dit rien : ce que le dossier contient déjà reste."])
    aide.column_dimensions["A"].width, aide.column_dimensions["B"].width = 40, 110
    for (cellule,) in aide["B1:B200"]:
        cellule.alignment = Alignment(wrap_text=True, vertical="top")
    for cellule in aide[1]:
        cellule.font = Font(bold=True)
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def modele_csv() -> str:
    """The headings alone, for who would rather fill in a text table."""
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=";").writerow(une.titre for une in colonnes().values())
    return tampon.getvalue()


def _verifier(chemin: Path) -> None:
    if chemin.suffix.lower() not in SORTES:
        raise Refus(f"{NOM} : ce genre de fichier n’est pas lu. Attendu : {', '.join(SORTES)}.")
    if chemin.stat().st_size > OCTETS:
        raise Refus(f"{NOM} : il dépasse 20 Mo. Coupez-le en plusieurs.")


def lire_fichier(chemin: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows, each with its number and its cells by column.

    Raises Refus when the table as a whole is unusable.
    """
    _verifier(chemin)
    titres, lignes = lire_tableau(chemin, NOM, SORTES)
    noms = [nom_de(titre) for titre in titres]
    connus = [une.titre for une in colonnes().values()]
    inconnus = [titre for titre, nom in zip(titres, noms, strict=True) if nom is None]
    if inconnus:
        raise Refus(
            f"{NOM} : la colonne « {titre[:40]} » n’existe pas{plus_proche(titre, connus)}."
            for titre in inconnus[:10]
        )
    doubles = [titre for rang, titre in enumerate(titres) if noms[rang] in noms[:rang]]
    if doubles:
        raise Refus(f"{NOM} : la colonne « {doubles[0][:40]} » est donnée deux fois.")
    if CLE not in noms:
        raise Refus(f"{NOM} : la colonne « Clé » manque. Elle nomme chaque ligne.")
    for rang, (numero, ligne) in enumerate(lignes, start=1):
        if rang > LIGNES:
            raise Refus(f"{NOM} : plus de {LIGNES} lignes. Coupez-le en plusieurs.")
        cellules = {
            nom: texte
            for nom, cellule in zip(noms, ligne, strict=False)
            if nom is not None and (texte := visible(cellule).strip())
        }
        yield numero, cellules
