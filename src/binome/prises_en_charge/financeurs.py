"""Which payer a request may name: one of Binôme, where somebody answers, or words, written one way by an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from binome.comptes.models import Appartenance, Organisation
from binome.comptes.roles import OPCO
from binome.gestes.refus import GesteImpossible
from binome.pliage import plier
from binome.prises_en_charge.models import PriseEnCharge

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from binome.parcours.models import Parcours


def payeurs_de(parcours: Parcours) -> QuerySet[Organisation]:
    """The payers of Binôme that a path may ask: those of the same world, made up or not."""
    return Organisation.objects.filter(genre=OPCO, exemple=parcours.organisme.exemple).order_by(
        "nom", "pk"
    )


def muets(payeurs: Collection[int]) -> frozenset[int]:
    """Those of these payers for whom nobody can answer today: a request sent there would wait for ever."""
    repondent = Appartenance.objects.filter(
        organisation__in=payeurs, role=OPCO, close_le__isnull=True
    )
    return frozenset(payeurs) - set(repondent.order_by().values_list("organisation", flat=True))


def deja_ecrits(organisme: int) -> list[str]:
    """The payers outside Binôme that an organisation named, each once: the spelling that it used most."""
    lus = PriseEnCharge.objects.filter(organisme=organisme, payeur__isnull=True)
    noms = (
        lus.values_list("autre_payeur").annotate(fois=Count("pk")).order_by("-fois", "autre_payeur")
    )
    uns: dict[str, str] = {}
    for nom, _ in noms:
        uns.setdefault(_cle(nom), nom)
    return sorted(uns.values(), key=plier)


def retenu(organisme: int, nom: str) -> str:
    """A payer's name as the organisation wrote it before, whatever its capitals, accents, hyphens or blanks; as it is, the first time."""
    if not nom:
        return nom
    cle = _cle(nom)
    return next((connu for connu in deja_ecrits(organisme) if _cle(connu) == cle), nom)


def verifier_le_financeur(parcours: Parcours, payeur: Organisation | None, nom: str) -> None:
    """Refuses a payer that a path may not ask, no name at all, and the name of one that reads its requests here. Raises GesteImpossible."""
    siens = list(payeurs_de(parcours))
    if payeur is not None:
        if payeur not in siens:
            raise GesteImpossible("Choisissez un financeur de la liste.", champ="payeur")
        return
    cle = _cle(nom)
    if not cle:
        raise GesteImpossible("Choisissez le financeur, ou écrivez son nom.", champ="autre_payeur")
    memes = [un for un in siens if _cle(un.nom) == cle]
    # Where nobody answers, its name is written, and its answer copied: it is the only way.
    if any(un.pk not in muets([un.pk]) for un in memes):
        raise GesteImpossible(
            f"{memes[0].nom} est dans Binôme : choisissez-le dans la liste, il lira votre demande.",
            champ="autre_payeur",
        )


def _cle(nom: str) -> str:
    """What two spellings of one name share."""
    return plier(nom).replace(" ", "")
