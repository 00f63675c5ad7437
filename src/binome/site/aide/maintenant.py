"""« Et maintenant » for the aid: what the practice does next, dated, with who, where and how long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.annonce import quand as jour_dit
from binome.agenda.contrat_d_aide import COLLECTIF
from binome.regles.calendrier import date_en_clair
from binome.site.simulateur.etapes_suivantes import dans_combien, lire_les_etapes

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.agenda.echeances import Echeance
    from binome.site.simulateur.etapes_suivantes import EtapeSuivante, Moment

FICHIER: Final = Path(__file__).parent / "etapes.yaml"
TROIS: Final = 3
AVENANT_7: Final = "avenant7"


def etapes() -> tuple[EtapeSuivante, ...]:
    """Every step, in the order of the file. Raises BaseInvalide."""
    return lire_les_etapes(FICHIER)


def etats(un: ContratDAide, aujourd_hui: date) -> set[str]:
    """What a contract is, as the file of the steps names it."""
    if not un.ouvert:
        return {"refus"}
    signature = un.aide.signature
    if signature is None or signature >= aujourd_hui:
        return {"collectif" if un.aide.version == COLLECTIF else "a_signer"}
    return {"signe", *([AVENANT_7] if un.aide.version == AVENANT_7 else [])}


def _quand(moment: Moment, signature: date | None, aujourd_hui: date) -> str:
    if moment == "maintenant":
        return f"Dès aujourd’hui, {date_en_clair(aujourd_hui)}"
    if signature is None:
        return "Avant l’embauche" if moment == "avant" else "Ensuite"
    if signature < aujourd_hui:
        return "Pendant le contrat"
    if signature == aujourd_hui:
        return "Aujourd’hui" if moment == "avant" else "Ensuite"
    loin = dans_combien(signature, aujourd_hui)
    dit = f"{date_en_clair(signature)}, {loin}"
    return f"Le {dit}" if moment == "avant" else f"À partir du {date_en_clair(signature)}"


def _prochaine(un: ContratDAide, aujourd_hui: date) -> Echeance | None:
    """The next clock that asks for something; None when none is to come."""
    venir = (une for une in un.datees if une.jour is not None and une.jour >= aujourd_hui)
    return next((une for une in venir if une.code != "anniversaire"), None)


def _en_page(une: Echeance, aujourd_hui: date) -> dict[str, Any]:
    jour = une.jour or aujourd_hui
    lue = une.de_la_plus_proche[0]
    return {
        "quand": f"Avant le {jour_dit(une)}",
        "titre": une.titre,
        "texte": f"{lue.motif.texte.rstrip('.')}.",
        "ou": None,
        "adresse": "",
        "duree": "Aujourd’hui."
        if jour == aujourd_hui
        else f"C’est {dans_combien(jour, aujourd_hui)}.",
        "sources": lue.motif.citations,
    }


def maintenant(un: ContratDAide, aujourd_hui: date) -> list[dict[str, Any]]:
    """The next steps of a contract, three at the most; what a running one owes next comes second."""
    vus, signature = etats(un, aujourd_hui), un.aide.signature
    dites = [
        une.en_page(_quand(une.quand, signature, aujourd_hui))
        for une in etapes()
        if vus & {*une.reponses}
    ]
    prochaine = _prochaine(un, aujourd_hui) if "signe" in vus else None
    if prochaine is not None:
        dites.insert(1, _en_page(prochaine, aujourd_hui))
    return dites[:TROIS]
