"""Verifying a badge as a stranger does: written apart from what signs it, on `cryptography` and the standard library alone. Pure.

It accepts one writing of each thing: a bit changed anywhere is a badge refused. What it is given (our document of keys, the list of
states) comes from the addresses that the badge names.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping

JETON: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)", re.ASCII)
LISTE: Final = 131_072 // 8
"""Bytes of a list of states, at least."""
AU_PLUS: Final = 1 << 20
"""Bytes of a list of states once opened, at most: more is a trap."""


class BadgeRefuse(Exception):
    """A badge that does not hold; the message says why, in French."""


@dataclass(frozen=True)
class BadgeLu:
    """What a badge that holds says; `retire` once its state says so."""

    nom: str
    emetteur: str
    empreinte: str
    sel: str
    retire: bool


def _octets(texte: str) -> bytes:
    """Base64url of one writing: the bits left over are zeros. Raises BadgeRefuse."""
    try:
        lus = base64.urlsafe_b64decode(texte + "=" * (-len(texte) % 4))
    except (binascii.Error, ValueError) as faute:
        raise BadgeRefuse("Le fichier n’est pas écrit comme un badge.") from faute
    if base64.urlsafe_b64encode(lus).rstrip(b"=").decode() != texte:
        raise BadgeRefuse("Le fichier n’est pas écrit comme un badge.")
    return lus


def _objet(octets: bytes) -> dict[str, Any]:
    try:
        lu = json.loads(octets)
    except ValueError as faute:
        raise BadgeRefuse("Le fichier n’est pas écrit comme un badge.") from faute
    if not isinstance(lu, dict):
        raise BadgeRefuse("Le fichier n’est pas écrit comme un badge.")
    return lu


def _cle(entete: Mapping[str, Any], document: Mapping[str, Any]) -> Ed25519PublicKey:
    """The public key that signed, among those that still vouch. Raises BadgeRefuse."""
    if entete.get("alg") != "EdDSA" or entete.get("kid") not in document.get("assertionMethod", ()):
        raise BadgeRefuse("La clé qui a signé n’est pas une clé de cet émetteur.")
    for methode in document.get("verificationMethod", ()):
        if methode["id"] == entete["kid"]:
            jwk = methode["publicKeyJwk"]
            if (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
                break
            return Ed25519PublicKey.from_public_bytes(_octets(jwk["x"]))
    raise BadgeRefuse("La clé qui a signé n’est pas une clé de cet émetteur.")


def _signe(texte: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """What a signed credential says, once its signature holds under a key of the document. Raises BadgeRefuse."""
    coupe = JETON.fullmatch(texte)
    if coupe is None:
        raise BadgeRefuse("Le fichier n’est pas écrit comme un badge.")
    cle = _cle(_objet(_octets(coupe[1])), document)
    try:
        cle.verify(_octets(coupe[3]), f"{coupe[1]}.{coupe[2]}".encode())
    except InvalidSignature as faute:
        raise BadgeRefuse("La signature ne tient pas : le badge a été changé.") from faute
    return _objet(_octets(coupe[2]))


def verifier_un_badge(
    texte: str, document: Mapping[str, Any], etats: str, maintenant: int
) -> BadgeLu:
    """What a badge says, and whether it was withdrawn, at an instant in seconds. Raises BadgeRefuse for one that does not hold."""
    dit = _signe(texte, document)
    emetteur = dit.get("issuer", {})
    if not dit.get("iss") == emetteur.get("id") == document.get("id"):
        raise BadgeRefuse("Le badge n’est pas de l’émetteur qu’il nomme.")
    if "OpenBadgeCredential" not in dit.get("type", ()) or dit.get("jti") != dit.get("id"):
        raise BadgeRefuse("Ce n’est pas un badge.")
    if not isinstance(dit.get("nbf"), int) or dit["nbf"] > maintenant:
        raise BadgeRefuse("Le badge n’est pas encore valable.")
    (identite,) = dit["credentialSubject"]["identifier"]
    return BadgeLu(
        str(dit["name"]), str(emetteur["name"]), str(identite["identityHash"]), str(identite["salt"]),
        _retire(dit["credentialStatus"], _signe(etats, document), document, maintenant),
    )  # fmt: skip


def _retire(
    statut: Mapping[str, Any],
    liste: Mapping[str, Any],
    document: Mapping[str, Any],
    maintenant: int,
) -> bool:
    sujet = liste.get("credentialSubject", {})
    if (
        liste.get("iss") != document.get("id")
        or statut.get("type") != "BitstringStatusListEntry"
        or statut.get("statusListCredential") != liste.get("id")
        or sujet.get("statusPurpose") != statut.get("statusPurpose")
    ):
        raise BadgeRefuse("La liste des états n’est pas celle que le badge nomme.")
    if not isinstance(liste.get("exp"), int) or liste["exp"] <= maintenant:
        raise BadgeRefuse("Cette liste des états est trop ancienne : demandez-la de nouveau.")
    bits, rang = _bits(str(sujet.get("encodedList", ""))), int(statut["statusListIndex"])
    if not 0 <= rang < 8 * len(bits):
        raise BadgeRefuse("La liste des états ne dit rien de ce badge.")
    return bool(bits[rang // 8] & 0x80 >> rang % 8)


def _bits(codes: str) -> bytes:
    if not codes.startswith("u"):
        raise BadgeRefuse("La liste des états ne se lit pas.")
    try:
        ouvert = zlib.decompressobj(16 + zlib.MAX_WBITS)
        bits = ouvert.decompress(_octets(codes[1:]), AU_PLUS)
    except zlib.error as faute:
        raise BadgeRefuse("La liste des états ne se lit pas.") from faute
    if len(bits) < LISTE or not ouvert.eof:
        raise BadgeRefuse("La liste des états ne se lit pas.")
    return bits
