"""The life of an object in words, out of its journal: when, what, by which side, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from binome.journal.histoire import EFFACE
from binome.journal.models import Entree
from binome.journal.secrets import Dechiffreur
from binome.journal.services import MOTIF

if TYPE_CHECKING:
    from binome.gestes.passage import M
    from binome.gestes.table import Flux, Geste

DIT_LE: Final = "le"
"""Where an entry says the day of what it tells, when it was written later: that of a made-up world."""
PAR: Final = "{par}"
"""Where a line says by whom, when that is not at its end."""
LUES: Final = 300
"""Entries that a story reads, the last ones."""


@dataclass(frozen=True)
class Moment:
    """One moment of the story; `fois` when the same gesture was made several times in a row."""

    instant: datetime
    geste: str
    mot: str
    par: str
    motif: str
    fois: int = 1
    marque: bool = True


def recit(flux: Flux[M], objet: M, *, interne: bool) -> list[Moment]:
    """The moments of an object, the last one first; of what is personal, reasons alone are deciphered.

    `interne`: who reads also reads what only concerns the side that examines.
    """
    gestes = {flux.evenement(un.nom): un for un in flux.table}
    entrees = list(
        Entree.objects.filter(objet=objet.objet, geste__in=gestes)
        .only("rang", "instant", "auteur", "geste", "motif", "apres", "sujet", "prive")
        .order_by("-rang")[:LUES]
    )
    motifs = _motifs(entrees, gestes)
    moments: list[Moment] = []
    for une in entrees:
        geste = gestes[une.geste]
        mot = geste.recit if isinstance(geste.recit, str) else geste.recit(une)
        if not mot or (geste.interne and not interne):
            continue
        motif = motifs[une.rang]
        par = flux.dits.get(flux.cote_de(objet, une.auteur) or geste.qui[0], "")
        if PAR in mot:
            mot, par = mot.replace(PAR, f" {par}" if par else ""), ""
        dernier = moments[-1] if moments else None
        if dernier is not None and dernier.mot == mot and not motif and not dernier.motif:
            moments[-1] = replace(dernier, fois=dernier.fois + 1)
            continue
        moments.append(Moment(_quand(une), geste.nom, mot, par, motif, 1, geste.marque))
    return moments


def _quand(entree: Entree) -> datetime:
    """The moment of an entry: the one that it says, else that of its writing."""
    dit = entree.apres.get(DIT_LE) if isinstance(entree.apres, dict) else None
    return datetime.fromisoformat(dit) if isinstance(dit, str) else entree.instant


def _motifs(entrees: list[Entree], gestes: dict[str, Geste[Any]]) -> dict[int, str]:
    """The reason of each entry, by rank: in clear in the oldest ones, deciphered in the others."""
    chiffrees = [une for une in entrees if une.prive and gestes[une.geste].motive]
    lecteur = Dechiffreur(une.sujet for une in chiffrees)
    motifs = {une.rang: une.motif for une in entrees}
    for une in chiffrees:
        prive = lecteur.lire(une.sujet, une.prive)
        motifs[une.rang] = motifs[une.rang] or (EFFACE if prive is None else prive.get(MOTIF, ""))
    return motifs
