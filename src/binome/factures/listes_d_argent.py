"""The lists of the page of money, each cut by key: what is shown first, and the address of all of it.

Each says what a person may read of it; whose it is not finds it empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan
from django.urls import reverse
from django.utils import timezone

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT
from binome.factures.comptes_de_factures import comptes_de
from binome.factures.emettre import a_facturer, avoirs_a_faire
from binome.factures.etats import EtatDAvance, EtatDeDepense, EtatDuReglementRecu, NatureDeFacture
from binome.factures.models import Facture, Lettrage
from binome.factures.permissions import (
    avances_visibles,
    depenses_visibles,
    factures_visibles,
    reglements_visibles,
)
from binome.listes.pages import PAR_NUMERO, Ordre
from binome.prises_en_charge.etats import EN_VIGUEUR, TENUES, EtatDUnEtatDeService
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from binome.prises_en_charge.permissions import visibles
from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.typographie import compter, elider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet
    from django.db.models.expressions import CombinedExpression

    from binome.comptes.acteur import Acteur
    from binome.factures.comptes_de_factures import CompteDeFacture
    from binome.factures.models import Avance, Depense, LigneDeFacture, Reglement

PAR_ECHEANCE: Final = Ordre("echeance", genre=date)
DERNIERES_D_ABORD: Final = PAR_NUMERO._replace(descend=True)
PAR_JOUR: Final = Ordre("jour", descend=True, genre=date)
PAR_MOIS: Final = Ordre("mois", descend=True, genre=date)


@dataclass(frozen=True)
class LigneDArgent:
    """A line: where it leads, what the link says, and what follows it."""

    adresse: str
    lien: str
    suite: str = ""


@dataclass(frozen=True)
class ListeDArgent:
    """A list: its title, what a person reads of it, its order, and how its lines are said. `comptes`: a table of invoices."""

    titre: str
    lire: Callable[[Acteur], QuerySet[Any]]
    ordre: Ordre
    dire: Callable[[Sequence[Any]], Iterable[Any]]
    comptes: bool = False


def _suivi(flux: str, numero: int) -> str:
    return reverse("suivi", args=[flux, numero])


def _prises_a_facturer(acteur: Acteur) -> QuerySet[PriseEnCharge]:
    gerees = acteur.organisations("gestionnaire")
    siens = a_facturer(gerees).filter(prise_en_charge=OuterRef("pk")).order_by()
    return PriseEnCharge.objects.filter(Exists(siens), organisme__in=gerees).select_related(
        "parcours__dossier"
    )


def _a_facturer(prises: Sequence[PriseEnCharge]) -> Iterable[LigneDArgent]:
    mois: dict[int, list[int]] = {}
    lus = a_facturer({une.organisme_id for une in prises}).filter(prise_en_charge__in=prises)
    for prise, cents in lus.order_by("pk").values_list("prise_en_charge", "montant_cents"):
        mois.setdefault(prise, []).append(cents)
    for une in prises:
        siens = mois.get(une.pk, [])
        yield LigneDArgent(
            reverse("facturer", args=[une.pk]),
            f"{une}, accord {une.numero_d_accord}",
            f"{len(siens)} mois, {montant_en_clair(sum(siens))}",
        )


def _avoirs(lignes: Sequence[LigneDeFacture]) -> Iterable[LigneDArgent]:
    """Each with what its month is worth now: the credit note is of the whole line, the other invoice of that."""
    redits = _redits(lignes)
    for une in lignes:
        dit = f"{une.designation}, {montant_en_clair(une.montant_cents)}"
        etat = une.etat_de_service
        cents = redits.get((etat.prise_en_charge.chaine, etat.mois))
        if etat.etat == EtatDUnEtatDeService.REMPLACE and cents is not None:
            dit += f" ; le mois redit vaut {montant_en_clair(cents)}{_ecart(cents - une.montant_cents)}"
        yield LigneDArgent(_suivi("factures", une.facture_id), f"Facture {une.facture.numero}", dit)


def _ecart(cents: int) -> str:
    if not cents:
        return ""
    return f", {montant_en_clair(abs(cents))} {'de plus' if cents > 0 else 'de moins'}"


def _redits(lignes: Sequence[LigneDeFacture]) -> dict[tuple[int, date], int]:
    """What each month is worth as it is said today, by its agreement; of an amendment, what both say together."""
    parcours = {une.etat_de_service.prise_en_charge.parcours_id for une in lignes}
    mois = {une.etat_de_service.mois for une in lignes}
    tenus = EtatDeService.objects.filter(
        prise_en_charge__parcours__in=parcours, mois__in=mois, etat__in=EN_VIGUEUR
    ).select_related("prise_en_charge")
    redits: dict[tuple[int, date], int] = {}
    for etat in tenus.order_by("pk").defer("detail"):
        cle = (etat.prise_en_charge.chaine, etat.mois)
        redits[cle] = redits.get(cle, 0) + etat.montant_cents
    return redits


def _reglements(lus: Sequence[Reglement]) -> Iterable[LigneDArgent]:
    for un in lus:
        lien = f"{date_en_clair(un.jour)}, {montant_en_clair(un.montant_cents)}"
        yield LigneDArgent(_suivi("reglements", un.pk), lien, un.texte)


def _avances(lues: Sequence[Avance]) -> Iterable[LigneDArgent]:
    for une in lues:
        dit = (
            f"{montant_en_clair(une.montant_cents)} avancés par {une.prise_en_charge.parcours.dossier.personne}, "
            f"à rembourser par {une.employeur.nom}"
        )
        yield LigneDArgent(_suivi("avances", une.pk), str(une), dit)


def _depenses(lues: Sequence[Depense]) -> Iterable[LigneDArgent]:
    for une in lues:
        dit = f"{montant_en_clair(une.montant_cents)}, {une.employeur.nom}"
        yield LigneDArgent(_suivi("depenses", une.pk), str(une), dit)


def maisons(acteur: Acteur) -> frozenset[int]:
    """The employers, and groups of them, that a person reads the money of."""
    return acteur.organisations(EMPLOYEUR, GROUPEMENT)


def salaires_acceptes(acteur: Acteur) -> QuerySet[EtatDeService]:
    """The accepted months that pay wages to who employs."""
    return EtatDeService.objects.filter(
        prise_en_charge__employeur__in=maisons(acteur),
        etat=EtatDUnEtatDeService.ACCEPTE,
        salaire_cents__gte=1,
    )


def _salaires(lus: Sequence[EtatDeService]) -> Iterable[LigneDArgent]:
    for un in lus:
        dit = montant_en_clair(un.salaire_cents or 0)
        yield LigneDArgent(_suivi("etats-de-service", un.pk), str(un), dit)


def _formations(lues: Sequence[PriseEnCharge]) -> Iterable[LigneDArgent]:
    for une in lues:
        lien = (
            f"Déclarer une dépense pour la formation {elider('de', une.parcours.dossier.personne)}"
        )
        yield LigneDArgent(reverse("declarer-une-depense", args=[une.pk]), lien)


def _factures(acteur: Acteur) -> QuerySet[Facture]:
    return factures_visibles(acteur).filter(nature=NatureDeFacture.FACTURE)


def _reste() -> CombinedExpression:
    """What is left to pay of an invoice, worked out by the database: a list is cut after it."""
    avoirs = Facture.objects.filter(corrige=OuterRef("pk")).order_by().values("corrige")
    regles = Lettrage.objects.filter(facture=OuterRef("pk"), defait_le__isnull=True).order_by()
    payes = regles.values("facture").annotate(somme=Sum("montant_cents")).values("somme")
    return (
        F("total_cents")
        - Coalesce(Subquery(avoirs.annotate(somme=Sum("total_cents")).values("somme")), 0)
        - Coalesce(Subquery(payes), 0)
    )


def _retards(comptes: Iterable[CompteDeFacture]) -> Iterable[LigneDArgent]:
    aujourd_hui = timezone.localdate()
    for un in comptes:
        jours = un.retard(aujourd_hui)
        yield LigneDArgent(
            _suivi("factures", un.facture.pk),
            f"Facture {un.facture.numero}",
            f"{montant_en_clair(un.reste_cents)} attendus {elider('de', str(un.facture.contenu['payeur']))} "
            f"depuis {compter(jours, 'jour')}",
        )


def _trop(comptes: Iterable[CompteDeFacture]) -> Iterable[LigneDArgent]:
    for un in comptes:
        dit = f"{montant_en_clair(un.trop_cents)} à rendre"
        yield LigneDArgent(_suivi("factures", un.facture.pk), f"Facture {un.facture.numero}", dit)


LISTES: Final[dict[str, ListeDArgent]] = {
    "avances": ListeDArgent(
        "Avancé par les personnes en formation",
        lambda acteur: avances_visibles(acteur).filter(etat=EtatDAvance.DUE),
        PAR_JOUR, _avances,
    ),
    "a-facturer": ListeDArgent("À facturer aujourd’hui", _prises_a_facturer, PAR_NUMERO, _a_facturer),
    "avoirs": ListeDArgent(
        "Des avoirs à faire",
        lambda acteur: avoirs_a_faire(acteur.organisations("gestionnaire")).select_related(
            "facture", "etat_de_service__prise_en_charge"
        ),
        PAR_NUMERO, _avoirs,
    ),
    "a-rapprocher": ListeDArgent(
        "Les règlements à rapprocher",
        lambda acteur: reglements_visibles(acteur).filter(etat=EtatDuReglementRecu.A_RAPPROCHER),
        PAR_JOUR, _reglements,
    ),
    "salaires": ListeDArgent(
        "Le salaire de chaque mois",
        lambda acteur: salaires_acceptes(acteur).select_related(
            "prise_en_charge__payeur", "prise_en_charge__parcours__dossier"
        ),
        PAR_MOIS, _salaires,
    ),
    "formations": ListeDArgent(
        "Les formations de vos équipes",
        lambda acteur: visibles(acteur).filter(employeur__in=maisons(acteur), etat__in=TENUES),
        PAR_NUMERO, _formations,
    ),
    "depenses": ListeDArgent(
        "Les dépenses qui attendent le financeur",
        lambda acteur: depenses_visibles(acteur).filter(etat=EtatDeDepense.DECLAREE),
        PAR_JOUR, _depenses,
    ),
    "retards": ListeDArgent(
        "En retard",
        lambda acteur: _factures(acteur).filter(
            GreaterThan(_reste(), Value(0)), echeance__lt=timezone.localdate()
        ),
        PAR_ECHEANCE, lambda lues: _retards(comptes_de(lues)),
    ),
    "trop": ListeDArgent(
        "Trop perçu",
        lambda acteur: _factures(acteur).filter(LessThan(_reste(), Value(0))),
        PAR_ECHEANCE, lambda lues: _trop(comptes_de(lues)),
    ),
    "factures": ListeDArgent("Les factures", _factures, DERNIERES_D_ABORD, comptes_de, comptes=True),
}  # fmt: skip
