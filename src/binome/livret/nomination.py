"""A word to who is named tutor: whose booklet they fill, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.courrier.services import mettre_tous_en_file
from binome.dossiers.destinataires import s_ecrit
from binome.gestes.auteur import Maison
from binome.livret.lettre import lettre_du_livret
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.acteur import Acteur
    from binome.courrier.services import AMettre
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.livret.models import Tutorat


def prevenir_qui_est_nomme(passages: Sequence[Passage[Tutorat]], par: Auteur) -> None:
    """Queues a mail to each: none to who named themselves, nor of a made-up dossier."""
    if isinstance(par, Maison):
        return
    mettre_tous_en_file(
        [
            _lettre(un.objet, par)
            for un in passages
            if un.objet.tuteur_id != par.personne.pk
            and un.objet.tuteur.is_active
            and s_ecrit(un.objet.parcours.dossier)
        ]
    )


def _lettre(tutorat: Tutorat, par: Acteur) -> AMettre:
    dossier, cabinet = tutorat.parcours.dossier, tutorat.employeur.nom
    de_qui = elider("de", dossier.personne)
    return lettre_du_livret(
        tutorat.parcours,
        tutorat.tuteur,
        cle=f"livret:nommer:{tutorat.pk}",
        sujet=f"Dossier {dossier.reference} : vous en êtes le tuteur ou la tutrice",
        phrase=f"{par.personne} vous confie le tutorat {de_qui}, pour {cabinet}.",
        suite="Chaque semaine, une carte se remplit à deux, en une minute, et se signe.",
        action="Ouvrir la carte de la semaine",
        pourquoi=f"vous travaillez pour {cabinet}",
    )
