"""Time-stamps (RFC 3161): authorities attest that an anchor existed at an instant."""

from __future__ import annotations

import time
import urllib.request
from datetime import timedelta
from errno import EINVAL
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from binome.journal import autorite_d_essai

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from cryptography.x509 import Certificate

ATTENTE: Final = 10.0
"""Seconds that the authority is waited for."""
TAILLE: Final = 64_000
"""Bytes of an answer, at most."""
ECART: Final = timedelta(hours=1)
"""Between the authority's clock and ours, at most: beyond, a stamp is not of the anchor's moment."""


class HorodatageAbsent(Exception):
    """No stamp could be had; its message says why, for the operator."""


class HorodatageFaux(Exception):
    """A stamp that does not attest what it is beside; its message is for the operator."""


class Autorite(NamedTuple):
    """An authority: how it is named beside its stamps, and what asks it for one."""

    nom: str
    demander: Callable[[bytes], bytes]


def autorites() -> list[Autorite]:
    """Those that are configured, in order; that of the demonstration where it is one and none is given."""
    donnees = []
    for adresse in settings.HORODATAGE.replace(",", " ").split():
        lue = urlsplit(adresse)
        nom = f"{lue.netloc.rpartition('@')[2]}{lue.path.rstrip('/')}"
        donnees.append(Autorite(nom, partial(_poster, adresse)))
    if not donnees and autorite_d_essai.dossier() is not None:
        donnees.append(Autorite(autorite_d_essai.NOM, autorite_d_essai.repondre))
    return donnees


def certificats() -> bytes:
    """The certificates that make stamps trusted, as they are in their files; empty without any. Raises OSError."""
    essai = autorite_d_essai.dossier()
    lieux = [] if essai is None else [essai / autorite_d_essai.RACINE]
    if settings.HORODATAGE_RACINE:
        lieux.append(Path(settings.HORODATAGE_RACINE))
    return b"\n".join(lieu.read_bytes() for lieu in lieux)


def racines() -> list[Certificate]:
    """The certificates that make stamps trusted; none when none are given. Raises OSError."""
    lues = certificats()
    if not settings.HORODATAGE_RACINE and not lues:
        return []
    try:
        return load_pem_x509_certificates(lues)
    except ValueError as erreur:
        lieu = settings.HORODATAGE_RACINE
        raise OSError(EINVAL, "aucun certificat PEM ne s’y lit", str(lieu)) from erreur


def _poster(adresse: str, requete: bytes) -> bytes:
    demande = urllib.request.Request(  # noqa: S310 - the setting is http(s), or refused
        adresse,
        data=requete,
        headers={"Content-Type": "application/timestamp-query"},
    )
    fin = time.monotonic() + ATTENTE
    reponse = b""
    with urllib.request.urlopen(demande, timeout=ATTENTE) as recu:  # noqa: S310 - the same
        while morceau := recu.read1(TAILLE):
            reponse += morceau
            if len(reponse) > TAILLE or time.monotonic() > fin:
                raise HorodatageAbsent("la réponse est trop longue ou trop lente")
    return reponse


def horodater(contenu: bytes, instant: datetime, autorite: Autorite | None = None) -> bytes:
    """An authority's stamp over some bytes, verified before it is kept; the first one's unless it is said.

    Raises HorodatageAbsent.
    """
    demandee = autorite or next(iter(autorites()), None)
    if demandee is None:
        raise HorodatageAbsent("aucune autorité n’est donnée")
    demande = (
        TimestampRequestBuilder()
        .data(contenu)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    try:
        fiables = racines()
    except OSError as erreur:
        raise HorodatageAbsent("BINOME_HORODATAGE_RACINE ne se lit pas") from erreur
    try:
        jeton = demandee.demander(demande.as_bytes())
        attester(contenu, jeton, instant, fiables, demande.nonce)
    except (OSError, HTTPException) as erreur:
        raise HorodatageAbsent(f"l’autorité ne répond pas ({type(erreur).__name__})") from erreur
    except HorodatageFaux as erreur:
        raise HorodatageAbsent(str(erreur)) from erreur
    return jeton


def attester(
    contenu: bytes,
    jeton: bytes,
    instant: datetime,
    fiables: list[Certificate],
    nonce: int | None = None,
) -> datetime:
    """When the authority saw these bytes, at an hour or less from `instant`. Raises HorodatageFaux.

    `nonce` is that of the request, while it is known.
    """
    try:
        reponse = decode_timestamp_response(jeton)
        VerifierBuilder(roots=fiables, nonce=nonce).build().verify_message(reponse, contenu)
        attestee = reponse.tst_info.gen_time
    except (VerificationError, ValueError) as erreur:
        raise HorodatageFaux(
            f"l’horodatage ne se vérifie pas ({type(erreur).__name__})"
        ) from erreur
    if abs(attestee - instant) > ECART:
        raise HorodatageFaux("l’horodatage n’est pas de ce moment")
    return attestee
