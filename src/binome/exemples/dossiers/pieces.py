"""Tiny documents that say they are examples."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final, NamedTuple

PAGE: Final = "BT /F1 18 Tf 60 700 Td (Exemple de document : {nature}. Il ne prouve rien.) Tj ET"


class PieceDExemple(NamedTuple):
    """A PDF of one page, and its SHA-256."""

    octets: bytes
    empreinte: str


@cache
def document(nature: str) -> PieceDExemple:
    """The document of a kind: the same bytes each time."""
    texte = PAGE.format(nature=nature).encode("latin-1")
    objets = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(texte), texte),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    sortie, places = bytearray(b"%PDF-1.4\n"), []
    for rang, objet in enumerate(objets, start=1):
        places.append(len(sortie))
        sortie += b"%d 0 obj\n%s\nendobj\n" % (rang, objet)
    debut = len(sortie)
    sortie += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objets) + 1)
    sortie += b"".join(b"%010d 00000 n \n" % place for place in places)
    sortie += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objets) + 1,
        debut,
    )
    return PieceDExemple(bytes(sortie), hashlib.sha256(sortie).hexdigest())
