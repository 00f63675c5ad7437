"""What an invoice says, typed, and what stops one from being written. Money in integer cents, time in integer minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.typographie import elider

if TYPE_CHECKING:
    from datetime import date

MOTIF_D_EXONERATION: Final = "Exonération de TVA, article 261-4-4° a du CGI"
CODE_D_EXONERATION: Final = "VATEX-EU-132-1I"
"""The code of the directive's article 132 1 i, in the lists that EN 16931 checks."""
SIREN: Final = re.compile(r"[0-9]{9}")
SIRET: Final = re.compile(r"[0-9]{14}")
POSTE: Final = re.compile(r"[0-9]{5}")


class FactureImpossible(ValueError):
    """An invoice that may not be written; its message is for the person."""


@dataclass(frozen=True)
class PartieALaFacture:
    """Who sells, or who buys. `siret` and `numero_de_tva` may be empty: a practice known by its RPPS has neither here."""

    nom: str
    adresse: str
    code_postal: str
    ville: str
    siret: str = ""
    numero_de_tva: str = ""

    @property
    def siren(self) -> str:
        """The first nine digits of its SIRET."""
        return self.siret[:9]


@dataclass(frozen=True)
class LigneElectronique:
    """What is billed of one month: minutes at a price an hour, and what the line comes to.

    `montant_cents` may differ from minutes × price: below, a ceiling or a rounding is told as an allowance; above, as a charge.
    """

    designation: str
    du: date
    au: date
    minutes: int
    taux_cents: int
    montant_cents: int
    ecart_dit: str = "Arrondi, ou plafond de l’accord"

    @property
    def ecart_cents(self) -> int:
        """What the agreement takes off minutes × price, half up to the cent; negative where a rounding adds to it."""
        return (2 * self.minutes * self.taux_cents + 60) // 120 - self.montant_cents


@dataclass(frozen=True)
class MentionsLegales:
    """What an organisation gives once: no source of ours tells its terms, so its own words are printed."""

    activite: str
    """Its number of declaration of activity, in a sentence."""
    penalites: str
    """What is due when it is paid late."""
    indemnite: str
    """The fixed sum of recovery, in words."""
    escompte: str
    """What is said of a payment before its term."""


@dataclass(frozen=True)
class FactureElectronique:
    """An invoice, or a credit note when `avoir_de` names the invoice that it corrects, with its day.

    Buyer and payer are apart: who bought (`acheteur`), who pays (`payeur`, in words, told as a note: EN 16931 names
    no payer). `accord` is the payer's number, `contrat` the agreement of training. `iban` may be empty.
    """

    numero: str
    le: date
    echeance: date
    vendeur: PartieALaFacture
    acheteur: PartieALaFacture
    payeur: str
    accord: str
    lignes: tuple[LigneElectronique, ...]
    mentions: MentionsLegales
    contrat: str = ""
    iban: str = ""
    avoir_de: tuple[str, date] | None = None

    @property
    def total_cents(self) -> int:
        """The sum of its lines: no VAT is added."""
        return sum(une.montant_cents for une in self.lignes)


def verifier(une: FactureElectronique) -> None:
    """Refuses what nobody may bill. Raises FactureImpossible."""
    if not une.numero.strip():
        raise FactureImpossible("Une facture a un numéro.")
    if not une.lignes:
        raise FactureImpossible("Une facture a une ligne au moins.")
    for ligne in une.lignes:
        if ligne.montant_cents <= 0 or ligne.minutes <= 0 or ligne.taux_cents <= 0:
            raise FactureImpossible(
                f"La ligne « {ligne.designation} » ne facture rien : une ligne est de plus de zéro euro. "
                "Ce qui est à rendre fait l’objet d’un avoir."
            )
        if ligne.du > ligne.au:
            raise FactureImpossible(f"La ligne « {ligne.designation} » finit avant de commencer.")
    if une.echeance < une.le:
        raise FactureImpossible("Une facture ne se paie pas avant le jour où elle est émise.")
    if not SIRET.fullmatch(une.vendeur.siret):
        raise FactureImpossible("Il nous manque le numéro SIRET de votre organisme.")
    for partie, qui in ((une.vendeur, "votre organisme"), (une.acheteur, une.acheteur.nom)):
        if not (partie.adresse and partie.ville and POSTE.fullmatch(partie.code_postal)):
            raise FactureImpossible(
                f"Il nous manque l’adresse {elider('de', qui)} : rue, code postal et ville."
            )
        if partie.siret and not SIRET.fullmatch(partie.siret):
            raise FactureImpossible(f"Le numéro SIRET {elider('de', qui)} n’a pas 14 chiffres.")
    if une.avoir_de is not None and une.avoir_de[1] > une.le:
        raise FactureImpossible("Un avoir ne précède pas la facture qu’il corrige.")
