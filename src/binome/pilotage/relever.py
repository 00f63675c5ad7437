"""Takes a reading: every indicator, over every perimeter that has something to count, kept for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.pilotage.decouper import decouper
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lire import d_exemple, lire
from binome.pilotage.masques import cacher
from binome.pilotage.models import MesureRelevee, ReleveDuMois
from binome.pilotage.perimetres import GenreDePerimetre, Perimetre
from binome.regles.courante import base_courante
from binome.secret.seuils import seuils

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes

UN_LOT: Final = 1_000
"""Rows written at once."""
COMPARES: Final = 12
"""Readings before this one, of which a value that was shown is remembered."""


def mesurer(
    faits: FaitsComptes, montrees: Mapping[str, Mapping[Perimetre, int]] | None = None
) -> dict[str, dict[Perimetre, Mesuree]]:
    """Every indicator over every perimeter, what may not be shown already hidden; `montrees`: what was shown last."""
    par_perimetre = decouper(faits)
    tenus = seuils()
    return {
        code: cacher(
            indicateur,
            {
                ou: indicateur.mesurer(siens)
                for ou, siens in par_perimetre.items()
                if ou.genre in indicateur.genres
            },
            par_perimetre,
            (montrees or {}).get(code, {}),
            tenus,
        )
        for code, indicateur in INDICATEURS.items()
    }


def relever(au: date) -> ReleveDuMois:
    """The reading of a day, its rows and itself in one transaction. Raises ReglageRefuse, SecretImpossible."""
    faits = lire(au)
    mesurees = mesurer(faits, _montrees(au))
    with transaction.atomic():
        releve = ReleveDuMois.objects.create(
            au=au,
            fait_le=timezone.now(),
            base=base_courante().empreinte,
            exemple=d_exemple(),
        )
        MesureRelevee.objects.bulk_create(_lignes(releve, mesurees), batch_size=UN_LOT)
    return releve


def fin_du_mois_dernier() -> date:
    """The last day of the month that is over."""
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def relever_le_mois() -> int:
    """The reading of the month that is over, once; how many were taken. The job that does it looks once a day."""
    au = fin_du_mois_dernier()
    if ReleveDuMois.objects.filter(au=au).exists():
        return 0
    relever(au)
    return 1


def _lignes(
    releve: ReleveDuMois, mesurees: Mapping[str, Mapping[Perimetre, Mesuree]]
) -> Iterator[MesureRelevee]:
    for code, par in mesurees.items():
        for ou, une in par.items():
            yield MesureRelevee(
                releve=releve,
                indicateur=code,
                genre=ou.genre,
                perimetre=ou.code,
                valeur=une.valeur,
                numerateur=une.numerateur,
                denominateur=une.denominateur,
                lus=une.lus,
                total=une.total,
                pourquoi=une.pourquoi,
            )


def _montrees(au: date) -> dict[str, dict[Perimetre, int]]:
    """What the last readings before a day showed of territories, by indicator; the latest of each."""
    avant = (
        ReleveDuMois.objects.filter(au__lte=au).order_by("-au", "-pk").values_list("pk", flat=True)
    )
    lues = (
        MesureRelevee.objects.filter(
            releve__in=list(avant[:COMPARES]),
            genre__in=(GenreDePerimetre.REGION, GenreDePerimetre.DEPARTEMENT),
            valeur__isnull=False,
            indicateur__in=[un.code for un in INDICATEURS.values() if un.seuil == "personnes"],
        )
        .order_by("releve__au", "releve", "pk")
        .values_list("indicateur", "genre", "perimetre", "valeur")
    )
    rendues: dict[str, dict[Perimetre, int]] = {}
    for code, genre, ou, valeur in lues.iterator():
        if valeur is not None:
            rendues.setdefault(code, {})[Perimetre(genre, ou)] = valeur
    return rendues
