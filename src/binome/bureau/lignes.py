"""The lines of a list: what the base answers, what it warns of, how it ended, and for how long each dossier has waited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.cache import caches
from django.utils import timezone

from binome.bureau.attente import attente
from binome.bureau.filtres import A_CONFIRMER, voies
from binome.bureau.marques import marques
from binome.dossiers.bases import autre_que_par_defaut, base_de
from binome.dossiers.etats import Etat, Nature
from binome.dossiers.flows import A_LA_BRANCHE
from binome.dossiers.models import Decision
from binome.dossiers.points import points_tranches
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.metiers.reponse import titre_d_alerte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.bureau.attente import Attente
    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.regles.base import Base

DIX_MINUTES: Final = 600
DECLARES: Final = (Etat.DEPOSE, Etat.COMPLETE, Etat.A_COMPLETER, Etat.RETIRE)
"""The states where the answer of the list stands on what is declared."""
JUGES: Final = frozenset({Etat.ARRETE, Etat.DECIDE, Etat.RECOURS, Etat.CLOS})
"""The states where a decision may be in force."""


@dataclass(frozen=True)
class Ligne:
    """One dossier of a list. What the branch prepares is there for who reads it alone, and what was decided for
    who was told of it: empty for anyone else. `suspens` is what its proposal still hangs on, where it is asked for.
    """

    dossier: Dossier
    jours: int | None
    retard: bool
    certification: str = ""
    marques: tuple[str, ...] = ()
    reponse: str = ""
    declaree: bool = False
    heures: str = ""
    issue: str = ""
    alertes: tuple[str, ...] = ()
    suspens: tuple[str, ...] = ()

    @property
    def depose(self) -> str:
        """The day of the filing, in words; empty for a draft."""
        le = self.dossier.depose_le
        return "" if le is None else date_en_clair(timezone.localdate(le))

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
    """The lines of a page: two queries at most, whatever their number."""
    delai_lu = delai() if acteur.examine else None
    neuf = None if delai_lu is None else delai_lu.neuf
    mots = {code: _mots(code, acteur) for code in {un.certification for un in dossiers}}
    issues = _issues(dossiers, acteur)
    return [_ligne(un, neuf, mots[un.certification], issues.get(un.pk), acteur) for un in dossiers]


def _issues(dossiers: Sequence[Dossier], acteur: Acteur) -> dict[int, Nature]:
    """The decisions in force that a person knows of: the branch as soon as they are taken, its organisation once told."""
    siens = acteur.organisations("gestionnaire", "formateur")
    juges = {
        un.pk: un.examen_lu
        for un in dossiers
        if un.etat in JUGES and (un.examen_lu or un.organisme_id in siens)
    }
    if not juges:
        return {}
    prises = Decision.objects.filter(dossier__in=juges, annulee_le__isnull=True).order_by("pk")
    return {
        dossier: Nature(nature)
        for dossier, nature, notifiee in prises.values_list("dossier", "nature", "notifiee_le")
        if juges[dossier] or notifiee is not None
    }


class _Mots(NamedTuple):
    """What the lines of a certification are written with, read once for a page."""

    base: Base
    autre: str
    voies: Mapping[str, str]
    tranches: frozenset[str]


def _mots(certification: str, acteur: Acteur) -> _Mots:
    autre = autre_que_par_defaut(certification)
    return _Mots(
        base_de(certification),
        "" if autre is None else autre.nom,
        voies(),
        points_tranches(certification) if acteur.de_la_branche else frozenset(),
    )


def _ligne(
    dossier: Dossier, neuf: int | None, mots: _Mots, issue: Nature | None, acteur: Acteur
) -> Ligne:
    jours, marquee = _jours(dossier), marques(dossier, acteur)
    retard = jours is not None and neuf is not None and jours > neuf
    # Who was positioned elsewhere has no answer of the base, and no decision of the branch.
    if (
        dossier.depose_le is None
        or dossier.etat == Etat.AILLEURS
        or not (dossier.examen_lu or issue)
    ):
        return Ligne(dossier, jours, retard, mots.autre, marquee)
    if issue == Nature.REFUSE:
        return Ligne(dossier, jours, retard, mots.autre, marquee, issue=issue.label)
    ouvertes = dossier.signaux.split() if dossier.examen_lu else ()
    return Ligne(
        dossier,
        jours,
        retard,
        mots.autre,
        marquee,
        reponse=mots.voies.get(dossier.voie or A_CONFIRMER, dossier.voie),
        declaree=dossier.etat in DECLARES,
        heures="" if dossier.minutes is None else duree_en_clair(dossier.minutes),
        issue="" if issue is None else str(issue.label),
        alertes=tuple(
            titre_d_alerte(mots.base, code, dossier.entree)
            for code in ouvertes
            if code not in mots.tranches
        ),
    )


def _jours(dossier: Dossier) -> int | None:
    if dossier.depose_le is None or dossier.etat not in A_LA_BRANCHE:
        return None
    return max(0, (timezone.localdate() - timezone.localdate(dossier.depose_le)).days)
