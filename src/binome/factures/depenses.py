"""What an employer spends, with its receipt, and what a trainee says they advanced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.depot.arrivee import ranger
from binome.factures.etats import EtatDeDepense, NatureDeDepense
from binome.factures.flows import AVANCES, DEPENSES
from binome.factures.models import Avance, Depense
from binome.factures.rayons import JUSTIFICATIFS
from binome.factures.regle_des_depenses import avis
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.prises_en_charge.etats import TENUES
from binome.prises_en_charge.models import PriseEnCharge
from binome.regles.calendrier import date_en_clair, montant_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.depot.controle import Document

MONTANT_AU_PLUS: Final = 200_000
"""Cents of one expense of one day: beyond, a slip is likelier. A bound of ours, that no text gives."""
AU_PLUS: Final = 400
"""Expenses of an agreement, at most."""


@dataclass(frozen=True)
class DepenseDite:
    """An expense as a person says it; `proche` is None for a meal."""

    nature: str
    jour: date
    montant_cents: int
    proche: bool | None = None


def _exiger(prise: PriseEnCharge, dite: DepenseDite) -> None:
    """What every amount of the room must be. Raises GesteImpossible."""
    if prise.etat not in TENUES:
        raise GesteImpossible(
            "Cette prise en charge n’est pas accordée : rien ne s’y déclare encore."
        )
    if prise.employeur_id is None:
        raise GesteImpossible("Aucun employeur n’est dit sur cette prise en charge.")
    if dite.nature not in NatureDeDepense.values:
        raise GesteImpossible("Choisissez ce qui a été payé.", champ="nature")
    if not prise.debut <= dite.jour <= prise.fin:
        raise GesteImpossible(
            f"Ce jour est hors de la formation accordée, du {date_en_clair(prise.debut)} au {date_en_clair(prise.fin)}.",
            champ="jour",
        )
    if dite.jour > timezone.localdate():
        raise GesteImpossible(
            "Ce jour est à venir : une dépense se déclare une fois payée.", champ="jour"
        )
    if dite.montant_cents < 1:
        raise GesteImpossible("Une dépense est de plus de zéro euro.", champ="montant")
    if dite.montant_cents > MONTANT_AU_PLUS:
        raise GesteImpossible(
            f"Une dépense d’un jour va jusqu’à {montant_en_clair(MONTANT_AU_PLUS)} : relisez ce montant.",
            champ="montant",
        )


def declarer(prise: PriseEnCharge, par: Acteur, dite: DepenseDite, recu: Document) -> Depense:
    """An expense with its receipt. Raises GesteImpossible, and OSError when the disk refuses: nothing is kept then."""
    _exiger(prise, dite)
    repas = dite.nature == NatureDeDepense.REPAS
    if not repas and dite.proche is None:
        raise GesteImpossible(
            "Dites si l’organisme est celui qui est proche du domicile ou du lieu de travail.",
            champ="proche",
        )
    dit = avis(dite.nature, proche=dite.proche)
    if not dit.ouverte:
        raise GesteImpossible(f"{dit.dit} ({dit.source}.)", champ="proche")
    try:
        with ranger(JUSTIFICATIFS, recu.contenu, recu.suffixe) as range_:
            return _inscrire(prise, par, dite, range_.nom, range_.empreinte)
    except IntegrityError:
        raise GesteImpossible(
            "Ce justificatif est déjà donné pour cette dépense.", champ="fichier"
        ) from None


@transaction.atomic
def _inscrire(
    prise: PriseEnCharge, par: Acteur, dite: DepenseDite, nom: str, empreinte: str
) -> Depense:
    tenue = PriseEnCharge.objects.select_for_update(of=("self",)).get(pk=prise.pk)
    meme = Depense.objects.filter(empreinte=empreinte).exclude(etat=EtatDeDepense.RETIREE)
    if meme.exclude(prise_en_charge__parcours=tenue.parcours_id).exists():
        raise GesteImpossible(
            "Ce justificatif est déjà donné pour une autre personne : donnez celui de cette formation.",
            champ="fichier",
        )
    if meme.filter(nature=dite.nature, jour=dite.jour).exists():
        raise GesteImpossible("Ce justificatif est déjà donné pour cette dépense.", champ="fichier")
    siennes = Depense.objects.filter(prise_en_charge=tenue).exclude(etat=EtatDeDepense.RETIREE)
    if siennes.count() >= AU_PLUS:
        raise GesteImpossible(f"Une prise en charge porte {AU_PLUS} dépenses au plus.")
    depense = Depense(
        prise_en_charge=tenue, employeur=tenue.employeur, payeur=tenue.payeur, nature=dite.nature,
        jour=dite.jour, montant_cents=dite.montant_cents,
        proche=None if dite.nature == NatureDeDepense.REPAS else dite.proche,
        fichier=nom, empreinte=empreinte, declaree_le=timezone.now(), declaree_par=par.personne,
    )  # fmt: skip
    naitre(DEPENSES, "declarer", [depense], par)
    return depense


def dire_une_avance(prise: PriseEnCharge, par: Acteur, dite: DepenseDite) -> Avance:
    """What a trainee paid that their employer owes them. Raises GesteImpossible."""
    _exiger(prise, dite)
    avance = Avance(
        prise_en_charge=prise, employeur=prise.employeur, nature=dite.nature, jour=dite.jour,
        montant_cents=dite.montant_cents, dite_le=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(AVANCES, "dire", [avance], par)
    except IntegrityError:
        raise GesteImpossible(
            "Vous avez déjà dit cette avance : même jour, même montant."
        ) from None
    return avance
