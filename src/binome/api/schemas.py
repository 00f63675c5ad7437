"""The schemas of the OpenAPI document, and the parameters that several operations take."""

from __future__ import annotations

from typing import Any, Final, get_args

from binome.api.decrire import (
    DATE,
    EMPREINTE,
    INSTANT,
    JOUR,
    JOUR_OU_RIEN,
    MINUTES,
    NOMBRE,
    TEXTE,
    TEXTE_OU_RIEN,
    TEXTES,
    Schema,
    liste,
    objet,
    parmi,
    ref,
    requete,
)
from binome.api.models import EtatDeLot
from binome.api.problemes import GENRES
from binome.api.projection_decrite import schemas_de_la_projection
from binome.api.questions import questions
from binome.formations.modeles import HABILITATIONS, MODALITES
from binome.lots.questions import QUESTIONS
from binome.regles.courante import (
    base_courante,
    certification_par_defaut,
    certifications,
    reformes,
)
from binome.regles.ecarts import CERTITUDES
from binome.regles.metiers.positionnement import CHAMPS
from binome.regles.regle import Statut
from binome.regles.sources import Fiabilite
from binome.regles.taches import STATUTS, VERDICTS

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
CERTIFICATION: Final = requete(
    "certification",
    "Les règles d’une autre certification. Celles d’essai le disent dans leurs alertes.",
    {
        "type": "string",
        "enum": list(certifications()),
        "default": certification_par_defaut().code,
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


def _lots() -> dict[str, Schema]:
    etat: dict[str, Schema] = {
        "etat": {
            **parmi(EtatDeLot.values),
            "description": "« termine » : le résultat est prêt. « interrompu » : renvoyez le fichier.",
        },
        "lignes": objet(lues=NOMBRE, decidees=NOMBRE, ecartees=NOMBRE),
        "raison": {**TEXTE_OU_RIEN, "description": "Pourquoi le lot a échoué."},
        "avis": {
            **TEXTES,
            "description": "Ce que la lecture a choisi : la feuille lue, des lignes masquées, l’ancien codage d’un CSV.",
        },
        "question": parmi(QUESTIONS),
        "certification": parmi(certifications()),
        "reformes": TEXTES,
        "base": EMPREINTE,
        "cree_le": INSTANT,
        "expire_le": {**INSTANT, "description": "Quand le lot et ses fichiers seront effacés."},
    }
    jeton = {"type": "string", "minLength": 43, "description": "La seule clé du lot : gardez-la."}
    return {
        "Lot": objet(**etat),
        "LotRecu": objet(jeton=jeton, **etat),
        "Ecartes": objet(
            lignes={**NOMBRE, "description": "Combien de lignes sont écartées en tout."},
            erreurs={
                "type": "array",
                "items": objet(ligne=NOMBRE, colonne=TEXTE, valeur=TEXTE, raison=TEXTE),
            },
            suivant={"type": ["integer", "null"], "description": "La suite ; null à la fin."},
        ),
    }


def _regles() -> dict[str, Schema]:
    regle: dict[str, Schema] = {
        "id": TEXTE,
        "titre": TEXTE,
        "table": TEXTE,
        "vue": {**parmi(base_courante().vues), "description": "La question que la règle sert."},
        "du": JOUR_OU_RIEN,
        "au": JOUR_OU_RIEN,
        "statut": parmi(get_args(Statut)),
        "texte": {**TEXTE, "description": "La règle comme on la dirait à voix haute."},
        "mot_a_mot": {
            **TEXTE,
            "description": "La règle en clair, rendue de ce qui décide : la preuve du texte.",
        },
        "sources": TEXTES,
    }
    referentiel: dict[str, Schema] = {
        "id": TEXTE,
        "titre": TEXTE,
        "rncp": TEXTE,
        "du": JOUR,
        "au": JOUR,
        "minutes": {
            **objet(formation=NOMBRE, evaluations=MINUTES, total=MINUTES),
            "description": "`pratique` s’y ajoute là où il y en a.",
        },
        "sources": TEXTES,
    }
    unite = {"type": "array", "items": objet(code=TEXTE, intitule=TEXTE, minutes=MINUTES)}
    bloc = objet(numero=NOMBRE, intitule=TEXTE, minutes=NOMBRE, modules=unite, epreuves=unite)
    return {
        "Regle": objet(**regle),
        "RegleEntiere": objet(
            **regle,
            fenetre=TEXTE,
            citations=liste("Citation"),
            lectures=liste("Lecture"),
            usages=TEXTES,
            cas={
                "type": "array",
                "items": objet(dossier={"type": "object"}, attendu={"type": "object"}),
            },
        ),
        "Referentiel": objet(**referentiel),
        "ReferentielEntier": objet(
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
        "fiabilite": parmi(get_args(Fiabilite)),
    }
    return {
        "Tache": objet(
            code=TEXTE,
            tache=TEXTE,
            proposee={
                "type": "boolean",
                "description": (
                    "Si la tâche n’est que proposée (« vouliez-vous dire ») : elle ne répond pas, "
                    "et ne dit ni oui ni non."
                ),
            },
            statut={
                **parmi(STATUTS, rien=True),
                "description": "La tâche entière ; null si elle n’est que proposée.",
            },
            statut_en_clair=TEXTE_OU_RIEN,
            reponse={
                **TEXTE_OU_RIEN,
                "description": "La phrase qui répond : elle nomme chaque geste.",
            },
            gestes={
                "type": "array",
                "items": objet(geste=TEXTE, verdict=parmi(VERDICTS), verdict_en_clair=TEXTE),
            },
            condition={
                **TEXTE_OU_RIEN,
                "description": "Ce dont la réponse dépend, ou ce qui la nuance.",
            },
            sources=liste("Citation"),
        ),
        "Ecart": objet(
            id=TEXTE,
            sujet=TEXTE,
            certitude=parmi(CERTITUDES),
            certitude_en_clair=TEXTE,
            lectures=liste("Lecture"),
            traitement=TEXTE,
            alerte=TEXTE_OU_RIEN,
        ),
        "Certification": objet(
            "Une certification dont les règles sont écrites.",
            code=TEXTE,
            titre=TEXTE,
            essai={**TEXTE_OU_RIEN, "description": "Ce qui la dit d’essai ; null sinon."},
            par_defaut={
                "type": "boolean",
                "description": "Si elle répond quand aucune n’est nommée.",
            },
            vues={**TEXTES, "description": "Les questions auxquelles elle répond."},
            base=EMPREINTE,
        ),
        "Source": objet(**source),
        "SourceEntiere": objet(
            **source, passages={"type": "object", "additionalProperties": TEXTE}
        ),
        "Organisme": objet(
            id=TEXTE,
            nom=TEXTE,
            nom_complet=TEXTE,
            habilitation=objet(statut=parmi(HABILITATIONS), texte=TEXTE, referentiels=TEXTES),
            modalite=parmi(MODALITES),
            sites={
                "type": "array",
                "items": objet(
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
    schema = objet(
        "Ce qui n’a pas marché (RFC 9457).",
        type={"type": "string", "format": "uri-reference"},
        title=TEXTE,
        status={"type": "integer", "minimum": 400, "maximum": 599},
        detail=TEXTE,
        code={**parmi(GENRES), "description": "Stable : un programme peut s’y fier."},
    )
    schema["properties"]["erreurs"] = {
        "type": "array",
        "items": objet(cle=TEXTE, valeur=TEXTE, raison=TEXTE),
    }
    return schema


def composants() -> dict[str, Any]:
    """Every schema, by name."""
    return {
        **questions(),
        **_lots(),
        **_regles(),
        **_catalogues(),
        **schemas_de_la_projection(),
        "Citation": objet(source=TEXTE, passage=TEXTE, resume=TEXTE, document=ref("Document")),
        "Lecture": objet(valeur=TEXTE, sources=liste("Citation")),
        "Probleme": _probleme(),
    }
