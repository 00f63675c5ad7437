"""All contracts counted again under the rules of the day, by lots that a kill does not trouble; or tried under others, and left."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.contrats_d_aide.compter import Changements, compter_les_contrats, contrats_a_avancer
from binome.contrats_d_aide.models import Contrat, EcartDeContrat, RecompteDeContrats
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base

LOT: Final = 2_000
"""Contracts counted in one transaction."""
COMPTES: Final = ("lus", "horloges", "gagnent", "perdent", "incertains")


@contextmanager
def _sans_ramasser() -> Iterator[None]:
    """Counts without looks for garbage: a lot makes a hundred thousand tuples, none of them in a circle, and the rule bases are many.

    Python is left as it was.
    """
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()


def essayer(base: Base) -> Changements:
    """What every contract would become under a base; nothing is written."""
    changements, jusqu_a = Changements(), 0
    while numeros := _suite(jusqu_a):
        with _sans_ramasser():
            changements.ajouter(compter_les_contrats(numeros, base, ecrire=False, relire=False))
        jusqu_a = numeros[-1]
    return changements


def recompter(base: Base | None = None) -> int:
    """Counts a lot again where the rules, those of the day by default, have not counted all; then what time alone changed.

    How many were.
    """
    base = base or base_courante()
    dernier = RecompteDeContrats.objects.order_by("-commence_le", "-pk").first()
    if dernier is not None and dernier.base == base.empreinte:
        return avancer(base) if dernier.fini_le is not None else _un_lot(dernier.pk, base)
    if not _suite(0):
        return 0
    return _un_lot(_commencer(base), base)


@transaction.atomic
def _commencer(base: Base) -> int:
    """The row of a base that begins; of one that is taken up again after another, its counts begin anew."""
    # Two runners at once: the second one waits for the first, and finds its row.
    ligne, neuve = RecompteDeContrats.objects.select_for_update().get_or_create(
        base=base.empreinte, defaults={"commence_le": timezone.now()}
    )
    if not neuve:
        ligne.ecarts.all().delete()
        neufs = {
            "commence_le": timezone.now(),
            "fini_le": None,
            "jusqu_a": 0,
            **dict.fromkeys(COMPTES, 0),
        }
        for champ, valeur in neufs.items():
            setattr(ligne, champ, valeur)
        ligne.save(update_fields=list(neufs))
    return ligne.pk


@transaction.atomic
def _un_lot(recompte: int, base: Base) -> int:
    ligne = RecompteDeContrats.objects.select_for_update().get(pk=recompte)
    numeros = _suite(ligne.jusqu_a)
    if not numeros:
        ligne.fini_le = ligne.fini_le or timezone.now()
        ligne.save(update_fields=["fini_le"])
        return 0
    with _sans_ramasser():
        changements = compter_les_contrats(numeros, base, relire=False)
    EcartDeContrat.objects.bulk_create(
        [
            EcartDeContrat(recompte=ligne, contrat_id=contrat, avant_cents=avant, apres_cents=apres)
            for contrat, (avant, apres) in changements.argent.items()
        ],
        batch_size=500,
    )
    ligne.jusqu_a = numeros[-1]
    ligne.lus += changements.lus
    ligne.horloges += changements.horloges
    ligne.gagnent += len(changements.gagnent)
    ligne.perdent += len(changements.perdent)
    ligne.incertains += len(changements.incertains)
    ligne.save()
    return len(numeros)


@transaction.atomic
def avancer(base: Base | None = None) -> int:
    """The contracts of which a day has passed that nobody had anything to do for."""
    numeros = contrats_a_avancer(timezone.localdate())[:LOT]
    compter_les_contrats(numeros, base)
    return len(numeros)


def _suite(apres: int) -> list[int]:
    signes = Contrat.objects.filter(pk__gt=apres, signe_le__isnull=False).order_by("pk")
    return list(signes.values_list("pk", flat=True)[:LOT])
