"""The keys that sign badges: Ed25519, the private half in a file of the data folder, the public half in the database for ever."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from binome.journal.lignes import lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire
from binome.socle.suite import FauteSuivie
from binome.titres.models import Badge, CleDeBadge

if TYPE_CHECKING:
    from collections.abc import Sequence

TOURNER: Final = "badges.cle"
"""The entry that keeps each change of key."""


class CleAbsente(FauteSuivie):
    """No key signs badges, or its file is lost; the message says so."""

    suite = "Lancez binome badges tourner : une autre clé signera, et les badges déjà remis se vérifient encore."


class CleQuiSigne(NamedTuple):
    """The key in force: its code, as the DID document names it, and its private half."""

    code: str
    privee: Ed25519PrivateKey


def en_base64url(octets: bytes) -> str:
    """Base64url without padding, as JOSE writes it."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _dossier() -> Path:
    return Path(settings.DONNEES) / "cles-des-badges"


def _fichier(code: str) -> Path:
    return _dossier() / f"{code}.pem"


def _poser(code: str, cle: Ed25519PrivateKey) -> None:
    """Writes the private half, whole, for us alone."""
    _dossier().mkdir(mode=0o700, parents=True, exist_ok=True)
    descripteur = os.open(_fichier(code), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(
            cle.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        fichier.flush()
        os.fsync(fichier.fileno())


def tourner(*, compromises: Sequence[str] = (), auteur: str = SYSTEME) -> CleDeBadge:
    """Another key signs from now on; those before are kept, to verify what they signed.

    `compromises` are the codes of keys that others may know: what they signed no longer holds, and is to be downloaded
    again. Raises ValueError for a code that nobody has, OSError from the disk.
    """
    code = f"cle-{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"
    cle = Ed25519PrivateKey.generate()
    # First: a kill leaves a file that nothing names, never a key that nobody holds.
    _poser(code, cle)
    publique = cle.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )
    try:
        neuve, anciennes = _remplacer(code, en_base64url(publique), compromises, auteur)
    except Exception:
        _fichier(code).unlink()
        raise
    for une in anciennes:
        _fichier(une.code).unlink(missing_ok=True)
    return neuve


@transaction.atomic
def _remplacer(
    code: str, publique: str, compromises: Sequence[str], auteur: str
) -> tuple[CleDeBadge, list[CleDeBadge]]:
    """The row of the new key, and those of the keys before. Raises ValueError for a code that nobody has."""
    maintenant = timezone.now()
    anciennes = list(CleDeBadge.objects.select_for_update().order_by("pk"))
    if inconnues := set(compromises) - {une.code for une in anciennes}:
        raise ValueError(f"Aucune clé ne porte le code {', '.join(sorted(inconnues))}.")
    for une in anciennes:
        if une.sert:
            une.sert, une.remplacee_le = False, maintenant
        if une.code in compromises and une.retiree_le is None:
            une.retiree_le = maintenant
        une.save(update_fields=["sert", "remplacee_le", "retiree_le"])
    neuve = CleDeBadge.objects.create(code=code, publique=publique, depuis=maintenant)
    for une in (*anciennes, neuve):
        ecrire(
            Ecriture(
                TOURNER,
                f"cledebadge:{une.pk}",
                auteur=auteur,
                apres={"code": une.code, "sert": une.sert, "retiree": une.retiree_le is not None},
                lignes=lignes([une]),
            )
        )
    return neuve, anciennes


def cle_qui_signe() -> CleQuiSigne:
    """The key in force. Raises CleAbsente."""
    une = CleDeBadge.objects.filter(sert=True).first()
    if une is None:
        raise CleAbsente("Aucune clé ne signe encore les badges.")
    try:
        lue = serialization.load_pem_private_key(_fichier(une.code).read_bytes(), None)
    except (OSError, ValueError, TypeError) as erreur:
        raise CleAbsente(
            "Le fichier de la clé des badges est introuvable ou illisible."
        ) from erreur
    if not isinstance(lue, Ed25519PrivateKey):
        raise CleAbsente("Le fichier de la clé des badges n’est pas une clé Ed25519.")
    return CleQuiSigne(une.code, lue)


def preparer_la_premiere() -> int:
    """The first key, once a badge waits for one: how many were made, 0 or 1. Raises OSError."""
    if CleDeBadge.objects.exists() or not Badge.objects.exists():
        return 0
    tourner()
    return 1
