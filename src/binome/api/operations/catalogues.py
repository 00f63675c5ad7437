"""Tasks, discrepancies, sources and training organisations."""

from __future__ import annotations

from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from binome.api import objets
from binome.api.decrire import NON_MODIFIE, chemin, json_de, liste, problemes, ref, requete
from binome.api.parametres import LONGUEUR, Parametres
from binome.api.reponses import donner
from binome.formations.lecture import organismes, sources
from binome.formations.modeles import MODALITES, Modalite
from binome.formations.recherche import filtrer
from binome.formations.territoires import departements, regions
from binome.regles.ecarts import ecarts
from binome.regles.faits import plus_proche
from binome.regles.recherche import chercher
from binome.regles.taches import taches

router = Router(tags=["Catalogues"])

TEXTE = {"type": "string", "maxLength": LONGUEUR}


@router.get(
    "/taches",
    operation_id="chercherTaches",
    summary="Chercher une tâche",
    description=(
        "Dit, geste par geste, si une tâche peut être confiée à un assistant médical ou une assistante "
        "médicale. Ce qui est interdit vient d’abord. Quand un mot de la question n’a pas été compris, les "
        "tâches proches sont seulement proposées, sans réponse. Sans question, tout le catalogue. Une tâche "
        "absente du catalogue n’est pas permise pour autant."
    ),
    openapi_extra={
        "parameters": [
            requete(
                "q", "La tâche, avec vos mots ; les fautes sont tolérées.", TEXTE, "prise de sang"
            )
        ],
        "responses": {
            200: json_de(
                "Les tâches qui répondent, puis celles qui sont proposées.", liste("Tache")
            ),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        },
    },
)
def lister_taches(request: HttpRequest) -> HttpResponse:
    """The tasks that answer, then those that are proposed; or all of them."""
    parametres = Parametres(request, "q")
    question = parametres.texte("q")
    parametres.verifier()
    if not question:
        return donner(request, [objets.tache(une) for une in taches()])
    trouvees = chercher(question)
    reponses = [objets.tache(une) for une in trouvees.reponses]
    propositions = [objets.tache_proposee(une) for une in trouvees.propositions]
    return donner(request, reponses + propositions)


@router.get(
    "/ecarts",
    operation_id="listerEcarts",
    summary="Lister les écarts entre les sources",
    description="Ce que les sources disent différemment, et ce que Binôme en fait.",
    openapi_extra={
        "responses": {
            200: json_de("Le registre des écarts.", liste("Ecart")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        }
    },
)
def lister_ecarts(request: HttpRequest) -> HttpResponse:
    """The ledger."""
    Parametres(request).verifier()
    return donner(request, [objets.ecart(un) for un in ecarts()])


@router.get(
    "/sources",
    operation_id="listerSources",
    summary="Lister les sources",
    description="Ce que Binôme a lu : où, quand, et quelle confiance on peut y mettre.",
    openapi_extra={
        "responses": {
            200: json_de("Le registre des sources.", liste("Source")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        }
    },
)
def lister_sources(request: HttpRequest) -> HttpResponse:
    """The register: of the rules, and of the training organisations."""
    Parametres(request).verifier()
    return donner(request, [objets.source(une) for une in sources().values()])


@router.get(
    "/sources/{identifiant}",
    operation_id="lireSource",
    summary="Lire une source",
    description="La source et chaque passage cité, résumé avec nos mots ; le document fait foi.",
    openapi_extra={
        "parameters": [chemin("identifiant", "L’identifiant de la source.", "igas-2023")],
        "responses": {
            200: json_de("La source.", ref("SourceEntiere")),
            **NON_MODIFIE,
            **problemes("parametre_invalide", "introuvable"),
        },
    },
)
def lire_source(request: HttpRequest, identifiant: str) -> HttpResponse:
    """One source."""
    Parametres(request).verifier()
    if identifiant not in sources():
        raise Http404(
            f"La source « {identifiant[:60]} » n’existe pas{plus_proche(identifiant[:60], sources())}"
        )
    return donner(request, objets.source_entiere(sources()[identifiant]))


@router.get(
    "/organismes",
    operation_id="listerOrganismes",
    summary="Chercher un organisme de formation",
    description=(
        "Les organismes connus par une source. Un filtre de lieu garde ceux dont un site y est "
        "connu ; un organisme dont les sites sont inconnus est laissé de côté, pas nié."
    ),
    openapi_extra={
        "parameters": [
            requete(
                "departement",
                "Code du département.",
                {"type": "string", "enum": list(departements())},
                "59",
            ),
            requete(
                "region", "Code de la région.", {"type": "string", "enum": list(regions())}, "32"
            ),
            requete(
                "modalite",
                "Comment la formation se suit.",
                {"type": "string", "enum": list(MODALITES)},
                "presentiel",
            ),
            requete("q", "Des mots du nom, de la ville ou d’une remarque.", TEXTE, "lille"),
        ],
        "responses": {
            200: json_de("Les organismes.", liste("Organisme")),
            **NON_MODIFIE,
            **problemes("parametre_invalide"),
        },
    },
)
def lister_organismes(request: HttpRequest) -> HttpResponse:
    """Those that meet every criterion given."""
    parametres = Parametres(request, "departement", "region", "modalite", "q")
    departement = parametres.code("departement", departements())
    region = parametres.code("region", regions())
    demandee = parametres.code("modalite", get_args(Modalite))
    texte = parametres.texte("q")
    parametres.verifier()
    modalite: Modalite | None = next((une for une in MODALITES if une == demandee), None)
    trouves = filtrer(
        organismes(), departement=departement, region=region, modalite=modalite, texte=texte
    )
    return donner(request, [objets.organisme(un) for un in trouves])
