"""What the branch reads of the tasks beyond the trade: which task, where, how often; no person, no sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.dossiers.permissions import de_ses_branches
from binome.livret.etats import EtatDeGlissement
from binome.livret.models import Glissement
from binome.regles.taches import taches
from binome.reseau.volets import nom_du_departement
from binome.secret.seuils import montrable, repartition
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.comptes.acteur import Acteur
    from binome.regles.taches import Tache


@dataclass(frozen=True)
class TacheSignalee:
    """A task, in how many booklets it was read (None: fewer than the threshold), and where, by département of training."""

    tache: Tache
    livrets: int | None
    lieux: tuple[tuple[str, int], ...]


def taches_signalees(acteur: Acteur) -> list[TacheSignalee]:
    """What was passed on to the branches of a person, by task, the most frequent first; two queries."""
    transmis = Glissement.objects.filter(
        de_ses_branches(acteur, "appreciation__carte__parcours__dossier__"),
        etat=EtatDeGlissement.TRANSMIS,
    ).order_by("tache")
    lus = transmis.values_list("tache", "appreciation__carte__parcours").distinct()
    par_tache: dict[str, set[int]] = defaultdict(set)
    for tache, parcours in lus:
        par_tache[tache].add(parcours)
    departements = _departements({un for tous in par_tache.values() for un in tous})
    connues = {une.code: une for une in taches()}
    nombres = {code: len(tous) for code, tous in par_tache.items() if code in connues}
    ordre = sorted(nombres, key=lambda code: (-nombres[code], code))
    return [
        TacheSignalee(connues[code], montre, _lieux(par_tache[code], departements, montre))
        for code in ordre
        for montre in (montrable(nombres[code]),)
    ]


def _departements(parcours: set[int]) -> dict[int, str]:
    """Where each path was last enrolled to train."""
    inscrites = Inscription.objects.filter(parcours__in=parcours).order_by("pk")
    return dict(inscrites.values_list("parcours", "session__site__departement"))


def _lieux(
    parcours: set[int], departements: Mapping[int, str], montre: int | None
) -> tuple[tuple[str, int], ...]:
    """Where, when the task itself may be counted: a hidden count is told nowhere."""
    if montre is None:
        return ()
    nombres: dict[str, int] = defaultdict(int)
    for un in parcours:
        nombres[departements.get(un, "")] += 1
    montres = repartition(nombres)
    return tuple((_nom(code), montres[code]) for code in sorted(montres))


def _nom(code: str) -> str:
    return nom_du_departement(code) if code else "Lieu inconnu"
