"""A time-stamping authority of the demonstration's own, in its data folder: what it signs proves nothing to anybody.

It is made by `binome demo`, and is of no effect elsewhere: a site in production has no such authority.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

NOM: Final = "autorité d’essai"
"""How it is named beside its stamps: no host has such a name."""
DOSSIER: Final = "autorite-d-essai"
RACINE: Final = "racine.pem"
DUREE: Final = "3650"
"""Days that its certificates last."""
CONFIG: Final = """[req]
distinguished_name = nom
prompt = no
[nom]
CN = Essai sans valeur, {qui}
[racine]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[signataire]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = service
[service]
serial = serie
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
EC: Final = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def dossier() -> Path | None:
    """Where it is; None where there is none, and always in production."""
    lieu = Path(settings.DONNEES) / DOSSIER
    return lieu if settings.DEMONSTRATION and (lieu / RACINE).is_file() else None


def _openssl(lieu: Path, *arguments: str) -> None:
    """Raises OSError when the tool is away, refuses or does not end."""
    try:
        subprocess.run(  # noqa: S603 - our own arguments
            ["openssl", *arguments],  # noqa: S607 - the machine's own
            cwd=lieu, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=20,
        )  # fmt: skip
    except subprocess.SubprocessError as erreur:
        raise OSError(f"openssl {arguments[0]} a échoué") from erreur


def faire() -> Path | None:
    """Makes it, once, in a demonstration; whole or not at all. None in production. Raises OSError."""
    if not settings.DEMONSTRATION:
        return None
    if (faite := dossier()) is not None:
        return faite
    definitif = Path(settings.DONNEES) / DOSSIER
    shutil.rmtree(definitif, ignore_errors=True)
    lieu = Path(tempfile.mkdtemp(prefix=f"{DOSSIER}-", dir=settings.DONNEES))
    try:
        for qui in ("racine", "signataire"):
            (lieu / f"{qui}.cnf").write_text(CONFIG.format(qui=qui))
        _openssl(lieu, "req", "-x509", *EC, "-keyout", "racine.cle", "-out", RACINE,
                 "-config", "racine.cnf", "-extensions", "racine", "-days", DUREE)  # fmt: skip
        _openssl(lieu, "req", *EC, "-keyout", "signataire.cle", "-out", "signataire.csr",
                 "-config", "signataire.cnf")  # fmt: skip
        _openssl(lieu, "x509", "-req", "-in", "signataire.csr", "-CA", RACINE,
                 "-CAkey", "racine.cle", "-set_serial", "2", "-extfile", "signataire.cnf",
                 "-extensions", "signataire", "-days", DUREE, "-out", "signataire.pem")  # fmt: skip
        # Nobody makes another signer under this root.
        (lieu / "racine.cle").unlink()
        lieu.replace(definitif)
    finally:
        shutil.rmtree(lieu, ignore_errors=True)
    return definitif


def repondre(requete: bytes) -> bytes:
    """Its stamp for a request. Raises OSError."""
    lieu = dossier()
    if lieu is None:
        raise OSError("il n’y a pas d’autorité d’essai")
    with tempfile.TemporaryDirectory(prefix="jeton-", dir=lieu) as place:
        (Path(place) / "requete").write_bytes(requete)
        questions = os.path.relpath(Path(place) / "requete", lieu)
        reponse = Path(place) / "reponse"
        _openssl(lieu, "ts", "-reply", "-config", "signataire.cnf", "-queryfile", questions,
                 "-signer", "signataire.pem", "-inkey", "signataire.cle",
                 "-out", str(reponse.absolute()))  # fmt: skip
        return reponse.read_bytes()
