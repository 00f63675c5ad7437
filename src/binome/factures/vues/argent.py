"""The money as each sees it: to bill, late, to match; to pay back; to pay; and the statement of it all."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, OPCO
from binome.dossiers.permissions import de_ses_yeux
from binome.factures.comptes_de_factures import comptes_de
from binome.factures.emettre import a_facturer, avoirs_a_faire
from binome.factures.etats import EtatDAvance, EtatDeDepense, EtatDuReglementRecu, NatureDeFacture
from binome.factures.permissions import (
    avances_visibles,
    depenses_visibles,
    factures_visibles,
    reglements_visibles,
)
from binome.factures.regle_des_depenses import AVANCE
from binome.habillage.en_fichier import en_fichier
from binome.listes.tableaux import ecrire_csv
from binome.prises_en_charge.etats import TENUES, EtatDUnEtatDeService
from binome.prises_en_charge.models import EtatDeService
from binome.prises_en_charge.permissions import organismes, visibles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.factures.comptes_de_factures import CompteDeFacture
    from binome.listes.tableaux import Cellule

MONTRES: Final = 100
RELEVE_AU_PLUS: Final = 20_000
TITRES: Final = (
    "Numéro", "Nature", "Date", "Échéance", "Organisme", "Acheteur", "Payeur", "Accord", "Dossier", "Total",
    "Avoirs", "Réglé", "Reste", "Jours de retard",
)  # fmt: skip


@require_safe
def argent(request: HttpRequest) -> HttpResponse:
    """What each has to do with money, by what they are; a section that is nobody's is not there."""
    acteur = acteur_de(request)
    aujourd_hui = timezone.localdate()
    comptes = _comptes(acteur, MONTRES)
    retards = [
        {"compte": un, "jours": un.retard(aujourd_hui), "qui": un.facture.contenu["payeur"]}
        for un in comptes
        if un.retard(aujourd_hui)
    ]
    avances = avances_visibles(acteur).filter(etat=EtatDAvance.DUE).order_by("-jour", "-pk")
    contexte: dict[str, Any] = {
        "comptes": comptes,
        "retards": sorted(retards, key=lambda un: -un["jours"]),
        "trop": [un for un in comptes if un.trop_cents],
        "avances": list(avances[:MONTRES]),
        "avance_en_tout": avances.order_by().aggregate(somme=Sum("montant_cents"))["somme"],
        "phrase_du_droit": AVANCE,
        "suit": visibles(acteur).filter(
            parcours__dossier__candidat=acteur.personne, etat__in=TENUES, employeur__isnull=False
        ).order_by("-debut", "-pk")[:MONTRES] if acteur.soutien is None else (),
        "depenses": list(
            depenses_visibles(acteur).filter(etat=EtatDeDepense.DECLAREE).order_by("-jour", "-pk")[:MONTRES]
        ),
        **_de_l_organisme(acteur),
        **_de_l_employeur(acteur),
        "opco": acteur.a_role(OPCO),
    }  # fmt: skip
    return render(request, "factures/argent.html", contexte)


def _comptes(acteur: Acteur, combien: int) -> list[CompteDeFacture]:
    siennes = factures_visibles(acteur).filter(nature=NatureDeFacture.FACTURE)
    return comptes_de(siennes.order_by("echeance", "pk")[:combien])


def _de_l_organisme(acteur: Acteur) -> dict[str, Any]:
    if not acteur.a_role("gestionnaire"):
        return {}
    gerees = acteur.organisations("gestionnaire")
    mois = list(a_facturer(gerees)[: 3 * MONTRES])
    par_prise: dict[int, list[Any]] = {}
    for un in mois:
        par_prise.setdefault(un.prise_en_charge_id, []).append(un)
    recus = reglements_visibles(acteur).filter(etat=EtatDuReglementRecu.A_RAPPROCHER)
    return {
        "gere": True,
        "agit": bool(organismes(acteur)),
        "a_facturer": [
            {
                "prise": siens[0].prise_en_charge, "mois": siens,
                "total": sum(un.montant_cents for un in siens),
            }
            for siens in par_prise.values()
        ],
        "total_a_facturer": sum(un.montant_cents for un in mois),
        "avoirs": list(avoirs_a_faire(gerees)[:MONTRES]),
        "a_rapprocher": list(recus.order_by("-jour", "-pk")[:MONTRES]),
    }  # fmt: skip


def _de_l_employeur(acteur: Acteur) -> dict[str, Any]:
    maisons = acteur.organisations(EMPLOYEUR, GROUPEMENT)
    if not maisons:
        return {}
    siennes = visibles(acteur).filter(employeur__in=maisons, etat__in=TENUES)
    salaires = EtatDeService.objects.filter(
        prise_en_charge__employeur__in=maisons,
        etat=EtatDUnEtatDeService.ACCEPTE,
        salaire_cents__gte=1,
    )
    frais = depenses_visibles(acteur).filter(employeur__in=maisons, etat=EtatDeDepense.ACCEPTEE)
    return {
        "emploie": True,
        "prises": list(siennes.order_by("-debut", "-pk")[:MONTRES]),
        "salaires": list(
            salaires.select_related("prise_en_charge__payeur").order_by("-mois", "-pk")[:MONTRES]
        ),
        "salaires_en_tout": salaires.order_by().aggregate(somme=Sum("salaire_cents"))["somme"],
        "frais_en_tout": frais.order_by().aggregate(somme=Sum("montant_cents"))["somme"],
    }


@require_safe
def releve(request: HttpRequest) -> HttpResponse:
    """The statement of what a person reads, as a table: each invoice, what was taken back, paid, what is left, how late."""
    acteur = acteur_de(request)
    de_ses_yeux(acteur)
    aujourd_hui = timezone.localdate()
    return en_csv(
        TITRES,
        (_ligne_du_releve(un, aujourd_hui) for un in _comptes(acteur, RELEVE_AU_PLUS)),
        "releve",
    )


def _ligne_du_releve(un: CompteDeFacture, aujourd_hui: date) -> Sequence[Cellule]:
    facture = un.facture
    return (
        facture.numero, facture.get_nature_display(), f"{facture.le:%d/%m/%Y}", f"{facture.echeance:%d/%m/%Y}",
        facture.contenu["vendeur"]["nom"], facture.contenu["acheteur"]["nom"],
        facture.contenu["payeur"], facture.contenu["accord"], facture.contenu["dossier"],
        en_euros(facture.total_cents), en_euros(un.avoirs_cents), en_euros(un.regle_cents),
        en_euros(un.reste_cents), un.retard(aujourd_hui),
    )  # fmt: skip


def en_euros(cents: int) -> str:
    """Cents as a French table writes them: `1050,00`."""
    signe = "-" if cents < 0 else ""
    return f"{signe}{abs(cents) // 100},{abs(cents) % 100:02}"


def en_csv(titres: Sequence[str], lignes: Iterable[Sequence[Cellule]], nom: str) -> HttpResponse:
    """A table to keep, that spreadsheets open with its accents, and run nothing of."""
    tampon = BytesIO()
    ecrire_csv(titres, lignes, tampon)
    return en_fichier(tampon.getvalue(), f"{nom}.csv", "text/csv; charset=utf-8")
