"""Appending to the journal, and forgetting a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.journal import effacements, trousseau
from binome.journal.catalogue import verifier_les_noms
from binome.journal.chaine import empreinte
from binome.journal.lignes import MAISON, LigneEcrite, LigneEnBase, graver, lire
from binome.journal.models import Entree, Oubli, Tete
from binome.journal.secrets import chiffrer, cles_de

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SYSTEME = "systeme"
"""The author of what no person did."""

MOTIF: Final = "motif"
"""Where `prive` holds the reason that a person typed: it may name somebody."""


@dataclass(frozen=True, slots=True)
class Ecriture:
    """A change to write down. `prive` holds the personal values, about `sujet`.

    `motif` stays for ever: it comes from a closed list, or is about no person. What someone typed about
    a subject is in `prive`, under MOTIF.

    `pour` is the person that the author acted in the name of, when support looks through their eyes.

    `lignes` names the rows that the change wrote, in the tables that the journal tells of: written
    before the entry, they are read again by it.
    """

    geste: str
    objet: str
    auteur: str = SYSTEME
    motif: str = ""
    avant: dict[str, Any] = field(default_factory=dict)
    apres: dict[str, Any] = field(default_factory=dict)
    sujet: str = ""
    prive: dict[str, Any] = field(default_factory=dict)
    pour: str = ""
    lignes: tuple[LigneEcrite, ...] = ()


def ecrire(*faits: Ecriture) -> list[Entree]:
    """Appends entries, all or none, in the transaction of the change that they tell of."""
    return ecrire_tout(faits)


@transaction.atomic
def ecrire_tout(faits: Sequence[Ecriture]) -> list[Entree]:
    """The same for many at once: a few queries whatever their number, personal values included.

    Raises ValueError for a gesture that no room declares, or a row told under another object than its own.
    """
    if not faits:
        return []
    verifier_les_noms(fait.geste for fait in faits)
    # Before the lock of the head, which everyone waits for.
    lues = lire(ligne for fait in faits for ligne in fait.lignes)
    _verifier_les_objets(faits, lues)
    tete = _prendre_la_tete()
    instant = timezone.now()
    cles = cles_de(_sujets(faits, lues))
    entrees: list[Entree] = []
    for fait in faits:
        entree = Entree(
            rang=tete.rang + 1,
            instant=instant,
            auteur=fait.auteur,
            pour=fait.pour,
            geste=fait.geste,
            objet=fait.objet,
            motif=fait.motif,
            avant=fait.avant,
            apres=fait.apres,
            sujet=fait.sujet,
            prive=chiffrer(cles.get(fait.sujet), fait.prive) if fait.prive else "",
            lignes=[graver(ligne, lues[ligne], cles) for ligne in fait.lignes],
            precedente=tete.empreinte,
        )
        entree.empreinte = empreinte(entree)
        tete.rang, tete.empreinte = entree.rang, entree.empreinte
        entrees.append(entree)
    Entree.objects.bulk_create(entrees, batch_size=500)
    tete.save(update_fields=["rang", "empreinte"])
    return entrees


def _prendre_la_tete() -> Tete:
    """The head, which this transaction holds to its end; made where there is none yet."""
    tetes = Tete.objects.select_for_update()
    if (tete := next(iter(tetes.filter(pk=1).order_by()), None)) is not None:
        return tete
    Tete.objects.get_or_create(pk=1)
    return tetes.get(pk=1)


def _verifier_les_objets(
    faits: Sequence[Ecriture], lues: Mapping[LigneEcrite, LigneEnBase | None]
) -> None:
    """A row is always told under one object, so that whoever reads its story reads all of it."""
    for fait in faits:
        for ligne in fait.lignes:
            lue = lues[ligne]
            if lue is not None and lue.objet != fait.objet:
                raise ValueError(f"{fait.geste} dit de {fait.objet} une ligne de {lue.objet}")


def _sujets(faits: Sequence[Ecriture], lues: Mapping[LigneEcrite, LigneEnBase | None]) -> set[str]:
    """Whose keys the entries need."""
    sujets = {fait.sujet for fait in faits if fait.prive}
    sujets.update(lue.sujet for lue in lues.values() if lue is not None and lue.sujet)
    return sujets | {MAISON} if lues else sujets


@transaction.atomic
def oublier(sujet: str, *, auteur: str, motif: str, repere: str = "") -> None:
    """Forgets a subject: what the journal held of them can no longer be read.

    The key goes once the transaction has committed, and never if it does not. `motif` names nobody.
    """
    oublier_tous({sujet: repere}, auteur=auteur, motif=motif)


def oublier_tous(sujets: Mapping[str, str], *, auteur: str, motif: str) -> None:
    """The same for many, each with what tells it from another, in a number of queries that does not follow theirs."""
    if not sujets:
        return
    instant = timezone.now()
    Oubli.objects.bulk_create(
        [Oubli(sujet=un, repere=repere, demande_le=instant) for un, repere in sujets.items()],
        ignore_conflicts=True,
    )
    ecrire_tout([Ecriture("oubli", un, auteur=auteur, motif=motif) for un in sujets])
    # One that fails is taken again by the jobs.
    transaction.on_commit(parfaire, robust=True)


def parfaire() -> int:
    """Carries out, outside the database, what it says is forgotten; how many subjects. Raises OSError.

    The register first: a key that is gone without a line there could come back with a backup.
    """
    attendent = list(Oubli.objects.filter(fait_le__isnull=True).order_by("pk")[:500])
    if not attendent:
        return 0
    effacements.inscrire(attendent)
    trousseau.detruire(un.sujet for un in attendent)
    Oubli.objects.filter(pk__in=[un.pk for un in attendent]).update(fait_le=timezone.now())
    return len(attendent)
