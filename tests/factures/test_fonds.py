"""Where a payer's funds stand: committed, proven, accepted, billed, paid, left, by year, route and scale, to the cent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from binome.factures.emettre import faire_un_avoir
from binome.factures.reglements import saisir
from binome.prises_en_charge.baremes import BaremeDit, dire_une_enveloppe, entrer_un_bareme
from binome.prises_en_charge.fonds import LigneDeFonds, epuisement, fonds
from binome.prises_en_charge.models import PriseEnCharge
from tests.factures.monde import Facturable, facturable
from tests.prises_en_charge.monde import ce_mois

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def dites(une: LigneDeFonds) -> tuple[int, ...]:
    """Committed, proven, accepted, billed, paid."""
    lues = une.sommes
    return lues.engage, lues.prouve, lues.accepte, lues.facture, lues.paye


def test_les_fonds_suivent_l_argent_jusqu_au_paiement(gens: Facturable) -> None:
    opco, annee = gens.paye.opco, gens.prise.annee
    dire_une_enveloppe(opco, gens.paye.payeur, annee, 290_000)
    facture = gens.facturer()
    saisir(
        gens.prise.organisme, gens.alice, timezone.localdate(), 21_000, f"VIR {facture.numero}", "a"
    )
    faire_un_avoir(facture, [facture.lignes.earliest("pk").pk], gens.alice, "erreur")
    tout, voie = fonds(opco)
    assert (tout.titre, voie.titre) == ("Toutes les voies", "Plan de développement des compétences")
    assert dites(tout) == dites(voie) == (200_000, 21_000, 21_000, 7_000, 21_000)
    assert (tout.reste, voie.reste) == (90_000, None)
    # 2 000 € were agreed in ninety days: 22.22 € a day, of which 900 € are left.
    assert tout.fin == timezone.localdate() + timedelta(days=90_000 // (200_000 // 90))
    assert voie.fin is None


def test_chaque_bareme_a_sa_ligne_sous_sa_voie(gens: Facturable) -> None:
    gens.facturer()
    opco = gens.paye.opco
    dit = BaremeDit("pdc", ce_mois(-3), None, 2_000, None, None, "Décision d’essai")
    bareme = entrer_un_bareme(opco, gens.paye.payeur, dit)
    assert len(fonds(opco)) == 2, "aucun accord ne tient encore de ce barème"
    PriseEnCharge.objects.filter(pk=gens.prise.pk).update(bareme=bareme)
    tout, voie, sienne = fonds(opco)
    assert sienne.titre.startswith("Barème du 1er")
    assert sienne.titre.endswith("20 € l’heure")
    assert dites(sienne) == dites(voie) == dites(tout) == (200_000, 21_000, 21_000, 21_000, 0)
    assert (sienne.enveloppe, sienne.reste, sienne.fin) == (None, None, None)


def test_sans_rythme_ni_reste_la_fin_ne_s_invente_pas() -> None:
    aujourd_hui = timezone.localdate()
    assert epuisement(100, 0, aujourd_hui) is None
    assert epuisement(0, 10, aujourd_hui) == aujourd_hui
    assert epuisement(-5, 0, aujourd_hui) == aujourd_hui
    assert epuisement(10**9, 1, aujourd_hui) is None
