"""A camt.053 (ISO 20022): the statement that a bank gives of an account, whichever version; other messages are refused by name."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from binome.banque.mouvements import (
    LIGNES_AU_PLUS,
    MONTANT_AU_PLUS,
    FichierDeBanqueRefuse,
    Mouvement,
    ReleveDeBanque,
    sur_une_ligne,
)
from binome.xml_ferme import XmlAvecEntites, XmlIllisible, racine_fermee

if TYPE_CHECKING:
    from collections.abc import Iterator

ESPACE: Final = re.compile(
    r"urn:iso:std:iso:20022:tech:xsd:(camt|pain|pacs)\.(\d{3})\.\d{3}\.\d{2}"
)
CONNUS: Final = {
    "camt.052": "un relevé de la journée, qui peut encore changer",
    "camt.054": "un avis de débit ou de crédit",
}
RECU: Final = "CRDT"
INSCRIT: Final = "BOOK"


def lire_un_camt(octets: bytes) -> ReleveDeBanque:
    """What came in by a camt.053. Raises FichierDeBanqueRefuse."""
    racine = _racine(octets)
    espace = ESPACE.fullmatch(etree.QName(racine).namespace or "")
    sorte = "" if espace is None else f"{espace[1]}.{espace[2]}"
    if sorte != "camt.053":
        quoi = CONNUS.get(sorte, "un autre fichier")
        raise FichierDeBanqueRefuse(
            f"c’est {quoi}{f' ({sorte})' if sorte else ''} : demandez à votre banque le relevé camt.053"
        )
    entrees: list[Mouvement] = []
    sorties = en_attente = 0
    compte = ""
    for releve in _tous(racine, "Stmt"):
        compte = compte or _texte(releve, "Acct", "Id", "IBAN")
        for ecriture in _enfants(releve, "Ntry"):
            statut = _texte(ecriture, "Sts", "Cd") or _texte(ecriture, "Sts")
            if statut and statut != INSCRIT:
                en_attente += 1
            elif _texte(ecriture, "CdtDbtInd") != RECU or _texte(ecriture, "RvslInd") in (
                "true",
                "1",
            ):
                sorties += 1
            else:
                entrees.extend(_de_l_ecriture(ecriture))
            if len(entrees) + sorties + en_attente > LIGNES_AU_PLUS:
                raise FichierDeBanqueRefuse(
                    f"ce fichier a plus de {LIGNES_AU_PLUS} mouvements : demandez une période plus courte"
                )
    return ReleveDeBanque(tuple(entrees), sorties, en_attente, compte, "camt.053")


def _racine(octets: bytes) -> Any:
    try:
        return racine_fermee(octets)
    except XmlAvecEntites:
        raise FichierDeBanqueRefuse(
            "ce fichier demande d’en lire d’autres : il n’est pas pris"
        ) from None
    except XmlIllisible as faute:
        raise FichierDeBanqueRefuse(str(faute)) from faute


def _de_l_ecriture(ecriture: Any) -> Iterator[Mouvement]:
    """One entry, or each of the payments that it gathers where their amounts are its own."""
    jour = _jour(ecriture)
    total = _montant(ecriture)
    reference = _texte(ecriture, "AcctSvcrRef") or _texte(ecriture, "NtryRef")
    details = [un for bloc in _enfants(ecriture, "NtryDtls") for un in _enfants(bloc, "TxDtls")]
    parts = [_montant_du_detail(un) for un in details]
    if len(details) > 1 and None not in parts and sum(un or 0 for un in parts) == total:
        for detail, part in zip(details, parts, strict=True):
            yield _mouvement(jour, part or 0, detail, ecriture, reference)
    else:
        yield _mouvement(jour, total, details[0] if details else None, ecriture, reference)


def _mouvement(
    jour: date, cents: int, detail: Any | None, ecriture: Any, reference: str
) -> Mouvement:
    dits = [] if detail is None else [
        *(un.text or "" for un in _tous(detail, "Ustrd")),
        *(un.text or "" for ref in _tous(detail, "CdtrRefInf") for un in _enfants(ref, "Ref")),
    ]  # fmt: skip
    payeur = ""
    bout = ""
    if detail is not None:
        payeur = _texte(detail, "RltdPties", "Dbtr", "Nm") or _texte(
            detail, "RltdPties", "Dbtr", "Pty", "Nm"
        )
        bout = _texte(detail, "Refs", "EndToEndId")
    libelle = " ".join(un for un in dits if un) or _texte(ecriture, "AddtlNtryInf")
    return Mouvement(
        jour, cents, sur_une_ligne(libelle), sur_une_ligne("" if bout == "NOTPROVIDED" else bout) or sur_une_ligne(reference),
        sur_une_ligne(payeur),
    )  # fmt: skip


def _montant_du_detail(detail: Any) -> int | None:
    """Cents of one payment among those of an entry; None where it says none."""
    dit = next(iter(_enfants(detail, "Amt")), None)
    if dit is None:
        dit = next(
            (
                un
                for bloc in _enfants(detail, "AmtDtls")
                for tx in _enfants(bloc, "TxAmt")
                for un in _enfants(tx, "Amt")
            ),
            None,
        )
    return None if dit is None else _cents(dit)


def _montant(ecriture: Any) -> int:
    dit = next(iter(_enfants(ecriture, "Amt")), None)
    if dit is None:
        raise FichierDeBanqueRefuse("un mouvement n’a pas de montant")
    return _cents(dit)


def _cents(element: Any) -> int:
    devise = element.get("Ccy", "")
    if devise != "EUR":
        raise FichierDeBanqueRefuse(
            f"un mouvement n’est pas en euros : « {sur_une_ligne(devise)} »"
        )
    try:
        cents = Decimal((element.text or "").strip()) * 100
    except InvalidOperation:
        raise FichierDeBanqueRefuse(
            f"un montant ne se lit pas : « {sur_une_ligne(element.text)} »"
        ) from None
    if (
        not cents.is_finite()
        or cents != cents.to_integral_value()
        or not 0 <= cents <= MONTANT_AU_PLUS
    ):
        raise FichierDeBanqueRefuse(f"un montant ne se lit pas : « {sur_une_ligne(element.text)} »")
    return int(cents)


def _jour(ecriture: Any) -> date:
    for chemin in (("BookgDt", "Dt"), ("BookgDt", "DtTm"), ("ValDt", "Dt"), ("ValDt", "DtTm")):
        dit = _texte(ecriture, *chemin)
        if dit:
            try:
                return date.fromisoformat(dit[:10])
            except ValueError:
                raise FichierDeBanqueRefuse(
                    f"une date ne se lit pas : « {sur_une_ligne(dit)} »"
                ) from None
    raise FichierDeBanqueRefuse("un mouvement n’a pas de date")


def _enfants(element: Any, nom: str) -> list[Any]:
    return [un for un in element if etree.QName(un).localname == nom]


def _tous(element: Any, nom: str) -> list[Any]:
    return [un for un in element.iter("*") if etree.QName(un).localname == nom]


def _texte(element: Any, *chemin: str) -> str:
    """The text found by a way of names, the first of each; empty where one is missing."""
    for nom in chemin:
        suivants = _enfants(element, nom)
        if not suivants:
            return ""
        element = suivants[0]
    return (element.text or "").strip()
