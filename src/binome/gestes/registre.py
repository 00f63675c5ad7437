"""Every flow of the house: each room declares its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ImproperlyConfigured

from binome.journal.catalogue import declarer_evenements
from binome.journal.tables import TableSuivie, table_nommee

if TYPE_CHECKING:
    from binome.gestes.modele import Suivi
    from binome.gestes.table import Flux

_FLUX: Final[dict[str, Flux[Any]]] = {}


def suivie(modele: type[Suivi], *, personnel: bool = False) -> TableSuivie:
    """How the journal tells of a model under a flow: each row by the name of its object, all its columns but the version.

    `personnel`: its values are personal, under a key of its own.
    """
    nom = modele._meta.model_name

    def nommer(numero: int) -> tuple[str, str]:
        return f"{nom}:{numero}", f"{nom}:{numero}" if personnel else ""

    return TableSuivie(modele, (), nommer, {"version": "Un compteur : chaque entrée l’avance."})


def declarer_flux(*flux: Flux[Any]) -> None:
    """Makes flows known, and their gestures to the journal, which must already tell of their tables.

    Raises ValueError for a name already taken, ImproperlyConfigured for a table that the journal does not
    know: better at the start than at the first gesture.
    """
    for un in flux:
        if table_nommee(un.modele._meta.label_lower) is None:
            modele = un.modele.__name__
            raise ImproperlyConfigured(
                f"Le flux « {un.nom} » n’a pas de table suivie : le journal ne sait rien de {modele}. Dans le ready() "
                f"de son application, avant declarer_flux, écrivez : journal.tables.declarer(TableSuivie({modele}, (), "
                f'lambda numero: (f"{un.modele._meta.model_name}:{{numero}}", ""))). Voir docs/ajouter-un-flux.md.'
            )
        if _FLUX.setdefault(un.nom, un) is not un:
            raise ValueError(f"Le flux « {un.nom} » est déjà déclaré")
        declarer_evenements(*un.evenements())


def flux_de_la_maison() -> list[Flux[Any]]:
    """Every flow, by name."""
    return [_FLUX[nom] for nom in sorted(_FLUX)]


def flux_nomme(nom: str) -> Flux[Any] | None:
    """The flow of a name; None when no room declares it."""
    return _FLUX.get(nom)
