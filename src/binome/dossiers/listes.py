"""Lists of dossiers: what an address asks for, and the query that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db.models import Q

from binome.dossiers.doublons import cle_de_recherche
from binome.dossiers.etats import OUVERTS, Etat
from binome.dossiers.models import Dossier
from binome.dossiers.pages import COMPTES, Ordre
from binome.dossiers.references import lire
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

A_EXAMINER: Final = "a_examiner"
CLAIRES: Final = "claires"
A_REGARDER: Final = "a_regarder"
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
class Filtre:
    """What the address asks for; what it cannot mean is left out."""

    etat: str = ""
    organisme: int | None = None
    alertes: str = ""
    q: str = ""
    tri: str = "age"

    def requete(self, **autres: object) -> str:
        """The filters as the address keeps them, some of them changed."""
        valeurs: dict[str, object] = {
            "etat": self.etat,
            "organisme": self.organisme or "",
            "alertes": self.alertes,
            "q": self.q,
            "tri": self.tri if self.tri != "age" else "",
            **autres,
        }
        return urlencode({nom: valeur for nom, valeur in valeurs.items() if valeur})

    @property
    def filtre(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.etat or self.organisme or self.alertes or self.q)


def lire_filtre(requete: QueryDict) -> Filtre:
    """The filters of an address."""
    etat, tri = requete.get("etat", ""), requete.get("tri", "age")
    alertes = requete.get("alertes", "")
    return Filtre(
        etat=etat if etat in FILES or etat in Etat.values else "",
        organisme=lire_entier(requete.get("organisme", ""), chiffres=11),
        alertes=alertes if alertes in ALERTES else "",
        q=" ".join(requete.get("q", "").split())[:100],
        tri=tri if tri in TRIS else "age",
    )


def _dans_la_file(dossiers: QuerySet[Dossier], etat: str) -> QuerySet[Dossier]:
    match etat:
        case "":
            return dossiers
        case "claires":
            return dossiers.filter(claire=True, etat=Etat.PROPOSITION)
        case "a_regarder":
            return dossiers.filter(claire=False, etat=Etat.PROPOSITION)
        case _:
            return dossiers.filter(etat__in=PLUSIEURS.get(etat, (etat,)))


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


def lister(dossiers: QuerySet[Dossier], filtre: Filtre) -> QuerySet[Dossier]:
    """The dossiers that a filter keeps."""
    return _dans_la_file(_retenus(dossiers, filtre), filtre.etat)


def feuilleter(dossiers: QuerySet[Dossier], filtre: Filtre) -> tuple[QuerySet[Dossier], Ordre]:
    """The same dossiers and their order, ready to be cut into pages.

    The order names the states, when they are several, and the list then does not; what has a deadline is
    few, and walked in one index.
    """
    ordre, etats = ORDRES[filtre.tri], PLUSIEURS.get(filtre.etat, ())
    if not etats or ordre.champ == "echeance":
        return lister(dossiers, filtre), ordre
    return _retenus(dossiers, filtre), ordre.parmi(*etats)


def _retenus(dossiers: QuerySet[Dossier], filtre: Filtre) -> QuerySet[Dossier]:
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
