"""Finding dossiers by what people have before them: a name, an address, a number, a part of a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.db.models import Q

from binome.comptes.models import Organisation
from binome.comptes.roles import ORGANISME
from binome.dossiers.models import Dossier
from binome.listes.pages import COMPTES
from binome.pliage import coller_les_nombres, plier
from binome.socle.references import lire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

MINUTE = 60
SIREN = 9
"""Figures that name an enterprise; a SIRET begins with them."""


def organismes() -> list[tuple[int, str]]:
    """The training organisations, by name."""
    return [(pk, nom) for pk, nom, _ in _connus()]


def _connus() -> list[tuple[int, str, str]]:
    """The number, the name and the SIRET of each training organisation, read again every minute."""
    lus: list[tuple[int, str, str]] | None = caches["processus"].get("organismes")
    if lus is None:
        lus = list(
            Organisation.objects.filter(genre=ORGANISME)
            .order_by("nom", "pk")
            .values_list("pk", "nom", "identifiant")
        )
        caches["processus"].set("organismes", lus, MINUTE)
    return lus


def chercher(dossiers: QuerySet[Dossier], q: str, *, en_entier: bool) -> QuerySet[Dossier]:
    """The dossiers that hold every word; `en_entier` for who reads all that a dossier says of its candidate.

    Others find by the name and the whole reference: a count would tell them of an address or of a number.
    """
    reference = lire(q)
    if reference is not None:
        return dossiers.filter(reference=reference)
    mots = plier(coller_les_nombres(q)).split()
    if not mots:
        return dossiers.none()
    champ = "trouvable" if en_entier else "recherche"
    trouves = Q(pk__in=_premiers(_tous(champ, mots)))
    return (
        dossiers.filter(trouves | _chez_un_organisme(mots))
        if en_entier
        else dossiers.filter(trouves)
    )


def _tous(champ: str, mots: Iterable[str]) -> Q:
    condition = Q()
    for mot in mots:
        condition &= Q(**{f"{champ}__contains": mot})
    return condition


def _premiers(condition: Q) -> Any:
    """Found first, in one index alone: reading every dossier to find none is slow. Few are found once."""
    lus = Dossier.objects.filter(condition).order_by().values_list("pk", flat=True)
    trouves = list(lus[: COMPTES + 1])
    return trouves if len(trouves) <= COMPTES else lus


def _chez_un_organisme(mots: Sequence[str]) -> Q:
    """The words that name training organisations, and what is left of them among their dossiers.

    A SIREN or a SIRET names one as well.
    """
    dits = [(pk, plier(nom), identifiant) for pk, nom, identifiant in _connus()]
    nommes = [mot for mot in mots if any(_nomme(mot, *dit) for _, *dit in dits)]
    siens = [pk for pk, *dit in dits if nommes and all(_nomme(mot, *dit) for mot in nommes)]
    if not siens:
        return Q(pk__in=())
    return Q(organisme__in=siens) & _tous("trouvable", [mot for mot in mots if mot not in nommes])


def _nomme(mot: str, nom: str, identifiant: str) -> bool:
    """Whether a word is of the name of an organisation, or its number from the SIREN on."""
    return mot in nom or (mot.isdigit() and len(mot) >= SIREN and identifiant.startswith(mot))
