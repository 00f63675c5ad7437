"""A « what if », by address: what a person said, and beside it what they only suppose.

`si.date_entree=2027-05-03` supposes another answer to one question: the rest is as it was said. The two never
mix: what is supposed is told as such, leads back, and goes into no document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from binome.habillage.questions import INCONNU
from binome.habillage.saisie import en_saisie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base
    from binome.regles.faits import Valeur
    from binome.site.simulateur.parcours import Attendue, ParcoursDeQuestions

A = TypeVar("A", bound="Attendue")
SI: Final = "si."
"""What begins the name of a supposed answer in an address."""
PERSONNES: Final = "personnes"
DEUX: Final = "deux"
"""`personnes=deux` : what is supposed is all that is said of a second person, and nothing comes from the first."""
PARTAGES: Final = ("date_entree", "date_jury")
"""What two people who are compared share unless the address says otherwise: the day, not who they are."""


def dite(requete: QueryDict) -> QueryDict:
    """What an address says, without what it supposes."""
    reste = requete.copy()
    for nom in [un for un in reste if un.startswith(SI)]:
        del reste[nom]
    return reste


def supposee(requete: QueryDict) -> QueryDict | None:
    """What an address supposes, over what it says; None when it supposes nothing."""
    suppositions = {
        nom.removeprefix(SI): requete.getlist(nom) for nom in requete if nom.startswith(SI)
    }
    suppositions = {nom: [un for un in dits if un] for nom, dits in suppositions.items()}
    if not any(suppositions.values()):
        return None
    ensemble = dite(requete)
    for nom, dits in suppositions.items():
        if dits:
            ensemble.setlist(nom, dits)
    return ensemble


def deuxieme(requete: QueryDict) -> QueryDict:
    """What an address says of a second person: what is supposed, and the days of the first where it says none."""
    seule = QueryDict(mutable=True)
    dits = dite(requete)
    for nom in PARTAGES:
        if nom in dits:
            seule.setlist(nom, dits.getlist(nom))
    for nom in requete:
        dites = [un for un in requete.getlist(nom) if un]
        if nom.startswith(SI) and dites:
            seule.setlist(nom.removeprefix(SI), dites)
    return seule


def vue(requete: QueryDict) -> QueryDict:
    """What is answered to: what is supposed, or else what is said."""
    return supposee(requete) or dite(requete)


def en_requete(base: Base, faits: Mapping[str, Valeur | None]) -> str:
    """The part of an address that supposes some facts."""
    return urlencode(
        [
            (f"{SI}{nom}", une)
            for nom, valeur in faits.items()
            for une in ([INCONNU] if valeur is None else en_saisie(base.entiere.faits[nom], valeur))
        ]
    )


def si(parcours: ParcoursDeQuestions[Attendue], bascule: Bascule) -> str:
    """The address of what a person said, and of a change that they may make."""
    return f"{parcours.requete()}&{en_requete(parcours.base, bascule.faits)}"


def ecarts(dit: ParcoursDeQuestions[A], suppose: ParcoursDeQuestions[A]) -> str:
    """The part of an address that supposes what differs, to put after what was said."""
    noms = [nom for nom, dits in suppose.reponses.items() if dit.reponses.get(nom) != dits]
    return urlencode([(f"{SI}{nom}", un) for nom in noms for un in suppose.reponses[nom]])


def differences(
    dit: ParcoursDeQuestions[Attendue], suppose: ParcoursDeQuestions[Attendue]
) -> list[dict[str, str]]:
    """Each answer that is supposed, beside what was said."""
    faits = suppose.base.faits
    noms = [*dit.reponses, *(nom for nom in suppose.reponses if nom not in dit.reponses)]

    def mots(un: ParcoursDeQuestions[Attendue], nom: str) -> str:
        valeur = un.dossier.get(nom)
        return "une réponse inconnue" if valeur is None else faits[nom].en_mots(valeur)

    return [
        {"libelle": faits[nom].libelle, "dit": mots(dit, nom), "suppose": mots(suppose, nom)}
        for nom in noms
        if nom in faits and dit.dossier.get(nom) != suppose.dossier.get(nom)
    ]


def lire_les_deux(
    requete: QueryDict, lire: Callable[[QueryDict], ParcoursDeQuestions[A]]
) -> tuple[ParcoursDeQuestions[A], ParcoursDeQuestions[A] | None]:
    """The visit to answer, and what was said where that is another: a « what if » that cannot be read is left out."""
    dit = lire(dite(requete))
    suppose = supposee(requete)
    if suppose is None or dit.refus:
        return dit, None
    autre = lire(suppose)
    return (dit, None) if autre.refus or autre.dossier == dit.dossier else (autre, dit)


def encart(
    dit: ParcoursDeQuestions[A],
    suppose: ParcoursDeQuestions[A],
    adresse: str,
    phrase: str,
    comparer: str = "",
) -> dict[str, Any]:
    """What the page of a « what if » says of itself: what differs, the answer to what was said, and the ways out."""
    return {
        "differences": differences(dit, suppose),
        "phrase": phrase,
        "retour": f"{adresse}?{dit.requete()}",
        "adopter": f"{adresse}?{suppose.requete()}",
        "comparer": comparer,
    }
