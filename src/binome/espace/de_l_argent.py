"""What waits, of money: for who answers for a payer, who asks one and bills, who employs; counts that lead to their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, OPCO
from binome.espace.attendus import Attendu
from binome.factures.emettre import a_facturer, avoirs_a_faire
from binome.factures.etats import EtatDAvance, EtatDeDepense, EtatDuReglementRecu
from binome.factures.models import Avance, Depense, Reglement
from binome.prises_en_charge.etats import EtatDePriseEnCharge, EtatDUnEtatDeService
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def du_payeur(acteur: Acteur) -> list[Attendu]:
    """The requests, the months and the expenses that wait for a payer; nothing for who answers for none."""
    siens = acteur.organisations(OPCO)
    if not siens:
        return []
    demandes = PriseEnCharge.objects.filter(payeur__in=siens, etat=EtatDePriseEnCharge.DEMANDEE)
    mois = EtatDeService.objects.filter(payeur__in=siens, etat=EtatDUnEtatDeService.ETABLI)
    depenses = Depense.objects.filter(payeur__in=siens, etat=EtatDeDepense.DECLAREE)
    liste = reverse("prises-en-charge")
    tous = [
        Attendu(demandes.order_by().count(), "Demandes de prise en charge", "Une réponse est attendue.", liste,
                a_faire=True, un_seul="Demande de prise en charge"),
        Attendu(mois.order_by().count(), "Mois à vérifier", "Ce qui est prouvé, et ce qui ne concorde pas.", liste,
                a_faire=True, un_seul="Mois à vérifier"),
        Attendu(depenses.order_by().count(), "Dépenses d’employeurs à vérifier", "Une réponse est attendue.",
                f"{reverse('argent')}#depenses-en-attente", a_faire=True, un_seul="Dépense d’employeur à vérifier"),
    ]  # fmt: skip
    return [un for un in tous if un.nombre]


def de_l_organisme(acteur: Acteur) -> list[Attendu]:
    """What an organisation has to do with money: requests prepared and not sent, months to bill, credit notes, payments to match."""
    gerees = acteur.organisations("gestionnaire")
    if not gerees:
        return []
    demandes = PriseEnCharge.objects.filter(organisme__in=gerees, etat=EtatDePriseEnCharge.PREPAREE)
    recus = Reglement.objects.filter(
        organisme__in=gerees, etat=EtatDuReglementRecu.A_RAPPROCHER
    ).order_by()
    argent = reverse("argent")
    tous = [
        Attendu(demandes.order_by().count(), "Demandes de prise en charge à envoyer",
                "Joignez les documents, puis envoyez.", reverse("prises-en-charge"), a_faire=True,
                un_seul="Demande de prise en charge à envoyer"),
        Attendu(a_facturer(gerees).order_by().count(), "Mois à facturer", "Acceptés et certifiés.",
                f"{argent}#a-facturer", a_faire=True, un_seul="Mois à facturer"),
        Attendu(avoirs_a_faire(gerees).order_by().count(), "Avoirs à faire",
                "Un mois facturé a changé depuis.", f"{argent}#avoirs", a_faire=True, un_seul="Avoir à faire"),
        Attendu(recus.count(), "Règlements à rapprocher", "Dites ce qu’ils paient.", f"{argent}#a-rapprocher",
                a_faire=True, un_seul="Règlement à rapprocher"),
    ]  # fmt: skip
    return [un for un in tous if un.nombre]


def de_l_employeur(acteur: Acteur) -> list[Attendu]:
    """What an employer, or a group of them, owes to who paid in its place; nothing for others."""
    siens = acteur.organisations(EMPLOYEUR, GROUPEMENT)
    if not siens:
        return []
    dues = Avance.objects.filter(employeur__in=siens, etat=EtatDAvance.DUE).order_by()
    un = Attendu(
        dues.count(), "Avances à rembourser", "Une personne en formation a payé à votre place.",
        f"{reverse('argent')}#avances", a_faire=True, un_seul="Avance à rembourser",
    )  # fmt: skip
    return [un] if un.nombre else []
