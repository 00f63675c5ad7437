"""What counting again under other rules changed for the contracts of one caisse: how many, which, by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, F, Q, Sum

from binome.contrats_d_aide.models import EcartDeContrat, RecompteDeContrats

if TYPE_CHECKING:
    from datetime import datetime

RECOMPTES: Final = 12
"""Changes of rules shown, the last first."""
ECARTS: Final = 100
"""Contracts of the last one that are shown, those that change most first."""


@dataclass(frozen=True)
class RecompteLu:
    """One change of rules: its contracts that gain, that lose, whose sum became known or unknown; cents gained less cents lost."""

    numero: int
    commence_le: datetime
    fini: bool
    base: str
    gagnent: int
    perdent: int
    incertains: int
    difference: int


def recomptes_de(caisse: int) -> list[RecompteLu]:
    """The last changes of rules, for a caisse, in one query."""
    siens = Q(ecarts__contrat__caisse=caisse)
    connus = siens & Q(ecarts__avant_cents__isnull=False, ecarts__apres_cents__isnull=False)
    plus = F("ecarts__avant_cents")
    lus = (
        RecompteDeContrats.objects.annotate(
            g=Count("ecarts", filter=connus & Q(ecarts__apres_cents__gt=plus)),
            p=Count("ecarts", filter=connus & Q(ecarts__apres_cents__lt=plus)),
            tous=Count("ecarts", filter=siens),
            d=Sum(F("ecarts__apres_cents") - F("ecarts__avant_cents"), filter=connus),
        )
        .order_by("-commence_le", "-pk")[:RECOMPTES]
    )  # fmt: skip
    return [
        RecompteLu(un.pk, un.commence_le, un.fini_le is not None, un.base, un.g, un.p, un.tous - un.g - un.p, un.d or 0)
        for un in lus
    ]  # fmt: skip


def ecarts_de(caisse: int, recompte: RecompteLu) -> list[EcartDeContrat]:
    """The contracts of a caisse that a change of rules changes most, those whose sum is unknown after the others."""
    return list(
        EcartDeContrat.objects.filter(recompte=recompte.numero, contrat__caisse=caisse)
        .annotate(de=F("apres_cents") - F("avant_cents"))
        .select_related("contrat__medecin", "contrat__societe")
        .order_by(F("de").asc(nulls_last=True), "contrat")[:ECARTS]
    )
