"""The schemas of the OpenAPI document: of a dossier, drawn from the facts; of each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from binome.api.decrire import Schema, liste, requete
from binome.api.models import Etat
from binome.api.problemes import GENRES
from binome.formations.modeles import HABILITATIONS, MODALITES
from binome.regles.courante import base_courante, reformes
from binome.regles.ecarts import CERTITUDES
from binome.regles.positionnement import CHAMPS, StatutDeModule, Voie
from binome.regles.regle import Statut
from binome.regles.sources import Fiabilite
from binome.regles.taches import STATUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.faits import Fait

DATE: Final = r"^(19\d\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
EMPREINTE: Final[Schema] = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
TEXTE: Final[Schema] = {"type": "string"}
TEXTE_OU_RIEN: Final[Schema] = {"type": ["string", "null"]}
JOUR: Final[Schema] = {"type": "string", "format": "date"}
JOUR_OU_RIEN: Final[Schema] = {"type": ["string", "null"], "format": "date"}
INSTANT: Final[Schema] = {"type": "string", "format": "date-time"}
NOMBRE: Final[Schema] = {"type": "integer", "minimum": 0}
MINUTES: Final[Schema] = {
    "type": ["integer", "null"],
    "minimum": 0,
    "description": "En minutes ; null quand aucune source ne le dit.",
}
TEXTES: Final[Schema] = {"type": "array", "items": TEXTE}

AU: Final = requete(
    "au",
    "Seulement ce qui est en vigueur ce jour-là.",
    {"type": "string", "format": "date", "pattern": DATE},
    "2026-01-15",
)
REFORME: Final = requete(
    "reforme",
    "Ajoute une réforme proposée, non en vigueur (répétable).",
    {
        "type": "array",
        "items": {"type": "string", "enum": list(reformes())},
        "uniqueItems": True,
    },
)
CHAMP: Final = requete(
    "champ",
    "Ne donne que ces clés de la réponse (répétable) ; ce qui n’est pas demandé n’est pas calculé.",
    {
        "type": "array",
        "items": {"type": "string", "enum": list(CHAMPS)},
        "uniqueItems": True,
    },
)
TRACE: Final = requete(
    "trace",
    "Donne aussi chaque étape de la décision.",
    {"type": "boolean", "default": False},
)

EXEMPLES_DE_DOSSIERS: Final = {
    "secretaire": {
        "summary": "Secrétaire médicale titulaire d’un titre, entrée en 2027",
        "value": {
            "date_entree": "2027-01-04",
            "diplomes": ["secretaire_medical"],
            "situation": "salarie_cabinet",
            "afgsu_niveau": 0,
        },
    },
    "infirmier": {
        "summary": "Infirmière, entrée en septembre 2022",
        "value": {"date_entree": "2022-09-05", "diplomes": ["ide"]},
    },
    "rien": {"summary": "On ne sait rien encore", "value": {}},
}


def _parmi(codes: Iterable[str], *, rien: bool = False) -> Schema:
    valeurs: list[str | None] = list(codes)
    return {"type": ["string", "null"] if rien else "string", "enum": valeurs + [None] * rien}


def _objet(description: str = "", /, **cles: Schema) -> Schema:
    """An object whose every key is always there."""
    dit: Schema = {"type": "object", "required": list(cles), "properties": cles}
    return {"description": description, **dit} if description else dit


def _fait(fait: Fait) -> Schema:
    schema: Schema = {"description": fait.question}
    match fait.type:
        case "date":
            return {**schema, **JOUR_OU_RIEN, "pattern": DATE}
        case "entier":
            bornes = {"minimum": fait.minimum, "maximum": fait.maximum}
            connues = {nom: borne for nom, borne in bornes.items() if borne is not None}
            return {**schema, "type": ["integer", "null"], **connues}
        case "decimal":
            bornes = {"minimum": fait.minimum, "maximum": fait.maximum}
            connues = {nom: borne // 100 for nom, borne in bornes.items() if borne is not None}
            return {**schema, "type": ["number", "null"], "multipleOf": 0.01, **connues}
        case "booleen":
            return {**schema, "type": ["boolean", "null"]}
        case "choix":
            return {**schema, **_parmi(fait.valeurs, rien=True)}
        case "liste":
            return {**schema, "type": ["array", "null"], "items": _parmi(fait.valeurs)}


def _dossier() -> Schema:
    return {
        "type": "object",
        "description": "Un fait absent ou null est inconnu : ni faux, ni zéro.",
        "properties": {nom: _fait(fait) for nom, fait in base_courante().faits.items()},
        "additionalProperties": False,
    }


def _positionnement() -> Schema:
    noms = ("formation", "evaluations", "total", "dispensees", "evaluations_dispensees")
    schema = _objet(
        "La réponse ; de nouvelles clés peuvent venir, aucune ne change ni ne part.",
        voie=_parmi(get_args(Voie)),
        referentiel=_parmi(base_courante().referentiels, rien=True),
        minutes=_objet(**dict.fromkeys(noms, MINUTES)),
        modules={
            "type": "array",
            "items": _objet(
                code=TEXTE,
                bloc=NOMBRE,
                intitule=TEXTE,
                minutes=MINUTES,
                statut=_parmi(get_args(StatutDeModule)),
            ),
        },
        motifs={
            "type": "array",
            "items": _objet(
                regle=TEXTE,
                issue=_parmi(("oui", "non", "sans_objet", "indetermine")),
                texte=TEXTE,
                sources=TEXTES,
            ),
        },
        manquants={"type": "array", "items": _parmi(base_courante().faits)},
        pour_changer={
            "type": "array",
            "items": _objet(changements={"type": "object"}, donne={"type": "object"}, texte=TEXTE),
        },
        alertes={"type": "array", "items": _objet(code=TEXTE, texte=TEXTE, sources=TEXTES)},
        base={**EMPREINTE, "description": "L’empreinte de la base de règles qui a décidé."},
        au={**JOUR_OU_RIEN, "description": "La date dont les règles ont servi."},
    )
    schema["properties"]["trace"] = {
        "type": "object",
        "description": "Chaque étape de la décision, si `trace` est demandé.",
    }
    return schema


def _lots() -> dict[str, Schema]:
    etat: dict[str, Schema] = {
        "etat": {
            **_parmi(Etat.values),
            "description": "« termine » : le résultat est prêt. « interrompu » : renvoyez le fichier.",
        },
        "lignes": _objet(lues=NOMBRE, decidees=NOMBRE, ecartees=NOMBRE),
        "raison": {**TEXTE_OU_RIEN, "description": "Pourquoi le lot a échoué."},
        "reformes": TEXTES,
        "base": EMPREINTE,
        "cree_le": INSTANT,
        "expire_le": {**INSTANT, "description": "Quand le lot et ses fichiers seront effacés."},
    }
    jeton = {"type": "string", "minLength": 43, "description": "La seule clé du lot : gardez-la."}
    return {
        "Lot": _objet(**etat),
        "LotRecu": _objet(jeton=jeton, **etat),
        "Ecartes": _objet(
            lignes={**NOMBRE, "description": "Combien de lignes sont écartées en tout."},
            erreurs={
                "type": "array",
                "items": _objet(ligne=NOMBRE, colonne=TEXTE, valeur=TEXTE, raison=TEXTE),
            },
            suivant={"type": ["integer", "null"], "description": "La suite ; null à la fin."},
        ),
    }


def _regles() -> dict[str, Schema]:
    regle: dict[str, Schema] = {
        "id": TEXTE,
        "titre": TEXTE,
        "table": TEXTE,
        "du": JOUR_OU_RIEN,
        "au": JOUR_OU_RIEN,
        "statut": _parmi(get_args(Statut)),
        "texte": {**TEXTE, "description": "La règle en clair, rendue de la règle elle-même."},
        "sources": TEXTES,
    }
    referentiel: dict[str, Schema] = {
        "id": TEXTE,
        "titre": TEXTE,
        "rncp": TEXTE,
        "du": JOUR,
        "au": JOUR,
        "minutes": _objet(formation=NOMBRE, evaluations=NOMBRE, total=NOMBRE),
        "sources": TEXTES,
    }
    unite = {"type": "array", "items": _objet(code=TEXTE, intitule=TEXTE, minutes=MINUTES)}
    bloc = _objet(numero=NOMBRE, intitule=TEXTE, minutes=NOMBRE, modules=unite, epreuves=unite)
    return {
        "Regle": _objet(**regle),
        "RegleEntiere": _objet(
            **regle,
            fenetre=TEXTE,
            citations=liste("Citation"),
            lectures=liste("Lecture"),
            usages=TEXTES,
            cas={
                "type": "array",
                "items": _objet(dossier={"type": "object"}, attendu={"type": "object"}),
            },
        ),
        "Referentiel": _objet(**referentiel),
        "ReferentielEntier": _objet(
            **referentiel, blocs={"type": "array", "items": bloc}, citations=liste("Citation")
        ),
    }


def _catalogues() -> dict[str, Schema]:
    source: dict[str, Schema] = {
        "id": TEXTE,
        "titre": TEXTE,
        "editeur": TEXTE,
        "date": TEXTE_OU_RIEN,
        "adresse": TEXTE,
        "consulte_le": JOUR,
        "fiabilite": _parmi(get_args(Fiabilite)),
    }
    return {
        "Tache": _objet(
            code=TEXTE,
            tache=TEXTE,
            statut=_parmi(STATUTS),
            statut_en_clair=TEXTE,
            reponse=TEXTE,
            condition=TEXTE_OU_RIEN,
            sources=liste("Citation"),
        ),
        "Ecart": _objet(
            id=TEXTE,
            sujet=TEXTE,
            certitude=_parmi(CERTITUDES),
            certitude_en_clair=TEXTE,
            lectures=liste("Lecture"),
            traitement=TEXTE,
            alerte=TEXTE_OU_RIEN,
        ),
        "Source": _objet(**source),
        "SourceEntiere": _objet(
            **source, passages={"type": "object", "additionalProperties": TEXTE}
        ),
        "Organisme": _objet(
            id=TEXTE,
            nom=TEXTE,
            nom_complet=TEXTE,
            habilitation=_objet(statut=_parmi(HABILITATIONS), texte=TEXTE, referentiels=TEXTES),
            modalite=_parmi(MODALITES),
            sites={
                "type": "array",
                "items": _objet(
                    ville=TEXTE_OU_RIEN,
                    departement=TEXTE_OU_RIEN,
                    region=TEXTE,
                    region_nom=TEXTE,
                    reserve=TEXTE_OU_RIEN,
                ),
            },
            remarques=TEXTES,
            sources=liste("Citation"),
        ),
    }


def _probleme() -> Schema:
    schema = _objet(
        "Ce qui n’a pas marché (RFC 9457).",
        type={"type": "string", "format": "uri-reference"},
        title=TEXTE,
        status={"type": "integer", "minimum": 400, "maximum": 599},
        detail=TEXTE,
        code={**_parmi(GENRES), "description": "Stable : un programme peut s’y fier."},
    )
    schema["properties"]["erreurs"] = {
        "type": "array",
        "items": _objet(cle=TEXTE, valeur=TEXTE, raison=TEXTE),
    }
    return schema


def composants() -> dict[str, Any]:
    """Every schema, by name."""
    return {
        "Dossier": _dossier(),
        "Positionnement": _positionnement(),
        "PositionnementPartiel": {
            nom: valeur for nom, valeur in _positionnement().items() if nom != "required"
        },
        **_lots(),
        **_regles(),
        **_catalogues(),
        "Citation": _objet(source=TEXTE, passage=TEXTE, resume=TEXTE),
        "Lecture": _objet(valeur=TEXTE, sources=liste("Citation")),
        "Probleme": _probleme(),
    }
