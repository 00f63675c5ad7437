"""The funding of the person that an address describes, and what it comes to in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.courante import base_courante
from binome.regles.dire import enumerer
from binome.regles.metiers.financement import VUE, financer
from binome.site.simulateur.parcours import lire_pour
from binome.typographie import majuscule

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.regles.metiers.financement import Financement, IssueDeVoie
    from binome.site.simulateur.parcours import ParcoursDeQuestions

NOMBRES: Final = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def lire(requete: QueryDict) -> ParcoursDeQuestions[Financement]:
    """The visit that an address holds, with its answers to the questions of the funding."""
    return lire_pour(base_courante().vue(VUE), requete, financer)


def _de(un: Financement, issue: IssueDeVoie) -> list[str]:
    titres = [voie.titre for voie in un.voies if voie.issue == issue]
    return [f"{titre[:1].lower()}{titre[1:]}" for titre in titres]


def phrase(un: Financement) -> str:
    """Which routes are open."""
    ouvertes = _de(un, "oui")
    if len(ouvertes) == 1:
        return f"Une voie est ouverte : {ouvertes[0]}."
    if ouvertes:
        return f"{NOMBRES[len(ouvertes)].capitalize()} voies sont ouvertes : {enumerer(ouvertes)}."
    if _de(un, "indetermine"):
        return "Aucune voie n’est encore sûre."
    return "Aucune voie n’est ouverte."


def ouvertes(un: Financement) -> str:
    """How many routes are open, in words."""
    nombre = len(_de(un, "oui"))
    pluriel = "s" if nombre > 1 else ""
    return f"{NOMBRES[nombre]} voie{pluriel} ouverte{pluriel}"


def suite(un: Financement) -> str:
    """How many of the other routes may open, and how many are closed."""
    peut_etre, fermees = len(_de(un, "indetermine")), len(_de(un, "non"))
    dits = []
    if peut_etre:
        dits.append(f"{NOMBRES[peut_etre]} {'reste' if peut_etre == 1 else 'restent'} à vérifier")
    if fermees:
        dits.append(
            f"{NOMBRES[fermees]} {'est fermée' if fermees == 1 else 'sont fermées'} dans cette situation"
        )
    texte = ", ".join(dits)
    return f"{majuscule(texte)}." if texte else ""
