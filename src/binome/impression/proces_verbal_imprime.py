"""The minutes of a jury on paper, from what they said the day it closed: under which rules, who sat, what was decided of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import date_en_clair, heure_du_jour

if TYPE_CHECKING:
    from collections.abc import Mapping

SPECIMEN: Final = "SPÉCIMEN : règles d’essai, sans valeur."
ISSUES: Final = {"valide": "Validé", "ajourne": "Ajourné"}


@dataclass(frozen=True)
class ProcesVerbalImprime:
    """What minutes say, by their number, as they were frozen; `le` is the day when they were."""

    numero: int
    dit: Mapping[str, Any]
    le: date


def contenu_du_proces_verbal(un: ProcesVerbalImprime) -> dict[str, Any]:
    """What the template writes."""
    dit = un.dit
    jour = date_en_clair(date.fromisoformat(dit["jour"]))
    preside = next((une["nom"] for une in dit["membres"] if une["preside"]), "")
    titre = "Procès-verbal, après recours" if dit["du_recours"] else "Procès-verbal de jury"
    return {
        "titre": titre,
        "emetteur": dit["branche"],
        "phrase": f"{dit['certification']}, jury du {jour}",
        "regles": " ".join(
            un_mot
            for un_mot in (
                f"{dit['lieu']}." if dit["lieu"] else "",
                _de_quand_a_quand(dit),
                f"Présidence : {preside}." if preside else "",
            )
            if un_mot
        ),
        "sans_valeur": SPECIMEN if dit["essai"] else "",
        "parametres": _regles(dit["regles"]),
        "membres": [
            [une["nom"], une["college"], "oui" if une["exterieur"] else "non", _presence(une)]
            for une in dit["membres"]
        ],
        "candidats": [_candidat(une) for une in dit["candidats"]],
        "preside": preside,
        "mention": f"{SPECIMEN if dit['essai'] else 'Papier scellé.'} Toute modification du fichier rompt le sceau.",
        "pied": f"Procès-verbal n° {un.numero}, établi le {date_en_clair(un.le)}.",
        "date": [un.le.year, un.le.month, un.le.day],
    }


def _heure(texte: str) -> str:
    instant = datetime.fromisoformat(texte)
    return heure_du_jour(instant.hour, instant.minute)


def _de_quand_a_quand(dit: Mapping[str, Any]) -> str:
    if not dit["ouvert_le"] or not dit["clos_le"]:
        return ""
    return f"Séance ouverte à {_heure(dit['ouvert_le'])}, close à {_heure(dit['clos_le'])}."


def _presence(membre: Mapping[str, Any]) -> str:
    if membre["present"]:
        return "présent, préside" if membre["preside"] else "présent"
    return f"absent, pouvoir à {membre['pouvoir']}" if membre["pouvoir"] else "absent"


def _regles(regles: Mapping[str, Any] | None) -> list[str]:
    if regles is None:
        return []
    num, den = regles["exterieurs"]
    recours = regles["recours_jours"]
    return [
        f"Au moins {regles['presents']} personnes siègent, {regles['par_college']} de chaque collège.",
        f"Au moins {num} sur {den} vient de l’extérieur.",
        f"Une personne porte {regles['pouvoirs']} pouvoir au plus.",
        "Une décision demande plus de la moitié des voix de qui vote, présent ou représenté.",
        f"On conteste dans les {recours} jours." if recours is not None else "La branche n’a pas donné de délai pour contester.",
        f"Ces règles viennent de : {regles['source']}",
    ]  # fmt: skip


def _candidat(candidat: Mapping[str, Any]) -> dict[str, Any]:
    rang = candidat["tentative"]
    return {
        "titre": f"Dossier {candidat['reference']}",
        "phrases": [
            f"{rang}e présentation." if rang > 1 else "Première présentation.",
            *(["Retiré de ce jury : rien n’est décidé."] if candidat["retire"] else []),
            *(
                f"{un['nom']} n’a pas pris part au vote : {', '.join(un['raisons'])}."
                for un in candidat["ecartes"]
            ),
        ],
        "blocs": [
            [
                f"Bloc {un['bloc']}" + (f" : {un['titre']}" if un["titre"] else ""),
                ISSUES[un["issue"]],
                str(un["votants"]),
                str(un["pour"]),
                str(un["contre"]),
            ]
            for un in candidat["blocs"]
        ],
    }
