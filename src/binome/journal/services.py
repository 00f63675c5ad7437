"""Appending to the journal, and forgetting a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from binome.journal.chaine import empreinte
from binome.journal.models import Cle, Entree, Tete
from binome.journal.secrets import chiffrer, cles_de

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEME = "systeme"
"""The author of what no person did."""


@dataclass(frozen=True, slots=True)
class Fait:
    """A change to write down. `prive` holds the personal values, about `sujet`.

    `pour` is the person that the author acted in the name of, when support looks through their eyes.
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


def ecrire(*faits: Fait) -> list[Entree]:
    """Appends entries, all or none, in the transaction of the change that they tell of."""
    return ecrire_tout(faits)


@transaction.atomic
def ecrire_tout(faits: Sequence[Fait]) -> list[Entree]:
    """The same for many at once: a few queries whatever their number, personal values included."""
    if not faits:
        return []
    Tete.objects.get_or_create(pk=1)
    tete = Tete.objects.select_for_update().get(pk=1)
    instant = timezone.now()
    cles = cles_de(fait.sujet for fait in faits if fait.prive)
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
            prive=chiffrer(cles[fait.sujet], fait.prive) if fait.prive else "",
            precedente=tete.empreinte,
        )
        entree.empreinte = empreinte(entree)
        tete.rang, tete.empreinte = entree.rang, entree.empreinte
        entrees.append(entree)
    Entree.objects.bulk_create(entrees, batch_size=500)
    tete.save(update_fields=["rang", "empreinte"])
    return entrees


@transaction.atomic
def oublier(sujet: str, *, auteur: str, motif: str) -> None:
    """Destroys the key of a subject: what the journal held of them can no longer be read."""
    Cle.objects.update_or_create(
        sujet=sujet, defaults={"valeur": None, "detruite_le": timezone.now()}
    )
    ecrire(Fait("oubli", sujet, auteur=auteur, motif=motif))
