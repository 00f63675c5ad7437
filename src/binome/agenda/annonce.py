"""An aid contract in words: one sentence, its amounts, its objectives. The page and the paper share them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.agenda.contrat_d_aide import COLLECTIF, datee, manquants_des_annees
from binome.agenda.echeances import JOUR_NON_OUVRE, SOUS_CONDITION
from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.regles.dire import enumerer
from binome.regles.manquants import inconnus

if TYPE_CHECKING:
    from binome.agenda.contrat_d_aide import AnneeDuContrat, ContratDAide
    from binome.agenda.echeances import Echeance
    from binome.regles.sources import Citation

INCONNU: Final = "inconnu"
SANS_SOURCE: Final = "aucune source ne le donne"
AU_CONTRAT: Final = (
    "C’est votre contrat qui donne ce chiffre : aucune des sources que nous avons lues ne le donne."
)
SANS_DATE: Final = "Sans date pour l’instant"
DEUX_VOIES: Final = (
    "Selon sa voie, la personne doit obtenir le CQP ou suivre la FAE, et non les deux. "
    "Son positionnement le dit."
)
RANG: Final = "bande_activite"
_SUR_LES_OBJECTIFS: Final = frozenset(
    {"objectif_au_contrat", "objectifs_3_ou_5_ans", "collectif_patients_gagnes"}
)
"""The alerts that say where an objective comes from, or why it is not known."""


@dataclass(frozen=True, slots=True)
class Objectifs:
    """What the contract asks for, in sentences, and where it comes from."""

    phrases: tuple[str, ...]
    manquants: tuple[str, ...]
    sources: tuple[Citation, ...]


def phrase(un: ContratDAide) -> str:
    """The answer in one sentence."""
    if un.aide.eligible == "non":
        return "Ce contrat d’aide ne vous est pas ouvert, en l’état."
    if un.aide.signature is None:
        return "Il manque la date de signature : elle dit quelles règles s’appliquent."
    if un.aide.eligible == "oui":
        return f"Ce contrat d’aide vous est ouvert : {_somme(un)}."
    if _attend_une_reponse(un):
        court = _connu(un)
        suite = f" ; s’il l’est, {court}" if court else ""
        return (
            f"Il manque un renseignement pour savoir si ce contrat d’aide vous est ouvert{suite}."
        )
    return f"La CPAM doit confirmer une condition ; si elle le fait, {_somme(un)}."


def _connu(un: ContratDAide) -> str:
    """The aid that is known: of five years, or of the first one; empty when it is not."""
    pour = f" pour {un.contrats} contrats" if un.contrats > 1 else ""
    if un.total is not None:
        return f"jusqu’à {montant_en_clair(un.total)} d’aide sur cinq ans{pour}"
    premiere = un.annees[0].recu
    return (
        "" if premiere is None else f"{montant_en_clair(premiere)} d’aide la première année{pour}"
    )


def _somme(un: ContratDAide) -> str:
    connu, attendus = _connu(un), manquants_des_annees(un.annees)
    if un.total is not None:
        return connu
    if connu and RANG in attendus:
        return f"{connu}, les suivantes dépendent du rang de votre activité"
    if connu:
        return f"{connu}, aucune source ne donne les suivantes"
    if attendus:
        return "il manque un renseignement pour chiffrer l’aide"
    return "aucune source ne donne le montant entier de l’aide"


def _attend_une_reponse(un: ContratDAide) -> bool:
    """Whether a condition waits for an answer, and not only for the CPAM."""
    chercheur, conclusion = inconnus(un.aide.base), un.aide.conclusion
    return any(chercheur.de_l_etape(motif.etape, conclusion) for motif in un.conditions)


def aide_en_clair(un: ContratDAide, annee: AnneeDuContrat) -> str:
    """The aid of a year, or why it is not known."""
    if annee.recu is not None:
        return montant_en_clair(annee.recu)
    if not annee.manquants:
        return f"{INCONNU} : {SANS_SOURCE}"
    return f"{INCONNU}, il manque : {enumerer([un.base.faits[n].libelle for n in annee.manquants])}"


def cout_en_clair(annee: AnneeDuContrat) -> str:
    """What the post costs in a year."""
    return INCONNU if annee.cout is None else montant_en_clair(annee.cout)


def reste_en_clair(annee: AnneeDuContrat) -> str:
    """What is left to pay in a year."""
    if annee.reste is None:
        return INCONNU
    if annee.reste < 0:
        return f"rien : l’aide dépasse ce coût de {montant_en_clair(-annee.reste)}"
    return montant_en_clair(annee.reste)


def objectifs(un: ContratDAide) -> Objectifs | None:
    """The objectives; None while no text applies, or when nothing may be signed."""
    aide = un.aide
    if aide.version is None or not un.ouvert:
        return None
    phrases, attendus = [], dict[str, None]()
    for montant, base, mots in (
        ("mt_plus", "patientele_mt", "en médecin traitant"),
        ("fa_plus", "file_active", "en file active"),
    ):
        nombre = aide.montants.get(montant)
        if nombre is not None:
            plus = (
                f"{nombre} patients de plus {mots}" if nombre else f"Aucun patient de plus {mots}"
            )
            phrases.append(f"{plus} : l’activité est à maintenir." if not nombre else f"{plus}.")
            continue
        lus = ("etp",) if aide.version == COLLECTIF else ("option_etp", RANG, base)
        if aide.version in (COLLECTIF, "avenant7"):
            attendus.update(dict.fromkeys(nom for nom in lus if nom in aide.manquants))
    if not phrases and not attendus:
        phrases.append(AU_CONTRAT)
    if aide.jour_des_objectifs is not None:
        phrases.append(f"À atteindre au plus tard le {date_en_clair(aide.jour_des_objectifs)}.")
    return Objectifs(tuple(phrases), tuple(attendus), _sources_des_objectifs(un))


def _sources_des_objectifs(un: ContratDAide) -> tuple[Citation, ...]:
    retenue = un.aide.base.regles.get(un.aide.conclusion.etabli.retenues["objectif-aide"] or "")
    lues = [] if retenue is None else list(retenue.sources)
    for alerte in un.aide.alertes:
        if alerte.code in _SUR_LES_OBJECTIFS:
            lues += un.aide.sources_de(alerte)
    return tuple({str(citation): citation for citation in lues}.values())


def quand(une: Echeance) -> str:
    """The day of a clock, and why this one when the readings differ."""
    if une.jour is None or not datee(une):
        return SANS_DATE
    return f"{date_en_clair(une.jour)}{', par prudence' if une.rivales else ''}"


def a_faire_avant(une: Echeance) -> str:
    """What to do of a clock that falls on a day off; empty on a working day."""
    return next((texte for code, texte, _ in une.alertes if code == JOUR_NON_OUVRE), "")


def condition(une: Echeance) -> str:
    """Why a clock may not run; empty when it does."""
    return next((texte for code, texte, _ in une.alertes if code == SOUS_CONDITION), "")
