"""The life of a dossier in words, out of its journal: when, what, by which side, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.dossiers.etats import EtatDePiece, MotifDeRefus, Nature
from binome.dossiers.flows import CANDIDAT, EXAMEN, ORGANISME, PASSAGES
from binome.journal.histoire import EFFACE
from binome.journal.models import Entree
from binome.journal.secrets import Lecteur
from binome.journal.services import MOTIF

if TYPE_CHECKING:
    from datetime import datetime

    from binome.dossiers.models import Dossier

MOTS: Final = {
    "dossier.ouvrir": "Dossier ouvert",
    "dossier.ecrire": "Renseignements enregistrés",
    "dossier.joindre": "Pièce ajoutée",
    "dossier.associer": "Employeur associé",
    "dossier.deposer": "Dossier déposé",
    "dossier.demander": "Complément demandé",
    "dossier.completer": "Dossier complété et renvoyé",
    "dossier.proposer": "Proposition préparée",
    "dossier.annuler": "Décision annulée",
    "dossier.contester": "Recours déposé",
    "dossier.maintenir": "Décision maintenue après recours",
    "dossier.revoir": "Décision à revoir après recours",
    "dossier.clore": "Dossier clos",
    "dossier.retirer": "Dossier retiré",
}
COTES: Final = {
    CANDIDAT: "par la personne candidate",
    ORGANISME: "par l’organisme",
    EXAMEN: "par la branche",
}
LUES: Final = 300
INTERNES: Final = frozenset({"dossier.proposer"})
"""What only concerns the branch while nothing is decided."""


@dataclass(frozen=True)
class Moment:
    """One moment of the story; `fois` when the same gesture was made several times in a row."""

    instant: datetime
    mot: str
    par: str
    motif: str
    fois: int = 1
    marque: bool = True


def _mot(une: Entree) -> str:
    if une.geste == "dossier.examiner":
        if une.apres.get("examen") == EtatDePiece.ACCEPTEE:
            return "Pièce acceptée"
        motif = une.apres.get("motif", "")
        dit = MotifDeRefus(motif).label if motif in MotifDeRefus.values else ""
        return f"Pièce refusée : {dit[:1].lower()}{dit[1:]}" if dit else "Pièce refusée"
    if une.geste == "dossier.decider":
        nature = une.apres.get("nature", "")
        dit = Nature(nature).label.lower() if nature in Nature.values else ""
        return f"Décision prise : {dit}" if dit else "Décision prise"
    return MOTS.get(une.geste, "")


def _par(une: Entree, dossier: Dossier) -> str:
    """The side that acted, never a name: the one the table allows, or the candidate when it is them."""
    if dossier.candidat_id is not None and une.auteur == f"personne:{dossier.candidat_id}":
        return COTES[CANDIDAT]
    passage = PASSAGES.get(une.geste.removeprefix("dossier."))
    if passage is None:
        return COTES[ORGANISME] if une.geste == "dossier.ouvrir" else ""
    return COTES[passage.qui[0]]


def _motifs(entrees: list[Entree]) -> dict[int, str]:
    """The reason of each entry, by rank: in clear in the oldest ones, deciphered in the others."""
    chiffrees = [une for une in entrees if une.prive and une.geste != "dossier.ecrire"]
    lecteur = Lecteur(une.sujet for une in chiffrees)
    motifs = {une.rang: une.motif for une in entrees}
    for une in chiffrees:
        prive = lecteur.lire(une.sujet, une.prive)
        motifs[une.rang] = motifs[une.rang] or (EFFACE if prive is None else prive.get(MOTIF, ""))
    return motifs


def recit(dossier: Dossier, *, de_la_branche: bool) -> list[Moment]:
    """The moments of a dossier, the last one first; of what is personal, reasons alone are deciphered."""
    entrees = (
        Entree.objects.filter(objet=dossier.objet)
        .only("rang", "instant", "auteur", "geste", "motif", "apres", "sujet", "prive")
        .order_by("-rang")[:LUES]
    )
    motifs = _motifs(list(entrees))
    moments: list[Moment] = []
    for une in entrees:
        mot = _mot(une)
        if not mot or (une.geste in INTERNES and not de_la_branche):
            continue
        motif = motifs[une.rang]
        dernier = moments[-1] if moments else None
        if dernier is not None and dernier.mot == mot and not motif and not dernier.motif:
            moments[-1] = Moment(
                dernier.instant, mot, dernier.par, "", dernier.fois + 1, dernier.marque
            )
            continue
        marque = une.geste not in ("dossier.ecrire", "dossier.joindre", "dossier.examiner")
        moments.append(Moment(une.instant, mot, _par(une, dossier), motif, 1, marque))
    return moments
