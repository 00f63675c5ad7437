"""What waits, of aid contracts: duties past their day, for a caisse and for a practice; counts that lead to their list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from binome.comptes.roles import CPAM, EMPLOYEUR, GROUPEMENT
from binome.contrats_d_aide.etats import OUVERTS
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.espace.attendus import Attendu

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur

AVEC_UN_MENU: Final = (EMPLOYEUR, GROUPEMENT, CPAM)
"""Roles whose menu leads to aid contracts: others who sign as a doctor are led there by their home page."""
PASSEE: Final = "Une échéance est passée, et rien ne dit qu’elle est tenue."


def est_medecin(acteur: Acteur) -> bool:
    """Whether the account of somebody without a menu of contracts is tied to a doctor."""
    if acteur.soutien is not None or acteur.a_role(*AVEC_UN_MENU):
        return False
    return Medecin.objects.filter(personne=acteur.personne).exists()


def contrats_en_retard(acteur: Acteur) -> list[Attendu]:
    """The contracts of a caisse, or of a practice, whose next duty is past; nothing for others."""
    retard = Contrat.objects.filter(etat__in=OUVERTS, prochaine_le__lt=timezone.localdate())
    tous = []
    if caisses := acteur.organisations(CPAM):
        adresse = f"{reverse('contrats-de-la-caisse')}?periode=retard"
        tous.append((retard.filter(caisse__in=caisses), adresse))
    if cabinets := acteur.organisations(EMPLOYEUR):
        tous.append((retard.filter(signataire__in=cabinets), reverse("contrats-d-aide")))
    return [
        Attendu(nombre, "Contrats d’aide en retard", PASSEE, adresse, a_faire=True, un_seul="Contrat d’aide en retard")
        for lus, adresse in tous if (nombre := lus.order_by().count())
    ]  # fmt: skip
