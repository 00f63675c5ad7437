"""The words of branches as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class BranchesConfig(AppConfig):
    """What a branch writes once for all its letters."""

    name = "binome.branches"
    label = "branches"
    verbose_name = "Branches"

    def ready(self) -> None:
        """Declares its table and its entry to the journal."""
        from binome.branches.models import TextesDeBranche  # noqa: PLC0415 - models must be ready first
        from binome.branches.services import CHAMPS, nom_des_textes  # noqa: PLC0415 - the same
        from binome.journal.catalogue import Evenement, declarer_evenements  # noqa: PLC0415 - the same
        from binome.journal.tables import TableSuivie, declarer  # noqa: PLC0415 - the same
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer(
            TableSuivie(
                TextesDeBranche, ("branche_id",), lambda _, numero: (nom_des_textes(numero), "")
            )
        )
        declarer_evenements(
            Evenement("branche.textes", "Une branche change les textes de ses lettres.")
        )
        declarer_champs(CHAMPS)
