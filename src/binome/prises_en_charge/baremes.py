"""The scales that a payer enters, dated, with their document, and the funds that it says it has for a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.depot.arrivee import ranger
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.prises_en_charge.etats import VoieDePaiement
from binome.prises_en_charge.models import BaremeDuPayeur, EnveloppeDuPayeur
from binome.prises_en_charge.permissions import payeurs
from binome.prises_en_charge.rayons import BAREMES

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.depot.controle import Document

BAREME: Final = "prises-en-charge.bareme"
ENVELOPPE: Final = "prises-en-charge.enveloppe"
MONTANT_AU_PLUS: Final = 100_000_000_000
"""Cents of a year's funds: a milliard of euros, beyond which a figure is a slip."""


@dataclass(frozen=True)
class BaremeDit:
    """What a payer says it pays by a route, from a day to another included; `document` is how the text is called."""

    voie: str
    du: date
    au: date | None
    taux_cents: int
    salaire_cents: int | None
    plafond_cents: int | None
    document: str


def objet_du_payeur(payeur: int) -> str:
    """How the journal names what a payer says for all its agreements."""
    return f"payeur:{payeur}"


def _exiger(payeur: Organisation, par: Acteur) -> None:
    if payeur.pk not in payeurs(par):
        raise GesteImpossible("Seul ce financeur dit ce qu’il paie.")


def entrer_un_bareme(
    payeur: Organisation, par: Acteur, dit: BaremeDit, document: Document | None = None
) -> BaremeDuPayeur:
    """A scale that holds from its day on; what was asked under another keeps it. Raises GesteImpossible, and OSError when the disk refuses."""
    _exiger(payeur, par)
    if dit.voie not in VoieDePaiement.values:
        raise GesteImpossible("Choisissez une voie de la liste.", champ="voie")
    if not dit.document:
        raise GesteImpossible("Écrivez quel document dit ce barème.", champ="document")
    if dit.au is not None and dit.au < dit.du:
        raise GesteImpossible("Ce barème finit avant de commencer : relisez ces deux jours.", champ="au")  # fmt: skip
    if document is None:
        return _inscrire(payeur, par, dit, "", "")
    with ranger(BAREMES, document.contenu, document.suffixe) as range_:
        return _inscrire(payeur, par, dit, range_.nom, range_.empreinte)


@transaction.atomic
def _inscrire(
    payeur: Organisation, par: Acteur, dit: BaremeDit, nom: str, empreinte: str
) -> BaremeDuPayeur:
    bareme = BaremeDuPayeur.objects.create(
        payeur=payeur, voie=dit.voie, du=dit.du, au=dit.au, taux_horaire_cents=dit.taux_cents,
        taux_salaire_cents=dit.salaire_cents, plafond_cents=dit.plafond_cents, document=dit.document,
        fichier=nom, empreinte=empreinte, dit_le=timezone.now(), par=par.personne, essai=payeur.exemple,
    )  # fmt: skip
    ecrire(
        Ecriture(BAREME, objet_du_payeur(payeur.pk), auteur=par.nom_au_journal, apres={"voie": dit.voie},
                 lignes=lignes([bareme]))
    )  # fmt: skip
    return bareme


@transaction.atomic
def dire_une_enveloppe(
    payeur: Organisation, par: Acteur, annee: int, montant_cents: int, voie: str = ""
) -> EnveloppeDuPayeur:
    """The funds of a year, in the place of those said before. Raises GesteImpossible."""
    _exiger(payeur, par)
    if voie and voie not in VoieDePaiement.values:
        raise GesteImpossible("Choisissez une voie de la liste.", champ="voie")
    if not 1 <= montant_cents <= MONTANT_AU_PLUS:
        raise GesteImpossible("Relisez ce montant : il n’est pas celui d’une année.", champ="montant")  # fmt: skip
    enveloppe = EnveloppeDuPayeur.objects.create(
        payeur=payeur, annee=annee, voie=voie, montant_cents=montant_cents, dite_le=timezone.now(),
        par=par.personne, essai=payeur.exemple,
    )  # fmt: skip
    ecrire(
        Ecriture(ENVELOPPE, objet_du_payeur(payeur.pk), auteur=par.nom_au_journal, apres={"annee": annee},
                 lignes=lignes([enveloppe]))
    )  # fmt: skip
    return enveloppe
