"""The states of dossiers, the decisions in force and the open roles, beside what the journal last said of them."""

from __future__ import annotations

import logging
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from binome.comptes.models import Appartenance
from binome.dossiers.models import Decision, Dossier
from binome.journal.models import Entree

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTE = logging.getLogger(__name__)
DITES: Final = 100
"""Differences that the job writes in the log."""
LOT: Final = 500
"""How many rows are held at once: SQLite bounds the values of a query."""


class Difference(NamedTuple):
    """A row that is not what the journal says, and the last rank about it (0 for none); no value."""

    table: str
    cle: str
    colonne: str
    rang: int
    raison: str

    def __str__(self) -> str:
        ou = f"{self.table} {self.cle}, {self.colonne}"
        entree = f"dernière entrée {self.rang}" if self.rang else "aucune entrée"
        return f"{ou} : {self.raison} ({entree})"


SANS_ENTREE: Final = "aucune entrée ne le dit"
MANQUE: Final = "la ligne manque"
AUTRE: Final = "la valeur n’est pas celle du journal"


def differences() -> Iterator[Difference]:
    """Every difference of `dossier.etat`, of the decisions in force and of the open roles. Raises DatabaseError.

    A change committed meanwhile may be named: read again before concluding.
    """
    yield from _etats()
    yield from _decisions()
    yield from _dossiers_manquants()
    yield from _roles()


def _etats() -> Iterator[Difference]:
    dernier = 0
    while lot := list(
        Dossier.objects.filter(pk__gt=dernier)
        .order_by("pk")
        .values_list("pk", "reference", "etat")[:LOT]
    ):
        dits: dict[str, tuple[int, str]] = {}
        entrees = Entree.objects.filter(
            objet__in=[f"dossier:{reference}" for _, reference, _ in lot],
            geste__startswith="dossier.",
        ).order_by("rang")
        for rang, objet, apres in entrees.values_list("rang", "objet", "apres").iterator(2000):
            if "etat" in apres:
                dits[objet] = (rang, apres["etat"])
        for cle, reference, etat in lot:
            rang, dit = dits.get(f"dossier:{reference}", (0, ""))
            if dit != etat:
                raison = AUTRE if rang else SANS_ENTREE
                yield Difference("dossiers.dossier", str(cle), "etat", rang, raison)
        dernier = lot[-1][0]


DEFONT: Final = frozenset({"dossier.annuler", "dossier.revoir"})
"""The gestures after which no decision is in force."""


def _decisions() -> Iterator[Difference]:
    """The nature and the base of what is in force: what a letter says, and what a decision leans on."""
    dernier = 0
    while lot := list(
        Dossier.objects.filter(pk__gt=dernier).order_by("pk").values_list("pk", "reference")[:LOT]
    ):
        entrees = Entree.objects.filter(
            objet__in=[f"dossier:{reference}" for _, reference in lot],
            geste__in=("dossier.decider", *DEFONT),
        ).order_by("rang")
        dites: dict[str, tuple[int, dict[str, str]]] = {}
        for rang, geste, objet, apres in entrees.values_list("rang", "geste", "objet", "apres"):
            dites[objet] = (rang, {} if geste in DEFONT else apres)
        numeros = [numero for numero, _ in lot]
        en_vigueur = {
            decision.dossier_id: decision
            for decision in Decision.objects.filter(
                dossier__in=numeros, annulee_le__isnull=True
            ).order_by("pk")
        }
        for numero, reference in lot:
            rang, dite = dites.get(f"dossier:{reference}", (0, {}))
            decision = en_vigueur.get(numero)
            if decision is None:
                if dite:
                    yield Difference("dossiers.decision", reference, "annulee_le", rang, MANQUE)
                continue
            for colonne in ("nature", "base"):
                if dite.get(colonne) != getattr(decision, colonne):
                    raison = AUTRE if dite else SANS_ENTREE
                    yield Difference("dossiers.decision", str(decision.pk), colonne, rang, raison)
        dernier = lot[-1][0]


def _dossiers_manquants() -> Iterator[Difference]:
    apres = 0
    while lot := list(
        Entree.objects.filter(rang__gt=apres, geste="dossier.ouvrir")
        .order_by("rang")
        .values_list("rang", "objet")[:LOT]
    ):
        voulues = {objet.partition(":")[2]: rang for rang, objet in lot}
        la = set(
            Dossier.objects.filter(reference__in=voulues)
            .order_by("pk")
            .values_list("reference", flat=True)
        )
        for reference, rang in voulues.items():
            if reference not in la:
                yield Difference("dossiers.dossier", reference, "reference", rang, MANQUE)
        apres = lot[-1][0]


def _roles() -> Iterator[Difference]:
    """Roles are few: as many as people who act."""
    dits: dict[tuple[int, int, str], tuple[int, bool]] = {}
    entrees = Entree.objects.filter(Q(geste="role.donne") | Q(geste="role.retire"))
    lues = entrees.order_by("rang").values_list("rang", "geste", "objet", "avant", "apres")
    for rang, geste, objet, avant, apres in lues.iterator(2000):
        donne = geste == "role.donne"
        quoi = apres if donne else avant
        dits[(quoi["personne"], int(objet.partition(":")[2]), quoi["role"])] = (rang, donne)
    ouverts = Appartenance.objects.filter(close_le__isnull=True).order_by("pk")
    lus = ouverts.values_list("pk", "personne_id", "organisation_id", "role")
    for cle, qui_agit, ou, role in lus:
        rang, donne = dits.pop((qui_agit, ou, role), (0, False))
        if not donne:
            raison = AUTRE if rang else SANS_ENTREE
            yield Difference("comptes.appartenance", str(cle), "close_le", rang, raison)
    for (personne, organisation, _), (rang, donne) in dits.items():
        if donne:
            qui = f"personne {personne}, organisation {organisation}"
            yield Difference("comptes.appartenance", qui, "role", rang, MANQUE)


class TablesChangees(Exception):
    """Rows are not what the journal says of them; how many the job named."""


def veiller() -> int:
    """For the jobs: names in the log what differs, twice seen, and raises TablesChangees.

    What was only being written at the first reading is no longer there at the second.
    """
    vues = set(islice(differences(), DITES))
    restent = sorted(vues.intersection(islice(differences(), DITES))) if vues else []
    for difference in restent:
        _NOTE.error("journal : %s", difference)
    if restent:
        raise TablesChangees(str(len(restent)))
    return 0
