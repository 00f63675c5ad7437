"""A word to who is named tutor: whose booklet they fill, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.services import AMettre, cle_pour, mettre_tous_en_file, plier
from binome.dossiers.destinataires import s_ecrit
from binome.socle.adresse_du_site import adresse_entiere
from binome.typographie import elider

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.livret.models import Tutorat


def prevenir_qui_est_nomme(tutorat: Tutorat, par: Acteur) -> bool:
    """Queues it; whether one leaves: none to who named themselves, nor of a made-up dossier."""
    parcours, tuteur = tutorat.parcours, tutorat.tuteur
    if tuteur.pk == par.personne.pk or not tuteur.is_active or not s_ecrit(parcours.dossier):
        return False
    courriel = plier(tuteur.courriel)
    reference = parcours.dossier.reference
    de_qui = elider("de", parcours.dossier.personne)
    mettre_tous_en_file(
        [
            AMettre(
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
        ]
    )
    return True
