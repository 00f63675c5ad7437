"""Messages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    """What is written about dossiers, and the texts that a branch writes often."""

    name = "binome.messagerie"
    label = "messagerie"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        """Declares its tables and entries to the journal, what it ties to dossiers, its part of their page."""
        from binome.bureau.marques import Marque, declarer_marques  # noqa: PLC0415 - models must be ready first
        from binome.dossiers.attaches import Attache, declarer_attaches  # noqa: PLC0415 - models must be ready first
        from binome.dossiers.lignes import rattachee  # noqa: PLC0415 - the same
        from binome.gestes.volets import HAUT, TRAVAIL, Volet, declarer_volets  # noqa: PLC0415 - the same
        from binome.journal.catalogue import Evenement, declarer_evenements  # noqa: PLC0415 - the same
        from binome.journal.tables import TableSuivie, declarer  # noqa: PLC0415 - the same
        from binome.messagerie import services  # noqa: PLC0415 - the same
        from binome.messagerie.models import Modele, Mot  # noqa: PLC0415 - the same
        from binome.messagerie.permissions import (  # noqa: PLC0415 - the same
            a_lire_sur_une_ligne,
            cote_de,
            messages_a_lire,
        )
        from binome.messagerie.registre import CHAMPS  # noqa: PLC0415 - the same
        from binome.messagerie.views import mots_a_lire, mots_dits  # noqa: PLC0415 - the same
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer(rattachee(Mot), TableSuivie(Modele, (), lambda numero: (f"modele:{numero}", "")))
        declarer_evenements(
            Evenement("mot.message", "La branche ou l’organisme écrit à l’autre."),
            Evenement("mot.lu", "La branche ou l’organisme dit avoir lu les messages de l’autre."),
            Evenement("mot.note", "La branche écrit une note interne."),
            Evenement("modele.garder", "La branche garde un texte qu’elle écrit souvent."),
            Evenement("modele.corriger", "La branche corrige un de ces textes."),
            Evenement("modele.oter", "La branche ôte un de ces textes."),
        )
        declarer_champs(CHAMPS)
        declarer_attaches(
            Attache("mots", Mot, services.effacer, services.archiver, tus=("mot.note",))
        )
        declarer_volets(
            Volet(HAUT, "espace/mots_a_lire.html", mots_a_lire),
            Volet(TRAVAIL, "espace/mots.html", mots_dits),
        )
        declarer_marques(
            Marque(
                code="messages",
                titre="Messages à lire",
                mot="message à lire",
                attendu="Une réponse, ou « C’est lu », les ôte d’ici.",
                un_seul="Message à lire",
                dossiers=lambda acteur: messages_a_lire(acteur).values("dossier"),
                sur_une_ligne=a_lire_sur_une_ligne,
                permise=lambda acteur, dossier: cote_de(acteur, dossier) is not None,
            )
        )
