"""To whom one writes about a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from binome.comptes.adresses_des_roles import adresses_de
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT
from binome.courrier.services import plier
from binome.dossiers.attribution import branches_qui_examinent
from binome.dossiers.employeurs.services import qui_suivent

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier


def s_ecrit(dossier: Dossier) -> bool:
    """Whether mails leave about it: never about a made-up one, but in a demonstration."""
    return settings.DEMONSTRATION or not dossier.exemple


def du_candidat(dossier: Dossier) -> list[str]:
    """The candidate's account, or the address that the dossier gives; none once erased."""
    if dossier.anonyme_le is not None:
        return []
    if dossier.candidat is not None:
        return [plier(dossier.candidat.courriel)] if dossier.candidat.is_active else []
    return [plier(dossier.courriel)] if dossier.courriel else []


def qui_gere(organisme: int) -> list[str]:
    """Who manages a training organisation, by its number."""
    return adresses_de([organisme], "gestionnaire")


def de_l_examen(branche: int | None, certification: str, exemple: bool) -> list[str]:
    """Who examines for a branch; for those that deliver the certification when none is named.

    Where nobody was given that role alone, who administers the branch.
    """
    qui = branches_qui_examinent(branche, certification, exemple=exemple)
    return adresses_de(qui, "examinateur") or adresses_de(qui, "administrateur")


def de_l_employeur(dossier: Dossier) -> list[str]:
    """Who answers for the employers that follow the dossier."""
    suivent = [un.pk for un in qui_suivent(dossier)]
    return adresses_de(suivent, EMPLOYEUR, GROUPEMENT) if suivent else []
