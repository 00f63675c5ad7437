"""The lines of a list: what the base answers, what it warns of, and for how long each dossier has waited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.cache import caches
from django.utils import timezone

from binome.bureau.filtres import A_CONFIRMER, voies
from binome.dossiers.attente import attente
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.flows import A_LA_BRANCHE
from binome.dossiers.points import points_tranches
from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.reponse import textes_des_alertes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.dossiers.attente import Attente
    from binome.dossiers.models import Dossier

DIX_MINUTES: Final = 600
MOTS: Final = 9
"""Words of an alert that a line shows."""


@dataclass(frozen=True)
class Ligne:
    """One dossier of a list, with what only who examines it reads: empty for anyone else."""

    dossier: Dossier
    reponse: str
    declaree: bool
    heures: str
    alertes: tuple[str, ...]
    jours: int | None
    retard: bool

    @property
    def attend(self) -> str:
        """For how long it has waited for the branch, in words; empty when it waits for someone else."""
        if self.jours is None:
            return ""
        if self.jours == 0:
            return "déposé aujourd’hui"
        return f"{self.jours} jour{'s' if self.jours > 1 else ''} d’attente"


def delai() -> Attente | None:
    """The delay of the last decisions, read again every ten minutes."""
    lu: Attente | bool | None = caches["processus"].get("attente", False)
    if isinstance(lu, bool):
        lu = attente()
        caches["processus"].set("attente", lu, DIX_MINUTES)
    return lu


def lignes(dossiers: Sequence[Dossier], acteur: Acteur) -> list[Ligne]:
    """The lines of a page; what the branch prepares is told of the dossiers whose examination is read."""
    if not acteur.de_la_branche:
        return [_ligne(un) for un in dossiers]
    delai_lu = delai()
    neuf = None if delai_lu is None else delai_lu.neuf
    mots = {
        code: _Mots(voies(), textes_des_alertes(base_de(code)), points_tranches(code))
        for code in {un.certification for un in dossiers}
    }
    return [_ligne(un, neuf, mots[un.certification] if un.examen_lu else None) for un in dossiers]


class _Mots(NamedTuple):
    """What the lines of a certification are written with, read once for a page."""

    voies: Mapping[str, str]
    alertes: Mapping[str, str]
    tranches: frozenset[str]


def _ligne(dossier: Dossier, neuf: int | None = None, mots: _Mots | None = None) -> Ligne:
    jours = _jours(dossier)
    retard = jours is not None and neuf is not None and jours > neuf
    if mots is None or dossier.depose_le is None:
        return Ligne(dossier, "", False, "", (), jours, retard)
    ouvertes = [code for code in dossier.signaux.split() if code not in mots.tranches]
    return Ligne(
        dossier,
        mots.voies.get(dossier.voie or A_CONFIRMER, dossier.voie),
        dossier.etat in (Etat.DEPOSE, Etat.COMPLETE, Etat.A_COMPLETER, Etat.RETIRE),
        "" if dossier.minutes is None else duree_en_clair(dossier.minutes),
        tuple(_debut(mots.alertes.get(code, code)) for code in ouvertes),
        jours,
        retard,
    )


def _jours(dossier: Dossier) -> int | None:
    if dossier.depose_le is None or dossier.etat not in A_LA_BRANCHE:
        return None
    return max(0, (timezone.localdate() - timezone.localdate(dossier.depose_le)).days)


def _debut(texte: str) -> str:
    """The first words of an alert, whole where they are few."""
    mots = texte.split()
    return texte if len(mots) <= MOTS else f"{' '.join(mots[:MOTS]).rstrip(',;.')}…"
