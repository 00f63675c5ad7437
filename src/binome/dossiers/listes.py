"""Lists of dossiers: what an address asks for, and the query that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.dossiers.doublons import cle_de_recherche
from binome.dossiers.etats import OUVERTS, Etat
from binome.dossiers.models import Dossier
from binome.dossiers.portee import A_REGARDER, CLAIRES
from binome.dossiers.references import lire
from binome.listes.filtres import Filtre, entier, lu, parmi, texte
from binome.listes.pages import COMPTES, Ordre

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.dossiers.portee import Portee

A_EXAMINER: Final = "a_examiner"
EN_COURS: Final = "en_cours"
FILES: Final = {
    A_EXAMINER: "À examiner",
    CLAIRES: "Propositions claires",
    A_REGARDER: "Propositions à regarder",
    EN_COURS: "Tout ce qui est en cours",
}
"""Queues that are not one state: what waits for whom."""
PLUSIEURS: Final = {
    A_EXAMINER: (Etat.DEPOSE, Etat.COMPLETE),
    EN_COURS: (*OUVERTS, Etat.RECOURS),
}
"""The queues that gather several states."""
TRIS: Final = {
    "age": "Les plus anciens d’abord",
    "recent": "Les plus récents d’abord",
    "echeance": "Par échéance, s’il y en a une",
}
ORDRES: Final = {
    "age": Ordre("depuis"),
    "recent": Ordre("depuis", descend=True),
    "echeance": Ordre("echeance"),
}
PREMIER_JOUR: Final = date(2000, 1, 1)
ALERTES: Final = {"avec": "Avec alertes", "sans": "Sans alerte"}


@dataclass(frozen=True)
class FiltreDeDossiers(Filtre):
    """What the address of a list of dossiers asks for."""

    etat: str = lu(parmi(FILES, Etat.values))
    organisme: int | None = lu(entier(chiffres=11), None)
    alertes: str = lu(parmi(ALERTES))
    q: str = lu(texte(100))
    tri: str = lu(parmi(TRIS), "age")


def _dans_la_file(dossiers: QuerySet[Dossier], etat: str, portee: Portee) -> QuerySet[Dossier]:
    if not etat:
        return dossiers
    if etat in PLUSIEURS:
        return dossiers.filter(etat__in=PLUSIEURS[etat])
    return dossiers.filter(portee.de_l_etat(etat))


def _cherches(dossiers: QuerySet[Dossier], q: str) -> QuerySet[Dossier]:
    """By reference when what was typed reads as one, by folded names otherwise; one query to find them."""
    reference = lire(q)
    if reference is not None:
        return dossiers.filter(reference=reference)
    condition = Q()
    for mot in cle_de_recherche("", q).split():
        condition &= Q(recherche__contains=mot)
    if not condition:
        return dossiers.none()
    # Found first, in the names alone: reading every dossier to find none is slow. Few are found once.
    noms = Dossier.objects.filter(condition).order_by().values_list("pk", flat=True)
    trouves = list(noms[: COMPTES + 1])
    return dossiers.filter(pk__in=trouves if len(trouves) <= COMPTES else noms)


def lister(
    dossiers: QuerySet[Dossier], filtre: FiltreDeDossiers, portee: Portee
) -> QuerySet[Dossier]:
    """The dossiers that a filter keeps, for who reads them so."""
    return _dans_la_file(_retenus(dossiers, filtre), filtre.etat, portee)


def feuilleter(
    dossiers: QuerySet[Dossier], filtre: FiltreDeDossiers, portee: Portee
) -> tuple[QuerySet[Dossier], Ordre]:
    """The same dossiers and their order, ready to be cut into pages.

    The order names the states, when they are several, and the list then does not; what has a deadline is
    few, and walked in one index.
    """
    ordre, etats = ORDRES[filtre.tri], PLUSIEURS.get(filtre.etat) or portee.etats(filtre.etat)
    if len(etats) < 2 or ordre.champ == "echeance":
        return lister(dossiers, filtre, portee), ordre
    return _retenus(dossiers, filtre), ordre.parmi(*etats)


def _retenus(dossiers: QuerySet[Dossier], filtre: FiltreDeDossiers) -> QuerySet[Dossier]:
    """What a filter keeps, whatever the state."""
    lus = dossiers
    if filtre.organisme is not None:
        lus = lus.filter(organisme=filtre.organisme)
    if filtre.alertes:
        lus = lus.filter(alertes__gt=0) if filtre.alertes == "avec" else lus.filter(alertes=0)
    if filtre.tri == "echeance":
        lus = avec_echeance(lus)
    if filtre.q:
        lus = _cherches(lus, filtre.q)
    return lus


def avec_echeance(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those that have a deadline, few among many: found first, in their index alone."""
    presses = Dossier.objects.filter(echeance__gte=PREMIER_JOUR).order_by().values("pk")
    return dossiers.filter(pk__in=presses)
