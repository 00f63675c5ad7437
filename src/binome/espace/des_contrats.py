"""What waits, of aid contracts: duties past their day, for a caisse and for a practice; counts that lead to their list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from binome.comptes.roles import CPAM, EMPLOYEUR
from binome.contrats_d_aide.etats import OUVERTS
from binome.contrats_d_aide.models import Contrat
from binome.espace.attendus import Attendu

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur

PASSEE: Final = "Une échéance est passée, et rien ne dit qu’elle est tenue."


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
