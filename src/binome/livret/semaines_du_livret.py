"""Every week of a path, from the last to the first: where its card stands, so that any of them is opened from the page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.livret.etats import CoteDuBinome, EtatDeSignatureDeCarte, MoyenDeCarte
from binome.livret.lecture import semaines_du
from binome.livret.models import CarteDeSemaine, SignatureDeCarte
from binome.livret.semaines import SEMAINE, lundi

if TYPE_CHECKING:
    from datetime import date

    from binome.parcours.models import Parcours


@dataclass(frozen=True)
class SemaineDuLivret:
    """A week in the list: in a word or two, and whether a signature was made there in the name of the reader."""

    lundi: date
    etat: str
    au_nom_du_lecteur: bool


def dernier_jour(parcours: Parcours) -> date:
    """Today, or the day that the path ended."""
    aujourd_hui = timezone.localdate()
    if parcours.fini_le is None:
        return aujourd_hui
    return min(aujourd_hui, timezone.localdate(parcours.fini_le))


def recentes(parcours: Parcours) -> list[date]:
    """The Mondays of the last weeks, those of the end where the path ended."""
    return semaines_du(parcours, dernier_jour(parcours))


def lundis_du(parcours: Parcours) -> list[date]:
    """Every Monday of a path, the last first."""
    fin = dernier_jour(parcours)
    debut = lundi(min(parcours.ouvert_le.date(), fin))
    return semaines_du(parcours, fin, (lundi(fin) - debut) // SEMAINE + 1)


def toutes_les_semaines(parcours: Parcours, cote: str) -> tuple[SemaineDuLivret, ...]:
    """The list, for a reader on a side (empty for none)."""
    ecrites = dict(
        CarteDeSemaine.objects.filter(parcours=parcours).order_by("pk").values_list("semaine", "pk")
    )
    signees: defaultdict[int, dict[str, str]] = defaultdict(dict)
    recues = SignatureDeCarte.objects.filter(
        carte__parcours=parcours, etat=EtatDeSignatureDeCarte.RECUE
    )
    for carte, de, moyen in recues.order_by("pk").values_list("carte", "cote", "moyen"):
        signees[carte][de] = moyen
    return tuple(
        SemaineDuLivret(
            un,
            _etat(un in ecrites, len(signees[ecrites.get(un, 0)])),
            signees[ecrites.get(un, 0)].get(cote, MoyenDeCarte.COMPTE) != MoyenDeCarte.COMPTE,
        )
        for un in lundis_du(parcours)
    )


def _etat(ecrite: bool, signatures: int) -> str:
    if signatures == len(CoteDuBinome):
        return "signée par les deux"
    if signatures:
        return "signée par une personne sur deux"
    return "à signer" if ecrite else "pas remplie"
