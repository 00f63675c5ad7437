"""Says in the metadata of a PDF/A-3 that the XML attached to it is its invoice, as Factur-X asks.

The PDF is not written again: the metadata are added after its bytes, so that what was archivable stays so.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from lxml import etree
from pypdf import PdfWriter

NOM_DU_XML: Final = "factur-x.xml"
NIVEAU: Final = "EN 16931"
ESPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
PROPRIETES: Final = (
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    ("Version", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
)
SCHEMAS: Final = b"</rdf:Bag></pdfaExtension:schemas>"
"""Where the schemas that a PDF/A declares end: ours is one more."""
FIN: Final = b"</rdf:RDF>"


PREFIXES: Final = {
    "fx": ESPACE,
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpTPg": "http://ns.adobe.com/xap/1.0/t/pg/",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
}
"""How the metadata call what they declare. Whoever seals writes them again, and would make up `ns5` where the schema declares `fx`."""
for _prefixe, _espace in PREFIXES.items():
    etree.register_namespace(_prefixe, _espace)


class SansPiece(ValueError):
    """A PDF that holds no XML of an invoice: nothing is said of what is not there."""


def _schema() -> bytes:
    proprietes = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{dite}</pdfaProperty:description><pdfaProperty:name>{nom}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for nom, dite in PROPRIETES
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{ESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{proprietes}</rdf:Seq></pdfaSchema:property></rdf:li>"
    ).encode()


def _valeurs() -> bytes:
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{ESPACE}"><fx:DocumentType>INVOICE</fx:DocumentType>'
        f"<fx:DocumentFileName>{NOM_DU_XML}</fx:DocumentFileName><fx:Version>1.0</fx:Version>"
        f"<fx:ConformanceLevel>{NIVEAU}</fx:ConformanceLevel></rdf:Description>"
    ).encode()


def dire_la_piece(pdf: bytes) -> bytes:
    """The same PDF, whose metadata say that it is an invoice with its XML. Raises SansPiece."""
    ecrit = PdfWriter(BytesIO(pdf), incremental=True)
    if NOM_DU_XML not in _noms(ecrit.root_object):
        raise SansPiece("Ce PDF ne porte pas le XML d’une facture.")
    avant = ecrit.xmp_metadata
    dits = b"" if avant is None else avant.stream.get_data()
    if dits.count(SCHEMAS) != 1 or dits.count(FIN) != 1 or ESPACE.encode() in dits:
        raise SansPiece("Les métadonnées de ce PDF ne se complètent pas.")
    ecrit.xmp_metadata = dits.replace(SCHEMAS, _schema() + SCHEMAS).replace(FIN, _valeurs() + FIN)
    sortie = BytesIO()
    ecrit.write(sortie)
    return sortie.getvalue()


def _noms(racine: Any) -> set[str]:
    """The names of the files that a PDF carries."""
    return {str(un.get_object()["/F"]) for un in racine.get("/AF", ())}
