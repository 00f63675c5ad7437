"""Passing a dossier from one state to another: the only place that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from binome.dossiers.flows import PASSAGES
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import cotes, pourquoi_pas
from binome.journal.lignes import Ligne
from binome.journal.services import MOTIF, Fait, ecrire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from binome.comptes.acteur import Acteur


class GesteImpossible(Exception):
    """A gesture that the flow does not allow here; its message is for the person."""


class Depasse(GesteImpossible):
    """Someone else changed the dossier meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Une autre personne a modifié ce dossier entre-temps. "
            "Relisez-le, puis recommencez si c’est encore utile."
        )


@transaction.atomic
def passer(
    dossier: Dossier,
    geste: str,
    acteur: Acteur,
    *,
    version: int,
    motif: str = "",
    change: dict[str, Any] | None = None,
    avant: dict[str, Any] | None = None,
    apres: dict[str, Any] | None = None,
    prive: dict[str, Any] | None = None,
    ensuite: Callable[[], Iterable[Ligne]] = tuple,
) -> Dossier:
    """Carries out one gesture of the flow on the version that the person saw, and writes it down.

    `ensuite` writes what goes with the state, once nobody else may pass the dossier, and names its rows.
    `change` names the columns to set with the state; `avant`, `apres` and `prive` go to the journal, and
    `motif`, which a person typed, among what is personal there.
    Raises Depasse when the dossier changed meanwhile, GesteImpossible otherwise.
    """
    passage = PASSAGES[geste]
    if not cotes(acteur, dossier).intersection(passage.qui):
        raise GesteImpossible(pourquoi_pas(acteur, dossier))
    if dossier.version != version:
        raise Depasse
    if dossier.etat not in passage.de:
        raise GesteImpossible(
            f"« {passage.mot} » n’est pas possible : le dossier est « {dossier.get_etat_display()} »."
        )
    raison = passage.garde(dossier)
    if raison is not None:
        raise GesteImpossible(raison)
    colonnes: dict[str, Any] = dict(change or {})
    if passage.vers is not None:
        colonnes["etat"] = passage.vers
    changes = Dossier.objects.filter(pk=dossier.pk, version=version, etat=dossier.etat).update(
        version=F("version") + 1, **colonnes
    )
    if not changes:
        raise Depasse
    siennes = [Ligne(Dossier, dossier.pk, tuple(colonnes))] if colonnes else []
    ecrire(
        Fait(
            f"dossier.{geste}",
            dossier.objet,
            auteur=acteur.nom_au_journal,
            avant={"etat": dossier.etat, **(avant or {})},
            apres={"etat": passage.vers or dossier.etat, **(apres or {})},
            sujet=dossier.sujet,
            prive={**(prive or {}), **({MOTIF: motif} if motif else {})},
            lignes=(*siennes, *ensuite()),
        )
    )
    dossier.version += 1
    for nom, valeur in colonnes.items():
        setattr(dossier, nom, valeur)
    return dossier
