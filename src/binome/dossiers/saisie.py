"""What an organisation types: the identity, and the facts asked as the public simulator asks them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction

from binome.dossiers import services
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Origine
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.preparations import IDENTITE
from binome.habillage.questions import INCONNU, QuestionPosee, poser
from binome.habillage.saisie import en_saisie, lire_saisie
from binome.regles.faits import DossierInvalide, lire_valeur
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.http import QueryDict

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.regles.base import Base


class _Tiers(NamedTuple):
    tiers: bool = True


TIERS: Final = _Tiers()
"""The questions are about someone else."""
GROUPES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("formation", "La formation", ("date_entree", "date_jury")),
    ("titres", "Diplômes et titres", ("diplomes", "niveau_diplome")),
    ("experience", "L’expérience", ("experience_secretaire_mois", "experience_dentaire_mois")),
    (
        "emploi",
        "La situation et le contrat",
        ("situation", "contrat", "employeur_contrat"),
    ),
    ("afgsu", "Les gestes et soins d’urgence", ("afgsu_niveau", "afgsu_date")),
    (
        "autres",
        "Si vous le savez",
        ("date_prise_fonction", "heures_experience_vae", "date_signature_contrat_aide"),
    ),
)
"""The facts, group by group, in the order of a conversation; those that a certification does not ask are left."""
CHOIX: Final = "choix-"
"""Before the name of a field that two people wrote: what was typed wins, or what is in the base."""
AUTRES: Final = "autres"
PAR_PIECE: Final = {
    "diplomes": "titres",
    "experience": "experience",
    "afgsu": "afgsu",
    "contrat": "emploi",
}
"""The group of a fact that no group names: that of the document which proves it."""


def groupes_de(base: Base) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The groups of what the rules of a certification ask of an organisation; none is empty."""
    nommes = {nom for _, _, noms in GROUPES for nom in noms}
    restent: dict[str, list[str]] = {}
    for nom, fait in base.faits.items():
        if nom not in nommes and nom not in TUS and not fait.interne:
            restent.setdefault(PAR_PIECE.get(fait.piece, AUTRES), []).append(nom)
    lus = (
        (code, titre, (*(nom for nom in noms if nom in base.faits), *restent.get(code, ())))
        for code, titre, noms in GROUPES
    )
    return tuple(groupe for groupe in lus if groupe[2])


def faits_de_saisie(base: Base) -> tuple[str, ...]:
    """The facts that an organisation is asked for, in the order of its form."""
    return tuple(nom for _, _, noms in groupes_de(base) for nom in noms)


TUS: Final = frozenset({"date_naissance", "date_depot"})
"""The facts that the dossier knows by itself: it has the birth, and the day it was filed."""


@dataclass
class Saisie:
    """What was typed, what of it can be kept, and what is wrong with the rest."""

    identite: IdentiteDuCandidat
    faits: dict[str, Any] = field(default_factory=dict)
    typees: dict[str, list[str]] = field(default_factory=dict)
    erreurs: dict[str, str] = field(default_factory=dict)
    pliees: frozenset[str] = frozenset()
    laissees: frozenset[str] = frozenset()
    """Where the person keeps what is in the base, rather than what they typed."""

    @property
    def valeurs(self) -> dict[str, Any]:
        """The columns of the identity that can be kept."""
        return {
            nom: valeur
            for nom, valeur in self.identite.cleaned_data.items()
            if nom in self.identite.data and nom not in self.laissees
        }

    @property
    def fautes(self) -> dict[str, str]:
        """Everything wrong, by the field's name."""
        identite = {nom: str(dites[0]) for nom, dites in self.identite.errors.items()}
        return {**identite, **self.erreurs}


def lire_faits(donnees: QueryDict, noms: Iterable[str], base: Base) -> Saisie:
    """The facts of a form, only those it asked for (`posee`); an empty answer is unknown."""
    lue = Saisie(IdentiteDuCandidat(donnees))
    posees = set(donnees.getlist("posee"))
    for nom in noms:
        if nom not in posees:
            continue
        fait = base.faits[nom]
        typees = donnees.getlist(nom)
        lue.typees[nom] = typees
        if not typees or INCONNU in typees or typees == [""]:
            lue.faits[nom] = None
            continue
        try:
            lue.faits[nom] = fait.en_json(lire_saisie(fait, typees))
        except ValueError as refus:
            raison = str(refus)
            lue.erreurs[nom] = majuscule(raison)
    return lue


def lire_tout(donnees: QueryDict, base: Base) -> Saisie:
    """The whole form of a dossier, whose certification's rules are `base`."""
    lue = lire_faits(donnees, faits_de_saisie(base), base)
    lue.pliees = frozenset(donnees.getlist("pliee"))
    # The button that says the choice says the version that was shown with it; before it, nothing is chosen.
    if len(donnees.getlist("version")) > 1:
        choix = (nom.removeprefix(CHOIX) for nom in donnees if nom.startswith(CHOIX))
        lue.laissees = frozenset(nom for nom in choix if donnees[f"{CHOIX}{nom}"] == "garde")
        lue.faits = {nom: valeur for nom, valeur in lue.faits.items() if nom not in lue.laissees}
    lue.identite.is_valid()
    return lue


