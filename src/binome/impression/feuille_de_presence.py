"""The sheet of a slot on paper: who is expected, room to sign and to write hours, a code that names the slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

from binome.regles.calendrier import date_en_clair, heure_du_jour

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True)
class FeuilleDePresence:
    """What the sheet says; `debut` and `fin` are by the clock of the site. `adresse` is what its code holds, `code` the
    same as somebody types it."""

    organisme: str
    site: str
    salle: str
    intitule: str
    debut: datetime
    fin: datetime
    formateur: str
    noms: tuple[str, ...]
    adresse: str
    code: str
    le: date
    exemple: bool = False


def carre(texte: str) -> list[list[int]]:
    """The squares of a QR code that a fold or a stain over a quarter of it does not hide, with its white margin."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4)
    code.add_data(texte)
    code.make(fit=True)
    return [[int(un) for un in ligne] for ligne in code.get_matrix()]


def contenu_de_la_feuille(feuille: FeuilleDePresence) -> dict[str, Any]:
    """What the template writes."""
    de, a = (heure_du_jour(un.hour, un.minute) for un in (feuille.debut, feuille.fin))
    heures = f"de {de} à {a}"
    lieu = ", ".join(un for un in (feuille.site, feuille.salle) if un)
    return {
        "titre": "Feuille de présence",
        "emetteur": feuille.organisme,
        "phrase": feuille.intitule,
        "regles": f"{date_en_clair(feuille.debut.date())}, {heures}. {lieu}.",
        "sans_valeur": "Personnes inventées : cette feuille est un exemple, sans valeur."
        if feuille.exemple
        else "",
        "formateur": feuille.formateur or "…………………………………………",
        "noms": list(feuille.noms),
        "carre": carre(feuille.adresse),
        "code": feuille.code,
        "mention": f"Feuille {feuille.code}",
        "pied": f"Édité le {date_en_clair(feuille.le)}.",
        "date": [feuille.le.year, feuille.le.month, feuille.le.day],
    }
