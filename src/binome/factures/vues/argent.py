"""The money as each sees it: to bill, late, to match; to pay back; to pay; and the statement of it all."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Sum
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.roles import OPCO
from binome.dossiers.permissions import de_ses_yeux
from binome.factures.comptes_de_factures import comptes_de
from binome.factures.emettre import a_facturer
from binome.factures.etats import EtatDAvance, EtatDeDepense, NatureDeFacture
from binome.factures.listes_d_argent import LISTES, maisons, salaires_acceptes
from binome.factures.permissions import avances_visibles, depenses_visibles, factures_visibles
from binome.factures.regle_des_depenses import AVANCE
from binome.habillage.en_fichier import en_fichier
from binome.listes.filtres import Filtre, ici
from binome.listes.pages import couper
from binome.listes.tableaux import ecrire_csv
from binome.prises_en_charge.etats import TENUES
from binome.prises_en_charge.permissions import organismes, visibles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.factures.comptes_de_factures import CompteDeFacture
    from binome.listes.tableaux import Cellule

MONTRES: Final = 20
"""Lines of each list that the page shows; the others are a link away."""
PAR_PAGE: Final = 100
DE_QUI_GERE: Final = ("a-facturer", "avoirs", "a-rapprocher")
DE_QUI_EMPLOIE: Final = ("salaires", "formations")
"""Lists that are nobody else's: nothing is asked of the database for them."""
RELEVE_AU_PLUS: Final = 20_000
TITRES: Final = (
    "Numéro", "Nature", "Date", "Échéance", "Organisme", "Acheteur", "Payeur", "Accord", "Dossier", "Total",
    "Avoirs", "Réglé", "Reste", "Jours de retard",
)  # fmt: skip


@require_safe
def argent(request: HttpRequest) -> HttpResponse:
    """What each has to do with money, by what they are; a section that is nobody's is not there."""
    acteur = acteur_de(request)
    avances = avances_visibles(acteur).filter(etat=EtatDAvance.DUE).order_by()
    contexte: dict[str, Any] = {
        "avance_en_tout": avances.aggregate(somme=Sum("montant_cents"))["somme"],
        "phrase_du_droit": AVANCE,
        "suit": visibles(acteur).filter(
            parcours__dossier__candidat=acteur.personne, etat__in=TENUES, employeur__isnull=False
        ).order_by("-debut", "-pk")[:MONTRES] if acteur.soutien is None else (),
        **_de_l_organisme(acteur),
        **_de_l_employeur(acteur),
        "opco": acteur.a_role(OPCO),
        "d_ailleurs": not acteur.a_role("gestionnaire"),
    }  # fmt: skip
    sans = {
        *(() if "gere" in contexte else DE_QUI_GERE),
        *(() if "emploie" in contexte else DE_QUI_EMPLOIE),
    }
    contexte["listes"] = {
        nom.replace("-", "_"): _montree(acteur, nom) for nom in LISTES if nom not in sans
    }
    return render(request, "factures/argent.html", contexte)


def _montree(acteur: Acteur, nom: str) -> dict[str, Any]:
    """The first lines of a list, and where the others are, if there are some."""
    une = LISTES[nom]
    page = couper(une.lire(acteur), une.ordre, MONTRES)
    return {"nom": nom, "titre": une.titre, "page": page, "lignes": list(une.dire(page.lignes))}


@require_safe
def toute_une_liste(request: HttpRequest, nom: str) -> HttpResponse:
    """One list of the page of money, whole, by pages."""
    acteur = acteur_de(request)
    une = LISTES.get(nom)
    if une is None:
        raise Http404("Cette liste n’existe pas.")
    page = couper(une.lire(acteur), une.ordre, PAR_PAGE, **ici(request.GET))
    contexte = {
        "titre": une.titre, "comptes": une.comptes, "page": page, "lignes": list(une.dire(page.lignes)),
        "d_ailleurs": not acteur.a_role("gestionnaire"),
        **Filtre().adresses(page),
    }  # fmt: skip
    return render(request, "factures/liste.html", contexte)


def _de_l_organisme(acteur: Acteur) -> dict[str, Any]:
    if not acteur.a_role("gestionnaire"):
        return {}
    mois = a_facturer(acteur.organisations("gestionnaire")).order_by()
    return {
        "gere": True,
        "agit": bool(organismes(acteur)),
        "total_a_facturer": mois.aggregate(somme=Sum("montant_cents"))["somme"] or 0,
    }


def _de_l_employeur(acteur: Acteur) -> dict[str, Any]:
    siennes = maisons(acteur)
    if not siennes:
        return {}
    frais = depenses_visibles(acteur).filter(employeur__in=siennes, etat=EtatDeDepense.ACCEPTEE)
    salaires = salaires_acceptes(acteur).order_by()
    return {
        "emploie": True,
        "salaires_en_tout": salaires.aggregate(somme=Sum("salaire_cents"))["somme"],
        "frais_en_tout": frais.order_by().aggregate(somme=Sum("montant_cents"))["somme"],
    }


def _comptes(acteur: Acteur, combien: int) -> list[CompteDeFacture]:
    siennes = factures_visibles(acteur).filter(nature=NatureDeFacture.FACTURE)
    return comptes_de(siennes.order_by("echeance", "pk")[:combien])


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
