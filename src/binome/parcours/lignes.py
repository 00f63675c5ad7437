"""What the journal does not tell of paths, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.parcours.models import ModuleSuivi

if TYPE_CHECKING:
    from django.db.models import Model

HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {
    ModuleSuivi: "Copié une fois de la décision du parcours ou de sa lettre, que l’entrée du dossier dit en entier.",
}
