"""The schemas of the JSON contracts: each dossier, drawn from the facts of its view; each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from binome.agenda.echeances import VUE as ECHEANCES
from binome.api.decrire import (
    CENTS,
    DATE,
    EMPREINTE,
    JOUR,
    JOUR_OU_RIEN,
    MINUTES,
    NOMBRE,
    NOMBRE_OU_RIEN,
    TEXTE,
    TEXTE_OU_RIEN,
    TEXTES,
    Schema,
    liste,
    objet,
    parmi,
    ref,
)
from binome.regles.certification import INDETERMINE
from binome.regles.courante import base_courante, certification_par_defaut, certifications
from binome.regles.formules import valeurs_de
from binome.regles.metiers.aide import SANS_VERSION, VERSION, Eligible
from binome.regles.metiers.aide import VUE as AIDE
from binome.regles.metiers.financement import POSTES, IssueDeVoie, code_de_la_voie
from binome.regles.metiers.financement import VUE as FINANCEMENT
from binome.regles.metiers.heures import POSITIONNEMENT
from binome.regles.metiers.positionnement import StatutDeModule
from binome.regles.quantites import quantites
from binome.regles.sources import Fiabilite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.faits import DefinitionDeFait

DOSSIERS = {
    POSITIONNEMENT: "Dossier",
    FINANCEMENT: "DossierDeFinancement",
    AIDE: "DossierDAide",
    ECHEANCES: "DossierDEcheances",
}
"""The schema of the dossier that each view reads."""
NOUVELLES_CLES = "de nouvelles clés peuvent venir, aucune ne change ni ne part."
BASE: Schema = {**EMPREINTE, "description": "L’empreinte de la base de règles qui a décidé."}
DOCUMENTS: Schema = {
    "type": "object",
    "additionalProperties": ref("Document"),
    "description": "Chaque document cité, sous l’identifiant par lequel une citation commence.",
}
AU: Schema = {**JOUR_OU_RIEN, "description": "La date dont les règles ont servi."}


def _en_nom(certification: str) -> str:
    """The code of a certification as the name of a schema ends; nothing for the one by default."""
    if certification == certification_par_defaut().code:
        return ""
    return "".join(mot.capitalize() for mot in certification.split("-"))


def _qui_repondent(vue: str) -> tuple[str, ...]:
    """The certifications that answer a question, the one by default first."""
    return tuple(code for code in certifications() if vue in base_courante(certification=code).vues)


def dossiers_de(vue: str) -> Schema:
    """The schema of what a question takes: a dossier of any certification that answers it."""
    noms = [f"{DOSSIERS[vue]}{_en_nom(code)}" for code in _qui_repondent(vue)]
    return ref(noms[0]) if len(noms) == 1 else {"anyOf": [ref(nom) for nom in noms]}


def positionnements() -> list[str]:
    """The schemas of what a positioning gives, whole or in part."""
    return [
        f"{nom}{_en_nom(code)}"
        for code in _qui_repondent(POSITIONNEMENT)
        for nom in ("Positionnement", "PositionnementPartiel")
    ]


def _faits(vue: str, certification: str = "") -> Iterator[DefinitionDeFait]:
    """The facts that a view may be given."""
    faits = base_courante(certification=certification).vue(vue).faits
    return (fait for fait in faits.values() if not fait.interne)


def _fait(fait: DefinitionDeFait) -> Schema:
    schema: Schema = {"description": fait.question}
    match fait.type:
        case "date":
            return {**schema, **JOUR_OU_RIEN, "pattern": DATE}
        case "entier":
            return {**schema, "type": ["integer", "null"], **_bornes(fait)}
        case "decimal":
            return {**schema, "type": ["number", "null"], "multipleOf": 0.01, **_bornes(fait)}
        case "booleen":
            return {**schema, "type": ["boolean", "null"]}
        case "choix":
            return {**schema, **parmi(fait.valeurs, rien=True)}
        case "liste":
            return {**schema, "type": ["array", "null"], "items": parmi(fait.valeurs)}


def _bornes(fait: DefinitionDeFait) -> Schema:
    bornes = {"minimum": fait.minimum, "maximum": fait.maximum}
    return {nom: fait.en_json(borne) for nom, borne in bornes.items() if borne is not None}


def _dossier(vue: str, certification: str = "") -> Schema:
    return {
        "type": "object",
        "description": "Un fait absent ou null est inconnu : ni faux, ni zéro.",
        "properties": {fait.nom: _fait(fait) for fait in _faits(vue, certification)},
        "additionalProperties": False,
    }


def _manquants(vue: str, certification: str = "") -> Schema:
    return {
        "type": "array",
        "items": parmi(fait.nom for fait in _faits(vue, certification)),
        "description": "Les faits inconnus qui comptent encore, le plus utile d’abord.",
    }


def _positionnement(certification: str) -> Schema:
    base = base_courante(certification=certification)
    essai = f" Certification {base.certification.essai}." if base.certification.essai else ""
    schema = objet(
        f"La réponse ; {NOUVELLES_CLES}{essai}",
        voie=parmi([*base.certification.voies, INDETERMINE]),
        referentiel=parmi(base.referentiels, rien=True),
        minutes=objet(**dict.fromkeys(quantites(base), MINUTES)),
        modules={
            "type": "array",
            "items": objet(
                code=TEXTE,
                bloc=NOMBRE,
                intitule=TEXTE,
                minutes=MINUTES,
                statut=parmi(get_args(StatutDeModule)),
            ),
        },
        forfaits={
            "type": "array",
            "items": objet(bloc=NOMBRE_OU_RIEN, formation=NOMBRE, evaluations=NOMBRE),
            "description": "Les minutes retirées en bloc, sans modules nommés ; `bloc` où la source dit lequel.",
        },
        motifs=liste("Motif"),
        manquants=_manquants(POSITIONNEMENT, certification),
        pour_changer=liste("Changement"),
        alertes=liste("Alerte"),
        a_confirmer={
            "type": "array",
            "items": objet(regle=TEXTE, aupres=TEXTE, minutes_en_moins=MINUTES),
            "description": "Ce qui ôterait des heures et que seule une autre personne peut confirmer : "
            "le total est alors un plafond.",
        },
        documents=DOCUMENTS,
        base=BASE,
        au=AU,
    )
    schema["properties"]["trace"] = {
        "type": "object",
        "description": "Chaque étape de la décision, si `trace` est demandé.",
    }
    return schema


def _positionnements() -> dict[str, Schema]:
    """What each certification takes and gives; the dossier of the one by default is told elsewhere."""
    dits: dict[str, Schema] = {}
    for code in _qui_repondent(POSITIONNEMENT):
        nom, entier = _en_nom(code), _positionnement(code)
        if nom:
            dits[f"{DOSSIERS[POSITIONNEMENT]}{nom}"] = _dossier(POSITIONNEMENT, code)
        dits[f"Positionnement{nom}"] = entier
        dits[f"PositionnementPartiel{nom}"] = {
            cle: un for cle, un in entier.items() if cle != "required"
        }
    return dits


def _financement() -> dict[str, Schema]:
    cibles = base_courante().vue(FINANCEMENT).question.cibles
    return {
        "Financement": objet(
            f"Chaque voie vers la formation ; {NOUVELLES_CLES}",
            voies=liste("Voie"),
            documents=DOCUMENTS,
            base=BASE,
            au=AU,
        ),
        "Voie": objet(
            code=parmi(map(code_de_la_voie, cibles)),
            issue={
                **parmi(get_args(IssueDeVoie)),
                "description": "« oui » : ouverte. « non » : fermée. « indetermine » : un fait manque.",
            },
            motifs=liste("Motif"),
            manquants=_manquants(FINANCEMENT),
            pour_changer=liste("Changement"),
            montants_cents=objet(**dict.fromkeys(POSTES, CENTS)),
            alertes=liste("Alerte"),
        ),
    }


def _aide() -> dict[str, Schema]:
    table = base_courante().vue(AIDE).tables[VERSION]
    versions = [valeur for valeur in valeurs_de(table) if valeur not in SANS_VERSION]
    return {
        "Aide": objet(
            f"Le contrat d’aide et ses cinq années ; {NOUVELLES_CLES}",
            eligible=parmi(get_args(Eligible)),
            version={
                **parmi(versions, rien=True),
                "description": "Le texte sous lequel le contrat est signé ; null si aucun, ou inconnu.",
            },
            annees=liste("Annee"),
            objectifs=objet(
                mt_plus={
                    **NOMBRE_OU_RIEN,
                    "description": "Combien de patients médecin traitant de plus.",
                },
                fa_plus={
                    **NOMBRE_OU_RIEN,
                    "description": "Combien de patients de plus dans la file active.",
                },
                echeance=JOUR_OU_RIEN,
            ),
            motifs=liste("Motif"),
            manquants=_manquants(AIDE),
            pour_changer=liste("Changement"),
            alertes=liste("Alerte"),
            documents=DOCUMENTS,
            base=BASE,
            au=AU,
        ),
        "Annee": objet(
            annee={"type": "integer", "minimum": 1, "description": "Le rang de l’année."},
            du=JOUR,
            au={**JOUR, "description": "Le dernier jour de l’année, compris."},
            aide_max_cents=CENTS,
            module_par_objectifs={
                "type": "boolean",
                "description": "Si l’aide de l’année dépend des objectifs.",
            },
            reste_employeur_cents={
                "type": ["integer", "null"],
                "description": "En centimes ; négatif quand l’aide dépasse le coût du poste.",
            },
        ),
    }


def _echeances() -> dict[str, Schema]:
    return {
        "Echeances": objet(
            f"Ce qui est dû, et quand, le plus proche d’abord ; {NOUVELLES_CLES}",
            echeances=liste("Echeance"),
            documents=DOCUMENTS,
            base=BASE,
        ),
        "Echeance": objet(
            code=parmi(base_courante().vue(ECHEANCES).question.mots),
            date={
                **JOUR_OU_RIEN,
                "description": "Le jour le plus proche que donnent les lectures.",
            },
            jour_ouvre={
                **JOUR_OU_RIEN,
                "description": "Le dernier jour ouvré, ce jour-là ou avant.",
            },
            lectures={
                **liste("LectureDEcheance"),
                "description": "Les lectures rivales ; vide quand les sources s’accordent.",
            },
            motifs=liste("Motif"),
            manquants=_manquants(ECHEANCES),
            alertes=liste("Alerte"),
        ),
        "LectureDEcheance": objet(date=JOUR_OU_RIEN, texte=TEXTE, sources=TEXTES),
    }


def questions() -> dict[str, Schema]:
    """What the questions take and give, by name."""
    return {
        **{nom: _dossier(vue) for vue, nom in DOSSIERS.items()},
        **_positionnements(),
        **_financement(),
        **_aide(),
        **_echeances(),
        "Motif": objet(
            "Une règle, ce qu’elle répond, et où elle est écrite.",
            regle=TEXTE,
            issue=parmi(("oui", "non", "sans_objet", "indetermine")),
            texte=TEXTE,
            sources=TEXTES,
        ),
        "Changement": objet(
            "Ce qui, changé, donnerait une meilleure réponse.",
            changements={"type": "object", "description": "Les faits à changer, et leur valeur."},
            donne={"type": "object", "description": "Ce que la réponse deviendrait."},
            texte=TEXTE,
        ),
        "Document": objet(
            "Un document cité : ce qu’il vaut, sa date et son adresse, null quand nous ne les avons pas.",
            titre=TEXTE,
            date=TEXTE_OU_RIEN,
            force=parmi(get_args(Fiabilite)),
            lien={"type": ["string", "null"], "format": "uri"},
        ),
        "Alerte": objet(
            "Ce que les sources disputent ou taisent.",
            code=TEXTE,
            texte=TEXTE,
            sources=TEXTES,
        ),
    }
