"""What the API answers when it cannot: RFC 9457 problem details, in French, under stable codes."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.faits import Erreur

TYPE_DE_CONTENU: Final = "application/problem+json"
ADRESSE: Final = "/api/erreurs/"


@dataclass(frozen=True, slots=True)
class GenreDeProbleme:
    """A kind of error: its code never changes, its page says what to do."""

    code: str
    statut: int
    titre: str
    conseil: str


GENRES: Final[Mapping[str, GenreDeProbleme]] = {
    un.code: un
    for un in (
        GenreDeProbleme(
            "demande_illisible",
            400,
            "La demande n’est pas lisible",
            "Envoyez du JSON strict en UTF-8 (une clé une seule fois, pas de NaN), ou un envoi "
            "multipart complet.",
        ),
        GenreDeProbleme(
            "parametre_invalide",
            400,
            "Un paramètre de l’adresse est mal écrit",
            "La clé « erreurs » nomme chaque paramètre, la valeur reçue et la raison.",
        ),
        GenreDeProbleme(
            "dossier_invalide",
            400,
            "Le dossier contient des erreurs",
            "La clé « erreurs » nomme chaque fait, la valeur reçue et la raison. Corrigez, puis "
            "renvoyez le dossier entier.",
        ),
        GenreDeProbleme(
            "introuvable",
            404,
            "Rien ne se trouve à cette adresse",
            "Vérifiez l’identifiant. La page /api/ donne toutes les adresses.",
        ),
        GenreDeProbleme(
            "methode_refusee",
            405,
            "Cette méthode ne s’emploie pas ici",
            "L’en-tête « Allow » de la réponse dit lesquelles s’emploient.",
        ),
        GenreDeProbleme(
            "lot_sans_resultat",
            409,
            "Ce lot n’a pas de résultat à donner",
            "Lisez l’état du lot : attendez « termine », ou renvoyez le fichier s’il a échoué.",
        ),
        GenreDeProbleme(
            "trop_gros",
            413,
            "L’envoi est trop gros",
            "Un dossier tient en 64 ko, un fichier de lot en 20 Mo. Coupez le fichier en plusieurs.",
        ),
        GenreDeProbleme(
            "genre_refuse",
            415,
            "Ce genre de contenu n’est pas lu",
            "Un dossier s’envoie en « application/json », un lot en « multipart/form-data » avec un "
            "fichier CSV, XLSX ou Parquet.",
        ),
        GenreDeProbleme(
            "trop_de_demandes",
            429,
            "Trop de demandes en peu de temps",
            "L’en-tête « Retry-After » dit combien de secondes attendre.",
        ),
        GenreDeProbleme(
            "file_pleine",
            429,
            "Trop de lots attendent déjà",
            "Réessayez dans quelques minutes ; l’en-tête « Retry-After » dit quand.",
        ),
        GenreDeProbleme(
            "panne",
            500,
            "La demande n’a pas pu être traitée",
            "La faute est chez nous et elle est notée. Rien de ce que vous avez envoyé n’est gardé.",
        ),
        GenreDeProbleme(
            "indisponible",
            503,
            "Le service ne peut pas répondre pour l’instant",
            "Rien n’est gardé de cette demande ; l’en-tête « Retry-After » dit quand la renvoyer.",
        ),
        GenreDeProbleme(
            "disque_plein",
            507,
            "Le disque du service est plein",
            "Rien n’est gardé de cette demande. Renvoyez-la plus tard ; l’en-tête « Retry-After » dit "
            "quand.",
        ),
    )
}


class Probleme(Exception):
    """Stops an operation; becomes the answer."""

    def __init__(
        self,
        code: str,
        detail: str,
        erreurs: Iterable[Erreur] = (),
        entetes: Mapping[str, str] | None = None,
    ) -> None:
        self.genre = GENRES[code]
        self.detail = detail
        self.erreurs = tuple(erreurs)
        self.entetes = dict(entetes or {})
        super().__init__(detail)

    def en_json(self) -> dict[str, Any]:
        """The members that RFC 9457 names, then ours."""
        objet: dict[str, Any] = {
            "type": f"{ADRESSE}{self.genre.code}",
            "title": self.genre.titre,
            "status": self.genre.statut,
            "detail": self.detail,
            "code": self.genre.code,
        }
        if self.erreurs:
            objet["erreurs"] = [un._asdict() for un in self.erreurs]
        return objet

    def en_reponse(self) -> HttpResponse:
        """The HTTP answer; never kept by a cache, nor logged: the address may hold a token."""
        reponse = HttpResponse(
            en_octets(self.en_json()),
            status=self.genre.statut,
            content_type=TYPE_DE_CONTENU,
            headers={"Cache-Control": "no-store", **self.entetes},
        )
        reponse._has_been_logged = True  # type: ignore[attr-defined]  # as Django marks its own
        return reponse


def en_octets(objet: object) -> bytes:
    """JSON bytes; half a character that a client sent is shown as `?`, for UTF-8 has none."""
    with suppress(ValueError):  # that is how it refuses half a character
        return to_json(objet)
    return json.dumps(objet, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
