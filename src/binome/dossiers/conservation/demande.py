"""A person asks to be erased: what can be is, the rest is kept for a reason that they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.dossiers.conservation.durees import durees
from binome.dossiers.conservation.effacement import anonymiser
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.journal.services import Fait, ecrire
from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


@dataclass(frozen=True)
class Sort:
    """What would become of one dossier, and why, in French."""

    dossier: Dossier
    efface: bool
    raison: str


def sorts(acteur: Acteur) -> list[Sort]:
    """What an erasure would do of each dossier of a person."""
    lus = Dossier.objects.filter(candidat=acteur.personne).order_by("pk")
    return [_sort(un) for un in lus]


def _sort(dossier: Dossier) -> Sort:
    if dossier.etat in (Etat.BROUILLON, Etat.RETIRE):
        return Sort(dossier, True, "Aucune décision n’en dépend : il peut être effacé.")
    if dossier.etat == Etat.CLOS and dossier.clos_le is not None:
        terme = durees()["clos"].terme(timezone.localdate(dossier.clos_le))
        return Sort(
            dossier,
            False,
            f"Une décision s’appuie sur lui, et doit pouvoir être expliquée : gardé jusqu’au {terme:%d/%m/%Y}.",
        )
    if dossier.etat in (Etat.DECIDE, Etat.RECOURS):
        return Sort(
            dossier,
            False,
            "Une décision est prise et peut être contestée : gardé jusqu’à son terme.",
        )
    return Sort(dossier, False, "Il est en cours d’examen. Retirez-le d’abord si vous y renoncez.")


def demander_l_effacement(acteur: Acteur) -> list[Sort]:
    """Erases what can be, and writes down the request; what was done of each dossier.

    Asked twice, it finds less to do. Raises GesteImpossible from who looks through their eyes, OSError
    when a file cannot be erased.
    """
    if acteur.soutien is not None:
        raise GesteImpossible("Vous regardez à la place de cette personne : rien ne s’efface.")
    voulus = sorts(acteur)
    ecrire(
        Fait(
            "effacement.demander",
            acteur.personne.sujet,
            auteur=acteur.nom_au_journal,
            apres={
                "effaces": [un.dossier.reference for un in voulus if un.efface],
                "gardes": {un.dossier.reference: un.dossier.etat for un in voulus if not un.efface},
            },
        )
    )
    for un in voulus:
        if un.efface:
            anonymiser(un.dossier.pk, auteur=acteur.nom_au_journal, motif="Demande de la personne")
    vider_le_journal_de_sqlite()
    return voulus
