"""Paths as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    """What follows a notified decision, until the certificate."""

    name = "binome.parcours"
    label = "parcours"
    verbose_name = "Parcours"

    def ready(self) -> None:
        """Declares its tables and its flow to the journal, and what it does once a decision is notified."""
        from binome.dossiers.attaches import Attache, declarer_attaches  # noqa: PLC0415 - models must be ready first
        from binome.dossiers.flux import FLUX as DOSSIER  # noqa: PLC0415 - the same
        from binome.gestes.registre import declarer_flux, suivie  # noqa: PLC0415 - the same
        from binome.gestes.suites import declarer_effets  # noqa: PLC0415 - the same
        from binome.gestes.volets import ACTE, COTE, HAUT, Volet, declarer_volets  # noqa: PLC0415 - the same
        from binome.journal.catalogue import Evenement, declarer_evenements  # noqa: PLC0415 - the same
        from binome.journal.tables import declarer  # noqa: PLC0415 - the same
        from binome.parcours.flows import FLUX  # noqa: PLC0415 - the same
        from binome.parcours.models import Parcours  # noqa: PLC0415 - the same
        from binome.parcours.ouverture import (  # noqa: PLC0415 - the same
            arreter,
            ouvrir_d_ailleurs,
            ouvrir_les_parcours,
            ouvrir_les_suites,
            terminer_les_dossiers,
        )
        from binome.parcours.pages import (  # noqa: PLC0415 - the same
            a_accueillir,
            au_dossier,
            modules_du_parcours,
        )
        from binome.parcours.registre import (  # noqa: PLC0415 - the same
            CHAMPS,
            archiver,
            effacer,
        )
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer(suivie(Parcours, personnel=True))
        declarer_evenements(
            Evenement("parcours.garde", "Ce qui reste d’un parcours est redit, sans personne.")
        )
        declarer_flux(FLUX)
        declarer_effets(
            DOSSIER.nom,
            {"notifier": ouvrir_les_parcours, "accueillir": ouvrir_d_ailleurs, "retirer": arreter},
        )
        declarer_attaches(Attache("parcours", None, effacer, archiver))
        declarer_effets(
            FLUX.nom,
            {
                "transferer": ouvrir_les_suites,
                **dict.fromkeys(("abandonner", "certifier", "attester"), terminer_les_dossiers),
            },
        )
        declarer_champs(CHAMPS)
        declarer_volets(
            Volet(ACTE, "parcours/accueillir.html", a_accueillir),
            Volet(COTE, "parcours/volet.html", au_dossier),
            Volet(HAUT, "parcours/modules.html", modules_du_parcours, sur="parcours.parcours"),
        )