@transaction.atomic
def enregistrer(dossier: Dossier, lue: Saisie, acteur: Acteur, *, version: int) -> Dossier:
    """Keeps what can be kept of a form; facts that contradict one another are named, and left.

    Raises Depasse, GesteImpossible.
    """
    dossier = services.ecrire_identite(dossier, lue.valeurs, acteur, version=version)
    faits = dict(lue.faits)
    while faits:
        try:
            return services.declarer(dossier, faits, acteur, version=dossier.version)
        except DossierInvalide as invalide:
            fautifs = {une.cle: une.raison for une in invalide.erreurs}
            for nom, raison in fautifs.items():
                lue.erreurs[nom] = majuscule(raison)
            if not fautifs.keys() & faits.keys():
                return dossier
            faits = {nom: valeur for nom, valeur in faits.items() if nom not in fautifs}
    return dossier


def declares(dossier: Dossier) -> dict[str, Any]:
    """The declared facts of a dossier, by name."""
    return {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.DECLARE}


def questions(
    noms: Iterable[str],
    base: Base,
    valeurs: Mapping[str, Any],
    typees: Mapping[str, list[str]] | None = None,
    erreurs: Mapping[str, str] | None = None,
) -> list[QuestionPosee]:
    """Questions about someone by the rules of a certification, with what was typed, or else what is kept."""
    posees = []
    for nom in noms:
        fait = base.faits[nom]
        saisies = (typees or {}).get(nom)
        if saisies is None:
            lue = lire_valeur(fait, valeurs.get(nom))
            saisies = [] if lue is None else en_saisie(fait, lue)
        posees.append(poser(fait, TIERS, saisies, (erreurs or {}).get(nom, "")))
    return posees


class GroupeDeQuestions(NamedTuple):
    """A group of questions, ready to be put."""

    code: str
    titre: str
    questions: list[QuestionPosee]


def groupes(
    dossier: Dossier, comptent: Collection[str], lue: Saisie | None = None
) -> tuple[list[GroupeDeQuestions], list[QuestionPosee]]:
    """The questions that still matter or are answered, group by group; then the others.

    `comptent` names the facts that may still change the answer, as the public simulator asks them.
    """
    base, valeurs = base_de(dossier.certification), declares(dossier)
    typees, erreurs = ({}, {}) if lue is None else (lue.typees, lue.erreurs)
    poses: list[GroupeDeQuestions] = []
    autres: list[QuestionPosee] = []
    for code, titre, noms in groupes_de(base):
        posees: list[QuestionPosee] = []
        for question in questions(noms, base, valeurs, typees, erreurs):
            nom = question.fait.nom
            utile = nom in comptent or nom in valeurs or nom in erreurs
            (posees if utile and code != AUTRES else autres).append(question)
        poses.append(GroupeDeQuestions(code, titre, posees))
    return poses, autres


def a_deplier(
    pliees: Collection[str], comptent: Collection[str], poses: list[GroupeDeQuestions]
) -> list[tuple[str, QuestionPosee]]:
    """The questions that a page keeps folded and that matter now, with the group where they go."""
    return [
        (groupe.code, question)
        for groupe in poses
        for question in groupe.questions
        if question.fait.nom in pliees and question.fait.nom in comptent
    ]


def identite_de(dossier: Dossier) -> IdentiteDuCandidat:
    """The form of a dossier's identity as it is kept."""
    return IdentiteDuCandidat(initial={nom: getattr(dossier, nom) for nom in IDENTITE})


def resume(dossier: Dossier, lue: Saisie) -> list[dict[str, str]]:
    """What is wrong, in the order of the form: the field, where it is on the page, and why."""
    champs, faits = lue.identite.fields, base_de(dossier.certification).faits
    return [
        {
            "vers": f"id_{nom}" if nom in champs else f"q-{nom}",
            "champ": str(champs[nom].label) if nom in champs else majuscule(faits[nom].libelle),
            "raison": raison,
        }
        for nom, raison in lue.fautes.items()
    ]


def ecarts(dossier: Dossier, lue: Saisie) -> list[dict[str, str]]:
    """Where what was typed is not what is kept: each field, both values in words."""
    base = base_de(dossier.certification)
    lignes = [
        {
            "nom": nom,
            "champ": str(lue.identite.fields[nom].label),
            "garde": str(getattr(dossier, nom) or "rien"),
            "tape": str(valeur or "rien"),
        }
        for nom, valeur in lue.valeurs.items()
        if valeur != getattr(dossier, nom)
    ]
    connus = declares(dossier)
    for nom, valeur in lue.faits.items():
        if connus.get(nom) != valeur:
            fait = base.faits[nom]
            lignes.append(
                {
                    "nom": nom,
                    "champ": majuscule(fait.libelle),
                    "garde": fait.en_mots(lire_valeur(fait, connus.get(nom))),
                    "tape": fait.en_mots(lire_valeur(fait, valeur)),
                }
            )
    return lignes
