"""The test app, as a room declares itself."""

from __future__ import annotations

from django.apps import AppConfig


class AtelierConfig(AppConfig):
    """A flow and its table."""

    name = "tests.gestes.atelier"
    label = "atelier"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declares the table to the journal, then the flow."""
        from binome.gestes.registre import declarer_flux  # noqa: PLC0415 - models must be ready first
        from binome.journal.tables import TableSuivie, declarer  # noqa: PLC0415 - the same
        from tests.gestes.atelier.flows import FLUX  # noqa: PLC0415 - the same
        from tests.gestes.atelier.models import Demande  # noqa: PLC0415 - the same

        sauf = {"version": "Un compteur : chaque entrée l’avance."}
        declarer(TableSuivie(Demande, (), lambda numero: (f"demande:{numero}", ""), sauf))
        declarer_flux(FLUX)
