"""The bilan of a year counts proven hours and issued invoices; its three totals are one; two years count a person twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from binome.factures.bilan import bilan
from binome.factures.emettre import faire_un_avoir
from binome.prises_en_charge.models import PriseEnCharge
from tests.factures.monde import Facturable, facturable
from tests.prises_en_charge.monde import ce_mois

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def de(gens: Facturable, du: date, au: date) -> tuple[tuple[int, int], ...]:
    lu = bilan(gens.prise.organisme, du, au)
    assert lu.concorde
    return lu.totaux


def test_les_trois_totaux_sont_un_seul(gens: Facturable) -> None:
    facture = gens.facturer()
    aujourd_hui = timezone.localdate()
    lu = bilan(gens.prise.organisme, ce_mois(-2), aujourd_hui)
    assert lu.totaux == ((1, 630),) * 3
    assert [(une.code, une.personnes) for une in lu.f1 if une.personnes] == [("a", 1)]
    assert [(une.code, une.heures) for une in lu.f3 if une.personnes] == [("a, niveau 4", 11)]
    assert [une.code for une in lu.f4] == ["331"]
    (produit,) = [une for une in lu.produits if une.cents]
    assert (produit.code, produit.euros, produit.liste) == (
        "2h",
        210,
        ((facture.pk, facture.numero),),
    )
    assert lu.formateurs.minutes == 630
    assert any("D (charges)" in une for une in lu.a_resoudre)


def test_sur_deux_exercices_une_personne_compte_deux_fois(gens: Facturable) -> None:
    coupe = ce_mois(-1)
    veille = coupe - timedelta(1)
    assert de(gens, ce_mois(-2), veille) == ((1, 420),) * 3
    assert de(gens, coupe, timezone.localdate()) == ((1, 210),) * 3


def test_un_avoir_se_deduit_des_produits(gens: Facturable) -> None:
    facture = gens.facturer()
    ligne = facture.lignes.order_by("pk")[0]
    faire_un_avoir(facture, [ligne.pk], gens.alice, "erreur")
    assert (
        bilan(gens.prise.organisme, ce_mois(-2), timezone.localdate()).total_des_produits == 7_000
    )


def test_ce_que_les_sources_ne_tranchent_pas_est_dit(gens: Facturable) -> None:
    gens.facturer()
    PriseEnCharge.objects.filter(pk=gens.prise.pk).update(voie="periode_reconversion")
    lu = bilan(gens.prise.organisme, ce_mois(-2), timezone.localdate())
    assert [une.code for une in lu.produits if une.cents] == ["à placer"]
    assert any("2c ou 2h" in une for une in lu.a_resoudre)


def test_un_exercice_sans_rien_concorde_aussi(gens: Facturable) -> None:
    assert de(gens, date(2020, 1, 1), date(2020, 12, 31)) == ((0, 0),) * 3
