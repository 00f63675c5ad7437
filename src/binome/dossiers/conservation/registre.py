"""What becomes of each field that may hold a text about a person: a test demands that none is missing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sort(StrEnum):
    """When a field is erased."""

    DOSSIER = "avec le dossier"
    COMPTE = "avec le compte"
    SEUL = "de lui-même"
    GARDE = "gardé"


class Declaration(NamedTuple):
    """What becomes of a field; `raison` says why one is kept, or what erases it."""

    sort: Sort
    raison: str = ""


DOSSIER: Final = Declaration(Sort.DOSSIER)
COMPTE: Final = Declaration(Sort.COMPTE)
CODE: Final = Declaration(
    Sort.GARDE, "Un mot de nos listes, un nombre ou un numéro tiré : ne nomme personne."
)
EMPREINTE: Final = Declaration(Sort.GARDE, "Une empreinte : elle prouve, et ne se lit pas.")
FAITS: Final = Declaration(
    Sort.GARDE, "Ce qui a été jugé, sans identité : une décision doit pouvoir être recalculée."
)
DE_LA_BRANCHE: Final = Declaration(
    Sort.GARDE, "Écrit pour tous les dossiers, au sujet de personne."
)
MORALE: Final = Declaration(Sort.GARDE, "Une organisation, non une personne.")
TEXTE_DU_JOURNAL: Final = Declaration(
    Sort.GARDE,
    "Le journal reste : ce qui est personnel est dans « prive », chiffré sous une clé détruite.",
)

CHAMPS: Final[dict[str, dict[str, Declaration]]] = {
    "journal.Oubli": {"sujet": CODE, "repere": CODE},
    "journal.Tete": {"empreinte": EMPREINTE},
    "journal.Entree": {
        "auteur": CODE, "pour": CODE, "geste": CODE, "objet": CODE, "sujet": CODE,
        "motif": TEXTE_DU_JOURNAL, "avant": TEXTE_DU_JOURNAL, "apres": TEXTE_DU_JOURNAL,
        "prive": Declaration(Sort.DOSSIER, "Illisible : la clé du sujet est détruite."),
        "precedente": EMPREINTE, "empreinte": EMPREINTE,
        "lignes": Declaration(Sort.DOSSIER, "Des marques : rien ne s’y lit ni ne s’y essaie sans la clé."),
    },
    "comptes.Personne": {"password": COMPTE, "courriel": COMPTE, "prenom": COMPTE, "nom": COMPTE},
    "comptes.Organisation": {"genre": CODE, "nom": MORALE, "identifiant": MORALE, "certification": CODE},
    "comptes.Appartenance": {"role": CODE},
    "comptes.Invitation": {"courriel": DOSSIER, "role": CODE, "dossier": CODE, "jeton": EMPREINTE},
    "comptes.Regard": {
        "motif": Declaration(Sort.COMPTE, "Le motif du soutien, au sujet de la personne regardée."),
    },
    "comptes.Identite": {"emetteur": CODE, "sub": COMPTE},
    "comptes.Compteur": {
        "cle": EMPREINTE, "valeur": Declaration(Sort.SEUL, "Passé son heure, la ligne est effacée."),
    },
    "comptes.Oubli": {"courriel": Declaration(Sort.SEUL, "La ligne part dès que l’on a répondu.")},
    "courrier.Message": {
        "cle": DOSSIER, "destinataire": DOSSIER, "sujet": DOSSIER, "texte": DOSSIER, "html": DOSSIER,
        "pieces_jointes": DOSSIER,
        "derniere_erreur": Declaration(Sort.GARDE, "Le code d’une panne, jamais une adresse."),
    },
    "courrier.Avis": {
        "cle": DOSSIER, "destinataire": DOSSIER, "texte": DOSSIER, "adresse": DOSSIER,
        "reference": CODE, "genre": CODE,
    },
    "emplois.Emploi": {"du": DOSSIER, "au": DOSSIER},
    "emplois.Adhesion": {"du": MORALE, "au": MORALE},
    "lectures.Lecture": {"cle": DOSSIER, "role": CODE, "genre": CODE, "dossier": CODE},
    "courrier.Reservation": {"genre": CODE, "par": CODE},
    "dossiers.PageDApercu": {"fichier": DOSSIER},
    "dossiers.Import": {"etat": CODE, "empreinte": EMPREINTE},
    "dossiers.LigneImportee": {
        "cle": DOSSIER, "cellules": DOSSIER, "erreurs": DOSSIER, "raison": DOSSIER, "etat": CODE,
    },
    "dossiers.Rejeu": {
        "candidate": Declaration(Sort.GARDE, "Le nom d’une base de règles candidate."),
        "base_avant": EMPREINTE, "base_apres": EMPREINTE, "bilan": FAITS, "lignes": FAITS,
    },
    "dossiers.Dossier": {
        "reference": CODE, "etat": CODE, "certification": CODE, "prenom": DOSSIER, "nom": DOSSIER, "naissance": DOSSIER,
        "courriel": DOSSIER, "telephone": DOSSIER, "employeur": DOSSIER,
        "employeur_identifiant": DOSSIER, "session": DOSSIER, "recherche": DOSSIER,
        "cle_import": DOSSIER, "echeance": CODE,
    },
    "dossiers.Piece": {
        "nature": CODE, "type": CODE, "etat": CODE, "motif": CODE, "apercu": CODE, "sans_apercu": CODE,
        "nom": DOSSIER, "precision": DOSSIER, "fichier": CODE, "empreinte": EMPREINTE,
    },
    "dossiers.Quarantaine": {"motif": CODE, "fichier": DOSSIER, "empreinte": EMPREINTE},
    "dossiers.Fait": {"nom": CODE, "origine": CODE, "valeur": FAITS},
    "dossiers.Proposition": {
        "base": EMPREINTE, "faits_declares": FAITS, "faits_prouves": FAITS, "declare": FAITS,
        "prouve": FAITS,
    },
    "dossiers.PointTranche": {"code": CODE, "position": DE_LA_BRANCHE},
    "dossiers.Decision": {
        "nature": CODE, "reponse": FAITS, "base": EMPREINTE, "reserve": DOSSIER, "ecart": DOSSIER,
        "sceau": CODE, "sceau_empreinte": EMPREINTE,
    },
    "dossiers.Recours": {"texte": DOSSIER, "issue": CODE, "reponse": DOSSIER},
    "binome_api.Lot": {
        "cle": EMPREINTE, "etat": CODE, "fichier": CODE, "sorte": CODE, "question": CODE,
        "reformes": CODE, "base": EMPREINTE, "porteur": EMPREINTE,
        "origine": EMPREINTE,
        "raison": Declaration(Sort.SEUL, "Passé son heure, le lot est effacé."),
    },
}  # fmt: skip
"""By model, then by field."""

PARLANTS: Final = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.DateField,
    models.FileField,
    models.GenericIPAddressField,
)


def champs_parlants() -> Iterator[tuple[str, str]]:
    """The model and the name of each field of the house that may hold a text about a person."""
    for modele in apps.get_models():
        if not modele.__module__.startswith("binome."):
            continue
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, PARLANTS) and not isinstance(champ, models.DateTimeField):
                yield modele._meta.label, champ.name
