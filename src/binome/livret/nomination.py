"""A word to who is named tutor: whose booklet they fill, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.services import AMettre, cle_pour, mettre_tous_en_file, plier
from binome.dossiers.destinataires import s_ecrit
from binome.gestes.auteur import Maison
from binome.socle.adresse_du_site import adresse_entiere
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.acteur import Acteur
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
    parcours = tutorat.parcours
    courriel = plier(tutorat.tuteur.courriel)
    reference = parcours.dossier.reference
    de_qui = elider("de", parcours.dossier.personne)
    return AMettre(
        cle=cle_pour(f"livret:nommer:{tutorat.pk}", courriel),
        destinataire=courriel,
        sujet=f"Dossier {reference} : vous en êtes le tuteur ou la tutrice",
        gabarit="nouvelle",
        contexte={
            "phrase": f"{par.personne} vous confie le tutorat {de_qui}, pour {tutorat.employeur.nom}.",
            "suite": "Chaque semaine, une carte se remplit à deux, en une minute, et se signe.",
            "action": "Ouvrir la carte de la semaine",
            "adresse": adresse_entiere(reverse("livret", args=[parcours.pk])),
            "certification": "",
            "pourquoi": f"vous travaillez pour {tutorat.employeur.nom}",
            "demonstration": parcours.dossier.exemple,
        },
        expediteur=parcours.organisme.nom,
        ecrit_par=parcours.organisme_id,
        reference=reference,
        repondant=parcours.organisme_id,
    )
