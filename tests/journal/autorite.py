"""A time-stamping authority on this machine: `openssl ts` behind a small server."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG: Final = """
[req]
distinguished_name = nom
prompt = no
[nom]
CN = {nom}
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


class Autorite:
    """Its address, its root, and what it answers instead of a stamp when told to."""

    def __init__(self, dossier: Path, nom: str) -> None:
        dossier.mkdir()
        self.dossier = dossier
        self.racine = dossier / "racine.pem"
        self.adresse = ""
        self.a_la_place: bytes | None = None
        self.avec_la_chaine = False
        for qui in ("racine", "signataire"):
            (dossier / f"{qui}.cnf").write_text(CONFIG.format(nom=f"{nom} {qui}"))
        self._openssl("req", "-x509", *EC, "-keyout", "racine.cle", "-out", "racine.pem",
                      "-config", "racine.cnf", "-extensions", "racine", "-days", "30")  # fmt: skip
        self._openssl("req", *EC, "-keyout", "signataire.cle", "-out", "signataire.csr",
                      "-config", "signataire.cnf")  # fmt: skip
        self._openssl("x509", "-req", "-in", "signataire.csr", "-CA", "racine.pem", "-CAkey", "racine.cle",
                      "-set_serial", "2", "-extfile", "signataire.cnf", "-extensions", "signataire",
                      "-days", "30", "-out", "signataire.pem")  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(
            ["openssl", *arguments], cwd=self.dossier, check=True, capture_output=True, timeout=20
        )

    def repondre(self, requete: bytes) -> bytes:
        """A stamp for a request, or what was put in its place."""
        if self.a_la_place is not None:
            return self.a_la_place
        (self.dossier / "requete").write_bytes(requete)
        chaine = ("-chain", "racine.pem") if self.avec_la_chaine else ()
        self._openssl("ts", "-reply", "-config", "signataire.cnf", "-queryfile", "requete",
                      "-signer", "signataire.pem", "-inkey", "signataire.cle", *chaine,
                      "-out", "reponse")  # fmt: skip
        return (self.dossier / "reponse").read_bytes()


@contextmanager
def en_service(autorite: Autorite) -> Iterator[Autorite]:
    """Serves on this machine while the block lasts."""

    class Guichet(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reponse = autorite.repondre(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(reponse)))
            self.end_headers()
            self.wfile.write(reponse)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Guichet) as serveur:
        autorite.adresse = f"http://127.0.0.1:{serveur.server_port}/"
        fil = Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        fil.start()
        try:
            yield autorite
        finally:
            serveur.shutdown()
            fil.join()
