"""The mails as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class CourrierConfig(AppConfig):
    """The outbox, the notices, and the claims of the runners."""

    name = "binome.courrier"
    label = "courrier"
    verbose_name = "Courrier"

    def ready(self) -> None:
        """Listens to the accounts."""
        from binome.courrier import invitations  # noqa: PLC0415 - models must be ready first

        invitations.ecouter()
        from binome.courrier.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
