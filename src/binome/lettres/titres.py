"""Whom the gestures of a title tell, by mail: who holds it, in the name of who delivers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from binome.courrier.services import AMettre, mettre_tous_en_file
from binome.dossiers.destinataires import du_candidat, s_ecrit
from binome.lettres.lettre_du_parcours import lettre_du_parcours
from binome.titres.etats import MotifDeRetrait
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.titres.models import Titre


def dire_la_delivrance(passages: Sequence[Passage[Titre]], _: Auteur) -> None:
    """Queues a mail to each holder: what was delivered, and where it is."""
    mettre_tous_en_file(
        [
            une
            for un in passages
            for une in _lettres(
                un.objet,
                "delivrer",
                "un titre vous est délivré",
                f"{un.objet.emetteur.nom} vous délivre un titre : {minuscule(un.objet.get_nature_display())}, {un.objet.numero}.",
                "Son papier scellé se télécharge depuis la page de votre parcours. Gardez-en une copie.",
            )
        ]
    )


def dire_le_retrait(passages: Sequence[Passage[Titre]], _: Auteur) -> None:
    """Queues a mail to each holder: the title that no longer holds, and the reason of the list."""
    mettre_tous_en_file(
        [
            une
            for un in passages
            for une in _lettres(
                un.objet,
                "revoquer",
                "un titre est retiré",
                f"{un.objet.emetteur.nom} a retiré le titre {un.objet.numero}. Motif : "
                f"{minuscule(MotifDeRetrait(un.objet.motif_du_retrait).label)}.",
                f"Ce titre ne vaut plus. L’explication est sur sa page. Si vous n’êtes pas d’accord, écrivez à {un.objet.emetteur.nom}.",
            )
        ]
    )


def _lettres(titre: Titre, geste: str, sujet: str, phrase: str, suite: str) -> list[AMettre]:
    parcours = titre.parcours
    if not s_ecrit(parcours.dossier):
        return []
    return [
        replace(
            lettre_du_parcours(
                parcours,
                cle=f"titre:{geste}:{titre.pk}",
                courriel=courriel,
                sujet=sujet,
                phrase=phrase,
                suite=suite,
                action="Ouvrir le parcours",
                pourquoi="ce titre est le vôtre",
            ),
            expediteur=titre.emetteur.nom,
            ecrit_par=titre.emetteur_id,
            repondant=titre.emetteur_id,
        )
        for courriel in du_candidat(parcours.dossier)
    ]
