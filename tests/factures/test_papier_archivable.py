"""What a PDF/A-3 must hold in its structure, read after the XML was embedded, its metadata completed and the whole sealed.

Only what `pypdf` can read is shown. No validator of the standard runs here: that the file is a valid PDF/A-3 is not proven.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from binome.factures.rayons import FACTURES_SCELLEES
from binome.factures.sceller import sceller_les_factures
from binome.facturx.embarquer import ESPACE
from tests.factures.monde import facturable

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
PDFA = "http://www.aiim.org/pdfa/ns/"
PIECE = {
    "DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0", "ConformanceLevel": "EN 16931",
}  # fmt: skip
INTERDITS = {"/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Rendition"}  # fmt: skip


def objets(noeud: Any, vus: set[int]) -> Iterator[Any]:
    """Every dictionary that a document holds, once."""
    noeud = noeud.get_object()
    if id(noeud) in vus:
        return
    vus.add(id(noeud))
    if isinstance(noeud, dict):
        yield noeud
        for fils in noeud.values():
            yield from objets(fils, vus)
    elif isinstance(noeud, list):
        for fils in noeud:
            yield from objets(fils, vus)


@pytest.fixture(scope="module")
def octets() -> dict[str, bytes]:
    """The sealed paper, made once for the module."""
    return {}


@pytest.fixture
def lu(octets: dict[str, bytes]) -> PdfReader:
    if not octets:
        facture = facturable().facturer()
        sceller_les_factures()
        facture.refresh_from_db()
        octets["facture"] = FACTURES_SCELLEES.lire(facture.fichier)
    return PdfReader(BytesIO(octets["facture"]), strict=True)


def racine(lu: PdfReader) -> Any:
    return lu.trailer["/Root"]


def test_ses_metadonnees_disent_pdf_a_3_et_facture(lu: PdfReader) -> None:
    """After the seal too, which writes them again: what is not the standard's is declared, under the prefix that it bears."""
    paquet = racine(lu)["/Metadata"].get_data().decode()
    noeuds = list(ElementTree.fromstring(paquet).iter())  # noqa: S314 - a paper of ours
    dits = {nom: dit for un in noeuds for nom, dit in ((un.tag, un.text), *un.attrib.items())}
    assert dits[f"{{{PDFA}id/}}part"] == "3"
    assert dits[f"{{{PDFA}id/}}conformance"] in {"A", "B", "U"}
    assert {nom: dits[f"{{{ESPACE}}}{nom}"] for nom in PIECE} == PIECE
    prefixes = dict(re.findall(r'xmlns:(\w+)="([^"]+)"', paquet))
    declares = re.findall(r'pdfaSchema:prefix="(\w+)"', paquet)
    assert {"fx", "xmpMM"} <= set(declares)
    assert set(declares) <= set(prefixes), "chaque préfixe déclaré est celui qui sert"
    assert prefixes["fx"] == ESPACE
    for nom in PIECE:
        assert f'pdfaProperty:name="{nom}"' in paquet
    assert "ns0:" not in paquet


def test_sa_piece_est_associee_et_nommee(lu: PdfReader) -> None:
    (piece,) = (un.get_object() for un in racine(lu)["/AF"])
    assert piece["/Type"] == "/Filespec"
    assert piece["/F"] == piece["/UF"] == "factur-x.xml"
    assert piece["/AFRelationship"] in {"/Alternative", "/Data", "/Source"}
    fichier = piece["/EF"]["/F"].get_object()
    assert fichier["/Subtype"] == "/text/xml"
    assert fichier["/Params"]["/ModDate"]
    assert list(lu.attachments) == ["factur-x.xml"]


def test_ses_couleurs_ont_un_profil(lu: PdfReader) -> None:
    intention = racine(lu)["/OutputIntents"][0].get_object()
    assert intention["/S"] == "/GTS_PDFA1"
    profil = intention["/DestOutputProfile"].get_object()
    assert profil["/N"] in {1, 3}
    assert profil.get_data()[36:40] == b"acsp", "un profil ICC"


def test_ses_polices_sont_dedans(lu: PdfReader) -> None:
    """Those of the pages as those of the mark of the seal."""
    polices = [un for un in objets(racine(lu), set()) if un.get("/Type") == "/Font"]
    assert polices
    for police in polices:
        if police["/Subtype"] == "/Type0":
            continue  # its descendant holds the file
        decrit = police["/FontDescriptor"].get_object()
        assert decrit.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}, police["/BaseFont"]


def test_rien_n_y_agit_ni_ne_s_y_cache(lu: PdfReader) -> None:
    assert "/Encrypt" not in lu.trailer
    assert len(lu.trailer["/ID"]) == 2  # type: ignore[arg-type] # an array, which pypdf does not say
    assert lu.pdf_header in {"%PDF-1.4", "%PDF-1.7"}
    tous = list(objets(racine(lu), set()))
    assert not [un for un in tous if un.get("/S") in INTERDITS or "/JS" in un or "/AA" in un]
    assert not [un for un in tous if "LZW" in str(un.get("/Filter", ""))]
    assert not [un for un in tous if "/FFilter" in un or "/Alternates" in un or "/OPI" in un]
    notes = [un for un in tous if un.get("/Type") == "/Annot" or un.get("/FT") == "/Sig"]
    assert notes, "le sceau a sa case"
    for note in notes:
        assert note["/F"] & 4, "elle s’imprime"
        assert not note["/F"] & (1 | 2 | 32), "elle n’est pas cachée"


def test_le_scelle_garde_les_octets_de_l_archivable(
    octets: dict[str, bytes], lu: PdfReader
) -> None:
    """Metadata and seal come after: every former byte stays, and each part ends as a file does."""
    assert lu.pages
    contenu = octets["facture"]
    assert contenu.count(b"%%EOF") == 3
    premier = contenu[: contenu.index(b"%%EOF") + 6]
    assert b"factur-x.xml" in premier
    assert PdfReader(BytesIO(premier), strict=True).trailer["/Root"]["/AF"]  # type: ignore[index] # the same
