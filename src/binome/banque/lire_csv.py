"""A bank's CSV: its separator, its heading and its columns found by their names; every line is read, or the file is refused."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Final

from binome.banque.mouvements import (
    LIGNES_AU_PLUS,
    MONTANT_AU_PLUS,
    FichierDeBanqueRefuse,
    Mouvement,
    ReleveDeBanque,
    sur_une_ligne,
)
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Sequence

JOUR: Final = (
    "date", "date operation", "date de l operation", "date d operation", "date comptable", "date de comptabilisation", "date comptabilisation",
    "dateop", "date ope", "jour",
)  # fmt: skip
LIBELLE: Final = (
    "libelle", "libelle operation", "libelle complet operation", "libelle simplifie", "label", "description",
    "detail", "details", "nature de l operation", "intitule",
)  # fmt: skip
CREDIT: Final = ("credit", "credit euros", "credit eur", "montant credit")
DEBIT: Final = ("debit", "debit euros", "debit eur", "montant debit")
MONTANT: Final = (
    "montant", "montant euros", "montant eur", "montant operation", "montant operation en euro", "montant de l operation",
    "montant en euros", "amount", "somme",
)  # fmt: skip
REFERENCE: Final = (
    "reference", "ref", "numero operation", "numero d operation", "reference operation",
)  # fmt: skip
DEVISE: Final = ("devise", "currency", "monnaie")
EN_TETE_AU_PLUS: Final = 20
"""Lines before the heading, at most: a bank prints the account and the period there."""
SEPARATEURS: Final = (";", "\t", ",", "|")
_NOMBRE: Final = re.compile(r"[+-]?\d+(?:[.,]\d{1,2})?")
_MILLIERS: Final = re.compile(r"(?<=\d)[ .](?=\d{3}(?:\D|$))")
_JOUR_FR: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
_JOUR_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_PRECISE: Final = re.compile(r"\([^)]*\)")
"""What a bank adds to the name of a column: « (EUR) », « (UTC) »."""
SIECLE: Final = 2000
PIEDS: Final = ("solde", "nouveau solde", "ancien solde", "total")
"""How the lines begin that close or open a statement, and move nothing."""
AUTRES: Final = (("OFXHEADER", "OFX"), ("!Type:", "QIF"), (":20:", "MT940"))
"""How files of other forms begin, and their names."""


@dataclass(frozen=True)
class _Colonnes:
    """Where each column is; None where the file has none."""

    jour: int
    libelle: int
    credit: int | None
    debit: int | None
    montant: int | None
    reference: int | None
    devise: int | None


def texte_de(octets: bytes) -> str:
    """The text of a file, in UTF-8 or in the encoding of Windows. Raises FichierDeBanqueRefuse."""
    if b"\x00" in octets:
        raise FichierDeBanqueRefuse(
            "ce n’est pas un fichier de texte : demandez à votre banque un export en CSV, ou en camt.053"
        )
    for codage in ("utf-8-sig", "cp1252"):
        try:
            return octets.decode(codage)
        except UnicodeDecodeError:
            continue
    raise FichierDeBanqueRefuse("ce fichier ne se lit pas comme un texte")


def lire_un_csv(octets: bytes) -> ReleveDeBanque:
    """What came in by a CSV. Raises FichierDeBanqueRefuse."""
    texte = texte_de(octets)
    for debut, nom in AUTRES:
        if texte.lstrip().startswith(debut):
            raise FichierDeBanqueRefuse(
                f"c’est un fichier {nom}, que nous ne lisons pas : demandez à votre banque un export en CSV, ou en camt.053"
            )
    for separateur in SEPARATEURS:
        lignes = _lignes(texte, separateur)
        for rang, ligne in enumerate(lignes[:EN_TETE_AU_PLUS]):
            colonnes = _colonnes(ligne)
            if colonnes is not None:
                return _lire(lignes, rang, colonnes)
    raise FichierDeBanqueRefuse(
        "nous n’y trouvons pas les colonnes d’un relevé : une date, un libellé, et un montant (ou un débit et un crédit)"
    )


def _lignes(texte: str, separateur: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(texte, newline=""), delimiter=separateur))
    except csv.Error:
        return []


def _colonnes(ligne: Sequence[str]) -> _Colonnes | None:
    noms = [plier(_PRECISE.sub("", une)).strip() for une in ligne]

    def place(voulus: tuple[str, ...]) -> int | None:
        return next((noms.index(un) for un in voulus if un in noms), None)

    jour, libelle = place(JOUR), place(LIBELLE)
    credit, montant = place(CREDIT), place(MONTANT)
    if jour is None or libelle is None or (credit is None and montant is None):
        return None
    return _Colonnes(jour, libelle, credit, place(DEBIT), montant, place(REFERENCE), place(DEVISE))


def _lire(lignes: Sequence[Sequence[str]], rang: int, colonnes: _Colonnes) -> ReleveDeBanque:
    entrees, sorties = [], 0
    utiles = [
        (numero, ligne)
        for numero, ligne in enumerate(lignes[rang + 1 :], start=rang + 2)
        if any(case.strip() for case in ligne) and not _ferme(ligne, colonnes)
    ]
    if len(utiles) > LIGNES_AU_PLUS:
        raise FichierDeBanqueRefuse(f"ce fichier a plus de {LIGNES_AU_PLUS} lignes : coupez-le")
    for numero, ligne in utiles:
        lu = _mouvement(numero, ligne, colonnes)
        if lu is None:
            sorties += 1
        else:
            entrees.append(lu)
    return ReleveDeBanque(tuple(entrees), sorties, format_lu="CSV")


def _ferme(ligne: Sequence[str], ou: _Colonnes) -> bool:
    """Whether a line says a balance or a total: it has no day of its own, and begins so."""
    jour = ligne[ou.jour].strip() if ou.jour < len(ligne) else ""
    if _JOUR_ISO.fullmatch(jour) or _JOUR_FR.fullmatch(jour):
        return False
    premier = next((plier(une) for une in ligne if une.strip()), "")
    return any(premier == un or premier.startswith(f"{un} ") for un in PIEDS)


def _mouvement(numero: int, ligne: Sequence[str], ou: _Colonnes) -> Mouvement | None:
    """A line that came in; None for one that went out. Raises FichierDeBanqueRefuse."""

    def case(place: int | None) -> str:
        return "" if place is None or place >= len(ligne) else ligne[place].strip()

    devise = case(ou.devise).upper()
    if devise and devise not in ("EUR", "€", "EURO", "EUROS"):
        raise FichierDeBanqueRefuse(
            f"la ligne {numero} n’est pas en euros : « {sur_une_ligne(devise)} »"
        )
    if ou.credit is not None and (case(ou.credit) or ou.montant is None):
        cents = _cents(numero, case(ou.credit)) if case(ou.credit) else 0
        if not cents and not case(ou.debit):
            raise FichierDeBanqueRefuse(f"la ligne {numero} n’a ni débit ni crédit")
    else:
        cents = _cents(numero, case(ou.montant)) if ou.montant is not None else 0
    jour = _jour(numero, case(ou.jour))
    if cents <= 0:
        return None
    return Mouvement(
        jour, cents, sur_une_ligne(case(ou.libelle)), sur_une_ligne(case(ou.reference))
    )


def _cents(numero: int, texte: str) -> int:
    """Cents of an amount as banks write it: `1 050,00`, `1.050,00`, `-12.5`, `1050 EUR`."""
    ecrit = re.sub(
        r"(?i)\s*(€|eur|euros?)$", "", texte.replace("\u00a0", " ").replace("\u202f", " ").strip()
    )
    ecrit = ecrit.replace("−", "-")
    if "," in ecrit and "." in ecrit:
        ecrit = ecrit.replace("." if ecrit.rfind(",") > ecrit.rfind(".") else ",", "")
    ecrit = _MILLIERS.sub("", ecrit).replace(" ", "")
    if not _NOMBRE.fullmatch(ecrit):
        raise FichierDeBanqueRefuse(
            f"le montant de la ligne {numero} ne se lit pas : « {sur_une_ligne(texte)} »"
        )
    signe = -1 if ecrit.startswith("-") else 1
    euros, _, centimes = ecrit.lstrip("+-").replace(",", ".").partition(".")
    cents = int(euros) * 100 + int(centimes.ljust(2, "0") or 0)
    if cents > MONTANT_AU_PLUS:
        raise FichierDeBanqueRefuse(
            f"le montant de la ligne {numero} est trop grand : « {sur_une_ligne(texte)} »"
        )
    return signe * cents


def _jour(numero: int, texte: str) -> date:
    try:
        if (lu := _JOUR_ISO.fullmatch(texte)) is not None:
            return date(int(lu[1]), int(lu[2]), int(lu[3]))
        if (lu := _JOUR_FR.fullmatch(texte)) is not None:
            annee = int(lu[3])
            return date(annee if annee >= 100 else SIECLE + annee, int(lu[2]), int(lu[1]))
    except ValueError:
        pass
    raise FichierDeBanqueRefuse(
        f"la date de la ligne {numero} ne se lit pas : « {sur_une_ligne(texte)} »"
    )
