"""Whatever is done in whatever order: paid ≤ billed ≤ accepted months, and numbers follow one another."""

from __future__ import annotations

import random

import pytest
from django.utils import timezone

from binome.factures.comptes_de_factures import comptes_de
from binome.factures.emettre import a_facturer, avoirs_a_faire, faire_un_avoir, trous
from binome.factures.flows import REGLEMENTS
from binome.factures.models import Facture, LigneDeFacture, Reglement
from binome.factures.reglements import saisir
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.prises_en_charge.models import EtatDeService
from tests.factures.monde import Facturable, facturable

pytestmark = pytest.mark.django_db


def un_geste(gens: Facturable, hasard: random.Random, rang: int) -> None:
    """One of what people do; refused or not, what must hold holds."""
    organisme = gens.prise.organisme
    factures = list(Facture.objects.filter(nature="facture").order_by("pk"))
    match hasard.randrange(4):
        case 0:
            mois = list(a_facturer([organisme.pk]))
            gens.facturer(*hasard.sample(mois, hasard.randint(1, len(mois))))
        case 1:
            facture = hasard.choice(factures)
            lignes = [une.pk for une in facture.lignes.all()]
            faire_un_avoir(facture, hasard.sample(lignes, 1), gens.alice, "erreur")
        case 2:
            montant = hasard.choice((1, 7_000, 14_000, 21_000, 30_000))
            texte = f"VIR {hasard.choice(factures).numero}"
            saisir(organisme, gens.alice, timezone.localdate(), montant, texte, str(rang))
        case _:
            recu = hasard.choice(list(Reglement.objects.order_by("pk")))
            nom = hasard.choice(("lettrer", "delettrer"))
            donnees = {
                "numero": hasard.choice(factures).numero,
                "montant": hasard.choice(("", "70 €")),
            }
            faire(REGLEMENTS, nom, recu, gens.alice, version=recu.version, donnees=donnees if nom == "lettrer" else {})  # fmt: skip


@pytest.mark.parametrize("graine", [1, *(pytest.param(un, marks=pytest.mark.long(3)) for un in range(2, 8))])  # fmt: skip
def test_rien_n_est_paye_au_dela_de_ce_qui_est_facture(graine: int) -> None:
    hasard = random.Random(graine)  # noqa: S311 - nothing secret is drawn
    gens, refus = facturable(), 0
    for rang in range(40):
        try:
            un_geste(gens, hasard, rang)
        except (GesteImpossible, IndexError, ValueError):
            refus += 1
    assert refus < 40
    comptes = comptes_de(Facture.objects.order_by("pk"))
    assert comptes
    for compte in comptes:
        assert compte.regle_cents <= compte.facture.total_cents
        assert 0 <= compte.avoirs_cents <= compte.facture.total_cents
    for etat in EtatDeService.objects.order_by("pk"):
        lignes = LigneDeFacture.objects.filter(etat_de_service=etat)
        tenues = lignes.filter(sens="facture", avoir__isnull=True)
        assert sum(une.montant_cents for une in tenues) <= etat.montant_cents
    for recu in Reglement.objects.order_by("pk"):
        paye = sum(un.montant_cents for un in recu.lettrages.filter(defait_le__isnull=True))
        assert paye <= recu.montant_cents
        assert (recu.etat == "rapproche") == (paye == recu.montant_cents)
    assert trous(gens.prise.organisme_id, timezone.localdate().year) == []
    assert not avoirs_a_faire([gens.prise.organisme_id]).exists()
