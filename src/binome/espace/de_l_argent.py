"""What waits for who answers for a payer, or asks one: counts that lead to their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.comptes.roles import OPCO
from binome.espace.attendus import Attendu
from binome.prises_en_charge.etats import EtatDePriseEnCharge, EtatDUnEtatDeService
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def du_payeur(acteur: Acteur) -> list[Attendu]:
    """The requests and the months that wait for a payer; nothing for who answers for none."""
    siens = acteur.organisations(OPCO)
    if not siens:
        return []
    demandes = PriseEnCharge.objects.filter(payeur__in=siens, etat=EtatDePriseEnCharge.DEMANDEE)
    mois = EtatDeService.objects.filter(payeur__in=siens, etat=EtatDUnEtatDeService.ETABLI)
    liste = reverse("prises-en-charge")
    tous = [
        Attendu(demandes.order_by().count(), "Demandes de prise en charge", "Une réponse est attendue.", liste,
                a_faire=True, un_seul="Demande de prise en charge"),
        Attendu(mois.order_by().count(), "Mois à vérifier", "Ce qui est prouvé, et ce qui ne concorde pas.", liste,
                a_faire=True, un_seul="Mois à vérifier"),
    ]  # fmt: skip
    return [un for un in tous if un.nombre]


def des_demandes(acteur: Acteur) -> list[Attendu]:
    """The requests that an organisation prepared and did not send."""
    gerees = acteur.organisations("gestionnaire")
    if not gerees:
        return []
    siennes = PriseEnCharge.objects.filter(organisme__in=gerees, etat=EtatDePriseEnCharge.PREPAREE)
    un = Attendu(
        siennes.order_by().count(), "Demandes de prise en charge à envoyer", "Joignez les documents, puis envoyez.",
        reverse("prises-en-charge"), a_faire=True, un_seul="Demande de prise en charge à envoyer",
    )  # fmt: skip
    return [un] if un.nombre else []
