"""What came in by a bank's file, to the cent; another file is refused in a sentence, and nothing of it is kept."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.banque.lire_a_part import lire, lire_un_releve
from binome.banque.mouvements import FichierDeBanqueRefuse, Mouvement, releve_de

DEUX_COLONNES = """Compte d'essai;FR00
Période;octobre

Date;Date de valeur;Débit;Crédit;Libellé;Solde
02/11/2026;02/11/2026;;1 050,00;VIR OPCO D'ESSAI 2026-00001;1 050,00
03/11/2026;03/11/2026;-12,50;;FRAIS;1 037,50
"""
UN_MONTANT = """dateOp,label,amount,devise
2026-11-02,"VIR OPCO, ESSAI",1050.5,EUR
2026-11-03,FRAIS,-12.50,EUR
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">1050.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{inscrit}</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt>
<AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<RltdPties><Dbtr>{payeur}</Dbtr></RltdPties><RmtInf><Ustrd>Facture 2026-00001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{inscrit}</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt>
<NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls></TxDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{inscrit}</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{attend}</Sts><BookgDt><Dt>2026-11-04</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
ANCIEN = {"version": "02", "inscrit": "BOOK", "attend": "PDNG", "payeur": "<Nm>Opco d’essai</Nm>"}
RECENT = {
    "version": "08", "inscrit": "<Cd>BOOK</Cd>", "attend": "<Cd>PDNG</Cd>", "payeur": "<Pty><Nm>Opco d’essai</Nm></Pty>",
}  # fmt: skip


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252"])
def test_un_releve_a_deux_colonnes(codage: str) -> None:
    lu = lire_un_releve(DEUX_COLONNES.encode(codage))
    assert lu.entrees == (Mouvement(date(2026, 11, 2), 105_000, "VIR OPCO D'ESSAI 2026-00001"),)
    assert lu.sorties == 1


def test_un_releve_a_un_montant() -> None:
    lu = lire_un_releve(UN_MONTANT.encode())
    assert lu.entrees == (Mouvement(date(2026, 11, 2), 105_050, "VIR OPCO, ESSAI"),)
    assert lu.sorties == 1


def test_des_colonnes_precisees_une_heure_et_un_solde_ne_genent_pas() -> None:
    """As some banks write it: what a column holds between brackets, an hour after the day, the balance under the lines."""
    lu = lire_un_releve(
        "Date de l’opération (UTC);Libellé;Montant (EUR)\n02/11/2026 10:12:00;Solde de la facture 2026-00001;10,00\n"
        ";Solde au 30/11/2026;1 000,00\nTotal;;990,00\n".encode()
    )
    assert lu.entrees == (Mouvement(date(2026, 11, 2), 1_000, "Solde de la facture 2026-00001"),)
    assert lu.sorties == 0


@pytest.mark.parametrize("dits", [ANCIEN, RECENT])
def test_un_camt_053(dits: dict[str, str]) -> None:
    """What is not booked yet is left; an entry that gathers payments is each of them."""
    lu = lire_un_releve(CAMT.format(**dits).encode())
    assert [un.montant_cents for un in lu.entrees] == [105_000, 1_000, 2_000]
    assert lu.entrees[0] == Mouvement(
        date(2026, 11, 2), 105_000, "Facture 2026-00001", "B-1", "Opco d’essai"
    )
    assert (lu.sorties, lu.en_attente, lu.compte) == (1, 1, "FR7630006000011234567890189")


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b"%PDF-1.7", "un PDF"),
        (b"PK\x03\x04", "classeur"),
        (b"\x00\x01", "pas un fichier de texte"),
        (b"bonjour", "les colonnes"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "un fichier OFX"),
        (b"<html></html>", "un autre fichier"),
        (b"<a", "XML lisible"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "d’en lire d’autres"),
        (CAMT.format(**ANCIEN).replace("camt.053", "camt.054").encode(), "un avis de débit"),
        (CAMT.format(**ANCIEN).replace("camt.053", "pain.001").encode(), "pain.001"),
        (CAMT.format(**ANCIEN).replace("EUR", "USD").encode(), "pas en euros"),
        (CAMT.format(**ANCIEN).replace("1050.00", "NaN").encode(), "ne se lit pas"),
        (UN_MONTANT.replace("1050.5", "mille").encode(), "le montant de la ligne 2"),
        (UN_MONTANT.replace("2026-11-02", "2026-13-02").encode(), "la date de la ligne 2"),
        (UN_MONTANT.replace("EUR", "USD").encode(), "pas en euros"),
        (DEUX_COLONNES.replace("1 050,00;VIR", ";VIR").encode(), "ni débit ni crédit"),
    ],
)
def test_un_autre_fichier_est_refuse(octets: bytes, dit: str) -> None:
    with pytest.raises(FichierDeBanqueRefuse, match=dit):
        lire_un_releve(octets)
    assert dit in lire(octets)["refus"]


@given(
    st.integers(1, 10_000_000), st.sampled_from([",", "."]), st.sampled_from(["", " ", "\u202f"])
)
def test_un_montant_se_lit_au_centime(cents: int, virgule: str, milliers: str) -> None:
    ecrit = f"{cents // 100:,}".replace(",", milliers) + f"{virgule}{cents % 100:02}"
    fichier = f"Date;Libellé;Montant\n02/11/2026;essai;{ecrit}\n"
    assert lire_un_releve(fichier.encode()).entrees[0].montant_cents == cents


def test_ce_qui_est_lu_passe_le_mur() -> None:
    lu = lire_un_releve(DEUX_COLONNES.encode())
    assert releve_de(json.loads(json.dumps(lu.en_json()))) == lu
    assert len(lu.empreinte) == 64
