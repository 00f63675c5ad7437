"""The letters as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LettresConfig(AppConfig):
    """What the branch writes, and the mails of each gesture."""

    name = "binome.lettres"
    label = "lettres"
    verbose_name = "Lettres"

    def ready(self) -> None:
        """Says what follows the gestures of dossiers, and what the journal says of mails."""
        from binome.dossiers.attaches import Attache, declarer_attaches  # noqa: PLC0415 - models must be ready first
        from binome.dossiers.flux import FLUX  # noqa: PLC0415 - the same
        from binome.dossiers.lignes import rattachee  # noqa: PLC0415 - the same
        from binome.dossiers.models import Dossier  # noqa: PLC0415 - the same
        from binome.dossiers.rayons import LETTRES  # noqa: PLC0415 - the same
        from binome.etagere import registre  # noqa: PLC0415 - the same
        from binome.gestes.suites import declarer_effets, declarer_suites  # noqa: PLC0415 - the same
        from binome.gestes.volets import TRAVAIL, Volet, declarer_volets  # noqa: PLC0415 - the same
        from binome.journal.catalogue import Evenement, declarer_evenements  # noqa: PLC0415 - the same
        from binome.journal.tables import declarer  # noqa: PLC0415 - the same
        from binome.lettres import de_suite  # noqa: PLC0415 - the same
        from binome.lettres.envois import EVENEMENTS  # noqa: PLC0415 - the same
        from binome.lettres.models import LettreDeSuite  # noqa: PLC0415 - the same
        from binome.lettres.parcours import suites_du_parcours  # noqa: PLC0415 - the same
        from binome.lettres.presences import (  # noqa: PLC0415 - the same
            suites_des_presences,
            suites_des_signatures,
        )
        from binome.lettres.prevenir import suites  # noqa: PLC0415 - the same
        from binome.lettres.registre import CHAMPS  # noqa: PLC0415 - the same
        from binome.lettres.titres import dire_la_delivrance, dire_le_retrait  # noqa: PLC0415 - the same
        from binome.parcours.flows import FLUX as PARCOURS  # noqa: PLC0415 - the same
        from binome.presences.flows import PRESENCES, SIGNATURES  # noqa: PLC0415 - the same
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same
        from binome.titres.flows import TITRES  # noqa: PLC0415 - the same

        declarer_effets(TITRES.nom, {"delivrer": dire_la_delivrance, "revoquer": dire_le_retrait})
        declarer_suites(FLUX.nom, suites())
        declarer_suites(PRESENCES.nom, suites_des_presences())
        declarer_suites(SIGNATURES.nom, suites_des_signatures())
        declarer_suites(PARCOURS.nom, suites_du_parcours())
        declarer_evenements(
            *EVENEMENTS,
            Evenement(de_suite.PREPAREE, "Une lettre qui suit la décision attend son sceau."),
            Evenement(de_suite.SCELLEE, "Une lettre qui suit la décision est scellée."),
        )
        declarer(rattachee(LettreDeSuite))
        declarer_champs(CHAMPS)
        declarer_attaches(
            Attache(
                "lettres", LettreDeSuite, lambda _: None, de_suite.archiver,
                tus=(de_suite.PREPAREE, de_suite.SCELLEE),
            )
        )  # fmt: skip
        registre.declarer(registre.Rangement(LETTRES, LettreDeSuite, "sceau", Dossier, "dossier"))
        declarer_volets(Volet(TRAVAIL, "espace/lettres_de_suite.html", de_suite.a_lire))
