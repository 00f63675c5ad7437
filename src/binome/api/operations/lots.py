"""`/lots`: a table of dossiers sent, followed, and taken back."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from binome.api import fichiers, services, travail
from binome.api.corps import longueur
from binome.api.debit import adresse
from binome.api.decrire import chemin, json_de, problemes, ref, requete
from binome.api.limites import OCTETS
from binome.api.models import EN_VIE, EtatDeLot
from binome.api.parametres import Parametres, base_des_reformes
from binome.api.problemes import Probleme
from binome.api.reponses import prive
from binome.api.schemas import CERTIFICATION, REFORME
from binome.lots.questions import QUESTIONS
from binome.lots.tableaux import SORTES
from binome.regles.faits import Erreur

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from binome.api.models import Lot
    from binome.regles.base import Base

router = Router(tags=["Lots"])

GENRES_DE_TABLEAU: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}
ENVELOPPE: Final = 100_000
"""Bytes that multipart may add to a file."""
PAGE: Final = 1000
"""Rows set aside that one answer gives."""
JETON: Final = chemin(
    "jeton",
    "Le jeton donné à l’envoi : la seule clé du lot.",
    "Zq3vJxk0Yy1m8Wn5tR7uBc2dFg4hKp6sLaXeTiOoQwE",
)
JETON["schema"] = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}


def _etat(lot: Lot) -> dict[str, Any]:
    etat = lot.etat_au(timezone.now())
    raison = services.INTERRUPTION if etat == EtatDeLot.INTERROMPU else lot.raison
    return {
        "etat": etat,
        "lignes": {"lues": lot.lues, "decidees": lot.decidees, "ecartees": lot.ecartees},
        "raison": raison or None,
        "avis": lot.avis,
        "question": lot.question,
        "certification": lot.certification,
        "reformes": lot.reformes,
        "base": lot.base,
        "cree_le": lot.cree_le.isoformat(timespec="seconds"),
        "expire_le": lot.expire_le.isoformat(timespec="seconds"),
    }


QUESTION: Final = requete(
    "question",
    "Ce qui est demandé de chaque ligne : l’une des questions que l’API pose aussi d’un seul dossier.",
    {"type": "string", "enum": list(QUESTIONS), "default": "positionner"},
)

LIENS: Final = {
    nom: {"operationId": nom, "parameters": {"jeton": "$response.body#/jeton"}, "description": quoi}
    for nom, quoi in (
        ("lireLot", "L’état de ce lot."),
        ("lireResultatDuLot", "Son résultat, quand il est terminé."),
        ("lireEcartesDuLot", "Ses lignes écartées, quand il est terminé."),
    )
}


def _sorte(recu: UploadedFile[bytes]) -> str:
    """The kind of table: by its name, or by its first bytes when its name says none."""
    suffixe = PurePosixPath(recu.name or "").suffix.lower()
    if suffixe in SORTES:
        return suffixe
    if suffixe:
        raise Probleme("genre_refuse", f"Le nom du fichier doit finir par : {', '.join(SORTES)}.")
    debut = recu.read(4)
    recu.seek(0)
    return {b"PK\x03\x04": ".xlsx", b"PAR1": ".parquet"}.get(debut, ".csv")


def _base(question: str, reformes: tuple[str, ...], certification: str) -> Base:
    """The rules that answer a question. Raises Probleme when those of the certification do not."""
    base, vue = base_des_reformes(reformes, certification), QUESTIONS[question].vue
    if vue not in base.vues:
        tenues = [nom for nom, une in QUESTIONS.items() if une.vue in base.vues]
        erreur = Erreur(
            "question",
            question,
            f"cette certification ne répond pas ; attendu : {', '.join(tenues)}",
        )
        raise Probleme("parametre_invalide", f"{erreur.en_clair()}.", [erreur])
    return base


@router.post(
    "/lots",
    operation_id="envoyerLot",
    summary="Envoyer un lot",
    description=(
        "Un tableau CSV, XLSX ou Parquet : au plus 20 Mo et 200 000 lignes, et la question à poser à "
        "chaque ligne : le positionnement, sauf si vous en dites une autre. `certification` demande les "
        "règles d’une autre. Les colonnes portent le "
        "nom des faits d’un dossier ; une colonne « reference » traverse sans être lue. Le lot est "
        "traité à part : suivez-le avec son jeton. Le fichier envoyé est effacé dès qu’il est "
        "traité, le résultat après 24 heures. Cinq lots d’une même adresse attendent à la fois ; au-delà "
        "de cinquante gardés, ou quand la place manque, les plus anciens finis sont effacés plus tôt."
    ),
    openapi_extra={
        "parameters": [QUESTION, REFORME, CERTIFICATION],
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["fichier"],
                        "additionalProperties": False,
                        "properties": {
                            "fichier": {
                                "type": "string",
                                "format": "binary",
                                "minLength": 1,
                                "description": "Le tableau. Son nom finit par .csv, .xlsx ou .parquet ; sans suffixe, son contenu décide.",
                            }
                        },
                    }
                }
            },
        },
        "responses": {
            200: {},
            202: json_de(
                "Le lot est reçu ; il attend son tour.",
                ref("LotRecu"),
                headers={
                    "Location": {
                        "description": "L’adresse de l’état du lot.",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                },
                links=LIENS,
            ),
            **problemes(
                "demande_illisible",
                "parametre_invalide",
                "trop_gros",
                "genre_refuse",
                "file_pleine",
            ),
        },
    },
)
def envoyer(request: HttpRequest) -> HttpResponse:
    """Keeps the file, queues the work, gives the token."""
    parametres = Parametres(request, "question", "certification", repetables=["reforme"])
    question = parametres.code("question", QUESTIONS) or "positionner"
    certification = parametres.certification()
    reformes = parametres.reformes(certification)
    parametres.verifier()
    base = _base(question, reformes, certification)
    if request.content_type != "multipart/form-data":
        raise Probleme("genre_refuse", "Envoyez le fichier en « multipart/form-data ».")
    if longueur(request) > OCTETS + ENVELOPPE:
        raise Probleme("trop_gros", "Un fichier de lot tient en 20 Mo.")
    recus = request.FILES.getlist("fichier")
    if len(recus) != 1 or len(request.FILES) != 1 or request.POST:
        raise Probleme("demande_illisible", "Un fichier est attendu, et un seul, sous « fichier ».")
    recu = recus[0]
    if not recu.size:
        raise Probleme("demande_illisible", "Le fichier est vide.")
    sorte = _sorte(recu)
    if (recu.size or 0) > OCTETS:
        raise Probleme("trop_gros", "Un fichier de lot tient en 20 Mo.")
    origine = services.origine_de(adresse(request))
    lot, jeton = services.creer(recu.chunks(), sorte, base, question, origine)
    travail.confier(lot)
    reponse = prive({"jeton": jeton, **_etat(lot)}, 202)
    reponse.headers["Location"] = reverse("api-v1:lire_lot", args=[jeton])
    return reponse


@router.get(
    "/lots/{jeton}",
    operation_id="lireLot",
    url_name="lire_lot",
    summary="Suivre un lot",
    description="L’état du lot, et combien de lignes sont lues, décidées, écartées.",
    openapi_extra={
        "parameters": [JETON],
        "responses": {
            200: json_de("L’état du lot.", ref("Lot")),
            **problemes("parametre_invalide", "introuvable"),
        },
    },
)
def lire(request: HttpRequest, jeton: str) -> HttpResponse:
    """Never writes: a lot that lost its worker is only read as interrupted."""
    Parametres(request).verifier()
    return prive(_etat(services.trouver(jeton)))


def _termine(jeton: str) -> Lot:
    lot = services.trouver(jeton)
    etat = lot.etat_au(timezone.now())
    if etat in EN_VIE:
        raise Probleme("lot_sans_resultat", "Ce lot n’est pas terminé.")
    if etat != EtatDeLot.TERMINE:
        raise Probleme("lot_sans_resultat", f"Ce lot a échoué. {lot.raison}".strip())
    return lot


@router.get(
    "/lots/{jeton}/resultat",
    operation_id="lireResultatDuLot",
    summary="Télécharger le résultat d’un lot",
    description="Le tableau des réponses, une ligne par dossier décidé, du même genre que l’envoi.",
    openapi_extra={
        "parameters": [JETON],
        "responses": {
            200: {
                "description": "Le tableau.",
                "content": {
                    genre: {"schema": {"type": "string", "format": "binary"}}
                    for genre in (
                        "text/csv",
                        *list(GENRES_DE_TABLEAU.values())[1:],
                    )
                },
            },
            **problemes("parametre_invalide", "introuvable", "lot_sans_resultat"),
        },
    },
)
def resultat(request: HttpRequest, jeton: str) -> FileResponse:
    """The file, as an attachment."""
    Parametres(request).verifier()
    lot = _termine(jeton)
    try:
        fichier = fichiers.resultat(lot).open("rb")
    except FileNotFoundError as erreur:
        raise Probleme(
            "lot_sans_resultat", "Aucune ligne n’était lisible : voyez les lignes écartées."
        ) from erreur
    return FileResponse(
        fichier,
        as_attachment=True,
        filename=f"{QUESTIONS[lot.question].fichier}{lot.sorte}",
        content_type=GENRES_DE_TABLEAU[lot.sorte],
        headers={"Cache-Control": "private, no-store"},
    )


@router.get(
    "/lots/{jeton}/ecartes",
    operation_id="lireEcartesDuLot",
    summary="Lire les lignes écartées d’un lot",
    description=(
        f"Chaque erreur, avec la ligne du fichier, la colonne, la valeur et la raison ; {PAGE} au "
        "plus à la fois. Donnez `suivant` dans `depuis` pour lire la suite."
    ),
    openapi_extra={
        "parameters": [
            JETON,
            requete(
                "depuis",
                "Combien d’erreurs passer.",
                {"type": "integer", "minimum": 0, "maximum": 100_000_000, "default": 0},
            ),
        ],
        "responses": {
            200: json_de("Les lignes écartées.", ref("Ecartes")),
            **problemes("parametre_invalide", "introuvable", "lot_sans_resultat"),
        },
    },
)
def ecartes(request: HttpRequest, jeton: str) -> HttpResponse:
    """A page of the rows set aside."""
    parametres = Parametres(request, "depuis")
    depuis = parametres.entier("depuis", maximum=100_000_000)
    parametres.verifier()
    lot = _termine(jeton)
    with fichiers.ecartes(lot).open(encoding="utf-8") as lignes:
        lues = [json.loads(ligne) for ligne in islice(lignes, depuis, depuis + PAGE + 1)]
    suivant = depuis + PAGE if len(lues) > PAGE else None
    return prive({"lignes": lot.ecartees, "erreurs": lues[:PAGE], "suivant": suivant})
