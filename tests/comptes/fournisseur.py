"""A small identity provider over real HTTP, with real signed tokens, that can be made to lie."""

from __future__ import annotations

import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "binome", "un-secret-d-essai"
CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FAUSSE_CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Fournisseur(ThreadingHTTPServer):
    """Says of whoever comes what `dits` holds; `jeton` overrides claims of the id token."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requete)
        self.emetteur = f"http://127.0.0.1:{self.server_port}/api/v2"
        self.dits: dict[str, Any] = {}
        self.jeton: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.cle = CLE
        self.en_panne = False
        self.codes: dict[str, dict[str, str]] = {}
        self.acces: set[str] = set()

    def signer(self, **dits: Any) -> str:
        """A token for our client, of one minute."""
        commun = {"iss": self.emetteur, "aud": CLIENT, "exp": int(time.time()) + 60}
        return jwt.encode({**commun, **dits}, self.cle, algorithm="RS256", headers={"kid": "une"})


class _Requete(BaseHTTPRequestHandler):
    server: Fournisseur

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def _dire(self, corps: str, type_: str = "application/json", statut: int = 200) -> None:
        octets = corps.encode()
        self.send_response(statut)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def do_GET(self) -> None:
        ou = urlsplit(self.path)
        if ou.path == "/api/v2/authorize":
            lu = {nom: valeurs[0] for nom, valeurs in parse_qs(ou.query).items()}
            assert lu["client_id"] == CLIENT
            assert lu["acr_values"] == "eidas1"
            code = secrets.token_hex(8)
            self.server.codes[code] = lu
            self.send_response(302)
            suite = urlencode({"code": code, "state": lu["state"]})
            self.send_header("Location", f"{lu['redirect_uri']}?{suite}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif ou.path == "/api/v2/jwks":
            publique = jwt.algorithms.RSAAlgorithm.to_jwk(CLE.public_key(), as_dict=True)
            self._dire(json.dumps({"keys": [{**publique, "kid": "une", "alg": "RS256"}]}))
        elif ou.path == "/api/v2/userinfo":
            acces = (self.headers["Authorization"] or "").removeprefix("Bearer ")
            if acces not in self.server.acces:
                self._dire("{}", statut=401)
                return
            dits = {**self.server.dits, **self.server.userinfo}
            self._dire(self.server.signer(**dits), "application/jwt")
        else:
            self._dire("{}", statut=404)

    def do_POST(self) -> None:
        longueur = int(self.headers["Content-Length"])
        recu = {n: v[0] for n, v in parse_qs(self.rfile.read(longueur).decode()).items()}
        demande = self.server.codes.pop(recu.get("code", ""), None)
        juste = (
            demande is not None
            and recu["client_secret"] == SECRET
            and recu["redirect_uri"] == demande["redirect_uri"]
        )
        if self.server.en_panne or not juste or demande is None:
            self._dire("{}", statut=500 if self.server.en_panne else 400)
            return
        acces = secrets.token_hex(8)
        self.server.acces.add(acces)
        dits = {"sub": self.server.dits["sub"], "nonce": demande["nonce"], **self.server.jeton}
        self._dire(json.dumps({"access_token": acces, "id_token": self.server.signer(**dits)}))


@contextmanager
def fournir() -> Iterator[Fournisseur]:
    """A provider that answers on this machine."""
    serveur = Fournisseur()
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    try:
        yield serveur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
