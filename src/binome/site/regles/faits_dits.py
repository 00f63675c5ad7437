"""The facts of a dossier in words, and the address of the simulator's answer to them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from binome.habillage.saisie import en_saisie
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.faits import Dossier, Valeur


def dire_fait(base: Base, nom: str, valeur: Valeur | None) -> str:
    """One fact: `24 mois d’expérience au secrétariat médical`; what is unknown says so."""
    fait = base.faits[nom]
    if valeur is None:
        return f"sans réponse pour « {fait.libelle} »"
    return fait.constate(valeur)


def dire_faits(base: Base, dossier: Dossier) -> list[str]:
    """The facts that are known, in the order of the questions."""
    return [dire_fait(base, nom, valeur) for nom, valeur in dossier.items() if valeur is not None]


def requete(dossier: Dossier) -> str:
    """The query that holds these facts, as the simulator reads them."""
    connus = ((nom, valeur) for nom, valeur in dossier.items() if valeur is not None)
    faits = base_courante().entiere.faits
    return urlencode([(nom, un) for nom, valeur in connus for un in en_saisie(faits[nom], valeur)])


def adresse_de_la_reponse(base: Base, dossier: Dossier) -> str:
    """The page that answers these facts for a view; empty when none could be typed by a visitor."""
    faits = requete({nom: un for nom, un in dossier.items() if not base.faits[nom].interne})
    if not faits:
        return ""
    match base.question.nom:
        case "financement":
            page = reverse("qui-paie", args=["candidat"])
        case "aide" | "echeances":
            page = reverse("aide-resultat")
        case _:
            page = reverse("resultat", args=["candidat"])
    return f"{page}?{faits}"
