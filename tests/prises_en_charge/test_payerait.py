"""Would a payer pay it? Each mismatch is named with what to do; what matches is not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.agenda.feries import jours_feries
from binome.prises_en_charge.certificats import delivrer, sceller_les_certificats
from binome.prises_en_charge.etablir import etablir
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from binome.prises_en_charge.payerait import controler, recompter
from binome.regles.calendrier import date_en_clair
from tests.prises_en_charge.monde import Paye, ce_mois, deux_mois, paye, un_jour

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def codes(gens: Paye, rang: int = -1) -> list[str]:
    etats = list(
        EtatDeService.objects.exclude(etat="remplace")
        .select_related("prise_en_charge__employeur", "prise_en_charge__organisme")
        .order_by("mois", "pk")
    )
    return [un.code for un in controler(etats)[etats[rang].pk]]


def en_regle() -> Paye:
    """Two months that a payer would pay: agreed before the training, certified, sealed."""
    gens = deux_mois()
    avant = gens.creneau(ce_mois(-3)).debut
    PriseEnCharge.objects.update(demandee_le=avant, repondue_le=avant)
    for etat in gens.etats():
        delivrer(etat, gens.alice)
    sceller_les_certificats()
    return gens


def test_ce_qui_concorde_ne_dit_rien() -> None:
    gens = en_regle()
    assert codes(gens, 0) == codes(gens, 1) == []
    assert list(EtatDeService.objects.values_list("ecarts", flat=True)) == [0, 0]


def test_le_certificat_manque_puis_se_scelle() -> None:
    gens = deux_mois()
    assert "certificat" in codes(gens)
    delivrer(gens.etats()[-1], gens.alice)
    assert "certificat_en_route" in codes(gens)
    sceller_les_certificats()
    assert codes(gens) == ["avant_l_accord"]
    assert list(EtatDeService.objects.order_by("mois").values_list("ecarts", flat=True)) == [2, 1]


def _sans_numero(gens: Paye) -> None:
    type(gens.monde.organisme).objects.filter(pk=gens.monde.organisme.pk).update(exemple=False)


def _numero_change(gens: Paye) -> None:
    _sans_numero(gens)
    PriseEnCharge.objects.update(employeur_identifiant="1" * 14, employeur=gens.opco)
    type(gens.opco).objects.filter(pk=gens.opco.pk).update(identifiant="2" * 14)


def _finie_depuis_longtemps(_: Paye) -> None:
    fin = timezone.localdate() - timedelta(days=200)
    PriseEnCharge.objects.update(debut=fin, fin=fin, annee=fin.year, depuis=fin.replace(day=1))


@pytest.mark.parametrize(
    ("abimer", "attendus"),
    [
        (_sans_numero, {"siret_employeur", "siret_organisme"}),
        (_numero_change, {"siret_employeur", "siret_organisme"}),
        (_finie_depuis_longtemps, {"tardif", "avant_l_accord"}),
    ],
)
def test_ce_qui_ne_concorde_plus_se_nomme(
    abimer: Callable[[Paye], Any], attendus: set[str]
) -> None:
    gens = en_regle()
    abimer(gens)
    assert set(codes(gens)) == attendus


def test_une_presence_sans_signature_et_un_creneau_sans_contresignature_se_nomment() -> None:
    gens = en_regle()
    gens.presence(gens.creneau(un_jour(ce_mois(-1), 1)), signee=False)
    assert codes(gens) == ["signature"]
    ouvert = gens.creneau(un_jour(ce_mois(-2), 2))
    type(ouvert).objects.filter(pk=ouvert.pk).update(etat="prevu", gele_le=None, gele_par=None)
    assert codes(gens, 0) == ["contresignature"]


def test_un_dimanche_se_nomme() -> None:
    gens = paye()
    gens.accordee()
    gens.suivre(ce_mois(-1) + timedelta(days=(6 - ce_mois(-1).weekday()) % 7))
    etablir([ce_mois(-1)])
    assert "jour_ferme" in codes(gens)


def test_un_jour_ferie_se_nomme_par_sa_fete() -> None:
    """The last one before this month, whatever the day of this test: the agreement begins that month."""
    annees = (ce_mois().year - 1, ce_mois().year)
    passes = {
        jour: nom for un in annees for jour, nom in jours_feries(un).items() if jour < ce_mois()
    }
    jour = max(passes)
    mois = jour.replace(day=1)
    gens = paye()
    gens.accordee(debut=mois)
    gens.suivre(jour)
    gens.suivre(un_jour(mois) if un_jour(mois) != jour else un_jour(mois, 1))
    (etat,) = etablir([mois]).etats
    (ferme,) = [un for un in controler([etat])[etat.pk] if un.code == "jour_ferme"]
    assert ferme.dit == f"Des heures tombent le {date_en_clair(jour)} ({passes[jour]})."


def test_les_heures_au_dela_de_l_accord_se_nomment() -> None:
    gens = paye()
    gens.accordee(minutes=100)
    gens.suivre(un_jour(ce_mois(-1)))
    etablir([ce_mois(-1)])
    assert codes(gens)[0] == "heures"


def test_les_controles_ne_demandent_pas_plus_pour_plus_de_mois(
    django_assert_max_num_queries: Any,
) -> None:
    gens = en_regle()
    with django_assert_max_num_queries(10):
        recompter(gens.etats())


def test_les_memes_heures_comptees_pour_un_autre_financeur_se_nomment_des_deux_cotes() -> None:
    gens = en_regle()
    autre = gens.demandee(voie="cpf", payeur=None, autre_payeur="Caisse d’essai")
    gens.geste(autre, "accorder", gens.alice, numero_d_accord="C-1")
    etablir([ce_mois(-2), ce_mois(-1)])
    mois = list(
        EtatDeService.objects.select_related(
            "prise_en_charge__employeur", "prise_en_charge__organisme"
        ).order_by("pk")
    )
    assert len(mois) == 4
    dits = controler(mois)
    for un in mois:
        (ecart,) = [une for une in dits[un.pk] if une.code == "deux_payeurs"]
        lui = un.prise_en_charge.autre_payeur == "Caisse d’essai"
        assert ("Opco d’essai" if lui else "Caisse d’essai") in ecart.dit
        assert ("Caisse d’essai" if lui else "Opco d’essai") not in ecart.dit
