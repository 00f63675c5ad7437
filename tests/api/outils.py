"""Words of the API's tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from binome.api.problemes import GENRES

if TYPE_CHECKING:
    from django.test import Client

V1 = "/api/v1"
FINIS = ("termine", "echoue", "interrompu")


def poster(
    client: Client, dossier: object, requete: str = "", question: str = "positionner"
) -> Any:
    """POST /positionner, or another question about a dossier."""
    return client.post(f"{V1}/{question}{requete}", data=dossier, content_type="application/json")


def probleme(reponse: Any, code: str) -> dict[str, Any]:
    """The problem detail, checked against the catalogue of errors."""
    assert reponse.headers["Content-Type"] == "application/problem+json", reponse.content[:200]
    objet: dict[str, Any] = reponse.json()
    assert objet["code"] == code, objet
    genre = GENRES[code]
    assert (reponse.status_code, objet["status"]) == (genre.statut, genre.statut)
    assert objet["type"] == f"/api/erreurs/{code}"
    assert objet["title"] == genre.titre
    assert objet["detail"]
    return objet


def envoyer(client: Client, nom: str, contenu: bytes, requete: str = "") -> Any:
    """POST /lots."""
    return client.post(f"{V1}/lots{requete}", {"fichier": SimpleUploadedFile(nom, contenu)})


def attendre(client: Client, jeton: str, secondes: float = 20) -> dict[str, Any]:
    """The state of a lot once it is finished."""
    fin = time.monotonic() + secondes
    etat: dict[str, Any] = {}
    while time.monotonic() < fin:
        etat = client.get(f"{V1}/lots/{jeton}").json()
        if etat["etat"] in FINIS:
            return etat
        time.sleep(0.02)
    raise AssertionError(etat)
