"""Malformed requests by the thousand, from a seed: only 4xx, always a problem detail."""

from __future__ import annotations

import io
import json
import random
import sys
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote_to_bytes

import pytest

from binome.api.problemes import GENRES
from binome.socle.wsgi import application
from tests.api.outils import V1

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dossier_des_lots")]

GRAINE: Final = 20261122
CHEMINS: Final = (
    *["positionner"] * 6,
    *["financer", "aide", "echeances"] * 2,
    *["lots"] * 4,
    "lots/x",
    "lots/x/resultat",
    "lots/x/ecartes",
    "regles",
    "regles/x",
    "referentiels",
    "taches",
    "ecarts",
    "sources",
    "organismes",
    "openapi.json",
)
METHODES: Final = (
    *["POST"] * 8,
    *["GET"] * 4,
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "BIDON",
    "get",
)
GENRES_DE_CONTENU: Final = (
    *["application/json"] * 8,
    "application/json; charset=latin-1",
    "application/json;;;",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    *["multipart/form-data; boundary=B"] * 4,
    "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=é",
    "text/html",
    "application/x-www-form-urlencoded",
    "\x00",
    "",
)
CORPS: Final = (
    b"",
    b"{",
    b"[]",
    b'{"date_entree":"2026-02-30"}',
    b'{"niveau_diplome":1e999}',
    b'{"niveau_diplome":-1}',
    b'{"niveau_diplome":' + b"1" * 4000 + b"}",
    b'{"niveau_diplome":true}',
    b'{"zone_sous_dense":"oui"}',
    b'{"zone_sous_dense":1}',
    b'{"part_ccam_pct":17.555}',
    b'{"part_ccam_pct":1e-400}',
    b'{"etp":1e308}',
    b'{"heures_formation":-0.01}',
    b'{"heures_semaine":1e999}',
    b'{"salaire_charge_mensuel_cents":0.5}',
    b'{"minutes_positionnement":60,"voie":"cqp","annee":1}',
    b'{"territoire":["corse"]}',
    b'{"diplomes":{"a":[{}]}}',
    b'{"diplomes":["\\ud800"]}',
    b'{"\\u0000":0}',
    b"[" * 20_000,
    b'{"diplomes":' + b"[" * 900 + b"]" * 900 + b"}",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf[]",
    b"NaN",
    b"--B\r\n",
    b'--B\r\nContent-Disposition: form-data; name="fichier"\r\n\r\nx\r\n--B--\r\n',
    b'--B\r\nContent-Disposition: form-data; name="fichier"; filename="x.ods"\r\n\r\nx\r\n--B--\r\n',
    b'--B\r\nContent-Disposition: form-data; name="fichier"; filename="../../x"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n=\r\n--B--\r\n",
    b"--B\r\n" * 300 + b"--B--\r\n",
)
REQUETES: Final = (
    "x=1",
    "au=hier",
    "au=2026-02-30&au=2026-02-30",
    "reforme=x&reforme=x",
    "trace=%FF",
    "depuis=-1",
    "depuis=" + "9" * 5000,
    "q=" + "a" * 5000,
    "&".join(f"p{n}=1" for n in range(300)),
    "%00=%00",
    "departement=%ED%A0%80",
    "[]=1",
    "=",
)
ENTETES: Final[tuple[dict[str, str], ...]] = (
    {},
    {"HTTP_HOST": "ailleurs.example"},
    {"HTTP_HOST": "localhost:port"},
    {"HTTP_IF_MATCH": '"x"'},
    {"HTTP_ACCEPT": "image/png"},
    {"HTTP_COOKIE": "sessionid=" + "x" * 2000},
    {"HTTP_X_FORWARDED_FOR": "\x00"},
    {"CONTENT_LENGTH": "-5"},
    {"CONTENT_LENGTH": "abc"},
    {"CONTENT_LENGTH": "99999999999999999999999"},
    {"CONTENT_LENGTH": "²"},
    {"HTTP_TRANSFER_ENCODING": "chunked"},
)


def _abimer(tirage: random.Random, octets: bytes) -> bytes:
    """A few bytes changed, taken out or added."""
    abimes = bytearray(octets)
    for _ in range(tirage.randrange(4)):
        place = tirage.randrange(len(abimes) + 1)
        abimes[place : place + tirage.randrange(3)] = tirage.randbytes(tirage.randrange(4))
    return bytes(abimes)


def _chemin(tirage: random.Random) -> str:
    brut = tirage.choice(CHEMINS)
    if tirage.random() < 0.3:
        brut += "/" + quote(tirage.randbytes(tirage.randrange(1, 12)))
    return f"{V1}/{brut}"


def demande(tirage: random.Random) -> dict[str, Any]:
    """A request with at least one thing wrong."""
    requete = tirage.choice(REQUETES) if tirage.random() < 0.6 else ""
    if tirage.random() < 0.4:
        requete = quote(_abimer(tirage, requete.encode()), safe="=&%")
    return {
        "method": tirage.choice(METHODES),
        "path": _chemin(tirage),
        "data": _abimer(tirage, tirage.choice(CORPS)) * (1 if tirage.random() < 0.9 else 20_000),
        "content_type": tirage.choice(GENRES_DE_CONTENU),
        "QUERY_STRING": requete,
        **tirage.choice(ENTETES),
    }


def bien_formee(une: dict[str, Any]) -> bool:
    """Noise may by chance ask for something real."""
    return not str(une["QUERY_STRING"]).strip("&=")


def repondre(une: dict[str, Any]) -> tuple[int, str, bytes]:
    """What the server's own entry answers: status, type, body."""
    tete: list[Any] = []
    corps = une.pop("data")
    chemin = unquote_to_bytes(une.pop("path")).decode("latin-1")
    environ = {
        "REQUEST_METHOD": une["method"],
        "PATH_INFO": chemin,
        "QUERY_STRING": une["QUERY_STRING"],
        "CONTENT_TYPE": une["content_type"],
        "CONTENT_LENGTH": str(len(corps)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(corps),
        "wsgi.errors": sys.stderr,
        **{nom: valeur for nom, valeur in une.items() if nom.isupper()},
    }

    def commencer(
        statut: str, entetes: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        tete.append((int(statut.split(maxsplit=1)[0]), dict(entetes)))
        return tete.append

    reponse = application(environ, commencer)
    octets = b"".join(reponse)
    reponse.close()
    ((statut, entetes),) = tete
    return statut, entetes.get("Content-Type", ""), octets


def bombarder(nombre: int, graine: int) -> None:
    """Each refused, each refusal a problem detail of the catalogue."""
    tirage = random.Random(graine)  # noqa: S311 - repeatable, not secret
    statuts: dict[int, int] = {}
    for _ in range(nombre):
        une = demande(tirage)
        statut, genre, octets = repondre(dict(une))
        statuts[statut] = statuts.get(statut, 0) + 1
        if bien_formee(une) and statut in (200, 202):
            continue
        assert 400 <= statut < 500, (une, statut)
        assert genre == "application/problem+json", une
        assert GENRES[json.loads(octets)["code"]].statut == statut, une
    assert {400, 404, 405, 413, 415} <= set(statuts), statuts


def test_cinq_cents_demandes_abimees() -> None:
    bombarder(500, GRAINE + 3)  # five hundred that meet each refusal


@pytest.mark.long(3)
def test_deux_mille_demandes_abimees() -> None:
    bombarder(2000, GRAINE + 1)
