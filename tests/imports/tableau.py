"""A candidate's table, as the tests fill it."""

from __future__ import annotations

import io

from openpyxl import Workbook

TITRES = (
    "Clé", "Prénom", "Nom", "Date de naissance", "Adresse électronique", "Employeur",
    "Date d’entrée en formation", "Diplômes et titres", "Situation",
)  # fmt: skip


def ligne_de(rang: int, **autres: str) -> list[str]:
    ligne = {
        "cle": f"K{rang}", "prenom": "Léa", "nom": f"Exemple {rang}", "naissance": "03/05/1984",
        "courriel": f"lea{rang}@exemple.fr", "employeur": "Cabinet d’exemple",
        "entree": "15/01/2026", "diplomes": "secretaire_medical",
        "situation": "salarie_cabinet",
    }  # fmt: skip
    return list({**ligne, **autres}.values())


def xlsx(*lignes: list[str], titres: tuple[str, ...] = TITRES) -> bytes:
    classeur = Workbook(write_only=True)
    feuille = classeur.create_sheet("Candidats")
    feuille.append(list(titres))
    for ligne in lignes:
        feuille.append(ligne)
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()
