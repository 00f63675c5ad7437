"""What pyHanko does for the seal. Imported when a paper is sealed, or its seal checked: see `cle.py`."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Discordante(Exception):
    """The key is not the certificate's."""


def lire(cle: bytes, certificats: bytes) -> tuple[signers.SimpleSigner | None, tuple[Any, ...]]:
    """Who signs, and the certificates, from PEM blocks; nobody without one. Raises ValueError, TypeError."""
    privee = load_private_key_from_pemder_data(cle, None)
    lus = tuple(load_certs_from_pemder_data(certificats))
    if not lus:
        return None, ()
    registre = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped there
    registre.register_multiple(lus)
    return signers.SimpleSigner(lus[0], privee, registre), lus


def signer(
    pdf: bytes, signataire: signers.SimpleSigner, champ: str, *, raison: str, place: int
) -> bytes:
    """The same PDF, signed (PAdES B-B); `place` in hexadecimal digits. Raises Discordante."""
    marque = signers.PdfSignatureMetadata(
        field_name=champ,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=raison,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    sortie = BytesIO()
    try:
        signers.PdfSigner(marque, signataire).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)),
            output=sortie,
            bytes_reserved=place,
        )
    except SigningError as erreur:
        raise Discordante from erreur
    return sortie.getvalue()


def pourquoi_rompue(pdf: bytes, le: datetime, certificats: Sequence[Any]) -> str | None:
    """Why the signature does not hold, in French; None when it does, under one of the certificates that day."""
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return "le fichier ne porte pas un sceau et un seul"
        etat = validate_pdf_signature(
            signatures[0],
            ValidationContext(trust_roots=list(certificats), moment=le, allow_fetching=False),
        )
    except (PdfError, SignatureValidationError, ValueError):
        return "le fichier ne se lit pas comme une lettre scellée"
    if not etat.intact or not etat.valid:
        return "le fichier a été modifié après son sceau"
    if not etat.trusted:
        return "le sceau n’est pas celui de la branche"
    return None if etat.bottom_line else "le fichier a été complété après son sceau"
