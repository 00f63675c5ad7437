"""An invoice, or a credit note, on paper; the same file carries its XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import date_en_clair, duree_en_clair, montant_en_clair

if TYPE_CHECKING:
    from datetime import date

SPECIMEN: Final = "SPÉCIMEN : personnes et chiffres d’exemple, sans valeur."
SERVICE: Final = (
    "Ce fichier porte aussi la facture en XML (Factur-X, EN 16931). Aucune obligation ne l’impose pour une opération "
    "exonérée de TVA : c’est un service."
)


@dataclass(frozen=True)
class LigneImprimee:
    """A line: what is billed, minutes, cents of an hour, and cents in all; `precision` says what was taken off, or nothing."""

    designation: str
    minutes: int
    taux_cents: int
    montant_cents: int
    precision: str = ""


@dataclass(frozen=True)
class FactureImprimee:
    """What the paper says. `corrige` names the invoice that a credit note corrects, or is empty; `parties` are words and values."""

    numero: str
    le: date
    emetteur: str
    phrase: str
    corrige: str
    parties: tuple[tuple[str, str], ...]
    lignes: tuple[LigneImprimee, ...]
    total_cents: int
    mentions: tuple[str, ...]
    essai: bool = False


def contenu_de_la_facture(une: FactureImprimee) -> dict[str, Any]:
    """What the template writes."""
    essai = SPECIMEN if une.essai else ""
    mot = "Avoir" if une.corrige else "Facture"
    return {
        "titre": f"{mot} {une.numero}",
        "emetteur": une.emetteur,
        "phrase": une.phrase,
        "regles": une.corrige,
        "sans_valeur": essai,
        "fiche": [{"libelle": mot, "valeur": valeur} for mot, valeur in une.parties],
        "lignes": [
            [
                f"{ligne.designation} {ligne.precision}".strip(),
                duree_en_clair(ligne.minutes),
                f"{montant_en_clair(ligne.taux_cents)} l’heure",
                montant_en_clair(ligne.montant_cents),
            ]
            for ligne in une.lignes
        ],
        "total": montant_en_clair(une.total_cents),
        "mentions": list(une.mentions),
        "mention": f"{essai or 'Papier scellé.'} Toute modification du fichier rompt le sceau.",
        "pied": f"{mot} {une.numero}, du {date_en_clair(une.le)}.",
        "service": SERVICE,
        "date": [une.le.year, une.le.month, une.le.day],
    }
