"""A certificat de réalisation on paper: the fields that the ministry's model asks for, as an Opco quotes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SPECIMEN: Final = "SPÉCIMEN : personnes et chiffres d’exemple, sans valeur."


@dataclass(frozen=True)
class CertificatImprime:
    """What it says; minutes, days both included. `contenu` is what the row keeps of the action and of who signs."""

    numero: int
    personne: str
    employeur: str
    contenu: Mapping[str, Any]
    du: date
    au: date
    minutes: int
    le: date
    essai: bool


def en_centiemes(minutes: int) -> str:
    """Hours with two decimals, as some Opcos ask for them: `52,50`."""
    heures, reste = divmod((minutes * 100 + 30) // 60, 100)
    return f"{heures},{reste:02}"


def contenu_du_certificat(un: CertificatImprime) -> dict[str, Any]:
    """What the template writes."""
    dit = un.contenu
    essai = SPECIMEN if un.essai else ""
    evaluations = dit["evaluations"]
    siret = f", SIRET {dit['siret']}" if dit["siret"] else ""
    return {
        "titre": "Certificat de réalisation",
        "emetteur": dit["organisme"],
        "phrase": f"{dit['organisme']}{siret}, certifie ce qui suit.",
        "regles": "",
        "sans_valeur": essai,
        "fiche": [
            {"libelle": mot, "valeur": valeur}
            for mot, valeur in (
                ("Bénéficiaire", un.personne),
                ("Employeur", un.employeur or "Aucun employeur"),
                ("Intitulé de l’action", dit["intitule"]),
                ("Nature de l’action", dit["nature"]),
                ("Du", date_en_clair(un.du)),
                ("Au", date_en_clair(un.au)),
                ("Durée réalisée", f"{duree_en_clair(un.minutes)}, soit {en_centiemes(un.minutes)} heures"),
                *((("Dont évaluations", duree_en_clair(evaluations)),) if evaluations else ()),
                ("Accord de prise en charge", dit["accord"]),
            )
        ],
        "fait": f"Fait à {dit['lieu']}, le {date_en_clair(un.le)}.",
        "signataire": dit["signataire"],
        "qualite": majuscule(dit["qualite"]),
        "mention": f"{essai or 'Papier scellé.'} Toute modification du fichier rompt le sceau.",
        "pied": f"Certificat n° {un.numero}, délivré le {date_en_clair(un.le)}.",
        "date": [un.le.year, un.le.month, un.le.day],
    }  # fmt: skip
