"""What the pages by table add: the agreements of a path; the figures of an agreement, of a month, of a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT
from binome.parcours.etats import EN_COURS
from binome.parcours.permissions import visibles as parcours_visibles
from binome.prises_en_charge.certificats import a_refaire
from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    OUVERTES,
    EtatDeCertificat,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
    VoieDePaiement,
)
from binome.prises_en_charge.exigences import (
    documents_manquants,
    horloges,
    source_des_documents,
)
from binome.prises_en_charge.financeurs import muets
from binome.prises_en_charge.formulaires import FormulaireDeDocument
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from binome.prises_en_charge.officiels import a_un_formulaire
from binome.prises_en_charge.payerait import controler
from binome.prises_en_charge.permissions import (
    ORGANISME,
    cotes,
    etats_visibles,
    organismes,
    visibles,
)
from binome.sessions.models import Creneau
from binome.sessions.programme import intitule_du_creneau

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import Parcours
    from binome.prises_en_charge.models import CertificatDeRealisation

ORDRE: dict[str, int] = {str(un): rang for rang, un in enumerate(VoieDePaiement.values)}


def prises_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """Its agreements for who reads them, and the way to ask for one. None for others."""
    siennes = list(
        visibles(acteur)
        .filter(parcours=parcours)
        .exclude(etat=EtatDePriseEnCharge.REMPLACEE)
        .order_by("pk")
    )
    demande = parcours.organisme_id in organismes(acteur) and parcours.etat in EN_COURS
    if not siennes and not demande:
        return None
    return {
        "parcours": parcours,
        "prises": siennes,
        "demande": demande,
        "sien": parcours.dossier.candidat_id == acteur.personne.pk,
    }


def la_prise(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,
    prise: PriseEnCharge,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """What is asked and agreed, its clocks, its documents, its months, its versions."""
    siens = cotes(acteur, prise)
    documents = list(prise.documents.order_by("pk"))
    mois = etats_visibles(acteur).filter(prise_en_charge=prise, etat__in=EN_VIGUEUR)
    versions = [
        une
        for une in PriseEnCharge.objects.filter(parcours=prise.parcours_id).order_by("rang")
        if une.chaine == prise.chaine
    ]
    lus = list(mois.order_by("mois"))
    demande_des_documents = prise.premiere_id is None and prise.etat in OUVERTES
    aujourd_hui = timezone.localdate()
    return {
        "prise": prise,
        "horloges": [{"une": une, "passee": une.passee(aujourd_hui)} for une in horloges(prise)],
        "voies": [
            {**une, "la_sienne": une["code"] == prise.voie}
            for une in prise.comparaison.get("voies", [])
        ],
        "d_ou": prise.comparaison.get("d_ou", ""),
        "documents": documents,
        "manquent": documents_manquants(prise.voie, {un.nature for un in documents})
        if demande_des_documents
        else (),
        "source_des_documents": source_des_documents(prise.voie),
        "versions": versions if len(versions) > 1 else [],
        "mois": lus,
        "prouve": sum(un.montant_cents for un in lus),
        "minutes": sum(un.minutes_payables for un in lus),
        "organisme": ORGANISME in siens,
        "muet": ORGANISME in siens
        and prise.etat in OUVERTES
        and prise.payeur_id is not None
        and bool(muets([prise.payeur_id])),
        "modifie": ORGANISME in siens and prise.etat == EtatDePriseEnCharge.PREPAREE,
        "joint": FormulaireDeDocument() if ORGANISME in siens and prise.etat in OUVERTES else None,
        "amende": ORGANISME in siens and prise.etat == EtatDePriseEnCharge.ACCORDEE,
        "employe": prise.employeur_id in acteur.organisations(EMPLOYEUR, GROUPEMENT),
        # A payer reads what it pays, never the path itself.
        "lit_le_parcours": parcours_visibles(acteur).filter(pk=prise.parcours_id).exists(),
        "formulaire": ORGANISME in siens and a_un_formulaire(prise.voie),
    }


def le_mois(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,
    etat: EtatDeService,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """Its minutes, what they are paid, slot by slot; would a payer pay it; its certificate."""
    siens = cotes(acteur, etat.prise_en_charge)
    minutes: dict[int, int] = dict(etat.detail)
    creneaux = Creneau.objects.filter(pk__in=minutes).select_related("session__site")
    certificats = list(etat.certificats.order_by("-pk"))
    tenu = etat.etat in EN_VIGUEUR
    delivre = any(un.etat == EtatDeCertificat.DELIVRE for un in certificats)
    abime = bool(delivre and tenu and ORGANISME in siens and a_refaire(etat))
    return {
        "etat": etat,
        "prise": etat.prise_en_charge,
        "creneaux": [
            {
                "jour": timezone.localdate(un.debut, un.session.site.fuseau),
                "intitule": intitule_du_creneau(un),
                "minutes": minutes[un.pk],
            }
            for un in creneaux.order_by("debut", "pk")
        ],
        "ecarts": controler([etat])[etat.pk] if siens and tenu else None,
        "tenu": tenu,
        "accepte": etat.etat == EtatDUnEtatDeService.ACCEPTE,
        "certificats": certificats,
        "delivre": ORGANISME in siens
        and tenu
        and bool(etat.minutes_prouvees)
        and (abime or not delivre),
        "abime": abime,
        "remplacant": EtatDeService.objects.filter(remplace=etat).first(),
    }


def le_certificat(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,  # noqa: ARG001 - the same
    certificat: CertificatDeRealisation,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """What it certifies, and its sealed paper."""
    return {"certificat": certificat, "etat": certificat.etat_de_service}
