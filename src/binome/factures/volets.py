"""What the pages by table add: the lines, the account and the paper of an invoice; the receipt of an expense; what a payment pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT
from binome.factures.comptes_de_factures import compte_de, comptes_de, deja_lettre
from binome.factures.etats import EtatDuReglementRecu, NatureDeFacture, RaisonDAvoir
from binome.factures.models import Facture
from binome.factures.permissions import ORGANISME, cotes_de_la_facture, factures_visibles
from binome.factures.regle_des_depenses import AVANCE, avis
from binome.factures.reglements import deja_dits
from binome.prises_en_charge.etats import TENUES, EtatDUnEtatDeService

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.factures.comptes_de_factures import CompteDeFacture
    from binome.factures.models import Avance, Depense, Reglement
    from binome.gestes.volets import GesteTente
    from binome.prises_en_charge.models import PriseEnCharge

LUES: Final = 200
MONTREES: Final = 10
"""Invoices of an organisation that are looked at, the last ones first, and those that are shown beside a payment."""


def volet_de_la_facture(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    facture: Facture,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """Its lines, who buys and who pays, what is left, its credit notes, and the way to one."""
    lignes = list(facture.lignes.select_related("etat_de_service", "avoir").order_by("pk"))
    est_facture = facture.nature == NatureDeFacture.FACTURE
    return {
        "facture": facture,
        "lignes": [
            {
                "ligne": une,
                "reprise": hasattr(une, "avoir"),
                "redite": une.etat_de_service.etat == EtatDUnEtatDeService.REMPLACE,
            }
            for une in lignes
        ],
        "compte": compte_de(facture) if est_facture else None,
        "avoirs": list(facture.avoirs.order_by("annee", "rang")),
        "lettrages": list(
            facture.lettrages.filter(defait_le__isnull=True).select_related("reglement").order_by("pk")
        ),
        "gere": facture.organisme_id in acteur.organisations("gestionnaire"),
        "fait_un_avoir": est_facture
        and ORGANISME in cotes_de_la_facture(acteur, facture)
        and any(not hasattr(une, "avoir") for une in lignes),
        "raisons": RaisonDAvoir.choices,
    }  # fmt: skip


def volet_de_la_depense(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,  # noqa: ARG001 - the same
    depense: Depense,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """What was spent, its receipt, and what the rules say of it."""
    return {"depense": depense, "avis": avis(depense.nature, proche=depense.proche)}


def volet_de_l_avance(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,  # noqa: ARG001 - the same
    avance: Avance,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """What was advanced, and the sentence of law until it is paid back."""
    return {"avance": avance, "phrase_du_droit": AVANCE}


def volet_du_reglement(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,  # noqa: ARG001 - the same
    reglement: Reglement,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """What came in, what it pays, what is left of it."""
    lettrages = reglement.lettrages.filter(defait_le__isnull=True).select_related("facture")
    paye = deja_lettre([reglement.pk]).get(reglement.pk, 0)
    return {
        "reglement": reglement,
        "lettrages": list(lettrages.order_by("pk")),
        "libre": reglement.montant_cents - paye,
        "attendent": _ce_qu_il_peut_payer(reglement, reglement.montant_cents - paye),
        "deja_dits": []
        if reglement.etat == EtatDuReglementRecu.ECARTE
        else deja_dits(reglement)[:MONTREES],
    }


def _ce_qu_il_peut_payer(reglement: Reglement, libre: int) -> list[CompteDeFacture]:
    """The invoices that wait for money, those of exactly what is left of a payment first."""
    if libre <= 0 or reglement.etat != EtatDuReglementRecu.A_RAPPROCHER:
        return []
    siennes = Facture.objects.filter(
        organisme=reglement.organisme_id, nature=NatureDeFacture.FACTURE
    ).order_by("-echeance", "-pk")
    dues = [un for un in comptes_de(siennes[:LUES]) if un.reste_cents > 0]
    return sorted(dues, key=lambda un: un.reste_cents != libre)[:MONTREES]


def argent_de_la_prise(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,
    prise: PriseEnCharge,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The invoices of an agreement, and what each may do with its money; None before it is agreed."""
    if prise.etat not in TENUES:
        return None
    return {
        "prise": prise,
        "factures": list(
            factures_visibles(acteur).filter(prise_en_charge=prise).order_by("-annee", "-rang", "-pk")
        ),
        "facture": prise.organisme_id in acteur.organisations("gestionnaire"),
        "emploie": prise.employeur_id in acteur.organisations(EMPLOYEUR, GROUPEMENT),
        "suit": acteur.soutien is None
        and prise.employeur_id is not None
        and prise.parcours.dossier.candidat_id == acteur.personne.pk,
    }  # fmt: skip
